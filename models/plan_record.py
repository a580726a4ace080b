"""What follows from what is done: rows of security, capacities, standing, burdens, fairness and rules."""

from __future__ import annotations

from enum import StrEnum

from .base import Model
from .quantities import Figure, Whole
from .state import CapacityDimension


class SecurityRecord(Model):
    """A member's security in a period, with and without the institution."""

    state: str
    period: Whole
    capacity: Figure
    threats: dict[str, Figure]
    threat: Figure
    ratio: Figure
    baseline_capacity: Figure
    baseline_threat: Figure
    baseline_ratio: Figure
    attribution: dict[str, Figure]
    """Contribution of each instrument to log(ratio / baseline_ratio); the sum is exact (LMDI).

    Keys: `programme:ID`, `mission:ID`, `zone-kind:ID`, `complementarity:ID`, `frontier:PROGRAMME`,
    `backlash:PROGRAMME`, `posture:own`, `posture:neighbours`, `exclusion`."""


class CapacityRecord(Model):
    """One of a state's capacities in a period, without and with the institution.

    Over the dimensions of a state and period, weight times value adds up to the capacity in its security."""

    state: str
    period: Whole
    dimension: CapacityDimension
    weight: Figure
    """How much it is of use against the threats that the state faces before the institution acts (kappa)."""
    baseline: Figure
    """Index without the institution."""
    value: Figure
    """Index with what programmes add and, of military dimensions, with the posture."""


class Quadrant(StrEnum):
    """Whether a state has more threats and more capacities than the median state without the institution."""

    THREAT_RICH_CAPACITY_RICH = "threat-rich-capacity-rich"
    THREAT_RICH_CAPACITY_POOR = "threat-rich-capacity-poor"
    THREAT_POOR_CAPACITY_RICH = "threat-poor-capacity-rich"
    THREAT_POOR_CAPACITY_POOR = "threat-poor-capacity-poor"

    @classmethod
    def of(cls, *, threat_rich: bool, capacity_rich: bool) -> Quadrant:
        """The quadrant; at the median a state is poor."""
        threats, capacities = ("rich" if rich else "poor" for rich in (threat_rich, capacity_rich))
        return cls(f"threat-{threats}-capacity-{capacities}")


class InitialStanding(Model):
    """Where a state stands among the others without the institution. Ranks begin with 1 for the most."""

    state: str
    period: Whole
    power: Figure
    """Raw power: mean index of the military dimensions before the institution acts."""
    power_rank: Whole
    baseline_security_rank: Whole
    baseline_quadrant: Quadrant


class Standing(InitialStanding):
    """Where a state stands among the others, without and with the institution."""

    security_rank: Whole
    quadrant: Quadrant
    """Against the same medians as without the institution."""


class BurdenRecord(Model):
    """What a state bears in a period: money, and what it sends without being paid for it."""

    state: str
    period: Whole
    cash: Figure
    """Paid into all funds, less what does not arrive."""
    contingents: Figure
    lift: Figure
    monitors: Figure
    total: Figure
    share_of_gdp: Figure


class RegionalSpending(Model):
    """What is spent in a region in a period."""

    region: str
    """`common` for what serves the whole organisation, such as its organs and lift."""
    period: Whole
    amount: Figure
    per_head: Figure
    """USD for each inhabitant of the members of the region; of all members for the region `common`."""


class FairnessFigures(Model):
    """How even a distribution over states is."""

    subject: str
    """Such as `burden`, `burden-to-gdp`, `contributions:assessed`, `troops-to-population`, `gain`."""
    gini: Figure
    jain: Figure
    """Jain's index: 1 when equal, 1/n when one has all."""
    minimum: Figure
    """In the unit of what is distributed, added up over the periods: money in millions, burdens in shares of
    the GDP of one year."""
    maximum: Figure
    """Likewise."""
    largest: str
    """State with the largest figure."""
    min_max_ratio: Figure
    """Smallest over largest figure: 1 when equal, also where all is 0."""
    share_above_scale: Figure | None = None
    """Share of the whole borne above the shares of the fund's scale; of `burden`, above shares of GDP."""


class BindingRule(Model):
    """A rule with no slack in the plan."""

    rule: str
    """Name of the equation, such as `funds.budget`."""
    subject: str
    """What it binds, such as `assessed, 1994`."""
    limit: Figure
    unit: str
    """In which the program counts: troops in thousands, money in millions."""
    price: Figure | None = None
    """Relative rise of the measure for one unit more of the limit, with whole decisions as they are; null
    for rules over whole decisions, which have no price of their own, and where the solver tells none."""
    price_unit: str | None = None
    """What the price is in; null where there is none."""
