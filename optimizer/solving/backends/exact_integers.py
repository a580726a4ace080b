"""Rows of decimal coefficients as rows of integers, exactly or not at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DECIMALS = 9
"""A coefficient with more decimals than this is a measured number, not a rational one."""


def decimals(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The decimals that each number needs to be written without error, -1 where `DECIMALS` are too few.

    >>> decimals(np.array([3.0, 0.25, 1e6, 1 / 3])).tolist()
    [0, 2, 0, -1]
    """
    needed = np.full(len(values), -1, dtype=np.int64)
    for places in range(DECIMALS, -1, -1):
        scale = 10.0**places
        needed[np.round(values * scale) / scale == values] = places
    return needed


def row_scales(coefficients: NDArray[np.float64], rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The power of ten by which each of `count` rows becomes whole; -1 for a row that cannot.

    `rows` gives the row of each coefficient.

    >>> row_scales(np.array([0.5, 2.0, 1 / 3]), np.array([0, 0, 1]), 3).tolist()
    [10, -1, 1]
    """
    needed = decimals(coefficients)
    most = np.zeros(count, dtype=np.int64)
    np.maximum.at(most, rows, needed)
    scales = 10**most
    scales[rows[needed < 0]] = -1
    return scales
