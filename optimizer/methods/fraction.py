"""All capacities over all threats: one convex program for each guess of the ratio."""

from __future__ import annotations

from dataclasses import replace

from concord.formulation import formulate
from concord.formulation.aim import Aim
from concord.formulation.measures.ratio_of_totals import RatioOfTotals
from concord.methods.direct import baseline, brancher_of, linear, task_of
from concord.methods.found import Found, Start
from concord.models import DesignProblem
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch
from concord.solving.ratio_search import Fraction, RatioSearch


def search(
    problem: DesignProblem, aim: Aim, options: SolveOptions, watch: Watch, start: Start | None = None
) -> Found:
    """The best plan for the ratio of totals, to the gap of `options`."""
    formulation = formulate(problem, aim)
    program, scene, form = formulation.program, formulation.scene, formulation.form
    if not isinstance(form, RatioOfTotals):
        raise TypeError(f"{form.stated.label} is no ratio of totals")
    fraction = Fraction(linear(program, form.capacity(scene)), linear(program, form.threat(scene)))
    brancher = brancher_of(formulation, options)
    best = RatioSearch(task_of(formulation, start), fraction, options, watch, brancher).solve()
    values = best.outcome.values
    if values is not None:
        reached = fraction.denominator.at(values)
        formulation = replace(formulation, form=replace(form, ratio=best.taken, reached=reached))
    return Found(formulation, best.outcome, best.value, best.bound, baseline(formulation))
