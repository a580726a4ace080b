"""HiGHS's interior point method alone: a solution in the middle of the best ones, without a vertex.

Its duals are shared among all that holds the objective down, where those of a vertex name some of it. HiGHS
calls no such solution optimal; the bound is therefore the one that the duals prove here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.solving.backends.c_output import discarded
from concord.solving.backends.duals import dual_bound
from concord.solving.backends.highs import HighsSession
from concord.solving.backends.highs_run import WatchedRun
from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Termination

Values = NDArray[np.float64]

FEASIBILITY, OPTIMALITY = 1e-6, 1e-6
"""What a solution may miss rows by, and the reduced cost of a column without a bound that counts as none."""


def interior_solution(
    program: MatrixForm, box: tuple[Values, Values], limits: RunLimits, watch: Watch, phase: str
) -> RunResult:
    """Maximise a continuous program; `box` has bounds of its columns that the rows imply, for the proof.

    The result is undetermined where the method does not end near enough, which it mostly does where there is
    no solution.
    """
    session = _Interior(program)
    run = session.run(limits, watch, phase=phase)
    if run.termination.limit is not Limit.UNDETERMINED or run.interrupted:
        return run
    solution, row_duals = session.solution()
    if solution is None or row_duals is None:
        return run
    # Without a vertex HiGHS 1.12 leaves duals in the sign of the minimisation that it makes of a program.
    row_duals = np.where(_has_bound(-row_duals, program.row_lower, program.row_upper), -row_duals, 0.0)
    reduced = program.cost - program.matrix.T @ row_duals
    proving = np.where(_has_bound(reduced, *box) | (np.abs(reduced) > OPTIMALITY), reduced, 0.0)
    bound = dual_bound(replace(program, lower=box[0], upper=box[1]), row_duals, proving)
    bounds = ObjectiveBounds(float(program.cost @ solution) + program.offset, bound)
    end = Termination(Reason.OPTIMAL, None, "HiGHS: interior point", bounds)
    return replace(run, termination=end, solution=solution, row_duals=row_duals, reduced_costs=reduced)


def _has_bound(duals: Values, lower: Values, upper: Values) -> NDArray[np.bool_]:
    """Where what a dual of a maximisation leans on is there."""
    return np.isfinite(np.where(duals > 0, upper, lower))


class _Interior(HighsSession):
    """A program that is solved once, from nothing."""

    def _attempt(
        self, run: WatchedRun, limits: RunLimits, start: Values | None, mixed: bool, presolve: str = "choose"
    ) -> None:
        if mixed or start is not None:
            raise AssertionError("the interior point method takes continuous programs alone")
        self._set(limits, mixed)
        for option, value in (("solver", "ipm"), ("run_crossover", "off"), ("presolve", presolve)):
            self._highs.setOptionValue(option, value)
        with discarded("stdout"):
            run.execute()

    def solution(self) -> tuple[Values | None, Values | None]:
        """Values of the columns and duals of the rows; None where the method did not end with them."""
        solution, miss = self._highs.getSolution(), self._highs.getInfo().max_primal_infeasibility
        if not solution.value_valid or not solution.dual_valid or miss > FEASIBILITY:
            return None, None
        return np.array(solution.col_value), np.array(solution.row_dual)
