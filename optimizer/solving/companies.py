"""Integer columns so fine that a search treats them as continuous, and rounds them when all else is decided.

Troops are assigned to missions in whole companies. Where garrisons and strengths are decided, that is a
transportation problem whose solution is whole almost by itself; as integers of the search they slow it down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimizer.algebra import MatrixForm
from optimizer.solving.backends.highs import HighsBackend
from optimizer.solving.options import RunLimits
from optimizer.solving.progress import Watch

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

    def rounded(self, program: MatrixForm, values: Values, limits: RunLimits, watch: Watch) -> Values | None:
        """`values` with these columns whole, and everything else as it was where it can be; None if nowhere.

        Rows of `program` with any other continuous column in them are left to the solution that follows.
        """
        if not len(self.columns):
            return values
        run = HighsBackend().solve(self._program(program, values), limits, None, watch)
        if not run.has_solution:
            return None
        point, free = values.copy(), self._free
        point[free] = run.values[: len(free)]
        point[self.columns] = np.round(point[self.columns])
        return point

    @property
    def _free(self) -> Columns:
        return np.concatenate([self.columns, self.sums, self.followers])

    def _program(self, program: MatrixForm, values: Values) -> MatrixForm:
        """The least departure of the sums from what they were, then the least cost of the columns."""
        free, number = self._free, len(self.sums)
        mine = np.zeros(program.matrix.shape[1], dtype=bool)
        mine[free] = True
        continuous = ~program.integer & ~mine & (program.lower < program.upper)
        bearing = np.diff(sparse.csr_array(program.matrix[:, free]).indptr) > 0
        strange = np.diff(sparse.csr_array(program.matrix[:, np.flatnonzero(continuous)]).indptr) > 0
        rows = np.flatnonzero(bearing & ~strange)
        decided = np.where(program.integer, np.round(values), values)
        decided[free] = 0.0
        matrix = sparse.csr_array(program.matrix[rows])
        used = matrix @ decided
        each = sparse.eye_array(number, format="csr")
        first = len(self.columns)
        before = sparse.csr_array((number, first))
        after = sparse.csr_array((number, len(free) - first - number))
        departures = sparse.hstack([before, each, after, -each, each])
        widened = sparse.hstack([matrix[:, free], sparse.csr_array((len(rows), 2 * number))])
        integer = np.zeros(len(free) + 2 * number, dtype=bool)
        integer[:first] = True
        cost = np.zeros(len(integer))
        cost[:first], cost[len(free) :] = self.cost, NEARNESS
        unbounded = np.full(2 * number, np.inf)
        return MatrixForm(
            name=f"{program.name} companies",
            sense="min",
            cost=cost,
            offset=0.0,
            matrix=sparse.csr_array(sparse.vstack([widened, departures])),
            row_lower=np.concatenate([program.row_lower[rows] - used, values[self.sums]]),
            row_upper=np.concatenate([program.row_upper[rows] - used, values[self.sums]]),
            lower=np.concatenate([program.lower[free], np.zeros(2 * number)]),
            upper=np.concatenate([program.upper[free], unbounded]),
            integer=integer,
            column_blocks=(),
            row_blocks=(),
        )
