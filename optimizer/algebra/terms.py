"""Terms: coefficients of columns in rows, as three parallel arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from concord.algebra.errors import AlgebraError
from concord.algebra.labels import FloatArray, IntArray, runs


@dataclass(eq=False)
class ColumnSpace:
    """The columns of one program; terms of different programs never mix."""

    count: int = 0

    def reserve(self, size: int) -> IntArray:
        """The numbers of `size` new columns."""
        first, self.count = self.count, self.count + size
        return np.arange(first, self.count, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Row position, column number and coefficient of each term; `space` is absent when there is no term."""

    rows: IntArray
    columns: IntArray
    coefficients: FloatArray
    space: ColumnSpace | None

    @classmethod
    def none(cls) -> Terms:
        """No terms at all."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64), None)

    @property
    def size(self) -> int:
        """How many terms there are."""
        return len(self.rows)

    def scaled(self, factors: float | FloatArray) -> Terms:
        """Every coefficient times its row's factor; terms that become zero are dropped."""
        spread = factors[self.rows] if isinstance(factors, np.ndarray) else factors
        coefficients = self.coefficients * spread
        if coefficients.all():
            return Terms(self.rows, self.columns, coefficients, self.space)
        kept = np.flatnonzero(coefficients)
        return Terms(self.rows[kept], self.columns[kept], coefficients[kept], self.space)

    def moved(self, destinations: IntArray) -> Terms:
        """Each row's terms put into row `destinations[row]`; those of a row that goes to -1 are dropped."""
        rows = destinations[self.rows]
        if not len(rows) or rows.min() >= 0:
            return Terms(rows, self.columns, self.coefficients, self.space)
        kept = np.flatnonzero(rows >= 0)
        return Terms(rows[kept], self.columns[kept], self.coefficients[kept], self.space)

    def copied(self, sources: IntArray, targets: IntArray, size: int) -> Terms:
        """For each pair, the terms of row `sources[k]` (one of `size`) copied into row `targets[k]`."""
        ordered = self.by_row()
        counts = np.bincount(ordered.rows, minlength=size)
        starts = np.cumsum(counts) - counts
        lengths = counts[sources]
        picks = runs(starts[sources], lengths)
        return Terms(
            np.repeat(targets, lengths), ordered.columns[picks], ordered.coefficients[picks], self.space
        )

    def by_row(self) -> Terms:
        """The same terms in the order of their rows."""
        if (self.rows[:-1] <= self.rows[1:]).all():
            return self
        order = np.argsort(self.rows, kind="stable")
        return Terms(self.rows[order], self.columns[order], self.coefficients[order], self.space)

    def values(self, point: FloatArray, size: int) -> FloatArray:
        """The sum of coefficient times value in each of `size` rows, at a `point` over all columns."""
        return summed(self.rows, self.coefficients * point[self.columns], size)

    def matrix(self, size: int, width: int) -> sp.csr_array:
        """The sparse matrix of `size` rows and `width` columns: sorted, duplicates summed, no stored zero."""
        entries = sp.coo_array((self.coefficients, (self.rows, self.columns)), shape=(size, width))
        matrix = sp.csr_array(entries)
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix


def summed(rows: IntArray, weights: FloatArray, size: int) -> FloatArray:
    """The sum of the weights in each of `size` rows."""
    return np.bincount(rows, weights=weights, minlength=size).astype(np.float64, copy=False)


def gathered(parts: Iterable[Terms]) -> Terms:
    """All terms of all parts. Raises `AlgebraError` if they belong to different programs."""
    parts = list(parts)
    spaces = {id(part.space): part.space for part in parts if part.space is not None}
    if len(spaces) > 1:
        raise AlgebraError(
            "terms of different programs are combined", "write each program with its own variables"
        )
    filled = [part for part in parts if part.size]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return Terms.none()
    return Terms(
        np.concatenate([part.rows for part in filled]),
        np.concatenate([part.columns for part in filled]),
        np.concatenate([part.coefficients for part in filled]),
        next(iter(spaces.values())),
    )
