"""Every measure of a problem with sixteen states, several years and whole decisions, to a loose gap."""

from __future__ import annotations

import pytest

import concord
from concord.models.plan import TerminationReason

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("measure", "alpha"), [("geometric", None), ("minimum", None), ("alpha", 2.0)])
def test_west_africa_is_solved_and_the_gap_is_proven(measure: str, alpha: float | None) -> None:
    problem = concord.load("west-africa-1990")
    plan = concord.solve(problem, measure=measure, alpha=alpha, gap=0.05)
    assert plan.termination.reason is TerminationReason.OPTIMAL
    assert plan.measure.value > plan.measure.baseline
    assert plan.measure.gap <= 0.05


def test_west_africa_is_lifted_level_by_level_within_a_time_limit() -> None:
    problem = concord.maximising(concord.load("west-africa-1990"), "leximin")
    plan = concord.solve(problem, gap=0.05, time_limit=120.0)
    assert concord.verify(plan, problem).ok
    assert plan.measure.gap <= 0.05
    assert len(plan.measure.levels) > 2
    for level in plan.measure.levels:
        assert level.whole_decisions_held or max(level.bound, level.ceiling) <= level.value * 1.05
