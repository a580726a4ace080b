"""A warning about a problem: nothing is wrong with the file, but the analyst should look again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caution:
    """A stable name of what is looked for, and a sentence without a full stop."""

    code: str
    sentence: str
