"""Programmes: what money can be spent on, state by state, to abate threats or to raise capacities."""

from __future__ import annotations

from enum import StrEnum

from .base import Model
from .quantities import Elasticity, Identifier, MillionUSD, NonNegative, Positive, Real, Share, Text
from .state import CapacityDimension


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
    gains: dict[CapacityDimension, Real] = {}
    """Relative rise of a capacity dimension per unit of intensity (gamma)."""
    posture: Real = 0.0
    """Change of posture per unit of intensity: negative for non-offensive defence, positive for arms."""
    organ: Identifier | None = None
    """The organ that must be operating, and whose ceiling counts the spending."""
    max_intensity: Positive = 3.0
    minimum_scale: MillionUSD = 0.0
    """Least total spending in a period in which the programme runs at all."""
    persistence: Share = 0.0
    """Share of the stock that lasts into the next period (delta)."""
    states: tuple[Identifier, ...] | None = None
    """States where the programme may run; none: every member."""


class Complementarity(Model):
    """Two instruments that do more together: peacekeepers while a programme runs in the states affected."""

    id: Identifier
    mission: Identifier
    programme: Identifier
    effects: dict[Identifier, NonNegative]
    """Further fall of the log of a threat kind when both run in full (zeta)."""
