"""All capacities over all threats: one convex program for each guess of the ratio."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models import DesignProblem
from optimizer.algebra import Expression, Program
from optimizer.formulation import formulate
from optimizer.formulation.aim import Aim
from optimizer.formulation.measures.ratio_of_totals import RatioOfTotals
from optimizer.methods.direct import baseline, brancher_of, task_of
from optimizer.methods.found import Found, Start
from optimizer.solving.options import SolveOptions
from optimizer.solving.progress import Watch
from optimizer.solving.ratio_search import Fraction, RatioSearch
from optimizer.solving.task import Aim as Linear


def search(
    problem: DesignProblem, aim: Aim, options: SolveOptions, watch: Watch, start: Start | None = None
) -> Found:
    """The best plan for the ratio of totals, to the gap of `options`."""
    formulation = formulate(problem, aim)
    program, scene, form = formulation.program, formulation.scene, formulation.form
    if not isinstance(form, RatioOfTotals):
        raise TypeError(f"{form.stated.label} is no ratio of totals")
    fraction = Fraction(_aim(program, form.capacity(scene)), _aim(program, form.threat(scene)))
    brancher = brancher_of(formulation, options)
    best = RatioSearch(task_of(formulation, start), fraction, options, watch, brancher).solve()
    values = best.outcome.values
    if values is not None:
        reached = fraction.denominator.at(values)
        formulation = replace(formulation, form=replace(form, ratio=best.taken, reached=reached))
    return Found(formulation, best.outcome, best.value, best.bound, baseline(formulation))


def _aim(program: Program, expression: Expression) -> Linear:
    """A scalar expression as a linear function of all columns."""
    row = expression.terms.matrix(1, program.width)
    return Linear(np.asarray(row.toarray()).ravel(), float(expression.constant[0]))
