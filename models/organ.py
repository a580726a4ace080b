"""Organs: the standing bodies of the institution."""

from __future__ import annotations

from .base import Model
from .control import Seats, Votes
from .quantities import Count, Identifier, Latitude, Longitude, MillionUSD, Period, Switch, Text


class Headquarters(Model):
    """Where an organ is at home."""

    city: Text
    host: Identifier
    """State on whose soil it is; it need be no member."""
    latitude: Latitude
    longitude: Longitude


class Organ(Model):
    """A standing body: secretariat, assembly, commission, conflict-prevention centre, elections office."""

    id: Identifier
    name: Text
    setup_cost: MillionUSD
    """Million USD, once."""
    upkeep: MillionUSD
    """Million USD in every period of operation, the first included."""
    ceiling: MillionUSD | None = None
    """Programme spending that the organ can administer in a period; none: unbounded."""
    requires: tuple[Identifier, ...] = ()
    """Organs that must operate whenever this one does."""
    closable: Switch = False
    """Whether the organ may be closed again."""
    region: Identifier | None = None
    """Region that the organ serves: it is paid for, and its programmes run, only there; none: everywhere."""
    earliest: Period | None = None
    """First period in which the organ may operate."""
    latest: Period | None = None
    """Last period in which the organ may operate; it is then wound up."""
    due: Period | None = None
    """Period from which the organ must operate, as a treaty may promise."""
    lead: Count = 0
    """Periods from founding, when it is paid for, until it operates."""
    headquarters: Headquarters | None = None
    """Where the organ is at home; none: left open, and of no account to ceilings on hosts."""
    seats: Seats = Seats()
    """Which states sit in the organ."""
    votes: Votes | None = None
    """How the states that sit in the organ vote; none: votes and power are of no account."""
