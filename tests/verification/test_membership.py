"""A plan that does anything with a state left out is caught."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact

ENTRY_TEST: dict[str, Any] = {
    "membership": {"named": ["B", "C", "D"], "exclusion": 0.2},
    **{f"states/{state}/military_expenditure": 10.0 for state in "ABCD"},
    "monitoring/zones/ab/minimum": 0.0,
    "monitoring/zones/cd/minimum": 1.0,
    "missions/border/state": "A",
    "dilemma/arming_ceiling": 0.5,
}
"""A is left out, and with it the mission `border` and the zone `ab`."""
ADDED: list[tuple[str, dict[str, Any], str]] = [
    ("contributions", {"payer": "A", "fund": "assessed", "period": 1, "amount": 1.0, "share": 0.0,
                       "scale_share": None}, "A, assessed, 1"),
    ("programmes", {"programme": "mediation", "state": "A", "period": 1, "spending": 0.0, "stock": 0.0,
                    "intensity": 0.0}, "A, mediation, 1"),
    ("contingents", {"state": "A", "site": "east", "period": 1, "units": 0.0, "troops": 0.0}, "A, east, 1"),
    ("assignments", {"site": "east", "mission": "border", "period": 1, "troops": 0.0, "distance_km": 0.0,
                     "hours": 24.0}, "east, border, 1"),
    ("lift", {"state": "A", "period": 1, "amount": 0.0}, "A, 1"),
    ("monitoring", {"zone": "ab", "monitor": "team", "state": "C", "period": 1, "teams": 0.0},
     "ab, team, C, 1"),
    ("monitoring", {"zone": "cd", "monitor": "team", "state": "A", "period": 1, "teams": 0.0},
     "cd, team, A, 1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact(ENTRY_TEST)


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return solve(problem, SolveOptions(gap=1e-3))


@pytest.mark.parametrize(("table", "row", "subject"), ADDED, ids=[f"{t}: {s}" for t, _, s in ADDED])
def test_what_concerns_a_state_left_out_is_out_of_scope(
    plan: Plan, problem: DesignProblem, table: str, row: dict[str, Any], subject: str
) -> None:
    data = plan.model_dump()
    data[table] = [*data[table], row]
    found = {(v.name, v.subject) for v in verify(Plan.model_validate(data), problem).violations}
    assert ("rows.scope", subject) in found


def test_a_state_left_out_neither_arms_nor_reduces(plan: Plan, problem: DesignProblem) -> None:
    data = plan.model_dump()
    data["posture"] = [{"state": "A", "period": 1, "arming": 0.1, "reduction": 0.2, "posture": 0.0}]
    found = {(v.name, v.subject) for v in verify(Plan.model_validate(data), problem).violations}
    assert {("dilemma.arming_ceiling", "A, 1"), ("dilemma.reduction_ceiling", "A, 1")} <= found


def test_alarm_that_is_hidden_is_found(plan: Plan, problem: DesignProblem) -> None:
    data = plan.model_dump()
    row = next(row for row in data["security"] if row["state"] == "A")
    del row["attribution"]["exclusion"]
    found = {v.name for v in verify(Plan.model_validate(data), problem).violations}
    assert "figures.security" in found
