"""Integer columns so fine that a search treats them as continuous, and rounds them when all else is decided.

Troops are assigned to missions in whole companies. Where garrisons and strengths are decided, that is a
transportation problem whose solution is whole almost by itself; as integers of the search they slow it down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import MatrixForm
from concord.solving.backends.highs import HighsBackend
from concord.solving.options import RunLimits
from concord.solving.progress import Watch

Columns = NDArray[np.int64]
Values = NDArray[np.float64]
NEARNESS = 1000.0
"""How much more it counts to stay near the sums that were decided than what rounding prefers."""


@dataclass(frozen=True, eq=False)
class FineColumns:
    """Fine integer columns, what they add up to, and what rounding prefers."""

    columns: Columns
    """Integer columns of the program that are rounded last."""
    sums: Columns
    """Continuous columns that they add up to, which stay as near as whole columns allow."""
    followers: Columns
    """Continuous columns that give way without more ado."""
    cost: Values
    """What rounding prefers, one coefficient for each of `columns` (minimised)."""

    @classmethod
    def none(cls) -> FineColumns:
        """No such columns."""
        nobody = np.zeros(0, np.int64)
        return cls(nobody, nobody, nobody, np.zeros(0))

    def rounded(
        self, program: MatrixForm, values: Values, limits: RunLimits, watch: Watch, *, up: bool = True
    ) -> Values | None:
        """`values` with these columns whole, and everything else as it was where it can be; None if nowhere.

        Rows of `program` with any other continuous column in them are left to the solution that follows. Not
        rounded `up`, no sum becomes more than it was, so that nothing is asked of these rows.
        """
        if not len(self.columns):
            return values
        run = HighsBackend().solve(self._program(program, values, up=up), limits, None, watch)
        if not run.has_solution:
            return None
        point, free = values.copy(), self._free
        point[free] = run.values[: len(free)]
        point[self.columns] = np.round(point[self.columns])
        return point

    @property
    def _free(self) -> Columns:
        return np.concatenate([self.columns, self.sums, self.followers])

    def _program(self, program: MatrixForm, values: Values, *, up: bool) -> MatrixForm:
        """The least departure of the sums from what they were, then the least cost of the columns."""
        free, number = self._free, len(self.sums)
        costs = np.concatenate([self.cost, np.zeros(len(free) - len(self.cost))])
        part = restricted(program, values, free, costs, whole=len(self.columns))
        each = sparse.eye_array(number, format="csr")
        first = len(self.columns)
        before = sparse.csr_array((number, first))
        after = sparse.csr_array((number, len(free) - first - number))
        departures = sparse.hstack([before, each, after, -each, each])
        widened = sparse.hstack([part.matrix, sparse.csr_array((part.matrix.shape[0], 2 * number))])
        most = np.repeat([np.inf if up else 0.0, np.inf], number)
        return replace(
            part,
            name=f"{program.name} companies",
            cost=np.concatenate([part.cost, np.full(2 * number, NEARNESS)]),
            matrix=sparse.csr_array(sparse.vstack([widened, departures])),
            row_lower=np.concatenate([part.row_lower, values[self.sums]]),
            row_upper=np.concatenate([part.row_upper, values[self.sums]]),
            lower=np.concatenate([part.lower, np.zeros(2 * number)]),
            upper=np.concatenate([part.upper, most]),
            integer=np.concatenate([part.integer, np.zeros(2 * number, dtype=bool)]),
        )


_NOBODY = np.zeros(0, np.int64)


def restricted(
    program: MatrixForm,
    values: Values,
    free: Columns,
    cost: Values,
    *,
    whole: int,
    held: Columns = _NOBODY,
) -> MatrixForm:
    """The program in the columns `free` alone, everything else as in `values`; the first `whole` are integer.

    `cost` is minimised. Rows with another continuous column in them are left out, but for those `held`: such
    columns give way later.
    """
    mine = np.zeros(program.matrix.shape[1], dtype=bool)
    mine[free] = mine[held] = True
    strange = np.flatnonzero(~program.integer & ~mine & (program.lower < program.upper))
    rows = np.flatnonzero(_touched(program, free) & ~_touched(program, strange))
    decided = np.where(program.integer, np.round(values), values)
    decided[free] = 0.0
    matrix = sparse.csr_array(program.matrix[rows])
    used = matrix @ decided
    integer = np.zeros(len(free), dtype=bool)
    integer[:whole] = True
    return MatrixForm(
        name=f"{program.name} part",
        sense="min",
        cost=cost,
        offset=0.0,
        matrix=sparse.csr_array(matrix[:, free]),
        row_lower=program.row_lower[rows] - used,
        row_upper=program.row_upper[rows] - used,
        lower=program.lower[free],
        upper=program.upper[free],
        integer=integer,
        column_blocks=(),
        row_blocks=(),
    )


def _touched(program: MatrixForm, columns: Columns) -> NDArray[np.bool_]:
    """Rows with one of the columns in them."""
    return np.asarray(np.diff(sparse.csr_array(program.matrix[:, columns]).indptr) > 0)
