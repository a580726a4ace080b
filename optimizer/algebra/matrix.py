"""MatrixForm: a program as a sparse matrix with bounds, which is what a solver takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
import scipy.sparse as sp

from concord.algebra.errors import AlgebraError
from concord.algebra.labels import BoolArray, FloatArray, IntArray, Labels
from concord.algebra.naming import Block, names

Direction = Literal["min", "max"]


@dataclass(frozen=True, eq=False)
class MatrixForm:
    """Optimise `cost @ x + offset` with `row_lower <= matrix @ x <= row_upper` and `lower <= x <= upper`.

    The matrix has sorted indices, no duplicates and no stored zeros. `integer` marks the columns that take
    integers only. The blocks name rows and columns in order.
    """

    name: str
    sense: Direction
    cost: FloatArray
    offset: float
    matrix: sp.csr_array
    row_lower: FloatArray
    row_upper: FloatArray
    lower: FloatArray
    upper: FloatArray
    integer: BoolArray
    column_blocks: tuple[Block, ...]
    row_blocks: tuple[Block, ...]

    @cached_property
    def column_names(self) -> list[str]:
        """One distinct name per column that every solver's reader accepts, such as `spending(BIH,1994)`."""
        return names(self.column_blocks)

    @cached_property
    def row_names(self) -> list[str]:
        """One distinct name per row that every solver's reader accepts."""
        return names(self.row_blocks)

    def value(self, point: FloatArray) -> float:
        """The objective at `point`, where columns without a cost may be infinite."""
        which = np.flatnonzero(self.cost)
        return float(self.cost[which] @ point[which] + self.offset)

    def with_rows(
        self, matrix: sp.csr_array, lower: FloatArray, upper: FloatArray, name: str = "cuts"
    ) -> MatrixForm:
        """This program with further rows; they are named by `name` and their row number.

        Raises `AlgebraError` if the rows are not as wide as the program, or `name` is a constraint's.
        """
        if matrix.shape[1] != len(self.cost):
            raise AlgebraError(
                f"rows over {matrix.shape[1]} columns are added to a program of {len(self.cost)}",
                "build them after the last variables were added",
            )
        if any(block.name == name and block.labels.dims != ("row",) for block in self.row_blocks):
            raise AlgebraError(
                f"a constraint is named {name!r} already", "give the further rows another name"
            )
        first = self.matrix.shape[0]
        numbers = pd.Index(np.arange(first, first + matrix.shape[0]), name="row")
        stacked = sp.csr_array(sp.vstack([self.matrix, matrix], format="csr"))
        stacked.sum_duplicates()
        return replace(
            self,
            matrix=stacked,
            row_lower=np.concatenate([self.row_lower, lower]),
            row_upper=np.concatenate([self.row_upper, upper]),
            row_blocks=(*self.row_blocks, Block(name, Labels.of(numbers))),
        )

    def with_only_rows(self, rows: IntArray) -> MatrixForm:
        """This program with the rows of these ascending numbers alone, which is a relaxation of it."""
        ends = np.cumsum([0, *(block.labels.size for block in self.row_blocks)])
        places = np.searchsorted(rows, ends)
        kept = [rows[a:b] - first for a, b, first in zip(places, places[1:], ends, strict=False)]
        return replace(
            self,
            matrix=sp.csr_array(self.matrix[rows]),
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
            row_blocks=tuple(
                Block(block.name, block.labels.take(positions))
                for block, positions in zip(self.row_blocks, kept, strict=True)
            ),
        )

    def fixed(self, columns: IntArray, values: FloatArray) -> MatrixForm:
        """This program with `columns` fixed at `values`."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = values
        upper[columns] = values
        return replace(self, lower=lower, upper=upper)

    def __repr__(self) -> str:
        rows, columns = self.matrix.shape
        return f"MatrixForm({self.name!r}: {rows} rows, {columns} columns, {self.matrix.nnz} coefficients)"
