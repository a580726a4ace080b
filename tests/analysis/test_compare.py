"""Only what differs is told, and what each difference does adds up to the whole."""

from __future__ import annotations

from math import log

import pytest

import concord
from concord.analysis.compare import compare_plans, compare_problems
from concord.analysis.session import Session
from concord.errors import BadInput
from concord.models import DesignProblem

GAP = 1e-5


def three(*settings: str) -> DesignProblem:
    return concord.load("three-states", settings=settings)


def test_a_plan_beside_itself_differs_in_nothing() -> None:
    plan = concord.solve(three())
    found = compare_plans([("a", plan, three()), ("b", plan, three())])
    assert (found.differences, found.effects, found.totals) == ((), ((),), (0.0,))


@pytest.mark.parametrize("setting", ["funds.common-fund.budget=150", "states.C-land.threats.unrest=2.5"])
def test_the_effects_of_differences_sum_to_the_log_of_the_measures(setting: str) -> None:
    first, other = three(), three(setting)
    plans = [concord.solve(problem, gap=GAP) for problem in (first, other)]
    found = compare_plans([("a", plans[0], first), ("b", plans[1], other)])
    total = log(plans[1].measure.value / plans[0].measure.value)
    assert found.totals[0] == pytest.approx(total, abs=1e-9)
    assert sum(effect.logs for effect in found.effects[0]) == pytest.approx(total, abs=1e-7)
    assert ("baseline" in {effect.instrument for effect in found.effects[0]}) == setting.startswith("states")


def test_differences_name_decisions_with_both_values() -> None:
    poor = three("funds.common-fund.budget=150")
    plans = [concord.solve(problem, gap=GAP) for problem in (three(), poor)]
    found = compare_plans([("rich", plans[0], three()), ("poor", plans[1], poor)])
    told = {(row.of, row.subject): row.values for row in found.differences}
    assert told["garrisons", "border-town"] == ("battalion", None)
    assert told["contributions", "A-land"] == pytest.approx((60.0, 50.0))
    assert ("organs", "secretariat") not in told
    assert list(found.table.columns) == ["of", "subject", "rich", "poor", "unit"]


def test_problems_are_led_into_each_other_one_change_at_a_time() -> None:
    first = three()
    last = three(
        "funds.common-fund.budget=150", "programmes.mediation.scale=9", "programmes.adjudication.scale=25"
    )
    found = compare_problems(first, last, Session(first, gap=GAP))
    assert [change.path for change in found.changes] == [
        "programmes.mediation", "programmes.adjudication", "funds.common-fund",
    ]  # fmt: skip
    assert found.changes[2].fields == ("budget: 180.0 -> 150.0",)
    total = sum(change.logs or 0.0 for change in found.changes)
    assert total == pytest.approx(log(found.last.measure.value / found.first.measure.value), abs=1e-9)
    step = concord.solve(three("programmes.mediation.scale=9"), gap=GAP)
    assert found.changes[0].measure == pytest.approx(step.measure.value, rel=2 * GAP)


def test_a_change_that_makes_no_sense_alone_is_taken_with_the_next() -> None:
    first = three()
    stated = first.model_dump(mode="json", exclude_defaults=True)
    stated["organs"].append({"id": "centre", "name": "Centre", "setup_cost": 1.0, "upkeep": 1.0})
    stated["programmes"][1]["organ"] = "centre"
    last = concord.Problem.from_tables(**stated)
    found = compare_problems(first, last, Session(first, gap=1e-3))
    assert [change.path for change in found.changes] == ["programmes.adjudication + organs.centre"]


def test_the_same_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="the same"):
        compare_problems(three(), three(), Session(three()))
