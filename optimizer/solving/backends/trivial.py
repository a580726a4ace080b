"""Programs without columns, which solvers answer in their own ways and often wrongly."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from optimizer.solving.result import RunResult
from optimizer.solving.termination import ObjectiveBounds, Reason, Sense, Termination

TOLERANCE = 1e-9


def without_columns(sense: Sense, offset: float, row_lower: ArrayLike, row_upper: ArrayLike) -> RunResult:
    """The answer when nothing is decided: each row reads lower <= 0 <= upper, and the offset is all."""
    lower, upper = np.asarray(row_lower, dtype=np.float64), np.asarray(row_upper, dtype=np.float64)
    if (lower > TOLERANCE).any() or (upper < -TOLERANCE).any():
        return RunResult(Termination.infeasible(sense, "a row without columns cannot hold"))
    optimal = Termination(Reason.OPTIMAL, None, "nothing to decide", ObjectiveBounds(offset, offset))
    return RunResult(optimal, np.zeros(0), np.zeros(len(lower)), np.zeros(0))
