"""No combination of whole decisions, each with the best continuous remainder, is better than the plan."""

from __future__ import annotations

from itertools import product
from typing import Any

import cvxpy as cp
import numpy as np
import pytest
from numpy.typing import NDArray

from optimizer.algebra import Curve, Expression, Program
from optimizer.formulation import formulate
from optimizer.planning import solve
from tests.support.agreement import GAP, OPTIONS, assert_same_optimum
from tests.support.compact import ONE_PERIOD, compact

FEW_WHOLE: dict[str, Any] = ONE_PERIOD | {
    "garrisons/sites": [{"id": "west", "name": "West", "host": "D", "latitude": 40, "longitude": 11}],
    "garrisons/tiers": [{"id": "small", "capacity": 1200, "setup_cost": 2, "upkeep": 0.5}],
    "garrisons/min_open": 0,
    "garrisons/contingents/unit": 400,
    "garrisons/contingents/max_state_share": 0.4,
    "garrisons/contingents/scale": None,
    **{f"states/{state}/military_personnel": 30000 for state in "ABCD"},
}
"""Changes that leave nine whole decisions to be taken, everybody having a single unit to spare."""
DECIDED = ("operating", "running", "garrison", "deployed", "units")
TOTALS = ("garrisoned", "force")
"""What the units of the only garrison add up to; any other whole number merely counts these."""


class Continuous:
    """A program with its whole decisions as parameters, solved by an interior-point method."""

    def __init__(self, program: Program) -> None:
        matrix = self.matrix = program.matrix()
        self.whole = np.sort(
            np.concatenate([program.variables[name].columns for name in (*DECIDED, *TOTALS)])
        )
        self.decided = cp.Parameter(len(self.whole))
        x = cp.Variable(len(matrix.cost))
        rows = matrix.matrix @ x
        low, high = np.isfinite(matrix.row_lower), np.isfinite(matrix.row_upper)
        below, above = np.isfinite(matrix.lower), np.isfinite(matrix.upper)
        rules = [
            rows[low] >= matrix.row_lower[low],
            rows[high] <= matrix.row_upper[high],
            x[below] >= matrix.lower[below],
            x[above] <= matrix.upper[above],
            x[self.whole] == self.decided,
        ]
        for curve in program.curves.values():
            result, argument = self._affine(curve.result, x), self._affine(curve.argument, x)
            if curve.weight is not None:
                argument += 1 - self._affine(curve.weight, x)
            log_curve = curve.kind is Curve.LOG
            rules.append(result <= cp.log(argument) if log_curve else cp.exp(argument) <= result)
        self.problem = cp.Problem(cp.Maximize(matrix.cost @ x + matrix.offset), rules)

    @staticmethod
    def _affine(expression: Expression, x: cp.Variable) -> Any:
        return expression.terms.matrix(expression.size, x.size) @ x + expression.constant

    def allows(self, decided: NDArray[np.float64]) -> bool:
        """Whether the rows over whole decisions alone allow them."""
        point = np.zeros(len(self.matrix.cost))
        point[self.whole] = decided
        others = np.setdiff1d(np.arange(len(point)), self.whole)
        pure = abs(self.matrix.matrix[:, others]).sum(axis=1) == 0
        activity = self.matrix.matrix @ point
        low, high = activity >= self.matrix.row_lower - 1e-9, activity <= self.matrix.row_upper + 1e-9
        return bool((low & high)[pure].all())

    def best(self, decided: NDArray[np.float64]) -> float:
        """The best objective with these whole decisions; minus infinity where there is none."""
        self.decided.value = decided
        try:
            self.problem.solve(solver=cp.CLARABEL)
        except cp.SolverError:  # neither a solution nor a proof that there is none: ask another
            self.problem.solve(solver=cp.SCS, eps=1e-7, max_iters=100_000)
        found = self.problem.status in {cp.OPTIMAL, cp.OPTIMAL_INACCURATE}
        return float(self.problem.value) if found else -np.inf


GEOMETRIC = {"measure": "geometric"}


@pytest.mark.parametrize(
    ("budget", "pacification", "objective"),
    [
        (16.0, 0.4, GEOMETRIC),
        (60.0, 0.4, GEOMETRIC),
        (60.0, 4.0, GEOMETRIC),
        (60.0, 4.0, {"measure": "minimum"}),
        (30.0, 4.0, {"measure": "alpha", "alpha": 3.0}),
    ],
)
def test_no_combination_of_whole_decisions_is_better(
    budget: float, pacification: float, objective: dict[str, Any]
) -> None:
    changes = {
        "funds/assessed/budget": budget,
        "missions/ceasefire/effects": {"war": pacification},
        "objective": objective,
    }
    problem = compact(FEW_WHOLE | changes)
    formulation = formulate(problem)
    program = formulation.program
    continuous = Continuous(program)
    at = {
        name: np.searchsorted(continuous.whole, program.variables[name].columns)
        for name in (*DECIDED, *TOTALS)
    }
    chosen = np.concatenate([at[name] for name in DECIDED])
    best = -np.inf
    for choice in product((0.0, 1.0), repeat=len(chosen)):
        decided = np.zeros(len(continuous.whole))
        decided[chosen] = choice
        for name in TOTALS:
            decided[at[name]] = decided[at["units"]].sum()
        if continuous.allows(decided):
            best = max(best, continuous.best(decided))
    assert_same_optimum(solve(problem, OPTIONS), formulation.form.value(formulation.scene, best), 3 * GAP)
