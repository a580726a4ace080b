"""How long a problem of a size usually takes: a rough formula from measured runs (docs/performance.md).

To a gap of 1 % a second for each thousand rows of the program; the eleven runs of the tables took between a
quarter of that and six times as long. A gap a tenth as wide takes about three times as long, and measures
other than the geometric and the harmonic mean about five times (leximin fifteen).
"""

from __future__ import annotations

from dataclasses import dataclass

from concord.models import Measure, Objective

ROWS_A_SECOND = 1000.0
SHORTEST, LONGEST = 0.25, 6.0
"""Of the figure of the formula, between which measured runs lie."""
USUAL_GAP, LEAST_GAP = 0.01, 1e-5
SLOWER = {Measure.GEOMETRIC: 1.0, Measure.HARMONIC: 1.0, Measure.LEXIMIN: 15.0}
OTHERS_SLOWER = 5.0
_STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 36000, 86400)
"""Seconds that are told: nothing in between would be true."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Seconds between which problems of a size usually are proven."""

    least: float
    most: float

    @property
    def words(self) -> str:
        """Such as `under 5 s` or `2 s to 1 min`.

        >>> Usual(0.2, 4.0).words, Usual(3.0, 50.0).words, Usual(70.0, 900.0).words
        ('under 5 s', '2 s to 1 min', '1 min to 20 min')
        """
        least = max((step for step in _STEPS if step <= self.least), default=0)
        most = min((step for step in _STEPS if step >= self.most), default=None)
        if most is None:
            return f"{_spelled(least)} or more"
        return f"{_spelled(least)} to {_spelled(most)}" if least else f"under {_spelled(most)}"

    def left(self, elapsed: float) -> str:
        """What may be left after so many seconds, at most."""
        rest = min((step for step in _STEPS if step >= self.most - elapsed), default=_STEPS[-1])
        return f"up to {_spelled(rest)}" if elapsed < self.most else "longer than usual"


def usual(rows: int, gap: float, objective: Objective) -> Usual:
    """What a program of so many rows usually takes to be proven to `gap`."""
    narrow = (USUAL_GAP / max(gap, LEAST_GAP)) ** 0.5
    slower = SLOWER.get(objective.measure, OTHERS_SLOWER) * (1 + len(objective.then))
    middle = rows / ROWS_A_SECOND * narrow * slower
    return Usual(SHORTEST * middle, LONGEST * middle)


def _spelled(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:g} s"
    return f"{seconds / 60:g} min" if seconds < 3600 else f"{seconds / 3600:g} h"
