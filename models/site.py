"""Garrisons: where multinational units may stand, how large, and how they must be composed."""

from __future__ import annotations

from .base import Model
from .eligibility import Eligibility
from .fairness import Scale
from .quantities import (
    Count,
    Headcount,
    Hours,
    Identifier,
    Latitude,
    Longitude,
    MillionUSD,
    NonNegative,
    Period,
    Positive,
    Several,
    Share,
    Switch,
    Text,
    ThousandUSD,
)
from .timetable import within


class Tier(Model):
    """A size of garrison."""

    id: Identifier
    name: Text = ""
    capacity: Headcount
    """Troops that fit."""
    setup_cost: MillionUSD
    upkeep: MillionUSD
    """Million USD in every period of operation, troops' pay apart."""


class Site(Model):
    """A city where a garrison may stand."""

    id: Identifier
    name: Text
    host: Identifier
    latitude: Latitude
    longitude: Longitude
    tiers: tuple[Identifier, ...] | None = None
    """Tiers that may be built here; none: all."""
    earliest: Period | None = None
    """First period in which a garrison may stand."""
    latest: Period | None = None
    """Last period in which a garrison may stand; it is then given up."""

    def may_stand(self, period: int) -> bool:
        """Whether the timetable leaves `period` open."""
        return within(period, self.earliest, self.latest)


class Contingents(Eligibility):
    """How troop-contributing states take part."""

    unit: Positive = 150.0
    """Troops in one contingent unit (a company)."""
    integral: Switch = True
    """Whether contingents come in whole units."""
    minimum_units: Several = 1
    """Least number of units a state sends to a garrison, if it sends any."""
    contributors: tuple[Identifier, ...] | None = None
    """States that may send troops; none: every member."""
    availability: Share = 0.02
    """Largest share of a state's military personnel that may be stationed."""
    cost_per_soldier: ThousandUSD = 0.0
    """Thousand USD that the institution pays a soldier and period, stationed."""
    sender_cost: ThousandUSD = 0.0
    """Thousand USD that a soldier stationed costs the state that sends him, a period."""
    reimbursed: Share = 0.0
    """Share of `sender_cost` that the institution pays back, on top of `cost_per_soldier`."""
    scale: Scale | None = None
    """What the states' shares of all troops follow; none: freely."""
    tolerance: NonNegative = 0.0
    """Relative departure from the scale that is allowed, besides one unit for rounding."""
    max_state_share: Share = 1.0
    """Largest share of one state in a garrison."""
    max_host_share: Share = 1.0
    """Largest share of the host in a garrison."""
    min_nations: Several = 1
    """Least number of nations in a garrison."""


class Lift(Model):
    """Transport from garrisons to missions."""

    speed: Positive = 40.0
    """Kilometres an hour, door to door."""
    preparation: NonNegative = 24.0
    """Hours before the first troops move."""
    tonnes_per_soldier: Positive = 1.0
    """Weight moved with each soldier in a period, supplies included."""
    cost: NonNegative = 0.0
    """Million USD that the institution pays per million tonne-km moved."""
    sender_cost: NonNegative = 0.0
    """Million USD that a million tonne-km costs the state that pledges it."""
    reimbursed: Share = 0.0
    """Share of `sender_cost` that the institution pays back, on top of `cost`."""

    def hours(self, distance_km: float) -> Hours:
        """Hours from alarm to arrival over `distance_km`."""
        return self.preparation + distance_km / self.speed


class Garrisons(Model):
    """Everything about garrisons: sizes, candidate sites, dispersion, contingents, lift."""

    tiers: tuple[Tier, ...]
    sites: tuple[Site, ...]
    contingents: Contingents = Contingents()
    lift: Lift = Lift()
    organ: Identifier | None = None
    """The organ that commands the garrisons and must operate while one is open."""
    min_open: Count = 0
    """Least number of garrisons in the last period."""
    max_open: Count | None = None
    max_per_host: Count | None = None
    max_troops: Headcount | None = None
    """Most troops in any garrison (small units, dispersed)."""
    lead: Count = 0
    """Periods from the decision to build, when building is paid for, until a garrison stands."""
