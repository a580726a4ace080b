"""The expert's checks, run over a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from concord.models import DesignProblem, Plan

from .assistance import assistance
from .case import Case
from .codes import Code
from .conflicts import conflicts
from .consent import consent
from .contributors import contributors
from .elections import elections
from .finding import Finding, Severity
from .garrisons import garrisons
from .nearest import nearest
from .observers import observers
from .origins import origins
from .ranks import ranks
from .reductions import reductions

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    conflicts,
    contributors,
    origins,
    garrisons,
    nearest,
    observers,
    elections,
    assistance,
    reductions,
    consent,
    ranks,
)
"""In the order of their numbers, 1 to 11."""
NOTHING_ODD = "Nothing odd: none of the checks finds anything to object to."
_NOBODY = (Code.CONFLICT_UNSERVED, Code.CONFLICT_WITHOUT_CONSENT)
_SEVERITIES = tuple(Severity)
_CODES = tuple(Code)


@dataclass(frozen=True, slots=True)
class Audit:
    """What a critic would say of a plan: who gets nobody first, then what is serious, minor, worth noting."""

    findings: tuple[Finding, ...]

    @property
    def oddities(self) -> tuple[Finding, ...]:
        """Findings that speak against the plan."""
        return tuple(finding for finding in self.findings if finding.severity is not Severity.NOTE)

    def by_code(self) -> dict[Code, list[Finding]]:
        """Findings in order, under their codes."""
        found: dict[Code, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.code, []).append(finding)
        return found


def audit(plan: Plan, problem: DesignProblem) -> Audit:
    """Run every check over `plan`, which answers `problem`."""
    case = Case(plan, problem)
    found = [finding for check in CHECKS for finding in check(case)]
    # The sort keeps the order within a code: the deadliest conflict, the largest sum first.
    return Audit(tuple(sorted(found, key=_place)))


def _place(finding: Finding) -> tuple[bool, int, int]:
    nobody = finding.code in _NOBODY
    return (
        not nobody,
        0 if nobody else _SEVERITIES.index(finding.severity),
        _CODES.index(finding.code),
    )
