"""Relaxation: a program whose curves are tangents, inside a solver that keeps its basis between runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.solving.backends.highs import Basis, HighsSession
from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.result import RunResult
from concord.solving.tangents import NEAR, Tangents
from concord.solving.task import Aim

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


class Relaxation:
    """The linear program of `program` and the tangents found so far; its bound holds for the true program."""

    def __init__(self, program: MatrixForm, tangents: Tangents, session: HighsSession | None = None) -> None:
        """`session` is one that already holds the program and the tangents."""
        self.program = program
        self.tangents = tangents
        self.integers: Numbers = np.flatnonzero(program.integer)
        if session is None:
            session = HighsSession(program)
            session.add_rows(*tangents.rows)
            session.set_integrality(self.integers, False)
        self._session = session
        self.longest = 0.0
        """Seconds that the longest run without regard to whole numbers took."""

    def fork(self) -> Relaxation:
        """Another relaxation like this one, with its basis, that goes its own way from here."""
        return Relaxation(self.program, self.tangents.fork(), self._session.fork())

    @property
    def basis(self) -> Basis | None:
        """The basis that was last optimal: program's rows first, then the tangents'."""
        return self._session.basis

    @basis.setter
    def basis(self, basis: Basis) -> None:
        self._session.basis = basis

    @property
    def height(self) -> int:
        """How many rows there are now, tangents included."""
        return self._session.rows

    def with_tangents(self) -> MatrixForm:
        """The program with the tangents as rows."""
        return self.tangents.added_to(self.program)

    def as_it_stands(self) -> Callable[[], MatrixForm]:
        """The program with the tangents of now, whatever becomes of them; written when it is asked for."""
        program, tangents = self.program, self.tangents.fork()
        return lambda: tangents.added_to(program)

    def run(self, limits: RunLimits, watch: Watch, phase: str) -> RunResult:
        """Solve it without regard to whole numbers."""
        begin = time.perf_counter()
        run = self._session.run(limits, watch, phase=phase)
        self.longest = max(self.longest, time.perf_counter() - begin)
        return run

    def start_afresh(self) -> None:
        """Forget the basis, where that is the faster way to the next solution."""
        self._session.start_afresh()

    def run_whole(
        self, limits: RunLimits, watch: Watch, phase: str, start: Values | None = None
    ) -> RunResult:
        """Branch and bound, from the point `start` where one is known."""
        if start is not None:
            self._session.set_start(start)
        self._session.set_integrality(self.integers, True)
        run = self._session.run(limits, watch, phase=phase)
        self._session.set_integrality(self.integers, False)
        return run

    def touch(self, values: Values) -> int:
        """Add a tangent wherever `values` lies on the wrong side of a curve; says how many."""
        rows = self.tangents.violated(values)
        if rows[0].shape[0]:
            self._session.add_rows(*rows)
        return rows[0].shape[0]

    def lay_grid(self, status_quo: Values) -> None:
        """Use the first grid of tangents again, which keeps every curve in bounds whatever is maximised."""
        self._session.add_rows(*self.tangents.first(status_quo))

    def take_over(self, other: Relaxation, values: Values) -> None:
        """Use the tangents of `other` that matter near `values` as well."""
        rows = self.tangents.take_over(other.tangents, values)
        if rows[0].shape[0]:
            self._session.add_rows(*rows)

    def thin_out(self, values: Values, slack: float = NEAR) -> None:
        """Go on with the tangents that have at most this slack at `values`."""
        dropped = self.tangents.drop_slack(values, slack)
        self._session.delete_rows(len(self.program.row_lower) + dropped)

    def aim(self, aim: Aim) -> None:
        """Maximise something else from now on."""
        self.program = replace(self.program, cost=aim.cost, offset=aim.offset)
        self._session.change_objective(aim.cost, aim.offset)

    def hold(self, columns: Numbers, values: Values) -> None:
        """Hold the columns at `values` until they are released."""
        self._session.fix(columns, values)

    def cap(self, columns: Numbers, values: Values) -> None:
        """Hold the columns at or below `values`, within their bounds, until they are released."""
        lower, upper = self.program.lower[columns], self.program.upper[columns]
        self._session.bound(columns, lower, np.clip(values, lower, upper))

    def release(self, columns: Numbers) -> None:
        """Give the columns their bounds back."""
        self._session.restore_bounds(columns)

    def demand(self, rows: Numbers, margins: Values) -> None:
        """Raise the lower bounds of these rows of the program by `margins` above what it asks."""
        lower, upper = self.program.row_lower[rows], self.program.row_upper[rows]
        self._session.change_row_bounds(rows, lower + margins, upper)
