"""No combination of whole decisions, each with the best continuous remainder, is better than the plan."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from concord.algebra import Program
from concord.formulation import formulate
from concord.planning import solve
from tests.support.agreement import GAP, OPTIONS, assert_same_optimum
from tests.support.compact import ONE_PERIOD, compact
from tests.support.cone import ContinuousProgram

FEW_WHOLE: dict[str, Any] = ONE_PERIOD | {
    "garrisons/sites": [{"id": "west", "name": "West", "host": "D", "latitude": 40, "longitude": 11}],
    "garrisons/tiers": [{"id": "small", "capacity": 1200, "setup_cost": 2, "upkeep": 0.5}],
    "garrisons/min_open": 0,
    "garrisons/contingents/unit": 400,
    "garrisons/contingents/max_state_share": 0.4,
    "garrisons/contingents/scale": None,
    **{f"states/{state}/military_personnel": 30000 for state in "ABCD"},
}
"""Changes that leave few whole decisions to be taken, everybody having a single unit to spare."""
DECIDED = ("operating", "running", "garrison", "deployed", "units", "assigned")
MOST = {"assigned": 2}
"""The largest whole number to be tried: no mission needs more than 800, two units. All else is 0 or 1."""
TOTALS = ("garrisoned", "force")
"""What the units of the only garrison add up to; any other whole number merely counts these."""


class Continuous(ContinuousProgram):
    """A program with its whole decisions as parameters."""

    def __init__(self, program: Program) -> None:
        blocks = (program.variables[name].columns for name in (*DECIDED, *TOTALS))
        self.whole = np.sort(np.concatenate([*blocks]))
        super().__init__(program, self.whole)

    def allows(self, decided: NDArray[np.float64]) -> bool:
        """Whether the rows over whole decisions alone allow them."""
        point = np.zeros(len(self.matrix.cost))
        point[self.whole] = decided
        others = np.setdiff1d(np.arange(len(point)), self.whole)
        pure = abs(self.matrix.matrix[:, others]).sum(axis=1) == 0
        activity = self.matrix.matrix @ point
        low, high = activity >= self.matrix.row_lower - 1e-9, activity <= self.matrix.row_upper + 1e-9
        return bool((low & high)[pure].all())


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
    numbers = [range(MOST.get(name, 1) + 1) for name in DECIDED for _ in at[name]]
    best = -np.inf
    for choice in product(*numbers):
        decided = np.zeros(len(continuous.whole))
        decided[chosen] = choice
        for name in TOTALS:
            decided[at[name]] = decided[at["units"]].sum()
        if continuous.allows(decided):
            best = max(best, continuous.best(decided))
    assert_same_optimum(solve(problem, OPTIONS), formulation.form.value(formulation.scene, best), 3 * GAP)
