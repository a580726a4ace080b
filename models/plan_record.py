"""What follows from what is done: rows of security, capacities, standing, burdens, fairness and rules."""

from __future__ import annotations

from enum import StrEnum

from .base import Model
from .state import CapacityDimension


class SecurityRecord(Model):
    """A member's security in a period, with and without the institution."""

    state: str
    period: int
    capacity: float
    threats: dict[str, float]
    threat: float
    ratio: float
    baseline_capacity: float
    baseline_threat: float
    baseline_ratio: float
    attribution: dict[str, float]
    """Contribution of each instrument to log(ratio / baseline_ratio); the sum is exact (LMDI).

    Keys: `programme:ID`, `mission:ID`, `zone-kind:ID`, `complementarity:ID`, `frontier:PROGRAMME`,
    `backlash:PROGRAMME`, `posture:own`, `posture:neighbours`, `exclusion`."""


class CapacityRecord(Model):
    """One of a state's capacities in a period, without and with the institution.

    Over the dimensions of a state and period, weight times value adds up to the capacity in its security."""

    state: str
    period: int
    dimension: CapacityDimension
    weight: float
    """How much it is of use against the threats that the state faces before the institution acts (kappa)."""
    baseline: float
    """Index without the institution."""
    value: float
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
    period: int
    power: float
    """Raw power: mean index of the military dimensions before the institution acts."""
    power_rank: int
    baseline_security_rank: int
    baseline_quadrant: Quadrant


class Standing(InitialStanding):
    """Where a state stands among the others, without and with the institution."""

    security_rank: int
    quadrant: Quadrant
    """Against the same medians as without the institution."""


class BurdenRecord(Model):
    """What a state bears in a period: money, and what it sends without being paid for it."""

    state: str
    period: int
    cash: float
    """Paid into all funds, less what does not arrive."""
    contingents: float
    lift: float
    monitors: float
    total: float
    share_of_gdp: float


class RegionalSpending(Model):
    """What is spent in a region in a period."""

    region: str
    """`common` for what serves the whole organisation, such as its organs and lift."""
    period: int
    amount: float
    per_head: float
    """USD for each inhabitant of the members of the region; of all members for the region `common`."""


class FairnessFigures(Model):
    """How even a distribution over states is."""

    subject: str
    """Such as `burden`, `burden-to-gdp`, `contributions:assessed`, `troops-to-population`, `gain`."""
    gini: float
    jain: float
    """Jain's index: 1 when equal, 1/n when one has all."""
    minimum: float
    """In the unit of what is distributed, added up over the periods: money in millions, burdens in shares of
    the GDP of one year."""
    maximum: float
    """Likewise."""
    largest: str
    """State with the largest figure."""
    min_max_ratio: float
    """Smallest over largest figure: 1 when equal, also where all is 0."""
    share_above_scale: float | None = None
    """Share of the whole borne above the shares of the fund's scale; of `burden`, above shares of GDP."""


class BindingRule(Model):
    """A rule with no slack in the plan."""

    rule: str
    """Name of the equation, such as `funds.budget`."""
    subject: str
    """What it binds, such as `assessed, 1994`."""
    limit: float
    unit: str
    """In which the program counts: troops in thousands, money in millions."""
    price: float | None = None
    """Relative rise of the measure for one unit more of the limit, with whole decisions as they are; null
    for rules over whole decisions, which have no price of their own, and where the solver tells none."""
    price_unit: str | None = None
    """What the price is in; null where there is none."""
