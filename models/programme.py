"""Programmes: what money can be spent on, state by state, to abate threats or to raise capacities."""

from __future__ import annotations

from enum import StrEnum

from .base import Model
from .quantities import (
    Count,
    Effect,
    Elasticity,
    Identifier,
    Intensity,
    MillionUSD,
    Period,
    Positive,
    Share,
    Text,
)
from .state import MILITARY_DIMENSIONS, CapacityDimension
from .timetable import within


class Join(StrEnum):
    """Whether the states of a programme join it one by one, or all of them or none."""

    FREELY = "freely"
    ALL_OR_NONE = "all-or-none"


class Paradigm(StrEnum):
    """How a programme means to bring security: by abating threats with others, or by arms."""

    COOPERATIVE = "cooperative"
    REALIST = "realist"


class SizeBy(StrEnum):
    """What makes a programme dearer in one state than in another."""

    NOTHING = "nothing"
    POPULATION = "population"
    GDP = "gdp"


class Scaling(Model):
    """A programme's scale in state i is `scale * (size_i / median size in the region) ** exponent`."""

    by: SizeBy = SizeBy.NOTHING
    exponent: Share = 0.5


class Mutual(Model):
    """What a programme does along frontiers, where it needs both sides: notice, exchange of data."""

    effects: dict[Identifier, Effect]
    """Fall of the log of a threat kind of both states per frontier and unit of intensity there (phi)."""
    along: Identifier | None = None
    """Kind of zone: its zones of two states are the frontiers; none: those of every kind."""
    pairs: tuple[tuple[Identifier, Identifier], ...] | None = None
    """The frontiers themselves, instead of those of zones."""


class Programme(Model):
    """An instrument with constant-elasticity response: `threat ~ (1 + stock / scale) ** -effect`."""

    id: Identifier
    name: Text
    paradigm: Paradigm = Paradigm.COOPERATIVE
    """What doctrines choose programmes by."""
    scale: Positive
    """Spending, million USD, that brings the intensity log(2) in a state of median size (s)."""
    scaling: Scaling = Scaling()
    effects: dict[Identifier, Elasticity] = {}
    """Fall of the log of a threat kind per unit of intensity (epsilon)."""
    gains: dict[CapacityDimension, Elasticity] = {}
    """Relative rise of a capacity dimension per unit of intensity (gamma)."""
    posture: Elasticity = 0.0
    """Change of posture per unit of intensity: negative for non-offensive defence, positive for arms."""
    mutual: Mutual | None = None
    """What it does besides along frontiers, as far as both sides run it."""
    organ: Identifier | None = None
    """The organ that must be operating, and whose ceiling counts the spending."""
    max_intensity: Intensity = 3.0
    minimum_scale: MillionUSD = 0.0
    """Least total spending in a period in which the programme runs at all."""
    persistence: Share = 0.0
    """Share of the stock that lasts into the next period (delta)."""
    states: tuple[Identifier, ...] | None = None
    """States where the programme may run; none: every member, of its organ's region if that has one."""
    join: Join = Join.FREELY
    joining_cost: MillionUSD = 0.0
    """What each state must spend for every period in which an all-or-none programme runs: million USD in a
    state of median size, scaled like `scale`."""
    backlash: dict[Identifier, Effect] = {}
    """Rise of the log of a threat kind in the same state per unit of intensity, later."""
    backlash_lag: Count = 1
    """Periods until the backlash."""
    upkeep: Share = 0.0
    """Million USD that every million of stock taken over from the period before costs to maintain."""
    earliest: Period | None = None
    """First period in which the programme may spend or run."""
    latest: Period | None = None
    """Last period in which the programme may spend or run; what is left of its stock is then given up."""
    lead: Count = 0
    """Periods from spending until it counts as stock."""

    @property
    def is_switched(self) -> bool:
        """Whether it must be decided, apart from how much is spent, that the programme runs."""
        return self.minimum_scale > 0 or self.join is Join.ALL_OR_NONE

    @property
    def arms(self) -> bool:
        """Whether it is of arms: it raises posture, or military capacity without lowering posture."""
        military = any(self.gains.get(dimension, 0.0) > 0 for dimension in MILITARY_DIMENSIONS)
        return self.posture > 0 or (military and self.posture >= 0)

    @property
    def abates(self) -> bool:
        """Whether it lowers a threat and is no programme of arms."""
        return not self.arms and any(effect > 0 for effect in self.effects.values())

    def may_run(self, period: int) -> bool:
        """Whether the timetable leaves `period` open."""
        return within(period, self.earliest, self.latest)


class Complementarity(Model):
    """Two instruments that do more together: peacekeepers while a programme runs in the states affected."""

    id: Identifier
    mission: Identifier
    programme: Identifier
    effects: dict[Identifier, Effect]
    """Further fall of the log of a threat kind when both run in full (zeta)."""
