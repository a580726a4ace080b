"""Details: columns that neither the objective nor any curve knows, decided after everything else.

Who exactly is where often changes neither value nor cost. Leaving such columns out, with every row that they
are in, is a relaxation that is much smaller; its bound is valid. Its solution is then completed by a program
in the details alone, which is purely integer where they are whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import MatrixForm
from concord.solving.backends.cp_sat import CpSatBackend
from concord.solving.backends.highs import HighsBackend
from concord.solving.companies import FineColumns
from concord.solving.options import RunLimits
from concord.solving.progress import Watch

Values = NDArray[np.float64]
ROUNDING = 1e-6
"""By how much rows may be missed because the decisions already made are floating-point numbers."""


@dataclass(frozen=True, eq=False)
class Details:
    """The split of a program into what matters first and its details."""

    program: MatrixForm
    columns: NDArray[np.int64]
    cost: Values
    """What completing prefers, one coefficient per detail (minimised)."""
    fine: FineColumns = field(default_factory=FineColumns.none)
    """Integer columns that are rounded last."""

    @cached_property
    def _touched(self) -> NDArray[np.bool_]:
        """Rows with a detail in them."""
        part = self.program.matrix[:, self.columns]
        return np.asarray(np.diff(sparse.csr_array(part).indptr) > 0)

    @cached_property
    def coarse_rows(self) -> NDArray[np.int64]:
        """Numbers of the rows without details."""
        return np.flatnonzero(~self._touched)

    @cached_property
    def coarse(self) -> MatrixForm:
        """The program without details: its columns are kept, held at zero, so that numbers stay the same.

        Fine integer columns are continuous in it."""
        integer = self.program.integer.copy()
        integer[self.columns] = False
        integer[self.fine.columns] = False
        held = self.program.fixed(self.columns, np.zeros(len(self.columns)))
        return replace(held.with_only_rows(self.coarse_rows), integer=integer)

    @cached_property
    def whole(self) -> NDArray[np.int64]:
        """Numbers of all columns of `coarse` that are integer in the end, the fine ones among them."""
        integer = self.coarse.integer.copy()
        integer[self.fine.columns] = (
            self.coarse.lower[self.fine.columns] < self.coarse.upper[self.fine.columns]
        )
        return np.flatnonzero(integer)

    def with_none(self) -> Details:
        """The same program with no details left out."""
        return replace(self, columns=self.columns[:0], cost=self.cost[:0])

    def only(self, chosen: NDArray[np.bool_], cost: Values) -> Details:
        """The same with the details `chosen`, all others decided, and another cost of each."""
        return replace(self, columns=self.columns[chosen], cost=cost[chosen])

    def with_switches(self, columns: NDArray[np.int64], cost: float) -> Details:
        """The same with a switch for each of these columns, which costs so much unless the column is 0.

        Switches are details, and follow the columns of the program."""
        number, width = len(columns), self.program.matrix.shape[1]
        chosen = sparse.csr_array((np.ones(number), (np.arange(number), columns)), shape=(number, width))
        return self._with_indicators(
            chosen, np.zeros(number), self.program.upper[columns], np.ones(number), cost
        )

    def with_excess(self, sums: sparse.csr_array, most: Values, cost: float) -> Details:
        """The same with what each row of `sums`, over columns of the program, has beyond `most`, which costs
        so much for each unit. Excesses are details, and follow the columns of the program."""
        ones = np.ones(len(most))
        widened = sparse.csr_array(
            (sums.data, sums.indices, sums.indptr), shape=(len(most), self.program.matrix.shape[1])
        )
        return self._with_indicators(widened, most, ones, np.full(len(most), np.inf), cost)

    def _with_indicators(
        self, sums: sparse.csr_array, most: Values, weight: Values, upper: Values, cost: float
    ) -> Details:
        """Integer columns y that let `sums` exceed `most`: sums @ x <= most + weight y."""
        program, number = self.program, len(most)
        height, width = program.matrix.shape
        blocks = [
            [program.matrix, sparse.csr_array((height, number))],
            [sums, -sparse.diags_array(weight, format="csr")],
        ]
        nothing = np.zeros(number)
        widened = replace(
            program,
            cost=np.concatenate([program.cost, nothing]),
            matrix=sparse.csr_array(sparse.block_array(blocks)),
            row_lower=np.concatenate([program.row_lower, nothing - np.inf]),
            row_upper=np.concatenate([program.row_upper, most]),
            lower=np.concatenate([program.lower, nothing]),
            upper=np.concatenate([program.upper, upper]),
            integer=np.concatenate([program.integer, np.ones(number, dtype=bool)]),
            column_blocks=(),
            row_blocks=(),
        )
        return replace(
            self,
            program=widened,
            columns=np.concatenate([self.columns, np.arange(width, width + number)]),
            cost=np.concatenate([self.cost, np.full(number, cost)]),
        )

    def with_fine_rounded(
        self, values: Values, limits: RunLimits, watch: Watch, *, up: bool = True
    ) -> Values | None:
        """A point of `coarse` with its fine columns whole; None where they cannot be."""
        return self.fine.rounded(self.coarse, values, limits, watch, up=up)

    def for_all_rows(self, duals: Values) -> Values:
        """Duals of the program's rows, from those of `coarse` and whatever rows follow them: a row with a
        detail in it bears on nothing."""
        mine = np.zeros(len(self.program.row_lower))
        mine[self.coarse_rows] = duals[: len(self.coarse_rows)]
        return mine

    def without(self, values: Values) -> Values:
        """A plan without its details, as a point of `coarse`."""
        point = values.copy()
        point[self.columns] = 0.0
        return point

    def complete(
        self, values: Values, limits: RunLimits, watch: Watch, start: Values | None = None
    ) -> Values | None:
        """`values` with details that satisfy their rows, or None where none were found.

        `start` is a point with details that do, to begin from."""
        if not len(self.columns):
            return values
        program = self._program_of_details(values)
        solver = CpSatBackend()
        backend = HighsBackend() if solver.refuses(program) else solver
        hint = None if start is None else start[self.columns]
        run = backend.solve(program, limits, hint, watch)
        if not run.has_solution:
            return None
        point = values.copy()
        point[self.columns] = run.values
        return point

    def nearest(
        self, values: Values, totals: NDArray[np.int64], limits: RunLimits, watch: Watch
    ) -> Values | None:
        """`values` with the whole `totals` nearest to theirs for which the details can be completed, or None.

        Totals are columns of the program without details that sums of details make up. Rows in which they
        stand beside other whole columns hold; whatever is continuous has yet to follow them.
        """
        program = self._program_of_totals(values, totals)
        solver = CpSatBackend()
        if not len(totals) or not program.integer.all() or solver.refuses(program):
            return None
        run = solver.solve(program, limits, None, watch)
        if not run.has_solution:
            return None
        point = values.copy()
        point[totals] = np.round(run.values[len(self.columns) : len(self.columns) + len(totals)])
        return point

    def _program_of_totals(self, values: Values, totals: NDArray[np.int64]) -> MatrixForm:
        """The least sum of departures from the totals of `values` that details can make up."""
        program = self.program
        rows = np.flatnonzero(self._touched | self._whole_rows_of(totals))
        free = np.concatenate([self.columns, totals])
        decided = values.copy()
        decided[free] = 0.0
        matrix = sparse.csr_array(program.matrix[rows])
        used, target = matrix @ decided, np.round(values[totals])
        each = sparse.eye_array(len(totals), format="csr")
        none = sparse.csr_array((len(totals), len(self.columns)))
        widened = sparse.hstack([matrix[:, free], sparse.csr_array((len(rows), len(totals)))])
        departures = sparse.vstack([sparse.hstack([none, each, -each]), sparse.hstack([none, each, each])])
        unbounded = np.full(len(totals), np.inf)
        return MatrixForm(
            name=f"{program.name} totals",
            sense="min",
            cost=np.repeat([0.0, 1.0], [len(free), len(totals)]),
            offset=0.0,
            matrix=sparse.csr_array(sparse.vstack([widened, departures])),
            row_lower=np.concatenate([program.row_lower[rows] - used - ROUNDING, -unbounded, target]),
            row_upper=np.concatenate([program.row_upper[rows] - used + ROUNDING, target, unbounded]),
            lower=np.concatenate([program.lower[free], np.zeros(len(totals))]),
            upper=np.concatenate([program.upper[free], program.upper[totals]]),
            integer=np.concatenate([program.integer[free], program.integer[totals]]),
            column_blocks=(),
            row_blocks=(),
        )

    def _whole_rows_of(self, totals: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Rows with a total in them and no continuous column."""
        matrix = self.program.matrix
        continuous = abs(matrix) @ (~self.program.integer).astype(float)
        with_total = np.diff(sparse.csr_array(matrix[:, totals]).indptr) > 0
        return np.asarray(with_total & (continuous == 0))

    def _program_of_details(self, values: Values) -> MatrixForm:
        """The rows of the details with everything else decided."""
        program, rows = self.program, np.flatnonzero(self._touched)
        matrix = sparse.csr_array(program.matrix[rows])
        decided = values.copy()
        decided[self.columns] = 0.0
        used = matrix @ decided
        return MatrixForm(
            name=f"{program.name} details",
            sense="min",
            cost=self.cost,
            offset=0.0,
            matrix=sparse.csr_array(matrix[:, self.columns]),
            row_lower=program.row_lower[rows] - used - ROUNDING,
            row_upper=program.row_upper[rows] - used + ROUNDING,
            lower=program.lower[self.columns],
            upper=program.upper[self.columns],
            integer=program.integer[self.columns],
            column_blocks=(),
            row_blocks=(),
        )
