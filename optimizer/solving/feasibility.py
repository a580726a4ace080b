"""Whether a point satisfies a program, without any solver."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm

FEASIBILITY = 1e-6
"""By how much a plan may miss a row, relative to the row's size."""


_NONE = np.zeros(0, np.int64)


def violation(
    program: MatrixForm,
    point: NDArray[np.float64],
    *,
    integral: bool = True,
    promises: NDArray[np.int64] = _NONE,
) -> float:
    """Largest violation of rows (relative to their size), bounds and integrality at `point`.

    Rows that are `promises` are not measured by their size: the verifier knows what was promised, and not
    by how many figures a program keeps it.
    """
    if not np.isfinite(point).all():
        return np.inf
    activity = program.matrix @ point
    size = np.maximum(1.0, abs(program.matrix) @ np.abs(point))
    size[promises] = 1.0
    rows = np.maximum(program.row_lower - activity, activity - program.row_upper) / size
    columns = np.maximum(program.lower - point, point - program.upper) / np.maximum(1.0, np.abs(point))
    whole = point[program.integer] if integral else point[:0]
    fractions = np.abs(whole - np.round(whole))
    return float(max(part.max(initial=0.0) for part in (rows, columns, fractions)))
