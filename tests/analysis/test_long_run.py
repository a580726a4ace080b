"""After the horizon stocks decay, troops go home, agreed forces stay and threats drift on."""

from __future__ import annotations

from math import exp, log
from typing import Any

import pytest

import concord
from concord.analysis.long_run import long_run
from concord.models import DesignProblem, Plan
from tests.support.compact import BARE, compact

AMONG_THEMSELVES: dict[str, Any] = {
    **BARE,
    "programmes": [
        {"id": "aid", "name": "Aid", "scale": 2.0, "effects": {"strife": 0.5}, "persistence": 0.5}
    ],
    "funds": [{"id": "purse", "name": "Purse", "payers": "members", "budget": 8.0}],
    "states/B/drift": {"strife": 0.2},
}


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact(AMONG_THEMSELVES)


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return concord.solve(problem, gap=1e-6)


def by_hand(plan: Plan, problem: DesignProblem, periods: int, *, aided: bool) -> float:
    """Security written out: war 1, strife 0.6 less aid whose stock halves every year, drift in B."""
    stock = {row.state: row.stock for row in plan.programmes if row.period == 2}
    reached = {row.state: row.intensity for row in plan.programmes if row.period == 2}
    capacity = 0.625 * 1.0 + 0.375 * 0.5
    logs = 0.0
    for step in range(1, periods + 1):
        for state in "ABCD":
            left = log(1 + stock.get(state, 0.0) * 0.5**step / 2.0)
            aid = min(reached.get(state, 0.0), left) if aided else 0.0
            drift = 0.2 * (1 + step) if state == "B" else 0.0
            logs += log(capacity / (1.0 + 0.6 * exp(drift - 0.5 * aid))) / 4
    return exp(logs / periods)


@pytest.mark.parametrize("periods", [1, 5])
def test_stocks_decay_and_threats_drift_on(plan: Plan, problem: DesignProblem, periods: int) -> None:
    found = long_run(plan, problem, periods)
    assert found.value == pytest.approx(by_hand(plan, problem, periods, aided=True), rel=1e-9)
    assert found.baseline == pytest.approx(by_hand(plan, problem, periods, aided=False), rel=1e-9)
    assert found.value > found.baseline


def test_in_the_end_nothing_is_left_of_what_only_money_upheld(plan: Plan, problem: DesignProblem) -> None:
    later, sooner = long_run(plan, problem, 60), long_run(plan, problem, 2)
    assert later.value / later.baseline < 1 + (sooner.value / sooner.baseline - 1) / 20


def test_agreed_reductions_stand_and_peacekeepers_go_home() -> None:
    changes = {
        "missions/ceasefire/effects": {"war": 0.8},
        "programmes": None,
        "complementarities": None,
        "funds/assessed/earmarks": [],
        "funds/regional/earmarks": [],
        "dilemma/reduction_per_effort": None,
        "dilemma/influences": [{"source": "A", "target": "B", "spillover": 3.0}],
        "benefit": None,
        "timetable": None,
    }
    problem = compact(changes)
    plan = concord.solve(problem, gap=1e-4)
    reduced = {row.state: row.posture for row in plan.posture if row.period == 2}
    assert plan.assignments
    assert min(reduced.values()) < -0.01
    after = long_run(plan, problem, 3)
    without = plan.model_copy(update={"assignments": (), "contingents": (), "monitoring": ()})
    assert long_run(without, problem, 3) == after
    status_quo = plan.model_copy(update={"posture": ()})
    assert long_run(status_quo, problem, 3).value == pytest.approx(after.baseline, rel=1e-9)
    assert after.value > after.baseline
