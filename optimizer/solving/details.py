"""Details: columns that neither the objective nor any curve knows, decided after everything else.

Who exactly is where often changes neither value nor cost. Leaving such columns out, with every row that they
are in, is a relaxation that is much smaller; its bound is valid. Its solution is then completed by a program
in the details alone, which is purely integer where they are whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimizer.algebra import MatrixForm
from optimizer.solving.backends.cp_sat import CpSatBackend
from optimizer.solving.backends.highs import HighsBackend
from optimizer.solving.options import RunLimits
from optimizer.solving.progress import Watch

Values = NDArray[np.float64]
ROUNDING = 1e-6
"""By how much rows may be missed because the decisions already made are floating-point numbers."""


@dataclass(frozen=True, eq=False)
class Details:
    """The split of a program into what matters first and its details."""

    program: MatrixForm
    columns: NDArray[np.int64]
    cost: Values
    """What completing prefers, one coefficient per detail (minimised)."""

    @cached_property
    def _touched(self) -> NDArray[np.bool_]:
        """Rows with a detail in them."""
        part = self.program.matrix[:, self.columns]
        return np.asarray(np.diff(sparse.csr_array(part).indptr) > 0)

    @cached_property
    def coarse_rows(self) -> NDArray[np.int64]:
        """Numbers of the rows without details."""
        return np.flatnonzero(~self._touched)

    @cached_property
    def coarse(self) -> MatrixForm:
        """The program without details: its columns are kept, held at zero, so that numbers stay the same."""
        integer = self.program.integer.copy()
        integer[self.columns] = False
        held = self.program.fixed(self.columns, np.zeros(len(self.columns)))
        return replace(held.with_only_rows(self.coarse_rows), integer=integer)

    def complete(self, values: Values, limits: RunLimits, watch: Watch) -> Values | None:
        """`values` with details that satisfy their rows, or None where none were found."""
        if not len(self.columns):
            return values
        program = self._program_of_details(values)
        solver = CpSatBackend()
        backend = HighsBackend() if solver.refuses(program) else solver
        run = backend.solve(program, limits, None, watch)
        if not run.has_solution:
            return None
        point = values.copy()
        point[self.columns] = run.values
        return point

    def _program_of_details(self, values: Values) -> MatrixForm:
        """The rows of the details with everything else decided."""
        program, rows = self.program, np.flatnonzero(self._touched)
        matrix = sparse.csr_array(program.matrix[rows])
        decided = values.copy()
        decided[self.columns] = 0.0
        used = matrix @ decided
        return MatrixForm(
            name=f"{program.name} details",
            sense="min",
            cost=self.cost,
            offset=0.0,
            matrix=sparse.csr_array(matrix[:, self.columns]),
            row_lower=program.row_lower[rows] - used - ROUNDING,
            row_upper=program.row_upper[rows] - used + ROUNDING,
            lower=program.lower[self.columns],
            upper=program.upper[self.columns],
            integer=program.integer[self.columns],
            column_blocks=(),
            row_blocks=(),
        )
