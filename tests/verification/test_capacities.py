"""Capacities that a plan states one by one are recomputed, and add up to the capacity of the state."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from concord.models import CapacityDimension, DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact

SEVEN = {
    "states/A/capacities": dict.fromkeys(CapacityDimension, 1.0),
    "states/A/threats": {"war": 1.0, "strife": 2.0},
    "benefit": None,
}


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact(SEVEN)


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return solve(problem, SolveOptions(gap=1e-2, threads=1))


def test_seven_capacities_add_up_to_one(plan: Plan, problem: DesignProblem) -> None:
    whole: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.capacities:
        whole[row.state, row.period] += row.weight * row.value
    assert len([row for row in plan.capacities if (row.state, row.period) == ("A", 1)]) == 7
    assert whole == pytest.approx({(row.state, row.period): row.capacity for row in plan.security})
    assert any(row.value > row.baseline * 1.001 for row in plan.capacities)
    assert verify(plan, problem).ok


EDITS: list[dict[str, Any]] = [{"weight": 0.9}, {"baseline": 1.5}, {"value": 3.0}, {"dimension": "readiness"}]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: next(iter(edit)))
def test_an_edit_is_named(plan: Plan, problem: DesignProblem, edit: dict[str, Any]) -> None:
    data = plan.model_dump()
    data["capacities"][0].update(edit)
    found = {v.name for v in verify(Plan.model_validate(data), problem).violations}
    assert "figures.capacities" in found
    assert found <= {"figures.capacities", "rows.once"}


def test_a_row_left_out_is_named(plan: Plan, problem: DesignProblem) -> None:
    data = plan.model_dump()
    data["capacities"] = data["capacities"][1:]
    assert {v.name for v in verify(Plan.model_validate(data), problem).violations} == {"figures.capacities"}


def test_a_capacity_that_the_state_does_not_have_is_out_of_scope(plan: Plan, problem: DesignProblem) -> None:
    data = plan.model_dump()
    stray = {**data["capacities"][0], "state": "B", "dimension": "projection"}
    data["capacities"] = [*data["capacities"], stray]
    assert {v.name for v in verify(Plan.model_validate(data), problem).violations} == {"rows.scope"}
