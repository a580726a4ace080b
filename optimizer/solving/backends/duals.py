"""Duals of linear programs from solvers whose sign convention is not known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concord.algebra.matrix import MatrixForm

TOLERANCE = 1e-6


def proven_duals(
    program: MatrixForm, values: NDArray[np.float64], duals: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Row duals and reduced costs by the convention of `RunResult`, or None when neither sign is a proof.

    The duals are right when the bound that they prove on the objective is the objective of `values` itself.
    """
    objective = float(program.cost @ values) + program.offset
    for candidate in (duals, -duals):
        reduced = program.cost - program.matrix.T @ candidate
        proven = dual_bound(program, candidate, reduced)
        if abs(proven - objective) <= TOLERANCE * max(1.0, abs(objective)):
            return candidate, reduced
    return None


def dual_bound(
    program: MatrixForm, row_duals: NDArray[np.float64], reduced_costs: NDArray[np.float64]
) -> float:
    """The bound on the objective that the duals prove; infinite when a dual has a sign without a bound.

    Minimising, a positive dual leans on the lower bound of its row and a negative one on the upper;
    maximising, it is the other way round.
    """
    weights = np.concatenate([row_duals, reduced_costs])
    lower = np.concatenate([program.row_lower, program.lower])
    upper = np.concatenate([program.row_upper, program.upper])
    if program.sense == "max":
        lower, upper = upper, lower
    active = np.where(weights > 0, lower, upper)
    used = np.abs(weights) > TOLERANCE * 1e-3
    return float(weights[used] @ active[used]) + program.offset
