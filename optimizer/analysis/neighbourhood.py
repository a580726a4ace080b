"""Plans in the neighbourhood of one: some of its whole decisions are held, the others sought anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from concord.formulation import Formulation
from concord.formulation.held import curved, whole_decisions
from concord.methods.direct import task_of
from concord.models import Plan
from concord.solving.box import Box
from concord.solving.options import SolveOptions
from concord.solving.outer_approximation import Outcome, OuterApproximation
from concord.solving.progress import Watch
from concord.solving.tangents import Tangents


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
