"""Plan search: from points of a relaxation to plans of the true program.

Switches are rounded first, then the other whole numbers are sought by branch and bound with the economy
capped, then everything continuous is decided anew for these whole numbers, and last the details that do not
bear on the value.
"""

from __future__ import annotations

import math
import time

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.solving.details import Details
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits
from concord.solving.progress import Progress, StopOnly, Watch
from concord.solving.relaxation import Relaxation
from concord.solving.result import RunResult
from concord.solving.score import Incumbent, Score
from concord.solving.task import Aim, Task
from concord.solving.termination import Reason

Values = NDArray[np.float64]

POLISHING_ROUNDS = 25
LENIENCE = 0.9
"""A switch is rounded up from one minus this: it permits much and costs little."""
GROWTH = 1.2
"""The most that the economy may grow by while whole numbers are sought."""
ROUNDING_NODES = 100
"""Nodes after which whole numbers are no longer sought around a continuous solution."""
PATIENCE = 10.0
"""Times the longest continuous program after which whole numbers are no longer sought if none are found."""
LEAST_PATIENCE = 3.0
"""Seconds that they are sought for at least."""
ROUGHLY = 3.0
"""Multiple of the gap to which everything is decided before fine integers are rounded."""
GUIDED_GAP = 3.0
"""Multiple of the gap to which whole numbers are sought by a guide: what it looks at beside the objective
need not be near its best."""
GUIDED_ROUNDS = 2
"""How often tangents are added where a guide leads, before whole numbers are sought there."""
GUIDED_NODES = 20
"""Nodes after which they are no longer sought."""
MARGIN = 5e-3
"""Most that a plan is asked to exceed guarded rows by, so that its true values satisfy them."""
AMPLY = 2.0
"""Multiple of what a plan lacked that it is asked for the next time."""
COMPLETION_GAP = 0.1
"""How near to the best completion of the details, which is only a matter of preference, is good enough."""
COMPLETION_WORK = 3.0
"""How long that may be sought, in CP-SAT's deterministic seconds."""


class PlanSearch:
    """Looks for plans on a relaxation of its own, and keeps the best in the score."""

    def __init__(
        self, task: Task, matrix: MatrixForm, details: Details, relaxation: Relaxation, score: Score
    ) -> None:
        """`matrix` is the whole program, `details` its split, `relaxation` one without the details."""
        self._task = task
        self._matrix = matrix
        self._details = details
        self.relaxation = relaxation
        self._coarse = relaxation.program
        self._score = score
        self.stuck = False
        """Whether the details of a plan could not be completed: then they must be decided with the rest."""
        self._guides = iter(task.guides)
        """Those that no plan was sought by yet."""
        self._rounded = False
        """Whether whole numbers were sought before: then the tangents of a plan are there."""
        self.seconds_to_polish = 0.0
        """How long the last continuous program took: the time that making a plan of a point needs."""

    def consider(self, values: Values, watch: Watch) -> None:
        """Keep the plan that `values` stand for, if they stand for one, until a better one is found."""
        self._keep(values, None, watch)

    def consider_whole(self, values: Values) -> None:
        """Keep the plan that `values` are, details included, if they are one and there is none."""
        plan = self._task.repair(values)
        if self._score.best is None and (
            violation(self._matrix, plan, promises=self._task.guarded) <= FEASIBILITY
        ):
            self._score.best = Incumbent(plan, self._objective(plan), None)

    def seek(self, gap: float, watch: Watch) -> None:
        """A first plan, from nothing: near the continuous solution of this relaxation as it stands."""
        if (guide := next(self._guides, None)) is not None:
            self._round_by(guide, gap, watch)
            return
        run = self.relaxation.run(self._score.limits(gap), watch, "rounding")
        if run.has_solution:
            self.round(run.values, (gap,), watch)

    def round_guided(self, gap: float, enough: float, watch: Watch) -> None:
        """Plans by those of the task's guides that are left, until the objective of one is `enough`."""
        for guide in self._guides:
            self._round_by(guide, gap, watch)
            if self._score.objective >= enough or watch.stop_requested():
                break

    def _round_by(self, guide: Aim, gap: float, watch: Watch) -> None:
        """A plan whose whole numbers are sought by the guide.

        All that it looks at must be bounded by tangents, or it would be promised for nothing.
        """
        relaxation, switches, score = self.relaxation, self._task.switches, self._score
        relaxation.aim(guide)
        run = relaxation.run(score.limits(gap), watch, "rounding")
        for _ in range(GUIDED_ROUNDS):
            if not run.has_solution or not relaxation.touch(run.values):
                break
            run = relaxation.run(score.limits(gap), watch, "rounding")
        if run.has_solution:
            relaxation.touch(run.values)
            relaxation.hold(switches, np.floor(run.values[switches] + LENIENCE))
            run = relaxation.run(score.limits(gap), watch, "rounding")
            if run.has_solution:
                run = self._seek_integers(run.values, GUIDED_GAP * gap, watch, GUIDED_NODES)
            relaxation.release(switches)
        relaxation.aim(Aim(self._coarse.cost, self._coarse.offset))
        if run.has_solution:
            self.polish(run.values, gap, watch)

    def round(self, relaxed: Values, gaps: tuple[float, ...], watch: Watch) -> None:
        """Plans near the continuous solution `relaxed`, each within about the next of `gaps` of the best.

        The tangents found for one plan make the economy in which the next is sought truer: the first gets
        some room, so that there is one; the others none, so that they are found soon.
        """
        switches = self._task.switches
        on = np.floor(relaxed[switches] + LENIENCE)
        for gap in gaps:
            self.relaxation.hold(switches, on)
            run = self.relaxation.run(self._score.limits(gap), watch, "rounding")
            if run.has_solution:
                run = self._seek_integers(run.values, gap, watch)
            self.relaxation.release(switches)
            if not run.has_solution:
                break
            self.polish(run.values, gap, watch)

    def _seek_integers(
        self, continuous: Values, gap: float, watch: Watch, nodes: int = ROUNDING_NODES
    ) -> RunResult:
        """Whole numbers within `gap` of the best for the economy of a continuous solution, or about it."""
        relaxation, economy, score = self.relaxation, self._task.economy, self._score
        relaxation.touch(continuous)
        if not self._rounded or self._task.guides:
            relaxation.cap(economy, continuous[economy] * GROWTH)
        else:
            relaxation.hold(economy, continuous[economy])
        start = None if score.best is None else self._details.without(score.best.values)
        limits = score.limits(gap, self.seconds_to_polish, nodes)
        patient = RoundingWatch(score, watch, patience=max(LEAST_PATIENCE, PATIENCE * relaxation.longest))
        run = relaxation.run_whole(limits, patient, "rounding", start)
        self._rounded = True
        score.nodes += run.nodes
        relaxation.release(economy)
        return run

    def polish(self, values: Values, gap: float, watch: Watch, *, amply: bool = True) -> None:
        """The best plan with the integers of `values`, to a fraction of `gap`, its details completed.

        Where the details do not admit them, the nearest totals that they admit take their place. A plan that
        keeps promises `amply` is found sooner, and may be worse.
        """
        end = self._decide_for(values, gap, watch, amply=amply)
        if end is not None and not self._keep(end.values, end, watch):
            limits = self._completion_limits()
            moved = self._details.nearest(end.values, self._task.totals, limits, StopOnly(watch))
            again = None if moved is None else self._decide_for(moved, gap, watch)
            self.stuck = again is None or not self._keep(again.values, again, watch)
        elif end is None:
            self._keep(values, None, watch)
        self._score.report(watch, "polishing")

    def _decide_for(
        self, values: Values, gap: float, watch: Watch, *, amply: bool = True
    ) -> RunResult | None:
        """The best continuous decisions for the integers of `values`; fine integers are rounded where that
        solution has them, and everything is decided once more; rounded down, where more cannot be paid."""
        integers = self.relaxation.integers
        fine = len(self._details.fine.columns) > 0
        end = self._hold_and_approach(values, integers, ROUGHLY * gap if fine else gap, watch, amply=amply)
        if end is None or not fine:
            return end
        for up in (True, False):
            rounded = self._details.with_fine_rounded(
                end.values, self._completion_limits(), StopOnly(watch), up=up
            )
            if rounded is not None:
                decided = self._hold_and_approach(rounded, self._details.whole, gap, watch, amply=amply)
                if decided is not None:
                    return decided
        return None

    def _hold_and_approach(
        self, values: Values, integers: NDArray[np.int64], gap: float, watch: Watch, *, amply: bool = True
    ) -> RunResult | None:
        """The best continuous decisions for some integers of `values`, a little beyond what is promised.

        Where `values` have no more than what is promised, no more is asked: nothing may reach that state.
        """
        guarded = self._guarded
        self.relaxation.hold(integers, np.round(values[integers]))
        ample, barely = min(MARGIN, max(gap, self._score.tolerance) / 1000), -FEASIBILITY / 2
        exact = np.full(len(guarded), barely)
        kept = self._coarse.matrix[guarded] @ values - self._coarse.row_lower[guarded]
        within_reach = np.where(kept >= ample, ample, barely)
        for margins in (within_reach, exact) if amply else (exact,):
            end = self._approach(gap / 3, margins, watch)
            if end is not None or not len(guarded):
                break
        self.relaxation.demand(guarded, np.zeros(len(guarded)))
        self.relaxation.release(integers)
        return end

    @property
    def _guarded(self) -> NDArray[np.int64]:
        return np.searchsorted(self._details.coarse_rows, self._task.guarded)

    def _approach(self, precision: float, margins: Values, watch: Watch) -> RunResult | None:
        """The continuous program once its true values are feasible and near; None if they never are.

        Guarded rows are asked to exceed what is promised by `margins`, and those that still fell short by
        what they lacked, unless they cannot.
        """
        guarded, least = self._guarded, margins
        rigid = np.zeros(len(margins), dtype=bool)
        for _ in range(POLISHING_ROUNDS):
            self.relaxation.demand(guarded, margins)
            begin = time.perf_counter()
            run = self.relaxation.run(self._score.limits(0.0), watch, "polishing")
            self.seconds_to_polish = time.perf_counter() - begin
            raised = (margins > least) & (least < 0) & ~rigid
            if run.termination.reason is Reason.INFEASIBLE and raised.any():
                rigid |= raised
                margins = np.where(rigid, least, margins)
                continue
            if run.termination.reason is not Reason.OPTIMAL:
                break
            point = self._task.repair(run.values)
            missed = violation(self._coarse, point, integral=False, promises=guarded)
            feasible = missed <= FEASIBILITY
            added = self.relaxation.touch(run.values)
            if feasible and (run.objective - self._objective(point) <= precision or not added):
                return run
            if not added:
                break
            short = self._shortfall(guarded, point)
            ask = (margins > 0) | ((short > FEASIBILITY) & ~rigid)
            margins = np.where(ask, margins + AMPLY * short, margins)
        return None

    def _shortfall(self, rows: NDArray[np.int64], point: Values) -> Values:
        """By how much these rows miss their lower bounds; shape `(rows,)`, 0 where they do not."""
        program = self._coarse
        kept: Values = program.matrix[rows] @ point
        return np.maximum(program.row_lower[rows] - kept, 0.0)

    def _keep(self, values: Values, run: RunResult | None, watch: Watch) -> bool:
        """Keep the plan that `values` stand for if it is the best; False if its details are in the way."""
        point = self._task.repair(values)
        objective = self._objective(point)
        missed = violation(self._coarse, point, promises=self._guarded)
        if objective <= self._score.objective or missed > FEASIBILITY:
            return True
        plan = self._details.complete(point, self._completion_limits(), StopOnly(watch))
        if plan is None or violation(self._matrix, plan, promises=self._task.guarded) > FEASIBILITY:
            return not len(self._details.columns)
        self._score.best = Incumbent(plan, self._objective(plan), self._row_duals(run))
        return True

    def _completion_limits(self) -> RunLimits:
        score = self._score
        seed, left = score.options.seed, score.time_left()
        return RunLimits(relative_gap=COMPLETION_GAP, time_limit=left, seed=seed, work_limit=COMPLETION_WORK)

    def _row_duals(self, run: RunResult | None) -> Values | None:
        """Duals of the whole program's rows; those with a detail in them bear on nothing."""
        if run is None or run.row_duals is None:
            return None
        return self._details.for_all_rows(run.row_duals)

    def _objective(self, point: Values) -> float:
        return self._matrix.value(point)


class RoundingWatch:
    """Reports of a branch and bound that proves nothing: the best plan, the best bound so far, the nodes."""

    def __init__(
        self, score: Score, inner: Watch, phase: str = "rounding", patience: float = math.inf
    ) -> None:
        """Without an incumbent of the relaxation the run is to stop after `patience` seconds."""
        self._score = score
        self._inner = inner
        self._phase = phase
        self._latest = score.seconds + patience

    def report(self, progress: Progress) -> None:
        """The incumbent of the relaxation is no plan yet, and its bound holds for what is held only."""
        if progress.incumbent is not None:
            self._latest = math.inf
        self._score.report(self._inner, self._phase, math.inf, progress.nodes)

    def stop_requested(self) -> bool:
        """Whatever the user's watch says, and where patience has run out."""
        return self._inner.stop_requested() or self._score.seconds > self._latest


class BranchWatch(RoundingWatch):
    """Reports of the branch and bound that proves: its bound holds for the true program."""

    def report(self, progress: Progress) -> None:
        """Pass on the bound; the incumbent of the relaxation is no plan yet."""
        bound = math.inf if progress.bound is None else progress.bound
        self._score.report(self._inner, self._phase, bound, progress.nodes)
