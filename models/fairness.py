"""Scales of assessment and the rules of fairness."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from .assessment import CapacityToPay, assess
from .base import Model
from .provision import EqualTreatment, SpendingFloor, WeakStates
from .quantities import Identifier, Period, Positive, Share, Switch
from .shares import bounded_shares
from .state import State
from .tiers import AssessmentTiers, tiered_shares


class ScaleRule(StrEnum):
    """What shares follow."""

    EQUAL = "equal"
    POPULATION = "population"
    GDP = "gdp"
    TABLE = "table"
    CAPACITY_TO_PAY = "capacity-to-pay"
    """The methodology of the United Nations."""
    AFRICAN_UNION = "african-union"
    """Tiers by share of the total product."""


class Scale(Model):
    """A scale of assessments: how a whole is shared among states."""

    rule: ScaleRule
    table: dict[Identifier, Share] = {}
    """Shares that sum to 1, for the rule `table`."""
    capacity_to_pay: CapacityToPay | None = None
    """Parameters of the rule `capacity-to-pay`; none: those of the scale for 2019-2021."""
    african_union: AssessmentTiers | None = None
    """Parameters of the rule `african-union`; none: those of decision 578."""

    def shares(self, states: Sequence[State], floor: float = 0.0, ceiling: float = 1.0) -> dict[str, float]:
        """Share of each of `states`, summing to 1, no share under `floor` or over `ceiling`.

        What a ceiling cuts off or a floor adds is spread over the others in proportion, as in the United
        Nations scale; a scale's own bounds hold before these. Raises ValueError where no shares within the
        bounds sum to 1, and where a figure of a base period is missing.
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
            case ScaleRule.CAPACITY_TO_PAY:
                records = [state.economic_record() for state in states]
                keys = dict(assess(records, self.capacity_to_pay).shares)
            case ScaleRule.AFRICAN_UNION:
                keys = tiered_shares({state.id: state.gdp for state in states}, self.african_union)
        return bounded_shares(keys, floor, ceiling)


class BenefitRules(Model):
    """What every member may count on."""

    nobody_worse_off: Switch = False
    """No member's security ratio falls below what it would be without the institution."""
    nobody_worse_off_from: Period | None = None
    """First period in which nobody may be worse off; none: every period."""
    ratio_floor: Positive | None = None
    """Least security ratio of any member, from `ratio_floor_from` on."""
    ratio_floors: dict[Identifier, Positive] = {}
    """Least security ratio of a named member; goes before `ratio_floor`."""
    ratio_floor_from: Period | None = None
    """First period in which the floors hold; none: the last period only."""
    spending_floors: tuple[SpendingFloor, ...] = ()
    equal_treatment: tuple[EqualTreatment, ...] = ()
    weak_states: WeakStates | None = None
