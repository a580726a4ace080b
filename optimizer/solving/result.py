"""What one run of one solver found.

One sign convention holds for every backend: a row's dual is the change of the objective *as posed* per unit
of its right-hand side, and a column's reduced cost the change per unit of its active bound. Loosening a
binding `<=` row of a maximisation therefore has a dual >= 0, and of a minimisation a dual <= 0. A program
with integer columns has no duals: they are absent, never zero. A backend that does not compute them leaves
them out too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concord.errors import SolverFailure
from concord.solving.termination import Termination


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """The end of a run: why it ended, the best solution if there is one, bounds, duals of an LP, and effort.

    `solution` has one value per column, `row_duals` one per row, `reduced_costs` one per column. `nodes` and
    `iterations` are 0 where the solver does not tell. `interrupted` says that the user or the watch asked the
    run to stop, even if it had reached its end by then.
    """

    termination: Termination
    solution: NDArray[np.float64] | None = None
    row_duals: NDArray[np.float64] | None = None
    reduced_costs: NDArray[np.float64] | None = None
    nodes: int = 0
    iterations: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def has_solution(self) -> bool:
        """Whether `values` and `objective` may be asked for."""
        return self.solution is not None

    @property
    def values(self) -> NDArray[np.float64]:
        """The best solution, one value per column.

        Raises SolverFailure when the run found none: ask `has_solution` first.
        """
        if self.solution is None:
            raise self._nothing_found()
        return self.solution

    @property
    def objective(self) -> float:
        """The objective of `values`, offset included. Raises SolverFailure when the run found no solution."""
        if self.solution is None:
            raise self._nothing_found()
        return self.termination.objective_bounds.primal

    @property
    def bound(self) -> float:
        """The proven bound on the objective; infinite where nothing is proven."""
        return self.termination.objective_bounds.dual

    @property
    def absolute_gap(self) -> float:
        """Distance from objective to bound, never negative; infinite without a solution or a bound."""
        bounds = self.termination.objective_bounds
        finite = self.has_solution and math.isfinite(bounds.dual)
        return abs(bounds.dual - bounds.primal) if finite else math.inf

    def _nothing_found(self) -> SolverFailure:
        end = self.termination
        return SolverFailure(f"no solution to read: the run ended {end.reason.value} ({end.detail})")
