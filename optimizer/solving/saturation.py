"""Saturation: all figures of a family are raised together, those that cannot rise further stay behind.

For leximin with whole numbers held, which leaves a convex program. At every level its linear relaxation
raises the least of all free figures; the duals tell whom nothing can raise while the others keep up; these
are held there and the rest is raised on (the classical scheme for convex leximin: Ogryczak, Pioro and
Tomaszewski 2005). Interior solutions tell most of them at once, and change little from level to level, so
that the tangents laid for one serve the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite, log

import numpy as np
from numpy.typing import NDArray

from concord.solving.backends.highs_interior import interior_solution
from concord.solving.options import RunLimits
from concord.solving.progress import Progress, Watch
from concord.solving.reduction import Reduction
from concord.solving.result import RunResult
from concord.solving.tangents import COARSE, Tangents
from concord.solving.task import Task
from concord.solving.termination import Limit, Reason

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]

ROUNDS = 8
"""Linear programs solved for one level at most."""
NEAR = 0.2
"""Share of the gap to which the true value of a level is brought to its bound."""
LACK = 1e-5
"""By how much figures of earlier levels may fall short in a solution that later ones build on: these can be
sensitive to it."""
CROWDED = 2.0
"""Rows, as a multiple of the program's own, from which tangents that are far from touching are dropped."""
FAR = 0.02
"""Slack of such a tangent."""
DUAL = 1e-6
"""Duals below this keep nothing down."""
WEAK = 0.05
"""Duals below this share of the largest prove too little: a trifle elsewhere, and the figure rises far."""
ROOM = 1e-6
"""Distance of bound and level, in logs, that solutions are not sure of."""


@dataclass(frozen=True, eq=False)
class Family:
    """The figures, in logs, as the program has them."""

    least: Numbers
    """Rows `mu - figure <= 0`, in the order of the figures."""
    floors: Numbers
    """Rows `figure >= level`, in the same order."""
    held: NDArray[np.bool_]
    """Which of them earlier levels hold already."""
    scale: float
    """How often the objective counts `mu`."""
    logs: Callable[[Values], Values]
    """The true figures at a point."""


@dataclass(frozen=True, eq=False)
class Level:
    """Who stays at a level, and what is proven of it. All in logs."""

    figures: Numbers
    """Their positions."""
    value: float
    bound: float
    """That the least of the free figures does not exceed while the others keep their levels."""
    ceiling: float
    """That the mean of those that stay does not exceed while no free figure falls below the value either."""


def kept_down(duals: Values, room: float, gap: float) -> tuple[Numbers, float]:
    """Positions of figures that duals keep down, as many as they prove within `gap` and at least one, and by
    how much the mean of these may rise.

    The duals `d >= 0` prove `sum d (figure - level) <= room sum d`. Where no figure is below the level, that
    is true of any part of the sum, so that the mean over n of them rises by no more than
    `room sum d / (n min d)`.
    """
    order = np.argsort(-duals, kind="stable")
    order = order[: max(1, np.count_nonzero(duals > max(WEAK * duals.max(initial=0.0), DUAL)))]
    shares = np.maximum(duals[order], DUAL) / max(float(duals.sum()), DUAL)
    rises = max(room, ROOM) / (np.arange(1, len(order) + 1) * shares)
    within = np.flatnonzero(rises <= gap)
    count = 1 + int(within[-1] if len(within) else np.argmin(rises))
    return order[:count], float(rises[count - 1])


class Saturation:
    """One climb on one task, whose whole numbers are held."""

    def __init__(self, task: Task, family: Family, gap: float, watch: Watch) -> None:
        """`gap` is that of each level, relative."""
        self._task, self._family, self._gap, self._watch = task, family, log(1 + gap), watch
        self._begin = time.perf_counter()
        self._matrix = task.matrix()
        self._reduction = Reduction.of(self._matrix, np.concatenate([family.least, family.floors]))
        self._lower, self._upper = self._matrix.row_lower.copy(), self._matrix.row_upper.copy()
        self.tangents = Tangents(task.program)
        """Those in use, which serve a search for a plan as well."""
        self.tangents.first(task.status_quo, COARSE)
        if task.start is not None:
            self.tangents.lay_at(task.start)
        self._free = ~family.held
        self._upper[family.least[family.held]] = np.inf
        self.point = task.status_quo
        """The last solution under the true functions: it may miss levels and promises a little."""

    @property
    def levels(self) -> Values:
        """What each figure keeps."""
        return self._lower[self._family.floors]

    def climb(self, limits: Callable[[], RunLimits]) -> Iterator[Level]:
        """Levels from the lowest upwards, until none is left, none is proven or `limits` strike."""
        while self._free.any() and (run := self._raise(limits)) is not None:
            logs = self._family.logs(self.point)
            value = float(logs[self._free].min())
            bound = max(value, run.bound / self._family.scale)
            if not isfinite(bound):
                return
            stay, rise = kept_down(self._duals(run), bound - value, self._gap)
            yield Level(stay, value, bound, value + rise)
            self._hold(stay, value - 2 * self._lack(logs) - LACK / 10)
            self._report(value, bound)

    def _report(self, value: float, bound: float) -> None:
        """Tell the watch of the last level, in terms of the program's objective."""
        phase, scale = f"levels, {self._free.sum()} ratios left", self._family.scale
        seconds = time.perf_counter() - self._begin
        self._watch.report(Progress(phase, scale * value, scale * bound, None, seconds, 0))

    def _duals(self, run: RunResult) -> Values:
        """How much of the bound hangs on each figure."""
        if run.row_duals is None:
            raise AssertionError("a continuous program that is solved has duals")
        return np.abs(self._reduction.duals(run.row_duals)[self._family.least])

    def _raise(self, limits: Callable[[], RunLimits]) -> RunResult | None:
        """The free figures raised as far as they go; None where the search ended before that."""
        run = None
        for _ in range(ROUNDS):
            if (limit := limits()).time_limit == 0.0 or self._watch.stop_requested():
                return None
            program = self._reduction.program(self._lower, self._upper, self.tangents.rows)
            run = interior_solution(program, self._reduction.box, limit, self._watch, "levels")
            end = run.termination
            if end.reason is Reason.INFEASIBLE or end.limit is Limit.UNDETERMINED:
                self._loosen()
                continue
            if end.reason is not Reason.OPTIMAL:
                return None
            values = self._reduction.point(run.values)
            self.point = self._task.repair(values)
            if self._is_near(run) or not self.tangents.violated(values)[0].shape[0]:
                self._thin_out(values)
                break
        return run if run is not None and run.termination.reason is Reason.OPTIMAL else None

    def _is_near(self, run: RunResult) -> bool:
        """Whether the true figures are near what the relaxation has them."""
        logs = self._family.logs(self.point)
        distance = run.bound / self._family.scale - float(logs[self._free].min())
        return distance <= NEAR * self._gap and self._lack(logs) <= LACK

    def _lack(self, logs: Values) -> float:
        """What the point misses of earlier levels and of promises."""
        held, promised = self._family.floors[~self._free], self._task.guarded
        kept: Values = self._matrix.matrix[promised] @ self.point
        missed = np.concatenate([self._lower[held] - logs[~self._free], self._lower[promised] - kept])
        return float(missed.max(initial=0.0))

    def _hold(self, stay: Numbers, level: float) -> None:
        """Hold figures at a level from now on."""
        self._free[stay] = False
        self._upper[self._family.least[stay]] = np.inf
        self._lower[self._family.floors[stay]] = level

    def _loosen(self) -> None:
        """Let go of a little: levels reached by points that miss something need not be within reach."""
        self._lower[self._family.floors[~self._free]] -= 2 * LACK

    def _thin_out(self, values: Values) -> None:
        """Drop tangents far from touching, once there are many."""
        if self.tangents.count > CROWDED * len(self._reduction.rows):
            self.tangents.drop_slack(values, FAR)
