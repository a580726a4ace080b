"""CP-SAT of OR-Tools, for programs whose columns are all integer and bounded."""

from __future__ import annotations

import time
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.solving.backends.attend import Attended, Heartbeat
from concord.solving.backends.exact_integers import DECIMALS, row_scales
from concord.solving.backends.trivial import answer_at_sight
from concord.solving.backends.verdicts import weighed
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch, Watch
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Sense, Termination

if TYPE_CHECKING:
    from ortools.sat.python.cp_model_helper import CpModelProto

_LARGEST_COLUMN = 2.0**31
_LARGEST_SUM = 2.0**53
"""Beyond this the sums would not be exact in the floating-point numbers of the program itself."""
_ROUNDING = 1e-9


class CpSatBackend:
    """CP-SAT, bundled with OR-Tools. It runs on one thread, so that the same seed gives the same answer.

    It counts no nodes: a node limit is a limit on its conflicts.
    """

    name = "cp-sat"

    def version(self) -> str:
        """The solver and its version."""
        return f"CP-SAT of OR-Tools {metadata.version('ortools')}"

    def refuses(self, program: MatrixForm) -> str | None:
        """Why CP-SAT cannot take the program exactly: continuous or unbounded columns, odd coefficients."""
        if not program.integer.all():
            return f"CP-SAT takes integer columns only, and {int((~program.integer).sum())} are continuous"
        extent = np.maximum(np.abs(program.lower), np.abs(program.upper))
        if (extent > _LARGEST_COLUMN).any():
            count = int((extent > _LARGEST_COLUMN).sum())
            return f"CP-SAT takes bounded columns only, and {count} reach beyond {_LARGEST_COLUMN:.0f}"
        scales, rows = _scales(program)
        if (scales < 0).any():
            return f"a row or the objective has a coefficient of more than {DECIMALS} decimals"
        reach = np.zeros(len(scales))
        coefficients, columns = _coefficients(program), _columns(program)
        np.add.at(reach, rows, np.abs(coefficients) * scales[rows] * extent[columns])
        if (reach > _LARGEST_SUM).any():
            return "made whole, the coefficients of a row or of the objective are too large to add exactly"
        return None

    def solve(
        self,
        program: MatrixForm,
        limits: RunLimits,
        start: NDArray[np.float64] | None = None,
        watch: Watch | None = None,
    ) -> RunResult:
        """Solve the program once."""
        if (reason := self.refuses(program)) is not None:
            raise SolverFailure(f"CP-SAT cannot take this program: {reason}")
        if (answer := answer_at_sight(program)) is not None:
            return answer
        watch = watch or SilentWatch()
        model = _model(program, start)
        solver = _solver(limits)
        attended = Attended(lambda: solver.solve(model), watch, solver.stop_search)
        begin = time.perf_counter()
        attended.run(Heartbeat(watch, self.name).beat)
        seconds = time.perf_counter() - begin
        status = attended.answer or cp_model.UNKNOWN
        found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
        end = _termination(solver, status, program.sense, limits, attended.interrupted)
        conflicts, work = solver.num_conflicts, solver.response_proto.deterministic_time
        return RunResult(
            weighed(end, program.sense, limits, seconds, conflicts, attended.interrupted, work),
            np.array(solver.response_proto.solution, dtype=np.float64) if found else None,
            nodes=solver.num_branches,
            seconds=seconds,
            interrupted=attended.interrupted,
        )


def _coefficients(program: MatrixForm) -> NDArray[np.float64]:
    """The coefficients of the rows and then those of the objective."""
    return np.concatenate([program.matrix.data, program.cost])


def _columns(program: MatrixForm) -> NDArray[np.int64]:
    return np.concatenate([program.matrix.indices, np.arange(len(program.cost))])


def _scales(program: MatrixForm) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The scale of each row and last of the objective; and the row of each coefficient."""
    count = program.matrix.shape[0]
    lengths = np.append(np.diff(program.matrix.indptr), len(program.cost))
    rows = np.repeat(np.arange(count + 1), lengths)
    return row_scales(_coefficients(program), rows, count + 1), rows


def _model(program: MatrixForm, start: NDArray[np.float64] | None) -> cp_model.CpModel:
    model = cp_model.CpModel()
    proto = model.proto
    lower = np.ceil(program.lower - _ROUNDING).astype(np.int64)
    upper = np.floor(program.upper + _ROUNDING).astype(np.int64)
    for low, high in zip(lower.tolist(), upper.tolist(), strict=True):
        proto.variables.add().domain.extend([low, high])
    scales, _ = _scales(program)
    _add_rows(proto, program, scales[:-1])
    _set_objective(proto, program, int(scales[-1]))
    if start is not None:
        proto.solution_hint.vars.extend(range(len(start)))
        proto.solution_hint.values.extend(np.round(start).astype(np.int64))
    return model


def _add_rows(proto: CpModelProto, program: MatrixForm, scales: NDArray[np.int64]) -> None:
    """A scaled row sums to an integer, so that its bounds may be rounded inwards."""
    span = int(_LARGEST_SUM)
    lower = np.ceil(np.clip(program.row_lower * scales, -span, span) - _ROUNDING).astype(np.int64)
    upper = np.floor(np.clip(program.row_upper * scales, -span, span) + _ROUNDING).astype(np.int64)
    matrix = program.matrix
    whole = np.round(matrix.data * np.repeat(scales, np.diff(matrix.indptr))).astype(np.int64)
    for row, (low, high) in enumerate(zip(lower.tolist(), upper.tolist(), strict=True)):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        linear = proto.constraints.add().linear
        linear.vars.extend(matrix.indices[part])
        linear.coeffs.extend(whole[part])
        linear.domain.extend([low, max(low - 1, high)] if low > high else [low, high])


def _set_objective(proto: CpModelProto, program: MatrixForm, scale: int) -> None:
    """CP-SAT minimises integers and reports `scaling_factor * (integer value + offset)`."""
    sign = -1 if program.sense == "max" else 1
    used = np.flatnonzero(program.cost)
    proto.objective.vars.extend(used)
    proto.objective.coeffs.extend(np.round(sign * scale * program.cost[used]).astype(np.int64))
    proto.objective.scaling_factor = sign / scale
    proto.objective.offset = sign * scale * program.offset


def _solver(limits: RunLimits) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = limits.seed
    # Workers that race one another give another answer each time, and share no limit on conflicts.
    parameters.num_workers = 1
    # One worker does what several would share: all linear relaxations, or bounds hardly move.
    parameters.linearization_level = 2
    # CP-SAT's own handler of Ctrl-C aborts the process when the solve runs beside the main thread.
    parameters.catch_sigint_signal = False
    parameters.absolute_gap_limit = limits.absolute_gap
    parameters.relative_gap_limit = limits.relative_gap
    if limits.time_limit is not None:
        parameters.max_time_in_seconds = limits.time_limit
    if limits.work_limit is not None:
        parameters.max_deterministic_time = limits.work_limit
    if limits.node_limit is not None:
        parameters.max_number_of_conflicts = limits.node_limit
    return solver


def _termination(
    solver: cp_model.CpSolver,
    status: cp_model.CpSolverStatus,
    sense: Sense,
    limits: RunLimits,
    interrupted: bool,
) -> Termination:
    detail = f"CP-SAT: {status.name}"
    if status == cp_model.INFEASIBLE:
        return Termination.infeasible(sense, detail)
    if status == cp_model.OPTIMAL:
        bounds = ObjectiveBounds(solver.objective_value, solver.best_objective_bound)
        return Termination(Reason.OPTIMAL, None, detail, bounds)
    if status == cp_model.FEASIBLE:
        bounds = ObjectiveBounds(solver.objective_value, solver.best_objective_bound)
        return Termination.stopped(_limit(solver, limits, interrupted), detail, bounds)
    if status == cp_model.UNKNOWN:
        unknown = ObjectiveBounds.unknown(sense)
        return Termination.stopped(_limit(solver, limits, interrupted), detail, unknown)
    return Termination.error(sense, detail)


def _limit(solver: cp_model.CpSolver, limits: RunLimits, interrupted: bool) -> Limit:
    if interrupted:
        return Limit.INTERRUPTED
    if limits.node_limit is not None and solver.num_conflicts >= limits.node_limit:
        return Limit.NODE
    return Limit.UNDETERMINED if limits.time_limit is None else Limit.TIME
