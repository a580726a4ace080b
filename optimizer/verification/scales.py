"""Scales: how a whole is shared among states, by bisection instead of by breakpoints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from concord.models.assessment import CapacityToPay
from concord.models.fairness import Scale, ScaleRule
from concord.models.state import State
from concord.models.tiers import AssessmentTiers

from .assessment import by_capacity_to_pay, by_tier


def scale_shares(
    scale: Scale, states: Iterable[State], floor: float = 0.0, ceiling: float = 1.0
) -> dict[str, float]:
    """Share of each of `states` by `scale`, within floor and ceiling."""
    match scale.rule:
        case ScaleRule.EQUAL:
            keys = {state.id: 1.0 for state in states}
        case ScaleRule.POPULATION:
            keys = {state.id: state.population for state in states}
        case ScaleRule.GDP:
            keys = {state.id: state.gdp for state in states}
        case ScaleRule.TABLE:
            keys = {state.id: scale.table.get(state.id, 0.0) for state in states}
        case ScaleRule.CAPACITY_TO_PAY:
            keys = by_capacity_to_pay(list(states), scale.capacity_to_pay or CapacityToPay())
        case ScaleRule.AFRICAN_UNION:
            tiers = scale.african_union or AssessmentTiers()
            keys = by_tier({state.id: state.gdp for state in states}, tiers)
            keys = clipped_shares(keys, 0.0, tiers.ceiling)
    return clipped_shares(keys, floor, ceiling)


def clipped_shares(keys: Mapping[str, float], floor: float = 0.0, ceiling: float = 1.0) -> dict[str, float]:
    """`min(ceiling, max(floor, factor * key))` with the factor, found by bisection, that makes the sum 1.

    Where no factor does, the shares are as near to 1 in sum as they come.

    >>> {state: round(share, 9) for state, share in clipped_shares({"A": 6, "B": 3, "C": 1}, 0, 0.5).items()}
    {'A': 0.5, 'B': 0.375, 'C': 0.125}
    """
    positive = [key for key in keys.values() if key > 0]
    if not positive:
        return dict.fromkeys(keys, floor)

    def at(factor: float) -> dict[str, float]:
        return {name: min(ceiling, max(floor, factor * key)) for name, key in keys.items()}

    low, high = 0.0, 1.0 / min(positive)
    while high > (middle := (low + high) / 2) > low:
        low, high = (middle, high) if sum(at(middle).values()) < 1 else (low, middle)
    return at(high)
