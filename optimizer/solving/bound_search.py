"""Bound search: the continuous program solved, tightened, settled by cases, and branched on."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from concord.solving.backends.protocol import Backend
from concord.solving.cases import Cases
from concord.solving.plan_search import BranchWatch
from concord.solving.progress import Watch
from concord.solving.propagation import implied_bounds
from concord.solving.relaxation import Relaxation
from concord.solving.result import RunResult
from concord.solving.score import Score
from concord.solving.side_by_side import Shared
from concord.solving.task import Task
from concord.solving.termination import Reason

Values = NDArray[np.float64]

CONTINUOUS_ROUNDS = 25
TOUCHING = 1e-4
"""Slack of a tangent that counts as none when switches are settled or branch and bound begins."""
ROOT = 0.3
"""Share of the tolerance by which settled switches or the first cuts are to improve the bound."""
CONTINUOUS, CASES, BRANCHING = "continuous relaxation", "cases", "branch and bound"


class BoundSearch:
    """Brings the bound down on a relaxation of its own, and tells it to the score."""

    def __init__(self, task: Task, relaxation: Relaxation, score: Score) -> None:
        self.relaxation = relaxation
        self.continuous: Values | None = None
        """The last solution without regard to whole numbers."""
        self.duals: Values | None = None
        """Its duals: of the relaxation's rows, then of the tangents that there were."""
        self.proven = math.inf
        """The bound that they prove."""
        self._task, self._score = task, score
        self._matrix = task.matrix()
        self._cases = Cases(relaxation, task.switches)

    @property
    def whole(self) -> bool:
        """Whether there are whole numbers, which the continuous program has no regard to."""
        return bool(len(self.relaxation.integers))

    def solve(self, watch: Watch) -> RunResult:
        """The continuous program as it stands; its bound holds."""
        run = self._run(CONTINUOUS, watch)
        if run.termination.reason is Reason.OPTIMAL:
            self.continuous, self.duals, self.proven = run.values, run.row_duals, run.bound
            self._score.prove(run.bound, self.relaxation.as_it_stands())
            self._score.report(watch, CONTINUOUS)
        return run

    def bound_by_columns(self) -> None:
        """Where no time is left to prove more: the objective within the bounds that rows imply."""
        form = self.relaxation.with_tangents()
        lower, upper = implied_bounds(form)
        ends = np.where(form.cost > 0, upper, lower)[form.cost != 0.0]
        ceiling = float(form.cost[form.cost != 0.0] @ ends) + form.offset
        self._score.prove(ceiling, self.relaxation.as_it_stands())

    def solve_and_tighten(self, near: float, watch: Shared) -> RunResult:
        """The continuous program, as `near` to its true value as the rest of the search will want it."""
        run = self.solve(watch)
        if run.termination.reason is Reason.OPTIMAL:
            return self.tighten(run, near, watch)
        watch.stop()
        return run

    def tighten(self, run: RunResult, near: float, watch: Watch) -> RunResult:
        """Add tangents to the continuous program until its true value is `near` its bound."""
        for _ in range(CONTINUOUS_ROUNDS):
            point = self._task.repair(run.values)
            distance = run.objective - self._matrix.value(point)
            if distance <= near or not self.relaxation.touch(run.values):
                break
            latest = self.solve(watch)
            if latest.termination.reason is not Reason.OPTIMAL:
                break
            run = latest
        return run

    def tighten_and_settle(
        self, run: RunResult, near: float, *, fine: bool, watch: Watch
    ) -> tuple[RunResult, RunResult | None]:
        """The tightened continuous program; for a `fine` gap with its switches settled, or with the root of
        its branch and bound where that changes little.

        The first cuts of the root bring the bound nearer; those after them take long and bring little.
        """
        run, score = self.tighten(run, near, watch), self._score
        if not fine or run.termination.reason is not Reason.OPTIMAL or watch.stop_requested():
            return run, None
        self.relaxation.thin_out(run.values, TOUCHING)
        enough = run.bound - score.tolerance * ROOT
        settled = self.settle(run, watch)
        if score.bound <= enough or watch.stop_requested():
            return settled, None
        limits = replace(score.limits(score.tolerance / 2, most_nodes=1), bound_limit=enough)
        root = self.relaxation.run_whole(limits, BranchWatch(score, watch, BRANCHING), BRANCHING)
        self._prove(root)
        return settled, root

    def settle(self, run: RunResult, watch: Watch) -> RunResult:
        """The continuous program with those switches settled that it turns on by halves."""
        settled = self._cases.settle(run, lambda: self._run(CASES, watch), self._score.tolerance * ROOT)
        self._prove(settled)
        self._score.report(watch, CASES)
        return settled

    def begin_branching(self, run: RunResult, watch: Watch) -> None:
        """Go on with the tangents that matter, and in the better cases where no plan of the others counts."""
        if not self._cases.tried and not self._task.guides:
            run = self.settle(run, watch)
        if self._cases.aside > self._score.objective + self._score.tolerance / 2:
            self._cases.forget()
        self.relaxation.thin_out(run.values, TOUCHING)

    def branch(
        self,
        absolute_gap: float,
        reserve: float,
        start: Values | None,
        brancher: Backend | None,
        watch: Watch,
    ) -> RunResult:
        """Solve the relaxation with whole numbers, by HiGHS or by `brancher`; its bound holds for the true
        program. `reserve` seconds are left of the time limit.
        """
        score, told = self._score, BranchWatch(self._score, watch, BRANCHING)
        limits = score.limits(absolute_gap, reserve)
        if brancher is not None:
            run = brancher.solve(self.relaxation.with_tangents(), limits, start, told)
        else:
            run = self.relaxation.run_whole(limits, told, BRANCHING, start)
        score.nodes += run.nodes
        score.interrupted = score.interrupted or run.interrupted
        self._prove(run)
        return run

    def leave(self) -> None:
        """Leave the relaxation as a search on a similar program will want it."""
        self._cases.forget()
        if self.continuous is not None:
            self.relaxation.thin_out(self.continuous)

    def _run(self, phase: str, watch: Watch) -> RunResult:
        run = self.relaxation.run(self._score.limits(self._score.tolerance), watch, phase)
        if run.interrupted:
            self._score.interrupted = True
            if isinstance(watch, Shared):
                watch.stop()
        return run

    def _prove(self, run: RunResult) -> None:
        """What a run in the better cases proves of all plans; one without a solution leaves the others."""
        infeasible = run.termination.reason is Reason.INFEASIBLE
        bound = self._cases.bound(-math.inf if infeasible else run.bound)
        if math.isfinite(bound):
            self._score.prove(bound, self.relaxation.as_it_stands())
