"""Propagation: bounds of columns that the rows of a program imply, without solving anything.

Where `lower <= a x <= upper` and every column but one is at the bound that helps most, the remaining one can
still not pass what is left of the row (activity-based bound tightening: Savelsbergh 1994). Passes over all
rows at once are repeated until they move little.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import MatrixForm

Values = NDArray[np.float64]

PASSES = 30
PROGRESS = 1e-3
"""Move of a bound, relative to its size, below which another pass is not worth while."""
SAFETY = 1e-7
"""By how much, relative to its size, an implied bound is widened against rounding."""
ROUND = 1e-6
"""Distance from a whole number that is rounding."""


def implied_bounds(program: MatrixForm) -> tuple[Values, Values]:
    """Lower and upper bounds, one per column, that hold at every point of `program`, integers included.

    They cross where the program has no point.
    """
    matrix = sparse.coo_array(program.matrix)
    row, column, factor = matrix.row.astype(np.int64), matrix.col.astype(np.int64), matrix.data
    rows = (len(program.row_lower), program.row_lower, program.row_upper)
    lower, upper = program.lower.copy(), program.upper.copy()
    for _ in range(PASSES):
        low, high = _one_pass(row, column, factor, rows, lower, upper)
        low = np.where(program.integer, np.ceil(low - ROUND), low - SAFETY * np.maximum(1.0, np.abs(low)))
        high = np.where(
            program.integer, np.floor(high + ROUND), high + SAFETY * np.maximum(1.0, np.abs(high))
        )
        moved = _moved(lower, low) | _moved(-upper, -high)
        lower, upper = (
            np.where(moved, np.maximum(lower, low), lower),
            np.where(moved, np.minimum(upper, high), upper),
        )
        if not moved.any():
            break
    crossed = (lower > upper) & (lower - upper <= ROUND * np.maximum(1.0, np.abs(lower)))
    return lower, np.where(crossed, lower, upper)


def _one_pass(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    factor: Values,
    rows: tuple[int, Values, Values],
    lower: Values,
    upper: Values,
) -> tuple[Values, Values]:
    """What every row implies for every column in it."""
    height, row_lower, row_upper = rows
    rising = factor > 0
    least = factor * np.where(rising, lower[column], upper[column])
    most = factor * np.where(rising, upper[column], lower[column])
    room_above = row_upper[row] - _others(least, row, height, -np.inf)
    room_below = row_lower[row] - _others(most, row, height, np.inf)
    with np.errstate(invalid="ignore"):
        highest = np.where(rising, room_above, room_below) / factor
        lowest = np.where(rising, room_below, room_above) / factor
    low, high = lower.copy(), upper.copy()
    np.fmin.at(high, column, highest)
    np.fmax.at(low, column, lowest)
    return low, high


def _others(parts: Values, row: NDArray[np.int64], height: int, endless: float) -> Values:
    """For each coefficient, the sum of the other parts of its row; `endless` where one of them is."""
    finite = np.isfinite(parts)
    sums = np.bincount(row, np.where(finite, parts, 0.0), height)[row] - np.where(finite, parts, 0.0)
    infinite = np.bincount(row, ~finite, height)[row] - ~finite
    return np.where(infinite > 0, endless, sums)


def _moved(old: Values, new: Values) -> NDArray[np.bool_]:
    """Where a lower bound rises by enough to matter."""
    with np.errstate(invalid="ignore"):
        return np.asarray(
            new > np.where(np.isfinite(old), old + PROGRESS * np.maximum(1.0, np.abs(old)), old)
        )
