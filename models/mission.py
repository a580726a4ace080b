"""Missions: conflicts where peacekeepers are needed."""

from __future__ import annotations

from .base import Model
from .quantities import (
    Effect,
    Headcount,
    Hours,
    Identifier,
    Latitude,
    Longitude,
    Period,
    Positive,
    Share,
    Switch,
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
    standing: Headcount = 0.0
    """Troops that stand there before the first period: so many at least stay, until `standing_until`."""
    standing_until: Period | None = None
    """Last period in which the standing troops stay; none: the last of the need."""
    measured_with_standing: Switch = True
    """Whether the threats were measured with the standing troops in place: then only troops beyond them, or
    their departure, change anything."""
    consent: Switch = True
    """Whether the government in control of the place admits a mission."""
    consent_from: Period | None = None
    """First period in which it does; none: the first of the problem."""
    deaths: Headcount | None = None
    """Battle deaths in this conflict in the two years before the first period; none: not known."""
    deadline: Hours
    """Hours within which a garrison must be able to reach it."""
    start: Period | None = None
    """First period of the need; none: the first of the problem."""
    end: Period | None = None
    """Last period of the need; none: the last of the problem."""
    affects: dict[Identifier, Share]
    """How much each state gains from peace here, 0 to 1 (a)."""
    effects: dict[Identifier, Effect]
    """Fall of the log of a threat kind per thousand troops (beta)."""
    cost_per_soldier: ThousandUSD
    """Thousand USD a soldier and period, deployed, above the cost of stationing."""
