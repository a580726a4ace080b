"""The plan: the answer in domain terms, a published schema that reads back without loss.

Money is in million USD of the problem's price year, troops in persons, security in index units. Every
table is a tuple of rows; a row exists only where something happens.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .base import Model
from .certificate import Certificate
from .objective import Measure
from .provenance import ParameterNote
from .state import CapacityDimension


class ProblemReference(Model):
    """Which problem the plan answers."""

    id: str
    title: str
    digest: str
    """`DesignProblem.digest()` of the problem as solved, overrides included."""
    currency: str
    periods: tuple[int, ...]
    doctrine: str | None = None
    """The doctrine that recast the problem; null: none."""
    left_out: tuple[str, ...] = ()
    """States of the region that the entry test does not admit."""


class LiftedRatio(Model):
    """A security ratio of a level."""

    state: str
    period: int


class SecurityLevel(Model):
    """A level of `leximin`: ratios that cannot be lifted further without lowering one below them."""

    value: float
    """The least ratio of the level."""
    bound: float
    """No plan that keeps the levels below lifts all other ratios above this."""
    ceiling: float
    """No plan that keeps the levels below, and all other ratios at this level's value at least, has a higher
    geometric mean of this level's ratios."""
    ratios: tuple[LiftedRatio, ...]


class NextResult(Model):
    """A measure that was maximised after those before it."""

    name: Measure
    alpha: float | None = None
    value: float
    bound: float
    """No plan that leaves the measures before it all but the allowed sacrifice has a higher value."""
    gap: float
    """(bound - value) / value."""


class MeasureResult(Model):
    """Value of aggregate security and the proof of how good it is."""

    name: Measure
    alpha: float | None = None
    """Aversion to inequality, of the measure `alpha`."""
    value: float
    """Recomputed from the plan's decisions with the true functions."""
    bound: float
    """No plan that satisfies the rules has a higher value."""
    gap: float
    """(bound - value) / value."""
    baseline: float
    """The value without the institution."""
    levels: tuple[SecurityLevel, ...] = ()
    """From the lowest; those of `leximin` only. The first has the value and the bound of the measure."""
    then: tuple[NextResult, ...] = ()
    """Measures maximised afterwards, in this order."""


class TerminationReason(StrEnum):
    """Why the solve ended."""

    OPTIMAL = "optimal"
    TIME_LIMIT = "time-limit"
    NODE_LIMIT = "node-limit"
    ITERATION_LIMIT = "iteration-limit"
    INTERRUPTED = "interrupted"


class PlanTermination(Model):
    """How the solve ended: `optimal` means within the gap asked for."""

    reason: TerminationReason
    detail: str = ""
    seconds: float


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
    region: str
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
    """Building and upkeep; soldiers apart."""
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
    maximum: float
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
    price: float | None = None
    """Relative rise of the measure for one unit more of the limit, with whole decisions as they are; null
    for rules over whole decisions, which have no price of their own, and where the solver tells none."""
    price_unit: str | None = None
    """What the price is in; null where there is none."""


class OpinionVerdict(StrEnum):
    """What a second solver says of the proof."""

    AGREES = "agrees"
    """It found the same optimum, within the gap."""
    UNDECIDED = "undecided"
    """It reached a limit; nothing that it found contradicts the proof."""
    DISAGREES = "disagrees"
    """What it found contradicts the proof."""
    NONE = "none"
    """It cannot take the program, broke down, or was not asked because the search had been stopped."""


class Provenance(Model):
    """How the plan came about."""

    created: str
    """Date and time, ISO 8601, UTC."""
    versions: dict[str, str]
    solver: str
    options: dict[str, str | int | float | None]
    seed: int
    variables: int
    constraints: int
    assumptions: tuple[ParameterNote, ...]
    """Notes on the parameters that the result rests on."""
    imputed: dict[str, tuple[str, ...]]
    """State to indices that rest on missing values."""
    second_opinion: str | None = None
    """The second solver and what it says, in words; null where none was asked for."""
    second_opinion_verdict: OpinionVerdict | None = None


class Plan(Model):
    """Everything Concord decided, and the proof and explanation that go with it."""

    format: Literal["concord/plan/1"] = "concord/plan/1"
    problem: ProblemReference
    measure: MeasureResult
    termination: PlanTermination
    contributions: tuple[Contribution, ...] = ()
    expenditures: tuple[Expenditure, ...] = ()
    balances: tuple[FundBalance, ...] = ()
    programmes: tuple[ProgrammeActivity, ...] = ()
    frontiers: tuple[FrontierActivity, ...] = ()
    organs: tuple[OrganActivity, ...] = ()
    power: tuple[VotingPower, ...] = ()
    garrisons: tuple[GarrisonActivity, ...] = ()
    contingents: tuple[ContingentPosting, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    lift: tuple[LiftPledge, ...] = ()
    monitoring: tuple[MonitorPosting, ...] = ()
    posture: tuple[PostureChange, ...] = ()
    security: tuple[SecurityRecord, ...] = ()
    capacities: tuple[CapacityRecord, ...] = ()
    standing: tuple[Standing, ...] = ()
    burdens: tuple[BurdenRecord, ...] = ()
    spending: tuple[RegionalSpending, ...] = ()
    fairness: tuple[FairnessFigures, ...] = ()
    binding: tuple[BindingRule, ...] = ()
    provenance: Provenance
    certificate: Certificate | None = None
    """Proof of the bound with the whole decisions held; null where none was asked for, or there is none."""


PLAN_TABLES = (
    "contributions",
    "expenditures",
    "balances",
    "programmes",
    "frontiers",
    "organs",
    "power",
    "garrisons",
    "contingents",
    "assignments",
    "lift",
    "monitoring",
    "posture",
    "security",
    "capacities",
    "standing",
    "burdens",
    "spending",
    "fairness",
    "binding",
)
"""Fields of `Plan` that are tables of rows, in reading order."""
