"""Global search: a sum of exponentials of concave functions, maximised to a proven gap.

First a plan: the exponentials are replaced by their tangents, which makes the program convex, and climbs
(ascent.py). Then a proof: ceilings over the exponentials (rising.py) make the program a relaxation, which the
outer approximation solves with its whole numbers. Where value and bound do not meet, the range of the column
that the ceilings lose most by is divided in two, and each part has ceilings of its own (spatial branch and
bound: Falk and Soland 1969). The bound is the largest of all parts, so that it holds whenever the search
ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from concord.solving.ascent import Course, climb
from concord.solving.backends.protocol import Backend
from concord.solving.box import Box
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.outer_approximation import Outcome, OuterApproximation
from concord.solving.parts import Part, Parts
from concord.solving.plan_search import COMPLETION_GAP, COMPLETION_WORK, BranchWatch
from concord.solving.progress import Progress, SilentWatch, Watch
from concord.solving.propagation import implied_bounds
from concord.solving.relaxation import Relaxation
from concord.solving.rising import Rising, RisingCeilings
from concord.solving.score import Incumbent, Score
from concord.solving.tangents import COARSE, FINE, Tangents
from concord.solving.task import Aim, Task
from concord.solving.termination import Limit, Reason, Termination

Values = NDArray[np.float64]

ROUNDS = 20
"""Linear programs solved for one part at most."""
SLOW = 0.04
"""Share of the gap by which a linear program must lower the bound for another to be worth while."""
PATIENCE = 2
"""How many linear programs may lower it by less."""
APPROACH = 3
"""Linear programs by which the objective of a local search is laid before whole numbers are sought."""
LOCAL = 0.25
"""Share of the tolerance to which the convex program of the local search is solved."""
LARGE = 10_000
"""Columns from which tangents are only laid where they are needed."""
LEAST_GAP = 1e-9
"""Gap that is sought where none is allowed."""
FIRST_PLAN = 0.01
"""Gap that the first plan is content with: a bound is wanted before a better one."""
WHOLE_ROUNDS = 6
"""Programs with whole numbers solved for one part at most."""
DIVISIBLE = 1e-9
"""Width of a range, and loss by it, below which dividing it is of no use."""


class GlobalSearch:
    """One search on one task. `solve` may be called once."""

    def __init__(
        self,
        task: Task,
        rising: Rising,
        weights: Values,
        options: SolveOptions,
        tolerance: Callable[[float], float],
        watch: Watch | None = None,
        brancher: Backend | None = None,
    ) -> None:
        """`weights` say how much each rising relation counts in the objective of the program.

        Where one counts nothing, being a constraint alone, there is no local search. Where all count, the
        objective is their sum. `tolerance` is how far objective and bound may lie apart at an objective.
        """
        self._task, self._rising, self._weights = task, rising, weights
        self._details = task.split()
        self._matrix = self._details.program
        self._tolerance = tolerance
        self._score = Score(options, tolerance(self._objective(task.repair(task.status_quo))))
        self._gap = max(options.gap, LEAST_GAP)
        self._watch = _Overall(self._score, watch or SilentWatch())
        self._brancher = brancher
        self._tangents = Tangents(task.program)
        """Of the curves alone."""
        self._tangents.first(task.status_quo, COARSE if task.program.width > LARGE else FINE)
        self._parts = Parts()
        self._mixed = False
        """Whether the details have to be decided with everything else."""
        self._polished: Incumbent | None = None
        """The best plan when continuous decisions were last decided anew."""
        self._sought = False
        """Whether plans were sought around the relaxation of the whole."""
        self._whole = math.inf
        """What the relaxation of the whole proves, before it is divided."""

    def solve(self) -> Outcome:
        """Search until the gap is proven, a limit strikes, or the watch asks for an end."""
        self._keep(self._task.repair(self._task.status_quo), None)
        if (self._weights > 0).all():
            self._local(self._task.status_quo, max(self._gap, FIRST_PLAN))
        if self._mixed:
            self._begin_again()
        else:
            self._add_whole()
        while self._parts and not self._finished():
            self._examine(self._parts.best())
            if self._mixed and len(self._details.columns):
                self._begin_again()
        best = self._score.best
        if (self._weights > 0).all() and best is not None and best is not self._polished:
            self._polish(best.values)
        return self._outcome()

    def _begin_again(self) -> None:
        """What was decided without the details does not admit them: none are left out from now on."""
        self._details = self._details.with_none()
        self._task = replace(self._task, details=self._details.columns, preference=self._details.cost)
        self._parts, self._sought = Parts(count=self._parts.count), False
        self._add_whole()

    def _add_whole(self) -> None:
        """The whole as the first part, with what is known of it without solving anything."""
        box = Box(self._matrix.lower, self._matrix.upper)
        ceilings = RisingCeilings(self._task.program, self._rising, Box(*implied_bounds(self._matrix)))
        highest = ceilings.highest(self._task.status_quo)
        bound = float(self._weights @ highest) if (self._weights > 0).all() else math.inf
        self._whole, self._score.proof = math.inf, None
        self._add(bound + self._matrix.offset, box, self._tangents, whole=True)

    # The local search ---------------------------------------------------------------------------------

    def _course(self) -> Course:
        """Tangents of the exponentials as objectives."""
        rising, matrix = self._rising, self._matrix

        def aim_at(point: Values) -> Aim:
            logs = rising.argument.at(point)
            slopes = self._weights * np.exp(logs) / rising.rate
            cost = np.asarray(rising.argument.matrix.T @ slopes)
            worth = self._weights @ np.expm1(logs) / rising.rate
            return Aim(cost, float(worth + slopes @ (rising.argument.constant - logs)) + matrix.offset)

        return Course(aim_at, self._objective, self._task.repair)

    def _local(self, point: Values, gap: float) -> None:
        """A plan by the tangents of the exponentials from a point, to a gap."""
        course, task, tangents = self._course(), self._task, self._tangents
        point = self._climb(Relaxation(self._details.coarse, tangents), task.repair(point))
        best = self._score.best
        start = task.status_quo if best is None else best.values
        outcome = OuterApproximation(
            replace(task, aim=course.aim_at(point), status_quo=start),
            self._options(gap), self._score.tolerance * gap / self._gap, self._watch, self._brancher,
        ).solve(tangents)  # fmt: skip
        self._score.nodes += outcome.nodes
        if outcome.values is not None:
            self._keep(outcome.values, outcome.row_duals)
            if self._score.best is not None and self._score.best.values is outcome.values:
                self._polish(outcome.values)
        self._tangents = outcome.tangents
        self._mixed = not outcome.apart

    def _climb(self, relaxation: Relaxation, start: Values) -> Values:
        precision = self._score.tolerance * LOCAL
        limits = self._score.limits
        point, _ = climb(
            relaxation, self._course(), start, precision,
            lambda: limits(0.0), self._watch, APPROACH,
        )  # fmt: skip
        return point

    def _polish(self, start: Values) -> None:
        """The best continuous decisions for the whole numbers of a point, and what loosening a row is
        worth."""
        relaxation = Relaxation(self._details.coarse, self._tangents.fork())
        whole = self._details.whole
        relaxation.hold(whole, np.round(start[whole]))
        precision, limits = self._score.tolerance * LOCAL / 10, self._score.limits
        point, run = climb(
            relaxation, self._course(), start, precision,
            lambda: limits(0.0), self._watch,
        )  # fmt: skip
        if run is None or run.row_duals is None:
            return
        duals = self._details.for_all_rows(run.row_duals)
        best, point = self._score.best, point.copy()
        point[self._details.columns] = start[self._details.columns]
        if self._objective(point) > self._score.objective and not self._keeps_rows(point):
            completed = self._details.complete(point, self._completion(), self._watch)
            if completed is None:
                self._seek_widely(start)
                return
            point = completed
        if not self._keep(point, duals) and best is not None and best.values is start:
            self._score.best = replace(best, row_duals=duals)
        self._polished = self._score.best

    def _completion(self) -> RunLimits:
        """How long whoever stands where is sought, and how near to the best."""
        score = self._score
        return RunLimits(
            relative_gap=COMPLETION_GAP, time_limit=score.time_left(), seed=score.options.seed,
            work_limit=COMPLETION_WORK,
        )  # fmt: skip

    # The proof ----------------------------------------------------------------------------------------

    def _examine(self, part: Part) -> None:
        """Bound a part, seek plans in it, and divide it where the two do not meet."""
        known = Box(*implied_bounds(part.box.around(self._matrix)))
        if (known.lower > known.upper).any():
            return
        ceilings = RisingCeilings(self._task.program, self._rising, known)
        best = self._score.best
        tangents = part.tangents.under(ceilings, self._task.status_quo if best is None else best.values)
        relaxation = Relaxation(part.box.around(self._details.coarse), tangents)
        point, bound = self._bound(relaxation, part)
        if self._hopeless(bound) or point is None:
            self._close(bound)
            return
        relaxation.thin_out(point)
        if not part.number and self._gap < FIRST_PLAN and self._score.best is not None:
            self._seek_widely(self._score.best.values)
        self._seek(ceilings.raised(point))
        column = self._widest(ceilings, point)
        idle = part.bound - bound < SLOW * (part.bound - self._score.objective)
        if (
            len(relaxation.integers)
            and not self._hopeless(bound)
            and (column is None or idle or not part.number)
        ):
            point, bound = self._branch(relaxation, point, bound, part)
            self._seek(ceilings.raised(point))
            column = self._widest(ceilings, point)
        if self._limit() is not None:
            self._add(bound, part.box, tangents, whole=part.whole)
        elif self._hopeless(bound) or column is None:
            self._close(bound)
        else:
            for box in part.box.halves(known, column, point[column], self._matrix.integer[column]):
                self._add(bound, box, tangents, whole=False)

    def _bound(self, relaxation: Relaxation, part: Part) -> tuple[Values | None, float]:
        """The last continuous solution of a part, None where it has no point, and the bound of the part."""
        bound, point, patience = part.bound, None, PATIENCE
        for _ in range(ROUNDS):
            run = relaxation.run(self._score.limits(self._score.tolerance), self._watch, "ceilings")
            if run.termination.reason in {Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED}:
                return None, -math.inf
            if run.termination.reason is not Reason.OPTIMAL:
                break
            fall = bound - run.bound
            self._take_down(relaxation, part, run.bound)
            bound, point = min(bound, run.bound), run.values
            patience -= fall < SLOW * (bound - self._score.objective)
            if self._hopeless(bound) or not relaxation.touch(point) or not patience:
                break
            relaxation.thin_out(point, 0.02)
            relaxation.start_afresh()  # ceilings move far at once
        return point, bound

    def _branch(
        self, relaxation: Relaxation, point: Values, bound: float, part: Part
    ) -> tuple[Values, float]:
        """A solution of a part with whole numbers, or `point`, and the bound of the part."""
        score, watch = self._score, BranchWatch(self._score, self._watch, "branch and bound in parts")
        for _ in range(WHOLE_ROUNDS):
            limits = replace(score.limits(score.tolerance / 4), bound_limit=score.objective + score.tolerance)
            run = relaxation.run_whole(limits, watch, "branch and bound in parts")
            score.nodes += run.nodes
            if run.termination.reason is Reason.INFEASIBLE:
                return point, -math.inf
            self._take_down(relaxation, part, run.bound)
            bound = min(bound, run.bound)
            if not run.has_solution:
                break
            point = run.values
            if self._hopeless(bound) or not relaxation.touch(point) or self._limit() is not None:
                break
        return point, bound

    def _take_down(self, relaxation: Relaxation, part: Part, bound: float) -> None:
        """Keep the program that proves most of the whole."""
        if part.whole and bound < self._whole:
            self._whole, self._score.proof = bound, relaxation.as_it_stands()

    def _seek(self, point: Values, *, widely: bool = False) -> None:
        """A plan near a point of a relaxation, where that point is worth more than the best plan."""
        if not (self._weights > 0).all():
            self._keep(self._task.repair(point), None)
            return
        start = self._task.repair(point)
        if widely:
            self._seek_widely(start)
            return
        if self._objective(start) <= self._score.objective + self._score.tolerance * LOCAL:
            return
        if violation(self._details.coarse, point) <= FEASIBILITY:
            self._polish(start)
        else:
            self._seek_widely(start)

    def _seek_widely(self, start: Values) -> None:
        """Once for each relaxation: a plan whose whole numbers are sought around a point."""
        if not self._sought and self._limit() is None:
            self._sought = True
            self._local(start, self._gap)

    def _widest(self, ceilings: RisingCeilings, point: Values) -> int | None:
        """The column whose place in its range costs the bound most; None where dividing is of no use."""
        loss = ceilings.strain(point, np.where(self._weights > 0, self._weights, 1.0))
        width = ceilings.box.upper - ceilings.box.lower
        loss = np.where(width > DIVISIBLE, loss, 0.0)
        column = int(np.argmax(loss))
        return column if loss[column] > DIVISIBLE else None

    # Keeping count ------------------------------------------------------------------------------------

    def _add(self, bound: float, box: Box, tangents: Tangents, *, whole: bool) -> None:
        self._parts.add(bound, box, tangents, whole=whole)
        self._score.bound = self._parts.bound

    def _close(self, bound: float) -> None:
        self._parts.close(bound)
        self._score.bound = self._parts.bound

    def _hopeless(self, bound: float) -> bool:
        return bound <= self._score.objective + self._score.tolerance

    def _objective(self, point: Values) -> float:
        return self._matrix.value(point)

    def _keep(self, point: Values, duals: Values | None) -> bool:
        """Keep a point if it is a plan, and better than the best."""
        objective = self._objective(point)
        if objective <= self._score.objective or not self._keeps_rows(point):
            return False
        self._score.best = Incumbent(point, objective, duals)
        self._score.tolerance = self._tolerance(objective)
        return True

    def _keeps_rows(self, point: Values) -> bool:
        return violation(self._matrix, point, promises=self._task.guarded) <= FEASIBILITY

    def _options(self, gap: float) -> SolveOptions:
        """What is left of the limits, to a gap."""
        options, score = self._score.options, self._score
        nodes = None if options.node_limit is None else max(0, options.node_limit - score.nodes)
        return replace(options, time_limit=score.time_left(), node_limit=nodes, gap=gap)

    def _limit(self) -> Limit | None:
        if self._watch.stop_requested():
            return Limit.INTERRUPTED
        options = self._score.options
        if options.node_limit is not None and self._score.nodes >= options.node_limit:
            return Limit.NODE
        return Limit.TIME if self._score.time_left() == 0.0 else None

    def _finished(self) -> bool:
        return self._score.closed or self._limit() is not None

    def _outcome(self) -> Outcome:
        score, limit = self._score, self._limit()
        if score.best is None and not self._parts and limit is None:
            end = Termination.infeasible("max", "no part of the program has a point")
        elif score.closed:
            end = Termination(Reason.OPTIMAL, None, "the gap asked for is proven", score.bounds)
        elif limit is not None:
            end = Termination.stopped(limit, f"stopped: {limit.value}", score.bounds)
        else:
            end = Termination.stopped(Limit.ITERATION, "no range is left to divide", score.bounds)
        best, alone = score.best, score.proof is not None and self._whole <= score.bound
        return Outcome(
            end,
            None if best is None else best.values,
            self._matrix if score.proof is None else score.proof(),
            None if best is None else best.row_duals,
            score.nodes,
            score.seconds,
            self._tangents,
            len(self._details.columns) == len(self._task.details),
            alone=alone,
        )


@dataclass
class _Overall:
    """Passes reports of a search within the search on with the value and the bound of the whole."""

    score: Score
    inner: Watch

    def report(self, progress: Progress) -> None:
        """What the inner search found is no value or bound of the whole yet."""
        self.score.report(self.inner, progress.phase, nodes=progress.nodes)

    def stop_requested(self) -> bool:
        """Whatever the user's watch says."""
        return self.inner.stop_requested()
