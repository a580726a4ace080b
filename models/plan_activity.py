"""What the institution does: rows of contributions, funds, programmes, organs, garrisons and missions.

Money is in million USD of the problem's price year, troops in persons.
"""

from __future__ import annotations

from .base import Model
from .quantities import Figure, Switch, Whole


class Contribution(Model):
    """Money that a state is assessed to pay into a fund, and what of it fails to arrive."""

    payer: str
    fund: str
    period: Whole
    amount: Figure
    share: Figure
    """Of all that is paid into the fund in the period."""
    scale_share: Figure | None
    """What the scale of assessments would make it; null where the fund has no scale."""
    arrears: Figure = 0.0
    """The part of the amount that does not arrive, by the fund's rates of delivery."""


class Expenditure(Model):
    """Money drawn from a fund for a head in a region."""

    fund: str
    head: str
    """A programme, or organs, garrisons, missions, lift or monitoring."""
    region: str
    """`common` for what serves the whole organisation."""
    period: Whole
    amount: Figure


class FundBalance(Model):
    """Money of a fund over a period: carried in + paid, arrears apart, = drawn + carried out."""

    fund: str
    period: Whole
    carried_in: Figure
    paid: Figure
    drawn: Figure
    carried_out: Figure


class ProgrammeActivity(Model):
    """A programme in a state."""

    programme: str
    state: str
    period: Whole
    spending: Figure
    stock: Figure
    """What lasts of the previous stock, and spending once its lead is over."""
    intensity: Figure
    """At most log(1 + stock / scale)."""
    upkeep: Figure = 0.0
    """Cost of maintaining the stock taken over, beside spending."""


class FrontierActivity(Model):
    """A programme along the frontier of two states that both run it."""

    programme: str
    state: str
    neighbour: str
    period: Whole
    intensity: Figure
    """At most that of the side that does less."""


class OrganActivity(Model):
    """An organ in operation, or founded."""

    organ: str
    period: Whole
    founded: Switch
    """Whether it is founded in this period, so that set-up is paid: its first, or its lead before that."""
    cost: Figure
    working: Switch = True
    """Whether it operates already, or is founded and still being set up."""
    host: str | None = None
    """State on whose soil it is at home; null where that is left open."""
    city: str | None = None
    """Where it is at home; null where that is left open."""


class VotingPower(Model):
    """Votes of a state in an organ, and the power a priori that they give it."""

    organ: str
    state: str
    period: Whole
    rule_votes: Whole
    """What the organ's rule gives."""
    votes: Whole
    """Fewer than the rule's only under a bound on power."""
    votes_needed: Whole
    """Votes that carry a motion."""
    banzhaf: Figure
    """Share of all pivotal positions."""
    absolute_banzhaf: Figure
    """Probability of being pivotal when every other state votes for or against at random."""
    shapley_shubik: Figure
    """Share of all orders of the states in which it is the one that carries the motion."""


class GarrisonActivity(Model):
    """A garrison in operation, or decided."""

    site: str
    host: str
    tier: str
    period: Whole
    founded: Switch
    capacity: Figure
    troops: Figure
    cost: Figure
    """Building and upkeep, million USD."""
    soldiers_cost: Figure = 0.0
    """Keep of the soldiers, refunds to their senders included, million USD; paid as `garrisons` too."""
    working: Switch = True
    """Whether it stands already, or is decided and still being built."""


class ContingentPosting(Model):
    """A state's contingent at a garrison."""

    state: str
    site: str
    period: Whole
    units: Figure
    troops: Figure


class Assignment(Model):
    """Troops of a garrison assigned to a mission."""

    site: str
    mission: str
    period: Whole
    troops: Figure
    distance_km: Figure
    hours: Figure


class Deployment(Model):
    """Soldiers of one nation who serve in a mission, from the garrison where they are stationed."""

    state: str
    site: str
    mission: str
    period: Whole
    units: Figure
    troops: Figure


class LiftPledge(Model):
    """Transport that a state pledges, million tonne-km."""

    state: str
    period: Whole
    amount: Figure


class MonitorPosting(Model):
    """Teams of a nationality at a zone."""

    zone: str
    monitor: str
    state: str
    period: Whole
    teams: Figure


class PostureChange(Model):
    """Military posture of a state, in logs; all 0 where nothing changes."""

    state: str
    period: Whole
    arming: Figure
    reduction: Figure
    posture: Figure
