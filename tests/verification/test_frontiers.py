"""What a plan states along frontiers is no more than the side that does less, and counts in both states."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact({"benefit": None, "programmes/mediation/mutual/effects/war": 0.3})


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return solve(problem, SolveOptions(gap=1e-2, threads=1))


def edited(plan: Plan, change: dict[str, Any]) -> Plan:
    data = plan.model_dump()
    data["frontiers"] = [data["frontiers"][0] | change, *data["frontiers"][1:]]
    return Plan.model_validate(data)


def test_a_frontier_is_as_quiet_as_the_side_that_does_less(plan: Plan, problem: DesignProblem) -> None:
    run = {(row.state, row.period): row.intensity for row in plan.programmes if row.programme == "mediation"}
    assert plan.frontiers
    for row in plan.frontiers:
        less = min(run[row.state, row.period], run[row.neighbour, row.period])
        assert row.intensity == pytest.approx(less)
    assert verify(plan, problem).ok


def test_both_sides_owe_security_to_their_frontier(plan: Plan) -> None:
    gained = {(row.state, row.period): row.attribution for row in plan.security}
    for row in plan.frontiers:
        for side in (row.state, row.neighbour):
            assert gained[side, row.period]["frontier:mediation"] > 0


def test_more_than_the_side_that_does_less_is_caught(plan: Plan, problem: DesignProblem) -> None:
    more = edited(plan, {"intensity": plan.frontiers[0].intensity + 0.1})
    assert {"security.frontier", "security.threats"} <= {v.name for v in verify(more, problem).violations}


def test_less_than_stated_threats_need_is_caught(plan: Plan, problem: DesignProblem) -> None:
    none = edited(plan, {"intensity": 0.0})
    found = {v.name for v in verify(none, problem).violations}
    assert "security.threats" in found
    assert "security.frontier" not in found


def test_states_without_a_common_frontier_are_out_of_scope(plan: Plan, problem: DesignProblem) -> None:
    first = plan.frontiers[0]
    stranger = next(s for s in "ABCD" if {first.state, s} not in ({"A", "B"}, {"C", "D"}, {first.state}))
    found = {v.name for v in verify(edited(plan, {"neighbour": stranger}), problem).violations}
    assert "rows.scope" in found
