"""Where states stand among the others: P.21."""

from __future__ import annotations

from collections.abc import Collection
from statistics import median

from concord.models.plan import Quadrant, Standing
from concord.models.state import MILITARY_DIMENSIONS

from .case import Case
from .tolerance import Quantity

CLOSE = 1e-9
"""Figures nearer than this, relatively, may stand in either order."""


def check_standing(case: Case) -> None:
    """A row for every state of the region and period, and every rank and quadrant in it."""
    stated = {(row.state, row.period) for row in case.plan.standing}
    for index in case.evaluation.security:
        text = "no row says where {0} stands in {1}"
        case.ledger.demand("figures.standing", index, index in stated, text)
    power = {
        state.id: sum(state.capacities.get(q, 0.0) for q in MILITARY_DIMENSIONS) / len(MILITARY_DIMENSIONS)
        for state in case.problem.measured
    }
    for row in case.plan.standing:
        if (row.state, row.period) in case.evaluation.security:
            _standing(case, row, power)


def _standing(case: Case, row: Standing, power: dict[str, float]) -> None:
    region = {state: true for (state, when), true in case.evaluation.security.items() if when == row.period}
    mine, subject, ledger = region[row.state], (row.state, row.period), case.ledger
    text = "the raw power of {0} in {1} is stated as {value}, and is {limit}"
    ledger.equal("figures.standing", subject, row.power, power[row.state], Quantity.INDEX, text)
    for name, rank, figure, figures in (
        ("power", row.power_rank, power[row.state], power.values()),
        ("security", row.security_rank, mine.ratio, [s.ratio for s in region.values()]),
        (
            "security without the institution",
            row.baseline_security_rank,
            mine.baseline_ratio,
            [s.baseline_ratio for s in region.values()],
        ),
    ):
        first = 1 + sum(other > figure * (1 + CLOSE) for other in figures)
        last = sum(other >= figure * (1 - CLOSE) for other in figures)
        text = f"{{0}} is not number {rank} in {name} in {{1}}"
        ledger.demand("figures.standing", subject, first <= rank <= last, text)
    capacity = median(s.baseline_capacity for s in region.values())
    threat = median(s.baseline_threat for s in region.values())
    before = _possible((mine.baseline_threat, threat), (mine.baseline_capacity, capacity))
    after = _possible((mine.threat, threat), (mine.capacity, capacity))
    text = "{0} does not stand in the quadrants stated for {1}"
    kept = row.baseline_quadrant in before and row.quadrant in after
    ledger.demand("figures.standing", subject, kept, text)


def _possible(threat: tuple[float, float], capacity: tuple[float, float]) -> Collection[Quadrant]:
    """Quadrants of a state by (figure, median) of its threat and of its capacity; several where they tie."""
    return {
        Quadrant.of(threat_rich=rich, capacity_rich=able)
        for rich in _above(*threat)
        for able in _above(*capacity)
    }


def _above(figure: float, middle: float) -> set[bool]:
    return {figure > middle} | ({True, False} if abs(figure - middle) <= CLOSE * abs(middle) else set())
