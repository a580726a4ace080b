"""What a problem and a plan are. Knows neither solvers nor files."""

from .agreement import Agreement
from .burden import BurdenRule, EqualSacrifice
from .control import PowerIndex, Seats, VoteRule, Votes
from .dilemma import Influence, SecurityDilemma
from .doctrine import Doctrine, Instrument
from .eligibility import Bar, Eligibility, Relation, RelationKind
from .fairness import BenefitRules, Scale, ScaleRule
from .fund import Earmark, EarmarkSense, Fund, Head
from .hegemony import Span, Weight, WeightCeiling
from .lock import Keep, Lock
from .membership import Membership
from .mission import Mission
from .objective import Measure, MeasureFloor, NextMeasure, Objective, StatedMeasure, WeightRule
from .organ import Organ
from .plan import Plan
from .preferences import Preferences
from .problem import DesignProblem
from .programme import Complementarity, Join, Mutual, Paradigm, Programme, Scaling, SizeBy
from .provenance import Basis, ParameterNote, basis_of, unmarked_parameters
from .provision import EqualTreatment, SpendingFloor, Treatment, WeakStates
from .rules import Rules
from .site import Contingents, Garrisons, Lift, Site, Tier
from .state import MILITARY_DIMENSIONS, CapacityDimension, Role, State
from .threat import ThreatKind
from .timetable import Activity, Experience, Precedence, Timetable
from .zone import Monitoring, MonitorType, Zone, ZoneKind

__all__ = [
    "MILITARY_DIMENSIONS",
    "Activity",
    "Agreement",
    "Bar",
    "Basis",
    "BenefitRules",
    "BurdenRule",
    "CapacityDimension",
    "Complementarity",
    "Contingents",
    "DesignProblem",
    "Doctrine",
    "Earmark",
    "EarmarkSense",
    "Eligibility",
    "EqualSacrifice",
    "EqualTreatment",
    "Experience",
    "Fund",
    "Garrisons",
    "Head",
    "Influence",
    "Instrument",
    "Join",
    "Keep",
    "Lift",
    "Lock",
    "Measure",
    "MeasureFloor",
    "Membership",
    "Mission",
    "MonitorType",
    "Monitoring",
    "Mutual",
    "NextMeasure",
    "Objective",
    "Organ",
    "Paradigm",
    "ParameterNote",
    "Plan",
    "PowerIndex",
    "Precedence",
    "Preferences",
    "Programme",
    "Relation",
    "RelationKind",
    "Role",
    "Rules",
    "Scale",
    "ScaleRule",
    "Scaling",
    "Seats",
    "SecurityDilemma",
    "Site",
    "SizeBy",
    "Span",
    "SpendingFloor",
    "State",
    "StatedMeasure",
    "ThreatKind",
    "Tier",
    "Timetable",
    "Treatment",
    "VoteRule",
    "Votes",
    "WeakStates",
    "Weight",
    "WeightCeiling",
    "WeightRule",
    "Zone",
    "ZoneKind",
    "basis_of",
    "unmarked_parameters",
]
