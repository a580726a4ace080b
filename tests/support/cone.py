"""A program of the formulation, its curves and all, for an interior-point method."""

from __future__ import annotations

from typing import Any

import cvxpy as cp
import numpy as np
from numpy.typing import NDArray

from concord.algebra import Curve, Expression, Program


class ContinuousProgram:
    """A program with the columns `held` as parameters, all others continuous."""

    def __init__(self, program: Program, held: NDArray[np.int64]) -> None:
        matrix = self.matrix = program.matrix()
        self.held, self.decided = held, cp.Parameter(len(held))
        x = cp.Variable(len(matrix.cost))
        rows = matrix.matrix @ x
        low, high = np.isfinite(matrix.row_lower), np.isfinite(matrix.row_upper)
        below, above = np.isfinite(matrix.lower), np.isfinite(matrix.upper)
        rules = [
            rows[low] >= matrix.row_lower[low],
            rows[high] <= matrix.row_upper[high],
            x[below] >= matrix.lower[below],
            x[above] <= matrix.upper[above],
            x[held] == self.decided,
        ]
        for curve in program.curves.values():
            result, argument = self._affine(curve.result, x), self._affine(curve.argument, x)
            if curve.weight is not None:
                argument += 1 - self._affine(curve.weight, x)
            if curve.kind is Curve.LOG:
                rules.append(result <= cp.log(argument))
            else:
                grown = result if curve.rate is None else 1 + cp.multiply(curve.rate, result)
                rules.append(cp.exp(argument) <= grown)
        self.problem = cp.Problem(cp.Maximize(matrix.cost @ x + matrix.offset), rules)

    @staticmethod
    def _affine(expression: Expression, x: cp.Variable) -> Any:
        return expression.terms.matrix(expression.size, x.size) @ x + expression.constant

    def best(self, decided: NDArray[np.float64]) -> float:
        """The best objective with these values of what is held; minus infinity where there is none."""
        self.decided.value = decided
        try:
            self.problem.solve(solver=cp.CLARABEL)
        except cp.SolverError:  # neither a solution nor a proof that there is none: ask another
            self.problem.solve(solver=cp.SCS, eps=1e-7, max_iters=100_000)
        found = self.problem.status in {cp.OPTIMAL, cp.OPTIMAL_INACCURATE}
        return float(self.problem.value) if found else -np.inf
