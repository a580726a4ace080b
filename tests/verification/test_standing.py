"""Ranks and quadrants that a plan states are recomputed; ties may stand in either order."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import DesignProblem, Plan
from concord.models.plan import Quadrant
from concord.planning import solve
from concord.results.rankings import initial_standing
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact

UNEVEN = {
    "states/A/capacities": {"military-prowess": 3.0, "readiness": 3.0, "political-legitimacy": 0.1},
    "states/A/threats": {"war": 4.0, "strife": 6.0},
    "states/B/threats": {"war": 0.5, "strife": 0.3},
    "benefit": None,
}
"""A is strong, and the least secure: three quarters of what threatens it no army helps against."""


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact(UNEVEN)


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return solve(problem, SolveOptions(gap=1e-2, threads=1))


def test_the_strongest_may_be_the_least_secure(problem: DesignProblem) -> None:
    rows = {row.state: row for row in initial_standing(problem)}
    assert [rows[state].power for state in "ABCD"] == pytest.approx([2.0, 1 / 3, 1 / 3, 1 / 3])
    assert [rows[state].power_rank for state in "ABCD"] == [1, 2, 2, 2]
    assert rows["A"].baseline_security_rank == 4
    assert rows["B"].baseline_security_rank == 1
    assert rows["A"].baseline_quadrant is Quadrant.THREAT_RICH_CAPACITY_RICH
    assert rows["B"].baseline_quadrant is Quadrant.THREAT_POOR_CAPACITY_POOR


EDITS: list[dict[str, Any]] = [
    {"power": 1.0},
    {"power_rank": 2},
    {"security_rank": 1},
    {"baseline_security_rank": 1},
    {"quadrant": "threat-poor-capacity-rich"},
    {"baseline_quadrant": "threat-poor-capacity-rich"},
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: next(iter(edit)))
def test_an_edit_is_named(plan: Plan, problem: DesignProblem, edit: dict[str, Any]) -> None:
    data = plan.model_dump()
    row = next(row for row in data["standing"] if (row["state"], row["period"]) == ("A", 1))
    row.update(edit)
    found = {(v.name, v.subject) for v in verify(Plan.model_validate(data), problem).violations}
    assert found == {("figures.standing", "A, 1")}


def test_a_row_left_out_is_named(plan: Plan, problem: DesignProblem) -> None:
    data = plan.model_dump()
    data["standing"] = data["standing"][1:]
    found = {v.name for v in verify(Plan.model_validate(data), problem).violations}
    assert found == {"figures.standing"}
