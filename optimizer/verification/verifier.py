"""The verifier: every figure and every rule, from a problem and a plan alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concord.models.plan import Plan
from concord.models.problem import DesignProblem

from .agreement import check_agreement
from .burdens import check_burdens, check_spending
from .capacities import check_capacities
from .case import Case
from .control import check_control
from .decisions import read_decisions
from .dilemma import check_benefit, check_dilemma
from .evaluation import Evaluation, evaluate
from .figures import (
    check_binding,
    check_fairness,
    check_floors_of_measures,
    check_measure,
    check_next_measures,
)
from .funds import check_funds
from .garrisons import check_garrisons
from .hegemony import check_hegemony
from .ledger import Ledger, Violation
from .levels import check_levels
from .locks import check_locks
from .missions import check_missions
from .monitoring import check_monitoring
from .origin import check_assumptions, check_termination
from .programmes import check_organs, check_programmes
from .provision import check_provision
from .rows import check_rows
from .rules import RULES
from .security import check_security
from .sharing import check_sharing
from .standing import check_standing
from .timetable import check_doctrine, check_timetable
from .tolerance import Tolerance

_FAMILIES = (
    check_rows,
    check_funds,
    check_programmes,
    check_organs,
    check_garrisons,
    check_missions,
    check_monitoring,
    check_dilemma,
    check_benefit,
    check_provision,
    check_hegemony,
    check_control,
    check_timetable,
    check_doctrine,
    check_locks,
    check_agreement,
    check_security,
    check_capacities,
    check_standing,
    check_burdens,
    check_sharing,
    check_spending,
    check_measure,
    check_next_measures,
    check_floors_of_measures,
    check_levels,
    check_termination,
    check_assumptions,
    check_fairness,
    check_binding,
)


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of verifying a plan."""

    violations: tuple[Violation, ...]
    """In the order of the rules."""
    checked: Mapping[str, int]
    """Number of instances checked of each rule, by its number."""
    recomputed: Evaluation
    """Security, posture and measure as the plan's decisions make them."""

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations


def verify(plan: Plan, problem: DesignProblem, tolerance: Tolerance | None = None) -> Verification:
    """Recompute what `plan` states and check every rule of `problem`, with the true functions.

    What only the solver can tell is taken on trust: `ON_TRUST` lists it.
    Never raises, however the plan was edited: what does not make sense is a violation.
    """
    decisions = read_decisions(plan, problem)
    ledger = Ledger(tolerance or Tolerance(), watched={row.rule for row in plan.binding})
    case = Case(problem, plan, decisions, evaluate(problem, decisions), ledger)
    for check in _FAMILIES:
        check(case)
    order = {name: number for number, name in enumerate(RULES)}
    violations = sorted(ledger.violations, key=lambda violation: order[violation.name])
    return Verification(tuple(violations), ledger.counts(), case.evaluation)
