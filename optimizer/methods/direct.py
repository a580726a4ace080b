"""One measure, one convex program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from models import DesignProblem
from optimizer.algebra import Program
from optimizer.errors import BadInput
from optimizer.formulation import Formulation, formulate
from optimizer.formulation.registry import EQUATIONS
from optimizer.formulation.true_values import status_quo, true_values
from optimizer.methods.found import Found
from optimizer.solving.backends.protocol import Backend
from optimizer.solving.backends.registry import backend
from optimizer.solving.options import SolveOptions
from optimizer.solving.outer_approximation import Outcome, OuterApproximation, Task
from optimizer.solving.progress import Progress, Watch

HIGHS = "highs"
PROMISES = ("benefit.", "measures.")
"""Families whose rows in logs bound from below what curves relax."""


def search(problem: DesignProblem, options: SolveOptions, watch: Watch) -> Found:
    """The best plan for the measure of `problem`, to the gap of `options`."""
    formulation = formulate(problem)
    outcome = run(formulation, options, watch)
    bounds = outcome.termination.objective_bounds
    value, bound = (
        formulation.form.value(formulation.scene, objective)
        for objective in (bounds.primal, max(bounds.dual, bounds.primal))
    )
    return Found(formulation, outcome, value, bound)


def run(formulation: Formulation, options: SolveOptions, watch: Watch) -> Outcome:
    """Search for the best point of one program. Raises BadInput where the solver cannot take it."""
    program, scene = formulation.program, formulation.scene
    details = np.concatenate([block.columns for block in scene.decisions.details])
    brancher = None if options.solver == HIGHS else able(options.solver, formulation, "solver")
    task = Task(
        program=program,
        repair=partial(true_values, program, scene),
        status_quo=status_quo(program, scene),
        details=details,
        totals=np.concatenate([block.columns for block in scene.decisions.totals]),
        switches=np.concatenate([block.columns for block in scene.decisions.switches]),
        economy=scene.decisions.spending.columns,
        guarded=_promises(program),
        preference=np.isin(details, scene.decisions.arrivals.columns).astype(float),
    )
    tolerance = formulation.form.tolerance(scene, options.gap)
    return OuterApproximation(
        task, options, tolerance, InTermsOfMeasure(formulation, watch), brancher
    ).solve()


def able(name: str, formulation: Formulation, option: str) -> Backend:
    """The solver of that name. Raises BadInput, before any search, where it cannot take the program."""
    solver = backend(name)
    if (reason := solver.refuses(formulation.program.matrix())) is not None:
        raise BadInput.single(reason, field=option, remedy=f"choose another solver, such as {HIGHS}")
    return solver


def _promises(program: Program) -> NDArray[np.int64]:
    """Rows that promise security in logs, which is what the curves relax."""
    promised = (name for name, eq in EQUATIONS.items() if name.startswith(PROMISES) and eq.unit == "logs")
    blocks = [program.constraints[name].rows for name in promised if name in program.constraints]
    return np.concatenate([np.zeros(0, np.int64), *blocks])


@dataclass
class InTermsOfMeasure:
    """Passes progress on with incumbent, bound and gap in terms of the measure."""

    formulation: Formulation
    inner: Watch

    def report(self, progress: Progress) -> None:
        """The program's objective is a function of the measure."""
        value, bound = self._measure(progress.incumbent), self._measure(progress.bound)
        gap = None if value is None or bound is None else max(0.0, bound / value - 1)
        self.inner.report(Progress(progress.phase, value, bound, gap, progress.seconds, progress.nodes))

    def stop_requested(self) -> bool:
        """Whatever the inner watch says."""
        return self.inner.stop_requested()

    def _measure(self, objective: float | None) -> float | None:
        if objective is None:
            return None
        return self.formulation.form.value(self.formulation.scene, objective)
