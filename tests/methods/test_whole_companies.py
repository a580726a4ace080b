"""Whatever is maximised, whole companies serve, and the plan says whose they are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from concord.formulation import formulate
from concord.methods import direct
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import ONE_PERIOD, compact

UNIT = 150.0
LIVELY: dict[str, Any] = ONE_PERIOD | {
    "missions/ceasefire/effects": {"war": 3.0},
    "missions/border/effects": {"war": 2.0},
    "garrisons/contingents/unit": UNIT,
    "locks": [{"decision": "missions", "least": 400.0}],
    "objective": None,
}
"""Needs of 800 and 500 are no multiples of a company, nor are the 400 soldiers that must be sent."""
MEASURES: list[dict[str, Any]] = [
    {"measure": "geometric"},
    {"measure": "alpha", "alpha": 2.0},
    {"measure": "minimum"},
    {"measure": "leximin"},
    {"measure": "mean"},
    {"measure": "ratio-of-totals"},
    {"measure": "minimum", "then": [{"measure": "geometric"}]},
]


@pytest.mark.parametrize(
    "objective", MEASURES, ids=lambda each: "-".join([each["measure"], *each.keys() - {"measure"}])
)
def test_companies_are_whole_and_the_plan_verifies(objective: dict[str, Any]) -> None:
    problem = compact(LIVELY | {"objective": objective})
    plan = solve(problem, SolveOptions(gap=1e-2, threads=1))
    assert sum(row.troops for row in plan.assignments) >= 3 * UNIT - 1e-6
    for row in plan.assignments:
        assert row.troops / UNIT == pytest.approx(round(row.troops / UNIT), abs=1e-6)
    serving = defaultdict[tuple[str, str, int], float](float)
    for deployed in plan.deployments:
        assert deployed.units == round(deployed.units) > 0
        serving[deployed.site, deployed.mission, deployed.period] += deployed.troops
    assert serving == pytest.approx(
        {(row.site, row.mission, row.period): row.troops for row in plan.assignments}
    )
    assert [str(violation) for violation in verify(plan, problem).violations] == []


TIGHT: dict[str, Any] = {
    "periods": [1],
    "missions/ceasefire/effects": {"war": 3.0},
    "programmes/defence/gains": {"military-prowess": 0.3},
    "funds/regional/budget": 2.0,
}
"""Money is so short that the strength of a mission cannot be rounded up."""


@pytest.mark.parametrize("few", [0, 50])
def test_companies_are_rounded_down_where_more_cannot_be_paid(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Rounded last they have a plan as well; as whole numbers of the search the best."""
    monkeypatch.setattr(direct, "FEW", few)
    problem = compact(TIGHT)
    plan = solve(problem, SolveOptions(gap=1e-3, threads=1))
    assert verify(plan, problem).ok
    assert plan.assignments
    assert plan.measure.gap <= (1e-3 if few else 1e-2)


def test_where_missions_need_few_companies_they_are_whole_numbers_of_the_search() -> None:
    few, many = formulate(compact()), formulate(compact({"missions/ceasefire/need": 5000.0}))
    assert not len(direct.task_of(few).fine.columns)
    assert set(many.scene.decisions.assigned.columns) <= set(direct.task_of(many).fine.columns)
