"""Outer approximation: a convex program with integers, solved to a proven gap by linear programs.

Every curve is relaxed by tangents. A solution of the relaxation gives a bound that is valid for the true
program; the point it stands for under the true functions gives a plan and its true value; tangents at the
solution close the distance (Duran and Grossmann 1986). Every relation is kept to one variable, so that the
tangents of a sum are as tight as those of its parts.

Two searches run side by side, each on a relaxation of its own: one tightens the bound of the continuous
program, the other rounds solutions to plans; the first plan is sought on a coarse relaxation, which is
solved soon. Where they leave a gap, branch and bound closes it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.solving.backends.protocol import Backend
from concord.solving.bound_search import BoundSearch
from concord.solving.footing import Footing
from concord.solving.options import SolveOptions
from concord.solving.plan_search import PlanSearch
from concord.solving.progress import SilentWatch, Watch
from concord.solving.relaxation import Relaxation
from concord.solving.result import RunResult
from concord.solving.score import Score
from concord.solving.side_by_side import side_by_side
from concord.solving.tangents import COARSE, FINE, Grid, Tangents
from concord.solving.task import Task
from concord.solving.termination import Limit, Reason, Termination

__all__ = ["Outcome", "OuterApproximation", "Task"]

Values = NDArray[np.float64]

INTEGER_ROUNDS, PASSES = 60, 5
FINEST = 6
"""How often the gap of a branch and bound is halved."""
OPTIMALITY = 1e-9
"""Objective distance that counts as none, whatever the gap asked for."""
FIRST_PLAN = 0.008
"""Gap, relative to the measure, that a first plan is content with."""
NEAR, ROUGHLY, AT_FIRST = 0.1, 0.5, 1.5
"""Multiples of the tolerance to which the true value of the continuous program is brought to its bound: where
plans are sought twice, where one rounding is expected to do, and before the second of two is begun."""
ALMOST = 3.0
"""Multiple of the tolerance at which the plan of an earlier search is near enough to branch from."""
ROUNDING = 0.8
"""Share of the tolerance to which a continuous solution is rounded."""


@dataclass(frozen=True, eq=False)
class Multipliers:
    """What proves a bound without branch and bound: duals of a continuous relaxation."""

    bound: float
    row_duals: Values
    """Of the program's own rows."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the search found: the end of it, the best point, and the last relaxation."""

    termination: Termination
    values: Values | None
    relaxation: MatrixForm
    """The program whose bound is reported, with the tangents that prove it."""
    row_duals: Values | None
    """Duals of the program's own rows with the integers of the best point held; None where unknown."""
    nodes: int
    seconds: float
    tangents: Tangents
    """Those of the last relaxation, for a search that goes on from there."""
    apart: bool
    """Whether the details could be decided after everything else."""
    footing: Footing | None = None
    """From where a search on a similar program may go on; None where nothing was solved."""
    continuous: Multipliers | None = None
    """Of the last relaxation without regard to whole numbers; None where it was not solved."""
    alone: bool = True
    """Whether `relaxation` proves the bound by itself; not where the parts of a divided program do."""


class OuterApproximation:
    """One search on one task. `solve` may be called once."""

    def __init__(
        self,
        task: Task,
        options: SolveOptions,
        tolerance: float,
        watch: Watch | None = None,
        brancher: Backend | None = None,
        footing: Footing | None = None,
    ) -> None:
        """`tolerance` is the distance of objective and bound at which the search may stop.

        `brancher` does the branch and bound instead of HiGHS; the continuous phases are always HiGHS's.
        `footing` is where a search on a similar program ended.
        """
        self._task = task
        self._footing = footing
        self._details = task.split()
        self._matrix = self._details.program
        self._score = Score(options, max(tolerance, OPTIMALITY))
        self._watch = watch or SilentWatch()
        self._brancher = brancher

    def solve(self, tangents: Tangents | None = None) -> Outcome:
        """Search until the gap is proven, a limit strikes, or the watch asks for an end.

        It begins with the `tangents` of an earlier search, where there are any.
        """
        if self._footing is not None and self._footing.in_detail:
            self._details = self._details.with_none()
        if tangents is None and self._footing is None:
            run = self._search_from_nothing()
        else:
            run = self._search(self._first_relaxation(tangents))
        if self._plans.stuck and self._limit() is None:
            # What was decided without the details does not admit them: none are left out.
            self._details, self._footing = self._details.with_none(), None
            run = self._search(Relaxation(self._details.coarse, self._bounds.relaxation.tangents))
        if self._score.best is None and (run.termination.limit is not None or self._limit() is not None):
            self._fall_back()
        return self._outcome(run)

    def _fall_back(self) -> None:
        """To what is known without a search, where a limit strikes before anything better is found."""
        if math.isinf(self._score.bound):
            self._bounds.bound_by_columns()
        for known in (self._task.start, self._task.status_quo):
            if known is not None and math.isfinite(self._score.bound):
                self._plans.consider_whole(known)

    def _first_relaxation(self, tangents: Tangents | None) -> Relaxation:
        if tangents is None and self._footing is not None:
            task = self._task
            relaxation = self._footing.for_bounds(self._details.coarse, task.program, task.status_quo)
            if task.guides:
                relaxation.lay_grid(task.status_quo)
            return relaxation
        return Relaxation(self._details.coarse, tangents or self._first_tangents(FINE))

    def _first_tangents(self, grid: Grid) -> Tangents:
        tangents = Tangents(self._task.program)
        tangents.first(self._task.status_quo, grid)
        return tangents

    def _search_from_nothing(self) -> RunResult:
        """The continuous solution here, and a first plan near that of a coarser relaxation there."""
        fine = Relaxation(self._details.coarse, self._first_tangents(FINE))
        if not len(fine.integers) or self._task.start is not None or self._limit() is not None:
            return self._search(fine)
        self._enter(fine, Relaxation(self._details.coarse, self._first_tangents(COARSE)))
        gaps = self._rounding_gaps()
        near = self._score.tolerance * AT_FIRST if self._fine else self._nearness()
        run, _ = side_by_side(
            partial(self._bounds.solve_and_tighten, near), partial(self._plans.seek, gaps[0]), self._watch
        )
        if run.termination.reason is Reason.OPTIMAL:
            self._plans.consider(self._task.status_quo, self._watch)
            more = self._fine or self._task.guides
            if more and not self._finished() and not self._is_near:
                run = self._pursue(run, gaps[1:])
        return self._close(run)

    def _enter(self, relaxation: Relaxation, for_plans: Relaxation) -> None:
        self._bounds = BoundSearch(self._task, relaxation, self._score)
        self._plans = PlanSearch(self._task, self._matrix, self._details, for_plans, self._score)

    def _search(self, relaxation: Relaxation) -> RunResult:
        """Continuous solution, plans near it, and branch and bound as far as a gap is left."""
        self._enter(relaxation, relaxation)
        run = self._bounds.solve(self._watch)
        if run.termination.reason is Reason.OPTIMAL:
            for known in (self._task.status_quo, self._task.start):
                if known is not None:
                    self._plans.consider(known, self._watch)
            if self._task.guides and self._task.start is not None:
                self._try_start(self._task.start)
            run = self._go_on(run)
        if run.termination.reason is Reason.OPTIMAL and not self._finished() and not self._is_near:
            run = self._pursue(run, self._rounding_gaps())
        return self._close(run)

    def _close(self, run: RunResult) -> RunResult:
        """Branch and bound, if a gap is left that whole numbers can close."""
        left = run.termination.reason is Reason.OPTIMAL and not self._finished()
        return self._branch_and_bound(run) if left and self._bounds.whole else run

    def _try_start(self, start: Values) -> None:
        """The best plan with the whole numbers of the start, which was made for something else."""
        bounding = self._plans.relaxation
        self._plans.relaxation = bounding.fork()
        self._plans.polish(self._details.without(start), self._score.tolerance / 5, self._watch)
        self._plans.relaxation, self._plans.stuck = bounding, False

    def _go_on(self, run: RunResult) -> RunResult:
        """Bring the bound down here, and try the whole numbers of an earlier search's plan there."""
        footing = self._footing
        if footing is None or run.termination.reason is not Reason.OPTIMAL:
            return run
        near = self._score.tolerance * ROUGHLY
        if footing.plan is None or not self._bounds.whole or self._limit() is not None:
            return self._bounds.tighten(run, near, self._watch)
        (run, root), _ = side_by_side(
            partial(self._tighten_and_settle, run, near),
            partial(self._try_again, footing, footing.plan),
            self._watch,
        )
        self._plans.stuck = False  # that was another problem's plan
        self._try_root(root)
        return run

    def _try_again(self, footing: Footing, plan: Values, watch: Watch) -> None:
        """The best plan with the whole numbers of another problem's plan."""
        program, status_quo = self._task.program, self._task.status_quo
        self._plans.relaxation = footing.for_plans(self._details.coarse, program, status_quo)
        last = self._details.without(footing.carried(plan, program))
        self._plans.polish(last, self._score.tolerance / 5, watch)

    @property
    def _is_near(self) -> bool:
        """Whether the last plan is so good that branching from it promises more than looking for another."""
        score, known = self._score, self._footing is not None or bool(self._task.guides)
        known = known and self._bounds.whole
        return known and score.bound - score.objective <= ALMOST * score.tolerance

    # Phases -------------------------------------------------------------------------------------------

    def _rounding_gaps(self) -> tuple[float, ...]:
        """To which gaps a continuous solution is rounded: a first plan soon, a better one after it."""
        tolerance, gap = self._score.tolerance, self._score.options.gap
        first = tolerance * FIRST_PLAN / gap if gap > 0 else math.inf
        last = tolerance * ROUNDING
        return (first, last) if last < first < math.inf else (last,)

    @property
    def _fine(self) -> bool:
        """Whether the gap asked for is so small that one plan is hardly enough."""
        return len(self._rounding_gaps()) > 1

    def _nearness(self) -> float:
        """How near the true value of the continuous program is brought to its bound."""
        return self._score.tolerance * (NEAR if self._fine else ROUGHLY)

    def _pursue(self, run: RunResult, gaps: tuple[float, ...]) -> RunResult:
        """Tighten the bound here while plans are sought there."""
        relaxation, near = self._bounds.relaxation, self._nearness()
        if not self._bounds.whole:
            return self._pursue_continuous(run, near)
        own = relaxation.fork()
        own.touch(run.values)
        seek = partial(self._plans.round, run.values, gaps)
        if self._task.guides:
            enough = run.bound - ALMOST * self._score.tolerance
            seek = partial(self._plans.round_guided, self._score.tolerance * ROUNDING, enough)
        else:
            own.thin_out(run.values)
        self._plans.relaxation = own
        (run, root), _ = side_by_side(
            partial(self._tighten_and_settle, run, near),
            seek,
            self._watch,
        )
        self._try_root(root)
        return run

    def _tighten_and_settle(
        self, run: RunResult, near: float, watch: Watch
    ) -> tuple[RunResult, RunResult | None]:
        """The bound's side of two: nothing of what the other finds is used, whichever is faster."""
        fine = self._fine or bool(self._task.guides)
        return self._bounds.tighten_and_settle(run, near, fine=fine, watch=watch)

    def _try_root(self, root: RunResult | None) -> None:
        """A plan with the whole numbers that the root of a branch and bound came upon."""
        if root is None:
            return
        self._score.nodes += root.nodes
        promising = root.has_solution and root.objective > self._score.objective
        if promising and not self._finished():
            self._plans.polish(root.values, self._score.tolerance, self._watch)

    def _pursue_continuous(self, run: RunResult, near: float) -> RunResult:
        """Bound and plan of a program without whole numbers, which tangents bring together."""
        for number in range(PASSES):
            run = self._bounds.tighten(run, near, self._watch)
            self._plans.polish(run.values, self._score.tolerance, self._watch, amply=not number)
            if self._finished():
                break
            # Tangents that made the plan feasible where floors bind tighten the bound too.
            latest = self._bounds.solve(self._watch)
            if latest.termination.reason is not Reason.OPTIMAL:
                break
            run = latest
        return run

    def _branch_and_bound(self, run: RunResult) -> RunResult:
        """Close the gap with whole numbers, tangents being added between one run and the next."""
        bounds, score = self._bounds, self._score
        bounds.begin_branching(run, self._watch)
        if self._finished():
            return run
        if score.best is not None:
            plan = self._details.without(score.best.values)
            bounds.relaxation.take_over(self._plans.relaxation, plan)
        for round_number in range(INTEGER_ROUNDS):
            gap = score.tolerance * 0.9 / 2 ** min(round_number, FINEST)
            start = None if score.best is None else self._details.without(score.best.values)
            run = bounds.branch(gap, self._plans.seconds_to_polish, start, self._brancher, self._watch)
            if not run.has_solution:
                break
            bounds.relaxation.touch(run.values)
            if not score.closed:
                self._plans.polish(run.values, score.tolerance / 5, self._watch)
            if self._finished() or run.termination.reason is not Reason.OPTIMAL:
                break
        return run

    # The end ------------------------------------------------------------------------------------------

    def _limit(self) -> Limit | None:
        """The limit that has struck, if one has."""
        if self._score.interrupted or self._watch.stop_requested():
            return Limit.INTERRUPTED
        return Limit.TIME if self._score.time_left() == 0.0 else None

    def _finished(self) -> bool:
        return self._score.closed or self._plans.stuck or self._limit() is not None

    def _verdict(self, run: RunResult) -> Termination:
        """What a run that ended for its own reasons means for the whole search."""
        score, end = self._score, run.termination
        if score.best is not None and score.closed:
            return Termination(Reason.OPTIMAL, None, "the gap asked for is proven", score.bounds)
        if end.limit is not None:
            return Termination.stopped(end.limit, end.detail, score.bounds)
        if (limit := self._limit()) is not None:
            return Termination.stopped(limit, f"stopped: {limit.value}", score.bounds)
        if end.reason is Reason.OPTIMAL or score.best is not None:
            return Termination.stopped(Limit.ITERATION, "tangents no longer close the gap", score.bounds)
        return end

    def _outcome(self, run: RunResult) -> Outcome:
        score, best = self._score, self._score.best
        return Outcome(
            self._verdict(run),
            None if best is None else best.values,
            self._bounds.relaxation.with_tangents() if score.proof is None else score.proof(),
            None if best is None else best.row_duals,
            score.nodes,
            score.seconds,
            self._bounds.relaxation.tangents,
            len(self._details.columns) == len(self._task.details),
            self._next_footing(),
            self._multipliers(),
        )

    def _multipliers(self) -> Multipliers | None:
        bounds = self._bounds
        if bounds.duals is None:
            return None
        return Multipliers(bounds.proven, self._details.for_all_rows(bounds.duals))

    def _next_footing(self) -> Footing | None:
        bounds = self._bounds
        if bounds.continuous is None:
            return None
        bounds.leave()
        best = None if self._score.best is None else self._score.best.values
        in_detail = not len(self._details.columns)
        return Footing(bounds.relaxation, self._plans.relaxation, bounds.continuous, best, in_detail)
