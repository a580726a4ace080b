"""Where states stand among the others: raw power beside security, rich and poor in threats and in capacities.

The most powerful need not be the most secure: a state's own arms are of use against few of its threats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from statistics import median

from concord.formulation.index_sets import IndexSets
from concord.formulation.parameters import Parameters
from concord.models import MILITARY_DIMENSIONS, DesignProblem, State
from concord.models.plan import InitialStanding, Quadrant, SecurityRecord, Standing

Situation = tuple[float, float]
"""Capacity and threat."""


def raw_power(state: State) -> float:
    """Mean index of the military dimensions before the institution acts; 1 is a median state's."""
    indices = [state.capacities.get(dimension, 0.0) for dimension in MILITARY_DIMENSIONS]
    return sum(indices) / len(indices)


def initial_standing(problem: DesignProblem) -> tuple[InitialStanding, ...]:
    """Every state of the region in the first period, before anything is done."""
    parameters = Parameters(problem, IndexSets(problem))
    before = {
        state.id: (
            float(parameters.initial_capacity[state.id]),
            sum(state.initial_threat(kind.id) for kind in problem.threat_kinds),
        )
        for state in problem.measured
    }
    return tuple(_before(problem, problem.periods[0], before).values())


def standing(problem: DesignProblem, security: Iterable[SecurityRecord]) -> tuple[Standing, ...]:
    """Every state of the region in every period, without and with the institution."""
    rows: list[Standing] = []
    records = list(security)
    for period in problem.periods:
        mine = [record for record in records if record.period == period]
        before = {r.state: (r.baseline_capacity, r.baseline_threat) for r in mine}
        ratios = {r.state: r.ratio for r in mine}
        middle = _medians(before.values())
        for state, row in _before(problem, period, before).items():
            after = next((r.capacity, r.threat) for r in mine if r.state == state)
            rows.append(
                Standing(
                    **row.model_dump(),
                    security_rank=_rank(ratios[state], ratios.values()),
                    quadrant=_quadrant(after, middle),
                )
            )
    return tuple(rows)


def _before(
    problem: DesignProblem, period: int, situations: Mapping[str, Situation]
) -> dict[str, InitialStanding]:
    power = {state.id: raw_power(state) for state in problem.measured}
    ratios = {state: capacity / threat for state, (capacity, threat) in situations.items()}
    middle = _medians(situations.values())
    return {
        state: InitialStanding(
            state=state,
            period=period,
            power=power[state],
            power_rank=_rank(power[state], power.values()),
            baseline_security_rank=_rank(ratios[state], ratios.values()),
            baseline_quadrant=_quadrant(situation, middle),
        )
        for state, situation in situations.items()
    }


def _medians(situations: Collection[Situation]) -> Situation:
    return median(capacity for capacity, _ in situations), median(threat for _, threat in situations)


def _rank(figure: float, figures: Iterable[float]) -> int:
    """1 for the largest; equals share the better rank."""
    return 1 + sum(other > figure for other in figures)


def _quadrant(situation: Situation, middle: Situation) -> Quadrant:
    return Quadrant.of(threat_rich=situation[1] > middle[1], capacity_rich=situation[0] > middle[0])
