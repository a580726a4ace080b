"""Outer approximation: a convex program with integers, solved to a proven gap by linear programs.

Every curve is relaxed by tangents. A solution of the relaxation gives a bound that is valid for the true
program; the point it stands for under the true functions gives a plan and its true value; tangents at the
solution close the distance. Continuous first, until the tangents are good; then with integers; then with
the integers held, so that the plan is as good as those integers allow (Duran and Grossmann 1986). Every
relation is kept to one variable, so that the tangents of a sum are as tight as those of its parts. Details
that do not bear on the value are left out until the rest is decided.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.algebra import MatrixForm, Program
from optimizer.solving.backends.highs import HighsSession
from optimizer.solving.backends.protocol import Backend
from optimizer.solving.details import Details
from optimizer.solving.feasibility import FEASIBILITY, violation
from optimizer.solving.options import RunLimits, SolveOptions
from optimizer.solving.progress import Progress, SilentWatch, Watch
from optimizer.solving.result import RunResult
from optimizer.solving.tangents import Tangents
from optimizer.solving.termination import Limit, ObjectiveBounds, Reason, Termination

Values = NDArray[np.float64]

CONTINUOUS_ROUNDS, POLISHING_ROUNDS, INTEGER_ROUNDS = 25, 25, 12
OPTIMALITY = 1e-9
"""Objective distance that counts as none, whatever the gap asked for."""
LENIENCE = 0.65
"""A switch is rounded up from one minus this."""
ROUNDING_GAP = 0.8
"""Share of the tolerance to which the first rounding is solved."""
MARGIN = 1e-4
"""Most that a plan is asked to exceed guarded rows by, so that its true values satisfy them."""
COMPLETION_GAP = 0.1
"""How near to the best completion of the details, which is only a matter of preference, is good enough."""


@dataclass(frozen=True, eq=False)
class Task:
    """A program to maximise, and what the search must know of it."""

    program: Program
    repair: Callable[[Values], Values]
    """From a point of the relaxation to the point of the true program that has the same costly decisions."""
    status_quo: Values
    """A point around which the first tangents are laid."""
    details: NDArray[np.int64]
    """Columns that neither the objective nor a curve knows."""
    totals: NDArray[np.int64]
    """Whole columns that sums of details make up; they give way where the details cannot."""
    switches: NDArray[np.int64]
    """Columns of 0 or 1 that permit much and cost little: a first plan rounds them before all others."""
    economy: NDArray[np.int64]
    """Continuous columns at which a first plan may be held while whole numbers are sought around them."""
    guarded: NDArray[np.int64]
    """Rows with a lower bound on what curves relax, none of them with a detail."""
    preference: Values
    """What completing the details prefers: one coefficient for each, minimised."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the search found: the end of it, the best point, and the last relaxation."""

    termination: Termination
    values: Values | None
    relaxation: MatrixForm
    """The program whose bound is reported, with every tangent found."""
    row_duals: Values | None
    """Duals of the program's own rows with the integers of the best point held; None without a best point."""
    nodes: int
    seconds: float


@dataclass
class _Best:
    """The best plan so far and the best bound so far."""

    values: Values | None = None
    objective: float = -math.inf
    bound: float = math.inf
    row_duals: Values | None = None


class OuterApproximation:
    """One search on one task. `solve` may be called once."""

    def __init__(
        self,
        task: Task,
        options: SolveOptions,
        tolerance: float,
        watch: Watch | None = None,
        brancher: Backend | None = None,
    ) -> None:
        """`tolerance` is the distance of objective and bound at which the search may stop.

        `brancher` does the branch and bound instead of HiGHS; the continuous phases are always HiGHS's.
        """
        self._task = task
        self._matrix = task.program.matrix()
        self._options = options
        self._tolerance = max(tolerance, OPTIMALITY)
        self._watch = watch or SilentWatch()
        self._brancher = brancher
        self._best = _Best()
        self._begin = time.perf_counter()
        self._nodes = 0
        self._tangents = Tangents(task.program)
        self._tangents.first(task.status_quo)
        self._begin_with(Details(self._matrix, task.details, task.preference))

    def solve(self) -> Outcome:
        """Search until the gap is proven, a limit strikes, or the watch asks for an end."""
        run = self._approximate("continuous relaxation", CONTINUOUS_ROUNDS, self._tolerance / 2)
        if not run.has_solution or run.termination.reason is not Reason.OPTIMAL:
            return self._outcome(run.termination)
        self._best.bound = min(self._best.bound, run.bound)
        if len(self._integers):
            self._thin_out(run.values)
            self._round(run.values)
        elif not self._keep(run):
            self._decide_together()
        if self._closed():
            return self._outcome(self._verdict(run))
        for round_number in range(INTEGER_ROUNDS if len(self._integers) else 0):
            run = self._branch(self._tolerance * 0.9 / 2**round_number)
            if not run.has_solution:
                break
            if not self._closed():
                self._polish(run.values)
            if self._closed() or run.termination.reason is not Reason.OPTIMAL:
                break
            if self._watch.stop_requested():
                return self._outcome(self._stopped())
        return self._outcome(self._verdict(run))

    def _begin_with(self, details: Details) -> None:
        """Pass the program without `details`, and every tangent, to a new session."""
        self._details = details
        self._coarse = details.coarse
        self._integers = np.flatnonzero(self._coarse.integer)
        self._session = HighsSession(self._coarse)
        self._session.add_rows(*self._tangents.rows)
        self._session.set_integrality(self._integers, False)

    def _decide_together(self) -> None:
        """Leave no details to be completed: what was decided without them does not admit them."""
        self._begin_with(Details(self._matrix, self._details.columns[:0], self._details.cost[:0]))

    def _thin_out(self, values: Values) -> None:
        """Go on with the tangents that matter near `values`."""
        dropped = self._tangents.drop_slack(values)
        self._session.delete_rows(len(self._coarse.row_lower) + dropped)

    # Phases -------------------------------------------------------------------------------------------

    def _approximate(self, phase: str, rounds: int, tolerance: float) -> RunResult:
        """Solve the continuous program, adding tangents until the true value is near the bound."""
        for _ in range(rounds):
            run = self._session.run(self._limits(self._tolerance), self._watch, phase=phase)
            if run.termination.reason is not Reason.OPTIMAL:
                break
            point = self._task.repair(run.values)
            close = run.objective - self._objective(point) <= tolerance
            self._report(phase, run.bound if phase.startswith("continuous") else math.inf)
            added = self._add_tangents(run.values)
            polished = phase != "polishing" or violation(self._coarse, point, integral=False) <= FEASIBILITY
            if not added or (close and polished):
                break
        return run

    def _round(self, relaxed: Values) -> None:
        """A first plan near the continuous solution: switches first, then the rest within its economy."""
        switches, economy = self._task.switches, self._task.economy
        self._session.fix(switches, np.floor(relaxed[switches] + LENIENCE))
        run = self._session.run(self._limits(self._tolerance), self._watch, phase="rounding")
        if run.has_solution:
            self._session.fix(economy, run.values[economy])
            run = self._run_whole(self._tolerance * ROUNDING_GAP, "rounding")
            self._session.restore_bounds(economy)
        self._session.restore_bounds(switches)
        if run.has_solution:
            self._polish(run.values)

    def _run_whole(self, absolute_gap: float, phase: str) -> RunResult:
        """Branch and bound on the session as it stands."""
        self._session.set_integrality(self._integers, True)
        run = self._session.run(self._limits(absolute_gap), _BranchWatch(self, phase), phase=phase)
        self._session.set_integrality(self._integers, False)
        self._nodes += run.nodes
        return run

    def _branch(self, absolute_gap: float) -> RunResult:
        """Solve the relaxation with integers; its bound holds for the true program."""
        if self._brancher is not None:
            relaxation, watch = self._tangents.added_to(self._coarse), _BranchWatch(self)
            run = self._brancher.solve(relaxation, self._limits(absolute_gap), self._coarse_best(), watch)
            self._nodes += run.nodes
        else:
            if (start := self._coarse_best()) is not None:
                self._session.set_start(start)
            run = self._run_whole(absolute_gap, "branch and bound")
        if math.isfinite(run.bound):
            self._best.bound = min(self._best.bound, run.bound)
        if run.has_solution:
            self._add_tangents(run.values)
        return run

    def _polish(self, values: Values) -> None:
        """The best plan with the integers of `values`, its details completed."""
        self._session.fix(self._integers, np.round(values[self._integers]))
        run = self._approximate_guarded()
        completed = not run.has_solution or self._keep(run) or self._move_totals(run)
        if not completed and len(self._details.columns):
            self._decide_together()
        else:
            self._session.restore_bounds(self._integers)

    def _move_totals(self, run: RunResult) -> bool:
        """Polish again with totals that the details can make up; False if that gives no plan either."""
        point = self._details.nearest(run.values, self._task.totals, self._completion_limits(), self._watch)
        if point is None:
            return False
        self._session.fix(self._integers, np.round(point[self._integers]))
        moved = self._approximate_guarded()
        return moved.has_solution and self._keep(moved)

    def _approximate_guarded(self) -> RunResult:
        """The continuous program polished, its promises kept with a little to spare."""
        self._guard(min(MARGIN, self._tolerance / 1000))
        run = self._approximate("polishing", POLISHING_ROUNDS, self._tolerance / 20)
        self._guard(0.0)
        return run

    def _guard(self, margin: float) -> None:
        """Demand a little more of the rows that tangents let pass too easily."""
        rows = np.searchsorted(self._details.coarse_rows, self._task.guarded)
        lower, upper = self._matrix.row_lower, self._matrix.row_upper
        self._session.change_row_bounds(rows, lower[self._task.guarded] + margin, upper[self._task.guarded])

    def _add_tangents(self, values: Values) -> int:
        rows = self._tangents.violated(values)
        if rows[0].shape[0]:
            self._session.add_rows(*rows)
        return rows[0].shape[0]

    def _keep(self, run: RunResult) -> bool:
        """Keep the plan of a continuous run if it is the best; False if its details cannot be completed."""
        point = self._task.repair(run.values)
        if self._objective(point) <= self._best.objective or violation(self._coarse, point) > FEASIBILITY:
            return True
        plan = self._details.complete(point, self._completion_limits(), self._watch)
        if plan is None or violation(self._matrix, plan) > FEASIBILITY:
            return False
        self._best.values, self._best.objective = plan, self._objective(plan)
        self._best.row_duals = np.zeros(len(self._matrix.row_lower))
        if run.row_duals is not None:
            rows = self._details.coarse_rows
            self._best.row_duals[rows] = run.row_duals[: len(rows)]
        return True

    # Keeping score ------------------------------------------------------------------------------------

    def _objective(self, point: Values) -> float:
        return float(self._matrix.cost @ point + self._matrix.offset)

    def _coarse_best(self) -> Values | None:
        """The best plan without its details, as a starting point."""
        if self._best.values is None:
            return None
        start = self._best.values.copy()
        start[self._details.columns] = 0.0
        return start

    def _closed(self) -> bool:
        return self._best.bound - self._best.objective <= self._tolerance

    def _time_left(self) -> float | None:
        limit = self._options.time_limit
        return None if limit is None else max(0.0, limit - self._seconds())

    def _limits(self, absolute_gap: float) -> RunLimits:
        options = self._options
        nodes = None if options.node_limit is None else max(0, options.node_limit - self._nodes)
        return RunLimits(absolute_gap, 0.0, self._time_left(), nodes, options.seed, options.threads)

    def _completion_limits(self) -> RunLimits:
        return RunLimits(relative_gap=COMPLETION_GAP, time_limit=self._time_left(), seed=self._options.seed)

    def _seconds(self) -> float:
        return time.perf_counter() - self._begin

    def _report(self, phase: str, bound: float = math.inf, nodes: int = 0) -> None:
        best, bound = self._best, min(self._best.bound, bound)
        incumbent = best.objective if best.values is not None else None
        known = bound if math.isfinite(bound) else None
        gap = None if incumbent is None or known is None else known - incumbent
        self._watch.report(Progress(phase, incumbent, known, gap, self._seconds(), self._nodes + nodes))

    def _verdict(self, run: RunResult) -> Termination:
        """What a run that ended for its own reasons means for the whole search."""
        bounds = ObjectiveBounds(self._best.objective, self._best.bound)
        if self._best.values is not None and self._closed():
            return Termination(Reason.OPTIMAL, None, "the gap asked for is proven", bounds)
        if run.termination.limit is None and run.termination.reason is Reason.OPTIMAL:
            return Termination.stopped(Limit.ITERATION, "tangents no longer close the gap", bounds)
        return run.termination

    def _stopped(self) -> Termination:
        """The user asked for an end between two runs."""
        bounds = ObjectiveBounds(self._best.objective, self._best.bound)
        return Termination.stopped(Limit.INTERRUPTED, "stopped between two runs", bounds)

    def _outcome(self, termination: Termination) -> Outcome:
        if termination.limit is not None:
            bounds = ObjectiveBounds(self._best.objective, self._best.bound)
            termination = Termination.stopped(termination.limit, termination.detail, bounds)
        best, relaxation = self._best, self._tangents.added_to(self._coarse)
        return Outcome(termination, best.values, relaxation, best.row_duals, self._nodes, self._seconds())


class _BranchWatch:
    """Reports of branch and bound in terms of the search: the true incumbent, the best bound."""

    def __init__(self, search: OuterApproximation, phase: str = "branch and bound") -> None:
        self._search = search
        self._phase = phase

    def report(self, progress: Progress) -> None:
        """Pass on the bound; the relaxation's own incumbent is no plan yet."""
        proves = self._phase == "branch and bound" and progress.bound is not None
        bound = progress.bound if proves and progress.bound is not None else math.inf
        self._search._report(self._phase, bound, progress.nodes)

    def stop_requested(self) -> bool:
        """Whatever the user's watch says."""
        return self._search._watch.stop_requested()
