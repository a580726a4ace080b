"""Small programs written down as numbers, for tests of solvers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import sparse

from concord.algebra.labels import Labels
from concord.algebra.matrix import MatrixForm
from concord.algebra.naming import Block
from concord.solving.termination import Sense


def posed(  # noqa: PLR0913
    sense: Sense,
    cost: ArrayLike,
    rows: ArrayLike | None = None,
    *,
    row_lower: ArrayLike = -np.inf,
    row_upper: ArrayLike = np.inf,
    lower: ArrayLike = 0.0,
    upper: ArrayLike = np.inf,
    integer: ArrayLike = False,
    offset: float = 0.0,
) -> MatrixForm:
    """The program of these numbers; bounds and `integer` may be one value for all.

    >>> posed("max", [3, 2], [[1, 1]], row_upper=4)
    MatrixForm('posed': 1 rows, 2 columns, 2 coefficients)
    """
    costs = np.asarray(cost, dtype=np.float64)
    width = len(costs)
    matrix = sparse.csr_array(np.zeros((0, width)) if rows is None else np.asarray(rows, dtype=np.float64))
    height = matrix.shape[0]
    matrix.eliminate_zeros()
    return MatrixForm(
        name="posed",
        sense=sense,
        cost=costs,
        offset=offset,
        matrix=matrix,
        row_lower=_spread(row_lower, height),
        row_upper=_spread(row_upper, height),
        lower=_spread(lower, width),
        upper=_spread(upper, width),
        integer=np.broadcast_to(np.asarray(integer, dtype=bool), (width,)).copy(),
        column_blocks=(Block("x", Labels.of(pd.RangeIndex(width, name="column"))),),
        row_blocks=(Block("r", Labels.of(pd.RangeIndex(height, name="row"))),),
    )


def hard_knapsacks(columns: int = 60, rows: int = 40, seed: int = 0) -> MatrixForm:
    """Knapsacks in many dimensions: a solution is found at once, the best is proven after long search."""
    generator = np.random.default_rng(seed)
    weights = generator.integers(1, 60, (rows, columns)).astype(np.float64)
    worth = generator.integers(10, 60, columns)
    capacity = np.floor(weights.sum(axis=1) * 0.4)
    return posed("max", worth, weights, row_upper=capacity, upper=1.0, integer=True)


def _spread(bounds: ArrayLike, size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.broadcast_to(np.asarray(bounds, dtype=np.float64), (size,)).copy()
