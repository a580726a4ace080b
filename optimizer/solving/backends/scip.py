"""SCIP through OR-Tools MathOpt, whose solver interrupter, gap parameters and bounds it shares.

SCIP in OR-Tools runs on one thread and tells neither duals nor progress.
"""

from __future__ import annotations

import time
from datetime import timedelta
from importlib import metadata

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.solving.backends.attend import Attended, Heartbeat
from concord.solving.backends.c_output import discarded
from concord.solving.backends.trivial import answer_at_sight
from concord.solving.backends.verdicts import weighed
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch, Watch
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Sense, Termination

_REASONS = mathopt.TerminationReason
_LIMITS = {
    mathopt.Limit.TIME: Limit.TIME,
    mathopt.Limit.NODE: Limit.NODE,
    mathopt.Limit.ITERATION: Limit.ITERATION,
    mathopt.Limit.MEMORY: Limit.MEMORY,
    mathopt.Limit.INTERRUPTED: Limit.INTERRUPTED,
}


class ScipBackend:
    """SCIP, bundled with OR-Tools."""

    name = "scip"

    def version(self) -> str:
        """The solver and its version; OR-Tools does not tell SCIP's own."""
        return f"SCIP of OR-Tools {metadata.version('ortools')}"

    def refuses(self, program: MatrixForm) -> str | None:  # noqa: ARG002
        """Nothing: SCIP takes any mixed-integer linear program."""
        return None

    def solve(
        self,
        program: MatrixForm,
        limits: RunLimits,
        start: NDArray[np.float64] | None = None,
        watch: Watch | None = None,
    ) -> RunResult:
        """Solve the program once."""
        if (answer := answer_at_sight(program)) is not None:
            return answer
        watch = watch or SilentWatch()
        model = mathopt.Model.from_model_proto(_proto(program))
        interrupter = SolveInterrupter()
        attended = Attended(
            lambda: mathopt.solve(
                model,
                mathopt.SolverType.GSCIP,
                params=_parameters(limits),
                model_params=_hints(model, start),
                interrupter=interrupter,
            ),
            watch,
            interrupter.interrupt,
        )
        begin = time.perf_counter()
        try:
            # OR-Tools 9.15 registers its interrupter for events that SCIP complains about on standard error,
            # and honours all the same.
            with discarded("stderr"):
                attended.run(Heartbeat(watch, self.name).beat)
        except (RuntimeError, ValueError) as error:
            raise SolverFailure(f"SCIP broke down: {error}") from error
        seconds = time.perf_counter() - begin
        return _result(attended.answer, model, program.sense, limits, seconds, attended.interrupted)


def _proto(program: MatrixForm) -> model_pb2.ModelProto:
    rows, columns = program.matrix.shape
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(program.lower)
    proto.variables.upper_bounds.extend(program.upper)
    proto.variables.integers.extend(program.integer.tolist())
    used = np.flatnonzero(program.cost)
    proto.objective.maximize = program.sense == "max"
    proto.objective.offset = program.offset
    proto.objective.linear_coefficients.ids.extend(used)
    proto.objective.linear_coefficients.values.extend(program.cost[used])
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(program.row_lower)
    proto.linear_constraints.upper_bounds.extend(program.row_upper)
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(np.repeat(np.arange(rows), np.diff(program.matrix.indptr)))
    matrix.column_ids.extend(program.matrix.indices)
    matrix.coefficients.extend(program.matrix.data)
    return proto


def _parameters(limits: RunLimits) -> mathopt.SolveParameters:
    return mathopt.SolveParameters(
        time_limit=None if limits.time_limit is None else timedelta(seconds=limits.time_limit),
        node_limit=limits.node_limit,
        absolute_gap_tolerance=limits.absolute_gap,
        relative_gap_tolerance=limits.relative_gap,
        random_seed=limits.seed,
    )


def _hints(model: mathopt.Model, start: NDArray[np.float64] | None) -> mathopt.ModelSolveParameters:
    if start is None:
        return mathopt.ModelSolveParameters()
    values = dict(zip(model.variables(), start.tolist(), strict=True))
    return mathopt.ModelSolveParameters(solution_hints=[mathopt.SolutionHint(variable_values=values)])


def _result(
    answer: mathopt.SolveResult,
    model: mathopt.Model,
    sense: Sense,
    limits: RunLimits,
    seconds: float,
    interrupted: bool,
) -> RunResult:
    nodes = answer.solve_stats.node_count
    end = weighed(_termination(answer.termination, sense), sense, limits, seconds, nodes, interrupted)
    values = None
    # Of an unbounded program SCIP shows a point far out, which is no solution.
    if end.reason in {Reason.OPTIMAL, Reason.FEASIBLE}:
        values = np.array(answer.variable_values(list(model.variables())), dtype=np.float64)
    return RunResult(
        end,
        values,
        nodes=nodes,
        iterations=answer.solve_stats.simplex_iterations,
        seconds=seconds,
        interrupted=interrupted,
    )


def _termination(told: mathopt.Termination, sense: Sense) -> Termination:
    detail = f"SCIP: {told.detail.removeprefix('underlying gSCIP status: ') or told.reason.name}"
    bounds = ObjectiveBounds(told.objective_bounds.primal_bound, told.objective_bounds.dual_bound)
    if told.reason == _REASONS.OPTIMAL:
        return Termination(Reason.OPTIMAL, None, detail, bounds)
    if told.reason == _REASONS.INFEASIBLE:
        return Termination.infeasible(sense, detail)
    if told.reason == _REASONS.UNBOUNDED:
        return Termination.unbounded(sense, detail)
    if told.reason == _REASONS.INFEASIBLE_OR_UNBOUNDED:
        return Termination.infeasible_or_unbounded(sense, detail)
    if told.reason in {_REASONS.FEASIBLE, _REASONS.NO_SOLUTION_FOUND} and told.limit is not None:
        return Termination.stopped(_LIMITS.get(told.limit, Limit.UNDETERMINED), detail, bounds)
    return Termination.error(sense, detail)
