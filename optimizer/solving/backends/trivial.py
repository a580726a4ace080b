"""Programs that need no solver, which solvers answer in their own ways and some of them wrongly."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from concord.algebra.matrix import MatrixForm
from concord.solving.result import RunResult
from concord.solving.termination import ObjectiveBounds, Reason, Sense, Termination

TOLERANCE = 1e-9


def without_columns(sense: Sense, offset: float, row_lower: ArrayLike, row_upper: ArrayLike) -> RunResult:
    """The answer when nothing is decided: each row reads lower <= 0 <= upper, and the offset is all."""
    lower, upper = np.asarray(row_lower, dtype=np.float64), np.asarray(row_upper, dtype=np.float64)
    if (lower > TOLERANCE).any() or (upper < -TOLERANCE).any():
        return RunResult(Termination.infeasible(sense, "a row without columns cannot hold"))
    optimal = Termination(Reason.OPTIMAL, None, "nothing to decide", ObjectiveBounds(offset, offset))
    return RunResult(optimal, np.zeros(0), np.zeros(len(lower)), np.zeros(0))


def answer_at_sight(program: MatrixForm) -> RunResult | None:
    """The answer to a program without columns or with crossing bounds; None for every other program."""
    if not len(program.cost):
        return without_columns(program.sense, program.offset, program.row_lower, program.row_upper)
    if (program.lower > program.upper).any() or (program.row_lower > program.row_upper).any():
        return RunResult(Termination.infeasible(program.sense, "a lower bound exceeds its upper bound"))
    return None
