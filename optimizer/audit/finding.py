"""Findings of the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .codes import Code


class Severity(StrEnum):
    """How much a finding speaks against a plan."""

    SERIOUS = "serious"
    """No expert would sign the plan with it."""
    MINOR = "minor"
    """An expert would ask why."""
    NOTE = "note"
    """Nothing is odd; a reader should know it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a critic would point at."""

    code: Code
    severity: Severity
    subject: str
    """Ids of what it is about, joined by commas."""
    figures: dict[str, float]
    sentence: str
    brief: str
    """The subject in a few words, for lists under the heading of the code."""

    @property
    def check(self) -> int:
        """Number of the expert's check."""
        return self.code.check
