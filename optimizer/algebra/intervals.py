"""Intervals: what sums can be where their terms keep within bounds."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from concord.algebra.labels import FloatArray


def extremes(matrix: sp.csr_array, lower: FloatArray, upper: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Least and largest value of each row of `matrix @ x` where `lower <= x <= upper`.

    >>> least, most = extremes(sp.csr_array([[1.0, -2.0]]), np.array([0.0, 1.0]), np.array([3.0, 4.0]))
    >>> least.tolist(), most.tolist()
    ([-8.0], [1.0])
    """
    rising, falling = matrix.maximum(0), (-matrix).maximum(0)
    least = _product(rising, lower) - _product(falling, upper)
    most = _product(rising, upper) - _product(falling, lower)
    return least, most


def _product(matrix: sp.csr_array, bounds: FloatArray) -> FloatArray:
    """`matrix @ bounds` where an absent coefficient and an infinite bound make nothing."""
    finite = np.isfinite(bounds)
    sums = np.asarray(matrix @ np.where(finite, bounds, 0.0))
    endless = np.asarray(matrix @ np.where(finite, 0.0, np.sign(bounds)))
    return np.where(endless == 0, sums, np.where(endless > 0, np.inf, -np.inf))
