"""The continuous program that is left when the whole decisions of a plan are held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.formulation import Formulation, formulate
from concord.formulation.held import whole_decisions
from concord.formulation.true_values import status_quo, true_values
from concord.models import DesignProblem, Plan
from concord.solving.backends.highs import Basis
from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.relaxation import Relaxation
from concord.solving.tangents import Tangents

Values = NDArray[np.float64]
ROUNDS = 40
NEAR = 1e-9
"""Distance of the true value and its bound, in the measure's logarithm, that is near enough."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best continuous decisions for the whole ones."""

    measure: float
    point: Values
    duals: Values
    """Of the rows of `form`, which come before the tangents."""
    form: MatrixForm
    formulation: Formulation
    tangents: Tangents
    basis: Basis | None
    """Of the rows of `form`, then of the tangents."""
    precise: bool
    """Whether there are as many tangents as that takes; else time was short, and figures are rough."""


def optimum(
    problem: DesignProblem,
    plan: Plan,
    limits: RunLimits,
    watch: Watch,
    near: Optimum | None = None,
    end: float | None = None,
) -> Optimum | None:
    """The best plan with the whole decisions of `plan`; None where `problem` admits none.

    `near` is that of a problem that differs in a rule; its tangents and its basis are used again.
    After `end`, in seconds of `perf_counter`, no more tangents are sought.
    """
    formulation = formulate(problem)
    scene, program = formulation.scene, formulation.program
    free = program.matrix()
    columns, values = whole_decisions(formulation, plan)
    if np.any((values < free.lower[columns] - NEAR) | (values > free.upper[columns] + NEAR)):
        return None
    held = free.fixed(columns, values)
    untold = np.setdiff1d(np.flatnonzero(free.integer), columns)
    if near is not None and near.formulation.program.width == program.width:
        tangents = near.tangents.renewed(program)
        found: MatrixForm | None = held.fixed(untold, np.round(near.point[untold]))
        basis = near.basis if near.form.matrix.shape == held.matrix.shape else None
    else:
        tangents, basis = Tangents(program), None
        tangents.first(status_quo(program, scene))
        found = _untold_held(held, tangents, untold, limits, watch)
    if found is None:
        return None
    relaxation = Relaxation(replace(found, integer=np.zeros_like(found.integer)), tangents)
    if basis is not None:
        relaxation.basis = basis
    return continuous_optimum(relaxation, formulation, limits, watch, end)


def _untold_held(
    form: MatrixForm, tangents: Tangents, untold: NDArray[np.int64], limits: RunLimits, watch: Watch
) -> MatrixForm | None:
    """Whole decisions of which a plan says nothing, held where they are best."""
    if not len(untold):
        return form
    integer = np.zeros_like(form.integer)
    integer[untold] = True
    run = Relaxation(replace(form, integer=integer), tangents).run_whole(limits, watch, "whole decisions")
    return form.fixed(untold, np.round(run.values[untold])) if run.has_solution else None


def continuous_optimum(
    relaxation: Relaxation,
    formulation: Formulation,
    limits: RunLimits,
    watch: Watch,
    end: float | None = None,
) -> Optimum | None:
    """The best of a relaxation without whole decisions, with as many tangents as that takes.

    After `end`, in seconds of `perf_counter`, with those that there are.
    """
    scene, program, form = formulation.scene, formulation.program, relaxation.program
    duals: Values | None = None
    precise, late = formulation.form.tolerance(scene, NEAR), False
    for _ in range(ROUNDS):
        run = relaxation.run(limits, watch, "whole decisions held")
        duals = run.row_duals
        if duals is None:
            return None
        point = true_values(program, scene, run.values)
        distance = run.objective - form.value(point)
        late = end is not None and perf_counter() > end
        if distance <= precise or not relaxation.touch(run.values) or late:
            break
    if duals is None:
        return None
    return Optimum(
        formulation.form.value(scene, run.objective),
        run.values,
        duals[: len(form.row_lower)],
        form,
        formulation,
        relaxation.tangents,
        relaxation.basis,
        distance <= precise or not late,
    )
