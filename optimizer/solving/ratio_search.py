"""Ratio search: a concave function over a positive convex one, maximised to a proven gap.

`F(r) = max numerator - r denominator` falls as `r` rises, and is 0 where `r` is the largest ratio (Dinkelbach
1967). The ratio first settles over linear programs (ascent.py), tangents and basis being kept; then the
program with its whole numbers is solved at that ratio, and again at the ratio of the plan found, until the
bound is near.

**The bound.** Let every point have `numerator - r denominator <= B`, which is what the bound of a relaxation
says, and let `s` be the ratio of a plan in hand. Take a point whose ratio `q` exceeds `s`, with numerator
`N` and denominator `D`; then `q <= r + B / D`.

* If `B >= 0`, then `q <= r + B / D_min`, where `0 < D_min <= D`.
* If `B < 0`, then `D = N / q < N_max / s`, where `N_max >= N`, so that `q <= r + B s / N_max`.

Hence no ratio exceeds the larger of `s` and that. `D_min` and `N_max` are bounds of linear relaxations, so
that they hold for the true program as well; they are as sharp as its tangents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from concord.errors import SolverFailure
from concord.solving.ascent import Course, climb
from concord.solving.backends.protocol import Backend
from concord.solving.details import Details
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.outer_approximation import Outcome, OuterApproximation
from concord.solving.progress import Progress, SilentWatch, Watch
from concord.solving.relaxation import Relaxation
from concord.solving.score import Score
from concord.solving.tangents import Tangents
from concord.solving.task import Aim, Task
from concord.solving.termination import Limit, Reason, Termination

Values = NDArray[np.float64]

STEPS = 8
"""How many ratios are tried with whole numbers at most."""
SHARE = 0.5
"""Share of the gap that one step is solved to: the rest is for the ratio not being right yet."""
SETTLED = 0.05
"""Share of the gap within which the ratio has settled before whole numbers are sought."""
SHARPENING = 4
"""Linear programs for a range."""


@dataclass(frozen=True, eq=False)
class Fraction:
    """What is over what, both linear in the columns; the second is positive at every point."""

    numerator: Aim
    denominator: Aim

    def at(self, values: Values) -> float:
        """The ratio at a point."""
        return self.numerator.at(values) / self.denominator.at(values)

    def aim(self, ratio: float) -> Aim:
        """`numerator - ratio denominator`."""
        above, below = self.numerator, self.denominator
        return Aim(above.cost - ratio * below.cost, above.offset - ratio * below.offset)


@dataclass(frozen=True)
class BestRatio:
    """The last step with its own bounds, the ratio that it took, and what is proven of the largest ratio."""

    outcome: Outcome
    taken: float
    value: float
    bound: float


@dataclass
class RatioSearch:
    """One search on one task. `solve` may be called once."""

    task: Task
    fraction: Fraction
    options: SolveOptions
    watch: Watch = field(default_factory=SilentWatch)
    brancher: Backend | None = None
    plan: Values | None = field(default=None, init=False)
    bound: float = field(default=np.inf, init=False)
    _clock: Score = field(init=False)
    _tangents: Tangents = field(init=False)

    def __post_init__(self) -> None:
        self._clock = Score(self.options, 0.0)
        self._tangents = Tangents(self.task.program)
        self._tangents.first(self.task.status_quo)

    @property
    def value(self) -> float:
        """The ratio of the plan in hand; minus infinity without one."""
        return -np.inf if self.plan is None else self.fraction.at(self.plan)

    def solve(self) -> BestRatio:
        """Search until the gap is proven, a limit strikes, or the watch asks for an end.

        Raises SolverFailure where the denominator cannot be shown to be positive.
        """
        ratio = self._settle()
        least, most = self._ranges()
        for _ in range(STEPS):
            outcome = self._step(ratio, least)
            self._learn(outcome, ratio, least, most)
            if self.plan is None or self._proven or self._stopped(outcome):
                break
            ratio = self.value
        return BestRatio(self._told(outcome), ratio, self.value, max(self.bound, self.value))

    def _settle(self) -> float:
        """The largest ratio of the continuous program, by linear programs."""
        relaxation = Relaxation(self._details().coarse, self._tangents)
        fraction = self.fraction
        course = Course(lambda point: fraction.aim(fraction.at(point)), fraction.at, self.task.repair)
        start = self.task.status_quo
        precision = self.options.gap * SETTLED * abs(fraction.at(start))
        point, _ = climb(relaxation, course, start, precision, self._limits, self._phase("ratio settles"))
        return fraction.at(point)

    def _ranges(self) -> tuple[float, float]:
        """Bounds that the denominator is nowhere below and the numerator nowhere above."""
        above, below = self.fraction.numerator, self.fraction.denominator
        least = -self._highest(Aim(-below.cost, -below.offset))
        most = self._highest(above)
        if least <= 0 and not self._limit_struck:
            raise SolverFailure("the denominator of the ratio may vanish, so that no bound can be given")
        return (max(least, 0.0) if np.isfinite(least) else 0.0), most

    @property
    def _limit_struck(self) -> bool:
        return self._clock.time_left() == 0.0 or self.watch.stop_requested()

    def _highest(self, aim: Aim) -> float:
        """A bound on a linear function over the true program; infinite if a limit strikes first, and minus
        infinity where the program has no point.
        """
        relaxation, bound = Relaxation(self._details().coarse, self._tangents), np.inf
        relaxation.aim(aim)
        for _ in range(SHARPENING):
            run = relaxation.run(self._limits(), self._phase("range"), "range")
            if run.termination.reason in {Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED}:
                return -np.inf
            if run.termination.reason is not Reason.OPTIMAL:
                break
            bound = min(bound, run.bound)
            if not relaxation.touch(run.values):
                break
        return bound

    def _step(self, ratio: float, least: float) -> Outcome:
        """The largest `numerator - ratio denominator`, from the plan in hand."""
        start = self.task.status_quo if self.plan is None else self.plan
        task = replace(self.task, aim=self.fraction.aim(ratio), status_quo=start)
        tolerance = self.options.gap * SHARE * abs(ratio) * least
        left = replace(self.options, time_limit=self._clock.time_left(), node_limit=self._nodes())
        search = OuterApproximation(task, left, tolerance, self._phase(None), self.brancher)
        return search.solve(self._tangents)

    def _learn(self, outcome: Outcome, ratio: float, least: float, most: float) -> None:
        """Keep the plan if its ratio is the best, and the bound if it is the lowest."""
        self._tangents = outcome.tangents
        self._clock.nodes += outcome.nodes
        if outcome.values is not None and self.fraction.at(outcome.values) >= self.value:
            self.plan = outcome.values
        excess, value = outcome.termination.objective_bounds.dual, self.value
        if excess >= 0 and least == 0:
            return
        if excess >= 0:
            self.bound = min(self.bound, ratio + excess / least)
        elif value > 0 and np.isfinite(most):
            self.bound = min(self.bound, max(value, ratio + excess * value / most))
        else:
            self.bound = min(self.bound, max(value, ratio))

    @property
    def _proven(self) -> bool:
        return self.bound - self.value <= self.options.gap * abs(self.value)

    def _stopped(self, outcome: Outcome) -> bool:
        return outcome.termination.limit in {Limit.TIME, Limit.NODE, Limit.INTERRUPTED}

    def _told(self, outcome: Outcome) -> Outcome:
        """The last step, ended as the whole search has."""
        end = outcome.termination
        if not np.isfinite(self.bound):
            return replace(outcome, values=None, footing=None)
        if self.plan is not None and self._proven:
            end = Termination(Reason.OPTIMAL, None, "the gap asked for is proven", end.objective_bounds)
        elif self.plan is not None and end.reason is Reason.OPTIMAL:
            detail = "further ratios no longer close the gap"
            end = Termination.stopped(Limit.ITERATION, detail, end.objective_bounds)
        return replace(
            outcome,
            termination=end,
            values=self.plan,
            row_duals=outcome.row_duals if outcome.values is self.plan else None,
            footing=None,
            nodes=self._clock.nodes,
            seconds=self._clock.seconds,
        )

    def _details(self) -> Details:
        return self.task.split()

    def _limits(self) -> RunLimits:
        return self._clock.limits(0.0)

    def _nodes(self) -> int | None:
        limit = self.options.node_limit
        return None if limit is None else max(0, limit - self._clock.nodes)

    def _phase(self, name: str | None) -> Watch:
        return _InRatios(self, name)


@dataclass(frozen=True)
class _InRatios:
    """Passes reports on with the ratio in hand and its bound; within a step they are in other terms."""

    search: RatioSearch
    name: str | None

    def report(self, progress: Progress) -> None:
        """The same phase, in ratios."""
        search = self.search
        value = None if search.plan is None else search.value
        bound = search.bound if np.isfinite(search.bound) else None
        gap = None if value is None or bound is None else max(0.0, bound / value - 1)
        told = Progress(self.name or progress.phase, value, bound, gap, search._clock.seconds, progress.nodes)
        search.watch.report(told)

    def stop_requested(self) -> bool:
        """Whatever the user's watch says."""
        return self.search.watch.stop_requested()
