"""Cases: what a switch is worth that the continuous program turns on by halves.

An organ that is half open lets half of everything happen that needs it, and the bound is too high by what a
whole one costs. So the program is solved with the switch on, and with it off: no plan is worth more than the
better of the two. The search goes on in that case; what the other one is worth stays a bound for its plans.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from concord.solving.backends.highs import Basis
from concord.solving.relaxation import Relaxation
from concord.solving.result import RunResult
from concord.solving.termination import Reason

Numbers = NDArray[np.int64]

HALF = 1e-5
"""Distance from a whole number that counts as one."""
MOST_CASES = 4
"""How many switches are settled, one after the other."""


@dataclass
class Cases:
    """Settles switches of a relaxation, which then holds them until it releases them."""

    relaxation: Relaxation
    switches: Numbers
    settled: dict[int, float] = field(default_factory=dict)
    """Columns of the switches that were settled, each with the value of the better case."""
    aside: float = -math.inf
    """A bound of all plans in which a settled switch is the other way."""
    tried: bool = False
    """Whether it was asked to settle any."""
    _basis: Basis | None = None
    """That of the program before any switch was settled."""

    def settle(self, run: RunResult, again: Callable[[], RunResult], worth: float) -> RunResult:
        """The continuous program in the better case of every switch that is on by halves.

        `again` solves it as it then stands. It ends where settling a switch brought the bound down by less
        than `worth`, and with a limit.
        """
        self.tried, self._basis = True, self.relaxation.basis
        for _ in range(MOST_CASES):
            column = self._half(run)
            if column is None:
                break
            basis = self.relaxation.basis
            cases = {value: self._case(column, value, basis, again) for value in (0.0, 1.0)}
            bounds = {value: _bound(case) for value, case in cases.items()}
            better = max(bounds, key=bounds.__getitem__)
            if not all(map(_ended, cases.values())) or not cases[better].has_solution:
                self.relaxation.release(np.array([column]))
                break
            fall = self.bound(run.bound) - self.bound(max(bounds.values()))
            self.settled[column], self.aside = better, max(self.aside, bounds[1.0 - better])
            run = cases[better]
            self.relaxation.hold(np.array([column]), np.array([better]))
            if fall < worth or self.aside >= run.bound:
                break
        return run

    def bound(self, bound: float) -> float:
        """A bound of all plans, from one of those in the settled cases."""
        return max(bound, self.aside)

    def forget(self) -> None:
        """Look at all plans again; from the basis of before, where the rows are still the same."""
        if self._basis is not None and len(self._basis.rows) == self.relaxation.height:
            self.relaxation.basis = self._basis
        self._basis = None
        self.relaxation.release(np.array(list(self.settled), dtype=np.int64))
        self.settled, self.aside = {}, -math.inf

    def _half(self, run: RunResult) -> int | None:
        """The first switch that is on by halves; those after it in time may follow from it."""
        values = run.values[self.switches]
        half = self.switches[np.abs(values - np.round(values)) > HALF]
        return int(half[0]) if len(half) else None

    def _case(
        self, column: int, value: float, basis: Basis | None, again: Callable[[], RunResult]
    ) -> RunResult:
        if basis is not None:
            self.relaxation.basis = basis
        self.relaxation.hold(np.array([column]), np.array([value]))
        return again()


def _ended(case: RunResult) -> bool:
    reasons = (Reason.OPTIMAL, Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED)
    return case.termination.reason in reasons and not case.interrupted


def _bound(case: RunResult) -> float:
    return case.bound if case.has_solution else -math.inf
