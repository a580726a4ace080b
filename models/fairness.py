"""Scales of assessment and the rules of fairness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from .base import Model
from .quantities import Identifier, NonNegative, Period, Positive, Share, Switch
from .state import State


class ScaleRule(StrEnum):
    """What shares are proportional to."""

    EQUAL = "equal"
    POPULATION = "population"
    GDP = "gdp"
    TABLE = "table"


class Scale(Model):
    """A scale of assessments: how a whole is shared among states."""

    rule: ScaleRule
    table: dict[Identifier, Share] = {}
    """Shares that sum to 1, for the rule `table`."""

    def shares(self, states: Sequence[State], floor: float = 0.0, ceiling: float = 1.0) -> dict[str, float]:
        """Share of each of `states`, summing to 1, no share under `floor` or over `ceiling`.

        What a ceiling cuts off or a floor adds is spread over the others in proportion, as in the United
        Nations scale. Raises ValueError where no shares within the bounds sum to 1.
        """
        match self.rule:
            case ScaleRule.EQUAL:
                keys = {state.id: 1.0 for state in states}
            case ScaleRule.POPULATION:
                keys = {state.id: state.population for state in states}
            case ScaleRule.GDP:
                keys = {state.id: state.gdp for state in states}
            case ScaleRule.TABLE:
                keys = {state.id: self.table.get(state.id, 0.0) for state in states}
        return bounded_shares(keys, floor, ceiling)


def bounded_shares(keys: Mapping[str, float], floor: float = 0.0, ceiling: float = 1.0) -> dict[str, float]:
    """Shares proportional to `keys`, except that none lies under `floor` or over `ceiling`.

    The shares are `min(ceiling, max(floor, f * key))` with the one factor `f` that makes them sum to 1.

    >>> shares = bounded_shares({"A": 6.0, "B": 3.0, "C": 1.0}, ceiling=0.5)
    >>> {name: round(share, 6) for name, share in shares.items()}
    {'A': 0.5, 'B': 0.375, 'C': 0.125}
    """
    if not keys:
        raise ValueError("a scale needs at least one state")
    if floor * len(keys) > 1 + 1e-12 or ceiling * len(keys) < 1 - 1e-12:
        raise ValueError(f"no shares between {floor} and {ceiling} of {len(keys)} states sum to 1")
    if min(keys.values()) < 0 or sum(keys.values()) <= 0:
        raise ValueError("the keys of a scale must be at least 0 and not all 0")

    def clipped(factor: float) -> dict[str, float]:
        return {key: min(ceiling, max(floor, factor * value)) for key, value in keys.items()}

    breakpoints = sorted(bound / value for value in keys.values() if value > 0 for bound in (floor, ceiling))
    below = max((f for f in breakpoints if sum(clipped(f).values()) <= 1), default=0.0)
    above = min((f for f in breakpoints if sum(clipped(f).values()) >= 1), default=below)
    low, high = sum(clipped(below).values()), sum(clipped(above).values())
    factor = below if high == low else below + (above - below) * (1 - low) / (high - low)
    return clipped(factor)


class WeightRule(StrEnum):
    """How much a state counts in the aggregate measure."""

    EQUAL = "equal"
    POPULATION = "population"
    TABLE = "table"


class Measure(StrEnum):
    """A measure of aggregate security."""

    GEOMETRIC = "geometric"


class Objective(Model):
    """What the plan maximises."""

    measure: Measure = Measure.GEOMETRIC
    weights: WeightRule = WeightRule.EQUAL
    table: dict[Identifier, NonNegative] = {}
    """Weight of each state of the region, for the rule `table`; one not given weighs nothing."""
    discount: Share = 0.0
    """Rate at which later periods count less, per period."""


class BenefitRules(Model):
    """What every member may count on."""

    nobody_worse_off: Switch = False
    """No member's security ratio falls below what it would be without the institution."""
    ratio_floor: Positive | None = None
    """Least security ratio of any member, from `ratio_floor_from` on."""
    ratio_floors: dict[Identifier, Positive] = {}
    """Least security ratio of a named member; goes before `ratio_floor`."""
    ratio_floor_from: Period | None = None
    """First period in which the floors hold; none: the last period only."""
