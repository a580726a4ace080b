"""What every solver offers, whatever it is."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from concord.algebra.matrix import MatrixForm
from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.result import RunResult


class Backend(Protocol):
    """One solver. Instances hold no state between solves."""

    @property
    def name(self) -> str:
        """The name by which users ask for it, such as `highs` or `pulp:GUROBI`."""
        ...

    def version(self) -> str:
        """The solver and its version, for the provenance of a plan."""
        ...

    def refuses(self, program: MatrixForm) -> str | None:
        """Why this solver cannot take the program, or None when it can."""
        ...

    def solve(
        self,
        program: MatrixForm,
        limits: RunLimits,
        start: NDArray[np.float64] | None = None,
        watch: Watch | None = None,
    ) -> RunResult:
        """Solve the program within the limits, from the point `start` if the solver can use one.

        Infeasibility, limits and a stop by the watch are results. Raises SolverFailure when the program is
        one that the solver `refuses`, or when the solver cannot be run at all.
        """
        ...
