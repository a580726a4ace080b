"""Every measure of a problem with sixteen states, several years and whole decisions, to a loose gap."""

from __future__ import annotations

import pytest

import optimizer
from models.plan import TerminationReason

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("measure", "alpha"), [("geometric", None), ("minimum", None), ("leximin", None), ("alpha", 2.0)]
)
def test_west_africa_is_solved_and_the_gap_is_proven(measure: str, alpha: float | None) -> None:
    problem = optimizer.load("west-africa-1990")
    plan = optimizer.solve(problem, measure=measure, alpha=alpha, gap=0.05)
    assert plan.termination.reason is TerminationReason.OPTIMAL
    assert plan.measure.value > plan.measure.baseline
    assert plan.measure.gap <= 0.05
