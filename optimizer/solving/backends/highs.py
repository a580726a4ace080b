"""HiGHS through highspy: a session that keeps the model and the basis between runs, and the backend."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.solving.backends.c_output import discarded
from concord.solving.backends.highs_run import Incumbent, WatchedRun
from concord.solving.backends.highs_status import termination
from concord.solving.backends.trivial import without_columns
from concord.solving.backends.verdicts import weighed
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch, Watch
from concord.solving.result import RunResult

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]
Statuses = list[highspy.HighsBasisStatus]

_NO_LIMIT = highspy.kHighsIInf
_INTEGER = int(highspy.HighsVarType.kInteger)
_CONTINUOUS = int(highspy.HighsVarType.kContinuous)
_SEEDS = 2**31
_LARGE = 10_000
"""Rows and columns from which on a program without a basis is given to the interior point method."""
_VAST = 25_000
"""Rows and columns from which on that method is faster than the simplex method after great changes too."""
_FEASIBILITY = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Status of every column and row in a basic solution, as HiGHS tells it."""

    columns: Statuses
    rows: Statuses

    def carried(self, columns: Numbers, rows: Numbers) -> Basis:
        """The basis of another program, from the number here of each of its columns and rows.

        A number of -1 is of what is new: a new column stands at its lower bound, a new row is basic.
        """
        lower, basic = highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic
        return Basis(
            [lower if at < 0 else self.columns[at] for at in columns.tolist()],
            [basic if at < 0 else self.rows[at] for at in rows.tolist()],
        )


class HighsSession:
    """A program inside HiGHS that is changed and solved again and again.

    The model is passed once. After rows are added or bounds moved, a program without integer columns is
    solved again from its last basis by the dual simplex method, also when programs with integer columns
    were solved in between. Rows are numbered as in the program, added rows after them; deleting rows moves
    later ones up.
    """

    def __init__(self, program: MatrixForm) -> None:
        self._sense = program.sense
        self._lower = np.array(program.lower, dtype=np.float64)
        self._upper = np.array(program.upper, dtype=np.float64)
        self._integer = np.array(program.integer, dtype=bool)
        self._cost = np.array(program.cost, dtype=np.float64)
        self._start: Values | None = None
        self._basis: highspy.HighsBasis | None = None
        self._highs = _new_highs()
        self._pass(program)

    def fork(self) -> HighsSession:
        """Another session with the program as it now stands, and its basis."""
        twin = object.__new__(HighsSession)
        twin._sense, twin._start = self._sense, None
        twin._lower, twin._upper = self._lower.copy(), self._upper.copy()
        twin._integer, twin._cost = self._integer.copy(), self._cost.copy()
        twin._highs = _new_highs()
        _check(twin._highs.passModel(self._highs.getModel()), "take the program")
        twin._basis = None
        if (basis := self.basis) is not None:
            twin.basis = basis
        return twin

    @property
    def basis(self) -> Basis | None:
        """The basis of the last continuous solution, or the one that was given; None where there is none."""
        if self._basis is None:
            return None
        return Basis(list(self._basis.col_status), list(self._basis.row_status))

    @basis.setter
    def basis(self, basis: Basis) -> None:
        self._basis = highspy.HighsBasis()
        self._basis.col_status, self._basis.row_status = list(basis.columns), list(basis.rows)
        basic = highspy.HighsBasisStatus.kBasic
        # Where too many or too few are basic, HiGHS completes a basis that it is told not to trust.
        count = sum(status == basic for status in (*basis.columns, *basis.rows))
        self._basis.valid, self._basis.alien = True, count != len(basis.rows)
        _check(self._highs.clearSolver(), "forget the basis")

    def start_afresh(self) -> None:
        """Forget the basis of a large program in which much has changed: it would take longer from there."""
        if self.columns + self.rows > _VAST:
            self._basis = None
            _check(self._highs.clearSolver(), "forget the basis")

    @property
    def rows(self) -> int:
        """The number of rows now in the program."""
        return int(self._highs.getNumRow())

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self._lower)

    def widths(self, columns: Numbers) -> Values:
        """Distance between the bounds that the program gives to the columns."""
        return np.asarray(self._upper[columns] - self._lower[columns])

    def add_rows(self, matrix: sparse.csr_array, lower: Values, upper: Values) -> Numbers:
        """Add rows lower <= matrix x <= upper; returns their numbers."""
        before = self.rows
        rows = sparse.csr_array(matrix)
        _demand_numbers(rows.data, lower, upper)
        _check(
            self._highs.addRows(
                rows.shape[0], lower, upper, rows.nnz, rows.indptr[:-1], rows.indices, rows.data
            ),
            "add rows",
        )
        added = np.arange(before, before + rows.shape[0])
        if self._basis is not None:
            basic = [highspy.HighsBasisStatus.kBasic] * len(added)
            self._basis.row_status = [*self._basis.row_status, *basic]
        return added

    def delete_rows(self, rows: Numbers) -> None:
        """Delete the rows of these numbers; the rows behind them move up."""
        doomed = np.unique(rows)
        _check(self._highs.deleteRows(len(doomed), doomed.astype(np.int32)), "delete rows")
        if self._basis is not None:
            gone = set(doomed.tolist())
            kept = [status for row, status in enumerate(self._basis.row_status) if row not in gone]
            self._basis.row_status = kept
            # Too many or too few rows may be basic now; HiGHS completes a basis that it is told not to trust.
            self._basis.alien = True

    def change_row_bounds(self, rows: Numbers, lower: Values, upper: Values) -> None:
        """Give the rows of these numbers new bounds."""
        for row, low, high in zip(rows, lower, upper, strict=True):
            _check(self._highs.changeRowBounds(int(row), float(low), float(high)), "change row bounds")

    def change_objective(self, cost: Values, offset: float) -> None:
        """Optimise `cost @ x + offset` from now on."""
        _demand_numbers(cost)
        every = np.arange(self.columns, dtype=np.int32)
        _check(self._highs.changeColsCost(self.columns, every, cost), "change the objective")
        self._cost = np.array(cost, dtype=np.float64)
        _check(self._highs.changeObjectiveOffset(offset), "change the objective")

    def set_integrality(self, columns: Numbers, integer: bool) -> None:
        """Make the columns integer or continuous."""
        kind = np.full(len(columns), _INTEGER if integer else _CONTINUOUS, dtype=np.uint8)
        status = self._highs.changeColsIntegrality(len(columns), np.asarray(columns, dtype=np.int32), kind)
        _check(status, "change integrality")
        self._integer[columns] = integer

    def fix(self, columns: Numbers, values: Values) -> None:
        """Hold the columns at the values until `restore_bounds`."""
        self.bound(columns, values, values)

    def restore_bounds(self, columns: Numbers) -> None:
        """Give the columns back the bounds of the program."""
        self.bound(columns, self._lower[columns], self._upper[columns])

    def set_start(self, values: Values) -> None:
        """Offer a point (one value per column) to the next run with integer columns; others ignore it."""
        self._start = np.array(values, dtype=np.float64)

    def run(
        self,
        limits: RunLimits,
        watch: Watch | None = None,
        on_incumbent: Incumbent | None = None,
        phase: str = "highs",
    ) -> RunResult:
        """Solve the program as it now stands.

        A stop asked for by the watch or by Ctrl-C gives a result whose limit is `interrupted`, with the
        best solution so far. `phase` names the run in its progress reports. `on_incumbent` is called, on
        the calling thread, with the values of each improving solution.
        """
        if not self.columns:
            lp = self._highs.getLp()
            return without_columns(self._sense, lp.offset_, lp.row_lower_, lp.row_upper_)
        mixed = bool(self._integer.any())
        start, self._start = (self._start, None) if mixed else (None, self._start)
        followed = watch or SilentWatch()
        run = WatchedRun(self._highs, self._sense, phase, followed, on_incumbent, limits.bound_limit)
        begin = time.perf_counter()
        self._attempt(run, limits, start, mixed)
        failed = self._highs.getModelStatus() == highspy.HighsModelStatus.kSolveError
        if failed and not run.interrupted:
            # The presolve of HiGHS 1.12 makes errors of some equations between integers that cannot hold, and
            # its simplex method of some bases.
            remaining = _remaining(limits, time.perf_counter() - begin)
            if not mixed:
                self._basis = None
                _check(self._highs.clearSolver(), "forget the basis")
            self._attempt(run, remaining, start, mixed, presolve="off" if mixed else "choose")
        if not mixed and self._highs.getInfo().basis_validity:
            self._basis = self._highs.getBasis()
        return self._result(mixed, limits, time.perf_counter() - begin, run.interrupted)

    @property
    def _begins_dual_feasible(self) -> bool:
        """Whether the dual simplex method can begin at once: no column gains anything beyond its bounds.

        So it is where any solution will do, or the least miss of rows is asked for.
        """
        gain = self._cost if self._sense == "max" else -self._cost
        return bool(np.isfinite(np.where(gain > 0, self._upper, self._lower)[gain != 0]).all())

    def _attempt(
        self,
        run: WatchedRun,
        limits: RunLimits,
        start: Values | None,
        mixed: bool,
        presolve: str = "choose",
    ) -> None:
        self._set(limits, mixed)
        self._highs.setOptionValue("presolve", presolve)
        # Without a basis the interior point method solves a large program several times faster than the
        # simplex method; with one at hand the simplex method is faster.
        large = self.columns + self.rows > _LARGE and not self._begins_dual_feasible
        self._highs.setOptionValue("solver", "ipm" if large and self._basis is None else "choose")
        self._highs.setOptionValue("mip_lp_solver", "ipm" if large else "choose")
        if start is not None:
            self._offer(start)
        if not mixed:
            self._recall_basis()
        # HiGHS 1.12 prints a line of its own debugging when it repairs a solution, whatever its options.
        with discarded("stdout"):
            run.execute()

    def _pass(self, program: MatrixForm) -> None:
        matrix = sparse.csr_array(program.matrix)
        _demand_numbers(matrix.data, program.cost, program.row_lower, program.row_upper)
        _demand_numbers(self._lower, self._upper)
        status = self._highs.passModel(
            self.columns,
            matrix.shape[0],
            matrix.nnz,
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMaximize if self._sense == "max" else highspy.ObjSense.kMinimize),
            float(program.offset),
            program.cost,
            self._lower,
            self._upper,
            program.row_lower,
            program.row_upper,
            matrix.indptr,
            matrix.indices,
            matrix.data,
            np.where(self._integer, _INTEGER, _CONTINUOUS).astype(np.int32),
        )
        _check(status, "take the program")

    def bound(self, columns: Numbers, lower: Values, upper: Values) -> None:
        """Keep the columns between `lower` and `upper` until `restore_bounds`."""
        status = self._highs.changeColsBounds(
            len(columns), np.asarray(columns, dtype=np.int32), np.asarray(lower), np.asarray(upper)
        )
        _check(status, "change bounds")

    def _set(self, limits: RunLimits, mixed: bool) -> None:
        # HiGHS counts the time of all runs of an object against the limit, except in branch and bound.
        spent = 0.0 if mixed else self._highs.getRunTime()
        options = {
            "mip_abs_gap": float(limits.absolute_gap),
            "mip_rel_gap": float(limits.relative_gap),
            "time_limit": highspy.kHighsInf if limits.time_limit is None else limits.time_limit + spent,
            "mip_max_nodes": _NO_LIMIT if limits.node_limit is None else int(limits.node_limit),
            "random_seed": limits.seed % _SEEDS,
            "threads": limits.threads,
        }
        for name, value in options.items():
            _check(self._highs.setOptionValue(name, value), f"set {name} to {value}")

    def _offer(self, values: Values) -> None:
        start = highspy.HighsSolution()
        start.col_value = values.tolist()
        _check(self._highs.setSolution(start), "take a starting point")

    def _recall_basis(self) -> None:
        if self._basis is not None and not self._highs.getInfo().basis_validity:
            _check(self._highs.setBasis(self._basis), "recall a basis")

    def _result(self, mixed: bool, limits: RunLimits, seconds: float, interrupted: bool) -> RunResult:
        info = self._highs.getInfo()
        nodes = max(int(info.mip_node_count), 0)
        told = termination(self._highs, self._sense, mixed)
        end = weighed(told, self._sense, limits, seconds, nodes, interrupted)
        solution = self._highs.getSolution()
        found = np.isfinite(end.objective_bounds.primal)
        dual = found and not mixed and solution.dual_valid
        return RunResult(
            end,
            np.array(solution.col_value, dtype=np.float64) if found else None,
            np.array(solution.row_dual, dtype=np.float64) if dual else None,
            np.array(solution.col_dual, dtype=np.float64) if dual else None,
            nodes,
            max(int(info.simplex_iteration_count), 0) + max(int(info.ipm_iteration_count), 0),
            seconds,
            interrupted,
        )


class HighsBackend:
    """HiGHS, the default."""

    name = "highs"

    def version(self) -> str:
        """The solver and its version."""
        return f"HiGHS {highspy.Highs().version()}"

    def refuses(self, program: MatrixForm) -> str | None:  # noqa: ARG002
        """Nothing: HiGHS takes any mixed-integer linear program."""
        return None

    def solve(
        self,
        program: MatrixForm,
        limits: RunLimits,
        start: Values | None = None,
        watch: Watch | None = None,
    ) -> RunResult:
        """Solve the program once."""
        session = HighsSession(program)
        if start is not None:
            session.set_start(start)
        return session.run(limits, watch)


def _new_highs() -> highspy.Highs:
    highs = highspy.Highs()
    # HiGHS only tells its progress while its output is on; none of it may reach the console.
    highs.setOptionValue("log_to_console", False)
    highs.setOptionValue("mip_min_logging_interval", 0.2)
    # The feasibility jump of HiGHS 1.12 stretches tolerances until HiGHS calls its own solution an error.
    highs.setOptionValue("mip_heuristic_run_feasibility_jump", False)
    highs.setOptionValue("mip_feasibility_tolerance", _FEASIBILITY)
    return highs


def _remaining(limits: RunLimits, seconds: float) -> RunLimits:
    """The limits after so many seconds of the time are spent."""
    if limits.time_limit is None:
        return limits
    return replace(limits, time_limit=max(0.0, limits.time_limit - seconds))


def _demand_numbers(*arrays: Values) -> None:
    """HiGHS takes what is not a number without a word, and answers nonsense."""
    if any(np.isnan(array).any() for array in arrays):
        raise SolverFailure("HiGHS was given what is not a number")


def _check(status: highspy.HighsStatus, attempt: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverFailure(f"HiGHS refused to {attempt}")
