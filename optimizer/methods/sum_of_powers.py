"""Means less averse to inequality than the geometric: global search under ceilings."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim
from concord.formulation.log_ratio_bounds import LogRatioBounds
from concord.formulation.measures.sum_of_powers import SumOfPowers
from concord.methods.direct import InTermsOfMeasure, baseline, bounds_of, brancher_of, task_of
from concord.methods.found import Found, Start
from concord.models import DesignProblem
from concord.solving.global_search import GlobalSearch
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch
from concord.solving.propagation import implied_bounds
from concord.solving.rising import Affine, Rising

Values = NDArray[np.float64]


def search(
    problem: DesignProblem, aim: Aim, options: SolveOptions, watch: Watch, start: Start | None = None
) -> Found:
    """The best plan for the measure of `aim`, to the gap of `options`."""
    formulation = formulate(problem, aim)
    scene, form = formulation.scene, formulation.form
    if not isinstance(form, SumOfPowers):
        raise TypeError(f"{form.stated.label} is no sum of powers")
    worth = scene.decisions.worth.columns
    outcome = GlobalSearch(
        task_of(formulation, start),
        _rising(formulation, form),
        formulation.program.matrix().cost[worth],
        options,
        lambda reached: replace(form, reached=reached).tolerance(scene, options.gap),
        InTermsOfMeasure(formulation, watch),
        brancher_of(formulation, options),
    ).solve()
    reached = outcome.termination.objective_bounds.primal
    formulation = replace(formulation, form=replace(form, reached=reached if isfinite(reached) else 0.0))
    return Found(formulation, outcome, *bounds_of(formulation, outcome), baseline(formulation))


def _rising(formulation: Formulation, form: SumOfPowers) -> Rising:
    """11.6: the worth of a ratio is at most what is known of the ratio's logarithm makes it."""
    program, scene = formulation.program, formulation.scene
    bounds, width, exponent = LogRatioBounds(program, scene), program.width, form.exponent
    counted = np.flatnonzero(scene.aggregates.weights.to_numpy() > 0)
    columns, before = scene.decisions.worth.columns, form.before(scene)
    picked = (np.ones(len(columns)), (np.arange(len(columns)), columns))
    itself = Affine(sparse.csr_array(picked, shape=(len(columns), width)), np.zeros(len(columns)))

    def majorant(point: Values) -> Affine:
        matrix, constant = bounds.above(point)
        return Affine(sparse.csr_array(matrix[counted] * exponent), (constant[counted] - before) * exponent)

    least = (bounds.below(*implied_bounds(program.matrix()))[counted] - before) * exponent
    return Rising(itself, Affine.of(form.argument(scene), width), least, majorant, exponent)
