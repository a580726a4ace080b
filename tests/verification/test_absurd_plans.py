"""No plan, however absurd, makes the verifier fail: it answers with violations."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concord.models import CapacityDimension, DesignProblem, Plan
from concord.models.plan import PLAN_TABLES, Quadrant
from concord.verification import verify

Build = Callable[..., tuple[Plan, DesignProblem]]

shared = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)

figures = st.one_of(
    st.sampled_from([0.0, -1.0, 1e-300, 1e300, -1e300, 1e18]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-10, 1000),
)
names = st.one_of(
    st.sampled_from(["AAA", "OOO", "CCC", "alpha", "beta", "border", "assessed", "organs", "observers", ""]),
    st.text(max_size=5),
    st.sampled_from(["{", "{0}", "{value", "}}", "a, b", "contributions:"]),
)
periods = st.sampled_from([1993, 1994, 0, -5, 10**30])


def perturbed(data: st.DataObject, row: dict[str, Any]) -> dict[str, Any]:
    """The row with some of its fields changed, each to another value of its type."""
    changed = dict(row)
    for field in data.draw(st.sets(st.sampled_from(sorted(row)))):
        match row[field]:
            case bool():
                changed[field] = data.draw(st.booleans())
            case int():
                changed[field] = data.draw(periods)
            case float():
                changed[field] = data.draw(figures)
            case str() if row[field] in set(Quadrant):
                changed[field] = data.draw(st.sampled_from(Quadrant))
            case str() if row[field] in set(CapacityDimension):
                changed[field] = data.draw(st.sampled_from(CapacityDimension))
            case str():
                changed[field] = data.draw(names)
            case dict():
                changed[field] = data.draw(st.dictionaries(names, figures, max_size=3))
    return changed


@shared
@given(st.data())
def test_random_edits_never_raise(clean: dict[str, Any], data: st.DataObject) -> None:
    problem = DesignProblem.model_validate(clean["problem"])
    plan = dict(clean["plan"])
    for table in data.draw(st.sets(st.sampled_from(PLAN_TABLES), min_size=1)):
        rows = [perturbed(data, row) if data.draw(st.booleans()) else row for row in plan[table]]
        plan[table] = rows[data.draw(st.integers(0, 1)) :]
    plan["measure"] = {**plan["measure"], "value": data.draw(figures), "bound": data.draw(figures)}
    for violation in verify(Plan.model_validate(plan), problem).violations:
        assert str(violation).startswith(f"{violation.rule} {violation.name}: ")


@pytest.mark.parametrize("figure", [nan, inf, -inf])
@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("contributions", "amount"),
        ("expenditures", "amount"),
        ("balances", "carried_out"),
        ("programmes", "spending"),
        ("programmes", "intensity"),
        ("contingents", "units"),
        ("assignments", "troops"),
        ("lift", "amount"),
        ("monitoring", "teams"),
        ("posture", "reduction"),
        ("security", "ratio"),
    ],
)
def test_what_is_no_number_is_never_within_a_rule(
    build: Build, table: str, field: str, figure: float
) -> None:
    plan, problem = build()
    rows = getattr(plan, table)
    broken = (rows[0].model_copy(update={field: figure}), *rows[1:])
    assert not verify(plan.model_copy(update={table: broken}), problem).ok


def test_plan_of_another_problem_is_all_violations_and_no_error(build: Build, clean: dict[str, Any]) -> None:
    plan, _ = build()
    small = {key: clean["problem"][key] for key in ("id", "title", "periods", "threat_kinds")}
    state = {**clean["problem"]["states"][2], "id": "ZZZ", "region": "elsewhere"}
    verification = verify(plan, DesignProblem.model_validate({**small, "states": [state]}))
    assert {"problem.digest", "rows.known"} <= {violation.name for violation in verification.violations}


def test_empty_plan_for_a_problem_without_instruments_verifies_but_for_its_records(
    clean: dict[str, Any],
) -> None:
    state = clean["problem"]["states"][2]
    small = {key: clean["problem"][key] for key in ("id", "title", "threat_kinds")}
    problem = DesignProblem.model_validate({**small, "periods": [1993], "states": [state]})
    rows = dict.fromkeys(PLAN_TABLES, ())
    reference = {**clean["plan"]["problem"], "digest": problem.digest(), "periods": [1993]}
    measure = {"name": "geometric", "value": 4.0, "bound": 4.0, "gap": 0.0, "baseline": 4.0}
    plan = Plan.model_validate({**clean["plan"], **rows, "problem": reference, "measure": measure})
    assert [str(v) for v in verify(plan, problem).violations] == [
        "P.13 figures.security: the plan has no record of the security of CCC in 1993",
        "P.16 figures.fairness: the plan has no figures of fairness of gain",
        "P.21 figures.standing: no row says where CCC stands in 1993",
        "P.24 figures.capacities: no row has the military-prowess of CCC in 1993",
        "P.24 figures.capacities: no row has the economic-output of CCC in 1993",
        "P.24 figures.capacities: no row has the political-legitimacy of CCC in 1993",
        "P.24 figures.capacities: the capacities of CCC in 1993 add up to 0 index units, "
        "and its capacity is 2 index units (off by 2 index units)",
    ]
