"""Plans in the neighbourhood of one: some of its whole decisions are held, the others sought anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models import Plan
from optimizer.formulation import Formulation
from optimizer.formulation.held import curved, whole_decisions
from optimizer.methods.direct import task_of
from optimizer.solving.box import Box
from optimizer.solving.options import SolveOptions
from optimizer.solving.outer_approximation import Outcome, OuterApproximation
from optimizer.solving.progress import Watch
from optimizer.solving.tangents import Tangents


def search_near(
    formulation: Formulation, plan: Plan, options: SolveOptions, gap: float, watch: Watch
) -> Outcome:
    """The best plan of `formulation`, to a gap, that has the organs and the monitors of `plan`.

    Tangents are laid where the plan is, so that a first solution is nearly a plan. The bound of the outcome
    holds for these plans alone.
    """
    program, d = formulation.program, formulation.scene.decisions
    task, matrix = task_of(formulation), program.matrix()
    columns, values = whole_decisions(formulation, plan)
    steady = [block.columns for block in (d.operating, d.watching, d.teams, d.provided)]
    kept = np.isin(columns, np.concatenate(steady))
    held = matrix.fixed(columns[kept], values[kept])
    tangents = Tangents(program)
    tangents.first(task.status_quo)
    tangents.lay_at(curved(formulation, plan))
    near = replace(task, box=Box(held.lower, held.upper))
    tolerance = formulation.form.tolerance(formulation.scene, gap)
    return OuterApproximation(near, replace(options, gap=gap), tolerance, watch).solve(tangents)
