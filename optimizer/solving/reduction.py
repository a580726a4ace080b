"""Reduction: a program without the columns that it holds, and without the rows that then cannot bind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import MatrixForm, extremes
from concord.solving.propagation import implied_bounds
from concord.solving.tangents import Rows

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]

SAFETY = 1e-9
"""By how much a row must be sure not to bind."""


@dataclass(frozen=True, eq=False)
class Reduction:
    """What is left of a program, and the way back."""

    whole: MatrixForm
    columns: Numbers
    """Those that are not held."""
    rows: Numbers
    """Those that may bind."""
    box: tuple[Values, Values]
    """Bounds that the rows imply, of the columns left."""

    @classmethod
    def of(cls, program: MatrixForm, kept: Numbers) -> Reduction:
        """The reduction of a program in which the rows `kept` will change, so that they all stay."""
        lower, upper = implied_bounds(program)
        least, most = extremes(program.matrix, lower, upper)
        may_bind = (most > program.row_upper + SAFETY) | (least < program.row_lower - SAFETY)
        may_bind[kept] = True
        columns = np.flatnonzero(program.lower < program.upper)
        return cls(program, columns, np.flatnonzero(may_bind), (lower[columns], upper[columns]))

    def program(self, row_lower: Values, row_upper: Values, tangents: Rows) -> MatrixForm:
        """The reduced program with these bounds of the whole one's rows, and tangents after them."""
        whole, at = self.whole, self._held
        mine = sparse.csr_array(whole.matrix[self.rows])
        matrix = sparse.csr_array(sparse.vstack([mine, tangents[0]], format="csr"))
        shift = matrix @ at
        lower = np.concatenate([row_lower[self.rows], tangents[1]]) - shift
        upper = np.concatenate([row_upper[self.rows], tangents[2]]) - shift
        return replace(
            whole,
            cost=whole.cost[self.columns],
            offset=whole.offset + float(whole.cost @ at),
            matrix=sparse.csr_array(matrix[:, self.columns]),
            row_lower=lower,
            row_upper=upper,
            lower=whole.lower[self.columns],
            upper=whole.upper[self.columns],
            integer=np.zeros(len(self.columns), dtype=np.bool_),
            column_blocks=(),
            row_blocks=(),
        )

    @property
    def _held(self) -> Values:
        """The columns that are held; 0 for those that are left."""
        point = self.whole.lower.copy()
        point[self.columns] = 0.0
        return point

    def point(self, values: Values) -> Values:
        """A solution of the reduced program as a point of the whole one."""
        point = self._held
        point[self.columns] = values
        return point

    def duals(self, row_duals: Values) -> Values:
        """Duals of the whole program's rows, from those of the reduced one's and of what follows them."""
        duals = np.zeros(len(self.whole.row_lower))
        duals[self.rows] = row_duals[: len(self.rows)]
        return duals
