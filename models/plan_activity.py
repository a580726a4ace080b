"""What the institution does: rows of contributions, funds, programmes, organs, garrisons and missions.

Money is in million USD of the problem's price year, troops in persons.
"""

from __future__ import annotations

from .base import Model


class Contribution(Model):
    """Money that a state is assessed to pay into a fund, and what of it fails to arrive."""

    payer: str
    fund: str
    period: int
    amount: float
    share: float
    """Of all that is paid into the fund in the period."""
    scale_share: float | None
    """What the scale of assessments would make it; null where the fund has no scale."""
    arrears: float = 0.0
    """The part of the amount that does not arrive, by the fund's rates of delivery."""


class Expenditure(Model):
    """Money drawn from a fund for a head in a region."""

    fund: str
    head: str
    """A programme, or organs, garrisons, missions, lift or monitoring."""
    region: str
    """`common` for what serves the whole organisation."""
    period: int
    amount: float


class FundBalance(Model):
    """Money of a fund over a period: carried in + paid, arrears apart, = drawn + carried out."""

    fund: str
    period: int
    carried_in: float
    paid: float
    drawn: float
    carried_out: float


class ProgrammeActivity(Model):
    """A programme in a state."""

    programme: str
    state: str
    period: int
    spending: float
    stock: float
    """What lasts of the previous stock, and spending once its lead is over."""
    intensity: float
    """At most log(1 + stock / scale)."""
    upkeep: float = 0.0
    """Cost of maintaining the stock taken over, beside spending."""


class FrontierActivity(Model):
    """A programme along the frontier of two states that both run it."""

    programme: str
    state: str
    neighbour: str
    period: int
    intensity: float
    """At most that of the side that does less."""


class OrganActivity(Model):
    """An organ in operation, or founded."""

    organ: str
    period: int
    founded: bool
    """Whether it is founded in this period, so that set-up is paid: its first, or its lead before that."""
    cost: float
    working: bool = True
    """Whether it operates already, or is founded and still being set up."""
    host: str | None = None
    """State on whose soil it is at home; null where that is left open."""
    city: str | None = None
    """Where it is at home; null where that is left open."""


class VotingPower(Model):
    """Votes of a state in an organ, and the power a priori that they give it."""

    organ: str
    state: str
    period: int
    rule_votes: int
    """What the organ's rule gives."""
    votes: int
    """Fewer than the rule's only under a bound on power."""
    votes_needed: int
    """Votes that carry a motion."""
    banzhaf: float
    """Share of all pivotal positions."""
    absolute_banzhaf: float
    """Probability of being pivotal when every other state votes for or against at random."""
    shapley_shubik: float
    """Share of all orders of the states in which it is the one that carries the motion."""


class GarrisonActivity(Model):
    """A garrison in operation, or decided."""

    site: str
    host: str
    tier: str
    period: int
    founded: bool
    capacity: float
    troops: float
    cost: float
    """Building and upkeep, million USD."""
    soldiers_cost: float = 0.0
    """Keep of the soldiers, refunds to their senders included, million USD; paid as `garrisons` too."""
    working: bool = True
    """Whether it stands already, or is decided and still being built."""


class ContingentPosting(Model):
    """A state's contingent at a garrison."""

    state: str
    site: str
    period: int
    units: float
    troops: float


class Assignment(Model):
    """Troops of a garrison assigned to a mission."""

    site: str
    mission: str
    period: int
    troops: float
    distance_km: float
    hours: float


class Deployment(Model):
    """Soldiers of one nation who serve in a mission, from the garrison where they are stationed."""

    state: str
    site: str
    mission: str
    period: int
    units: float
    troops: float


class LiftPledge(Model):
    """Transport that a state pledges, million tonne-km."""

    state: str
    period: int
    amount: float


class MonitorPosting(Model):
    """Teams of a nationality at a zone."""

    zone: str
    monitor: str
    state: str
    period: int
    teams: float


class PostureChange(Model):
    """Military posture of a state, in logs; all 0 where nothing changes."""

    state: str
    period: int
    arming: float
    reduction: float
    posture: float
