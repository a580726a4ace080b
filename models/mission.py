"""Missions: conflicts where peacekeepers are needed."""

from __future__ import annotations

from .base import Model
from .quantities import (
    Headcount,
    Hours,
    Identifier,
    Latitude,
    Longitude,
    NonNegative,
    Period,
    Positive,
    Share,
    Text,
    ThousandUSD,
)


class Mission(Model):
    """A peacekeeping need: where, how many, how soon, who is party to the dispute."""

    id: Identifier
    name: Text
    state: Identifier
    """State on whose territory the mission stands."""
    latitude: Latitude
    longitude: Longitude
    parties: tuple[Identifier, ...] = ()
    """States party to the dispute: their troops never serve here."""
    need: Positive
    """Troops that meet the need in full."""
    minimum_strength: Headcount = 0.0
    """Fewest troops once anybody is deployed."""
    deadline: Hours
    """Hours within which a garrison must be able to reach it."""
    start: Period | None = None
    """First period of the need; none: the first of the problem."""
    end: Period | None = None
    """Last period of the need; none: the last of the problem."""
    affects: dict[Identifier, Share]
    """How much each state gains from peace here, 0 to 1 (a)."""
    effects: dict[Identifier, NonNegative]
    """Fall of the log of a threat kind per thousand troops (beta)."""
    cost_per_soldier: ThousandUSD
    """Thousand USD a soldier and period, deployed, above the cost of stationing."""
