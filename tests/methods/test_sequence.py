"""One measure after the other, each at the allowed sacrifice of those before it."""

from __future__ import annotations

from typing import Any

import pytest

import concord
from concord.errors import BadInput
from concord.methods.clock import Clock
from concord.models import DesignProblem, Plan
from concord.models.plan import TerminationReason
from concord.verification import verify

GAP = 1e-3


def problem(*then: dict[str, Any], measure: str = "minimum") -> DesignProblem:
    document = concord.load("three-states").model_dump()
    return DesignProblem.model_validate(document | {"objective": {"measure": measure, "then": list(then)}})


def solved(*then: dict[str, Any], measure: str = "minimum") -> Plan:
    return concord.solve(problem(*then, measure=measure), gap=GAP)


def test_a_next_measure_costs_the_first_no_more_than_the_sacrifice_and_gains_by_it() -> None:
    alone, cheap = solved(), solved({"measure": "geometric"})
    dear = solved({"measure": "geometric", "sacrifice": 0.1})
    assert cheap.measure.value >= alone.measure.value * (1 - 0.001 - GAP)
    assert dear.measure.value == pytest.approx(0.9 * alone.measure.value, rel=2 * GAP)
    assert dear.measure.then[0].value > cheap.measure.then[0].value
    assert {plan.termination.reason for plan in (cheap, dear)} == {TerminationReason.OPTIMAL}


def test_every_measure_in_turn_is_told_with_a_bound_and_a_gap() -> None:
    plan = solved({"measure": "geometric", "sacrifice": 0.05}, {"measure": "alpha", "alpha": 2.0})
    assert [(each.name.value, each.alpha) for each in plan.measure.then] == [
        ("geometric", None),
        ("alpha", 2),
    ]
    for each in plan.measure.then:
        assert each.bound >= each.value
        assert each.gap == pytest.approx(each.bound / each.value - 1)


def test_the_geometric_mean_may_follow_leximin_whose_levels_stay() -> None:
    plan = solved({"measure": "geometric", "sacrifice": 0.02}, measure="leximin")
    values = {ratio.state: level.value for level in plan.measure.levels for ratio in level.ratios}
    ratios = {row.state: row.ratio for row in plan.security}
    assert all(ratios[state] >= values[state] * (1 - 1e-5) for state in values)


def test_a_sacrifice_of_nothing_keeps_what_was_reached() -> None:
    plan = solved({"measure": "geometric", "sacrifice": 0.0})
    assert plan.measure.value >= solved().measure.value * (1 - 1e-4)


@pytest.mark.parametrize(
    ("place", "value"), [("value", 9.0), ("gap", 0.5), ("bound", 0.1), ("name", "leximin")]
)
def test_an_edited_next_measure_is_named(place: str, value: Any) -> None:
    asked = problem({"measure": "geometric", "sacrifice": 0.1})
    document = concord.solve(asked, gap=GAP).model_dump(mode="json")
    document["measure"]["then"][0][place] = value
    names = {v.name for v in verify(Plan.model_validate(document), asked).violations}
    assert "figures.measure" in names


def test_an_optimal_plan_has_maximised_every_measure() -> None:
    asked = problem({"measure": "geometric"})
    document = concord.solve(asked, gap=GAP).model_dump(mode="json")
    document["measure"]["then"] = []
    violations = verify(Plan.model_validate(document), asked).violations
    assert any("not every measure" in violation.message for violation in violations)


def test_nothing_may_follow_a_measure_that_can_have_no_floor() -> None:
    with pytest.raises(BadInput, match="does not leave a convex set"):
        solved({"measure": "geometric"}, measure="mean")


def test_a_power_mean_that_is_not_concave_may_come_last() -> None:
    plan = solved({"measure": "alpha", "alpha": 0.5})
    (last,) = plan.measure.then
    assert last.value <= last.bound <= last.value * (1 + GAP)
    assert plan.measure.value >= solved().measure.value * (1 - 0.001 - GAP)
    assert not any(rule.rule == "measures.floor" for rule in plan.binding)


def test_a_measure_for_which_no_time_is_left_is_not_told_and_the_plan_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Clock, "out_of_time", True)
    plan = solved({"measure": "geometric"})
    assert plan.measure.then == ()
    assert plan.termination.reason is TerminationReason.TIME_LIMIT


def test_leximin_may_come_last() -> None:
    plan = solved({"measure": "leximin", "sacrifice": 0.1}, measure="geometric")
    assert plan.measure.then[0].value == pytest.approx(min(row.ratio for row in plan.security))
