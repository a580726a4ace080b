"""Monitoring: zones, monitors, quotas."""

from __future__ import annotations

from .base import Model
from .eligibility import Eligibility
from .quantities import Count, Effect, Identifier, NonNegative, Period, Share, Switch, Text, ThousandUSD


class ZoneKind(Model):
    """A kind of zone and what watching it brings."""

    id: Identifier
    name: Text = ""
    effects: dict[Identifier, Effect]
    """Fall of the log of a threat kind of each state of the zone per unit of effort (mu)."""
    ceiling: NonNegative
    """Most effort in a zone."""
    verifies: Switch = False
    """Whether effort here verifies reductions of forces of the states watched."""
    stays: Switch = False
    """Whether effort, once it is there, stays: no less in the next period than in this one."""
    received_quota: Count | None = None
    """Most teams that a state need receive in a period over all its zones of this kind."""
    share_from_one: Share = 1.0
    """Largest share of the received quota from any one state."""


class Zone(Model):
    """A frontier, an electoral or a human-rights zone."""

    id: Identifier
    name: Text = ""
    kind: Identifier
    states: tuple[Identifier, ...]
    """States watched: their nationals never watch here."""
    minimum: NonNegative = 0.0
    """Least effort in every period in which the zone may be watched."""
    periods: tuple[Period, ...] | None = None
    """Periods in which the zone may be watched, such as those of elections; none: every period."""

    def open_in(self, period: int) -> bool:
        """Whether the zone may be watched in `period`."""
        return self.periods is None or period in self.periods


class MonitorType(Model):
    """A type of monitoring team."""

    id: Identifier
    name: Text
    kinds: tuple[Identifier, ...]
    """Kinds of zone that such a team can watch."""
    effort: NonNegative
    """Effort of one team over a period."""
    personnel: NonNegative
    """Persons in a team."""
    cost: ThousandUSD
    """Thousand USD that the institution pays a team and period."""
    sender_cost: ThousandUSD = 0.0
    """Thousand USD that a team costs the state that sends it, a period."""
    reimbursed: Share = 0.0
    """Share of `sender_cost` that the institution pays back, on top of `cost`."""
    stock: dict[Identifier, Count]
    """Teams that each state can provide in a period."""


class Monitoring(Eligibility):
    """Everything about monitoring."""

    kinds: tuple[ZoneKind, ...]
    zones: tuple[Zone, ...]
    monitors: tuple[MonitorType, ...]
    integral: Switch = True
    """Whether teams are whole."""
    organ: Identifier | None = None
    """The organ that must operate while monitors are out."""
