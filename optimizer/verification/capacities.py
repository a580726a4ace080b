"""The capacities of every state one by one, and that they make up its capacity: P.24."""

from __future__ import annotations

from collections import defaultdict

from concord.models.plan import CapacityRecord
from concord.models.state import MILITARY_DIMENSIONS, State

from .case import Case
from .tolerance import Quantity

INDEX = Quantity.INDEX
RULE = "figures.capacities"


def check_capacities(case: Case) -> None:
    """Every figure of every dimension, state and period; none is missing, and together they are the whole."""
    measured = {state.id: state for state in case.problem.measured}
    together: dict[tuple[str, int], float] = defaultdict(float)
    stated = set()
    for row in case.plan.capacities:
        state = measured.get(row.state)
        if row.period not in case.problem.periods:
            continue
        has = state is not None and row.dimension in state.capacities
        text = "capacities of {0}, {1}, {2}: the problem has no such thing"
        case.ledger.demand("rows.scope", (row.state, row.period, row.dimension), has, text)
        if state is not None and has:
            stated.add((row.state, row.period, row.dimension))
            together[row.state, row.period] += row.weight * row.value
            _dimension(case, state, row)
    for (state_id, period), true in case.evaluation.security.items():
        for dimension in measured[state_id].capacities:
            index = (state_id, period, dimension)
            case.ledger.demand(RULE, index, index in stated, "no row has the {2} of {0} in {1}")
        text = "the capacities of {0} in {1} add up to {value}, and its capacity is {limit}"
        case.ledger.equal(RULE, (state_id, period), together[state_id, period], true.capacity, INDEX, text)


def _dimension(case: Case, state: State, row: CapacityRecord) -> None:
    threats = {kind.id: state.initial_threat(kind.id) for kind in case.problem.threat_kinds}
    relevance = {kind.id: kind.relevance.get(row.dimension, 0.0) for kind in case.problem.threat_kinds}
    weight = sum(relevance[kind] * level for kind, level in threats.items()) / sum(threats.values())
    factor = 1.0 + sum(
        programme.gains.get(row.dimension, 0.0)
        * case.decisions.intensity.get((row.state, programme.id, row.period), 0.0)
        for programme in case.problem.programmes
    )
    if row.dimension in MILITARY_DIMENSIONS:
        factor += case.evaluation.posture.get((row.state, row.period), 0.0)
    before = state.capacities[row.dimension]
    for noun, figure, right in (
        ("weight of the {2}", row.weight, weight),
        ("{2} without the institution", row.baseline, before),
        ("{2}", row.value, before * factor),
    ):
        text = f"the {noun} of {{0}} in {{1}} is stated as {{value}}, and is {{limit}}"
        case.ledger.equal(RULE, (row.state, row.period, row.dimension), figure, right, INDEX, text)
