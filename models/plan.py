"""The plan: the answer in domain terms, a published schema that reads back without loss.

Money is in million USD of the problem's price year, troops in persons, security in index units. Every
table is a tuple of rows; a row exists only where something happens.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import PrivateAttr

from .base import Model
from .certificate import Certificate
from .plan_activity import (
    Assignment,
    ContingentPosting,
    Contribution,
    Deployment,
    Expenditure,
    FrontierActivity,
    FundBalance,
    GarrisonActivity,
    LiftPledge,
    MonitorPosting,
    OrganActivity,
    PostureChange,
    ProgrammeActivity,
    VotingPower,
)
from .plan_proof import (
    LiftedRatio,
    MeasureResult,
    NextResult,
    PlanTermination,
    ProblemReference,
    SecurityLevel,
    TerminationReason,
)
from .plan_record import (
    BindingRule,
    BurdenRecord,
    CapacityRecord,
    FairnessFigures,
    InitialStanding,
    Quadrant,
    RegionalSpending,
    SecurityRecord,
    Standing,
)
from .provenance import ParameterNote
from .quantities import Whole

__all__ = [
    "PLAN_TABLES",
    "Assignment",
    "BindingRule",
    "BurdenRecord",
    "CapacityRecord",
    "ContingentPosting",
    "Contribution",
    "Deployment",
    "Expenditure",
    "FairnessFigures",
    "FrontierActivity",
    "FundBalance",
    "GarrisonActivity",
    "InitialStanding",
    "LiftPledge",
    "LiftedRatio",
    "MeasureResult",
    "MonitorPosting",
    "NextResult",
    "OpinionVerdict",
    "OrganActivity",
    "Plan",
    "PlanTermination",
    "PostureChange",
    "ProblemReference",
    "ProgrammeActivity",
    "Provenance",
    "Quadrant",
    "RegionalSpending",
    "SecurityLevel",
    "SecurityRecord",
    "Standing",
    "TerminationReason",
    "VotingPower",
]


class OpinionVerdict(StrEnum):
    """What a second solver says of the proof."""

    AGREES = "agrees"
    """It found the same optimum, within the gap."""
    UNDECIDED = "undecided"
    """It reached a limit; nothing that it found contradicts the proof."""
    DISAGREES = "disagrees"
    """What it found contradicts the proof."""
    NONE = "none"
    """It cannot take the program, broke down, or was not asked: the search had been stopped, or no single
    program proves the bound.
    """


class Provenance(Model):
    """How the plan came about."""

    created: str
    """Date and time, ISO 8601, UTC."""
    versions: dict[str, str]
    solver: str
    options: dict[str, str | int | float | None]
    seed: Whole
    variables: Whole
    constraints: Whole
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
    deployments: tuple[Deployment, ...] = ()
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

    _refuted: str = PrivateAttr("")

    def __repr__(self) -> str:
        """What a plan is, in a few lines: its tables would take a hundred pages."""
        measure, periods = self.measure, self.problem.periods
        return (
            f"<Plan for {self.problem.id}, {min(periods)} to {max(periods)}\n"
            f"  {measure.name}: {measure.value:.4f}, without the institution {measure.baseline:.4f}\n"
            f"  proof: none exceeds {measure.bound:.4f} (gap {measure.gap:.3%}); {self.termination.reason}>"
        )

    __str__ = __repr__

    @property
    def refuted(self) -> str:
        """What a verifier said against the plan; empty where nothing is known. It is no part of a file."""
        return self._refuted

    def marked_as_refuted(self, reason: str) -> Plan:
        """The plan, which whoever shows it must not call proven."""
        marked = self.model_copy()
        marked._refuted = reason
        return marked


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
    "deployments",
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
