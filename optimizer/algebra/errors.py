"""What can be wrong with a program while it is being written.

AlgebraError                a mistake in how a program is written; the message names the remedy
├── AlignmentError          two sides do not stand on the same labels
└── ImpossibleRelation      a relation without variables that its constants violate
"""

from __future__ import annotations


class AlgebraError(ValueError):
    """A mistake in how a program is written: what is wrong, and the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n  Remedy: {remedy}")


class AlignmentError(AlgebraError):
    """Two sides of an operation do not stand on the same labels."""


class ImpossibleRelation(AlgebraError):
    """A relation without variables that its constants violate."""
