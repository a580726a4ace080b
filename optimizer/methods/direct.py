"""One measure, one convex program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from concord.algebra import Expression, Program
from concord.errors import BadInput
from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim
from concord.formulation.assemble import EQUATIONS
from concord.formulation.labelling import spread
from concord.formulation.preferences import preferred_postings
from concord.formulation.true_values import status_quo, true_values, without_institution
from concord.methods.found import Found, Start
from concord.models import DesignProblem, Measure, StatedMeasure
from concord.solving.backends.protocol import Backend
from concord.solving.backends.registry import backend
from concord.solving.box import Box
from concord.solving.companies import FineColumns
from concord.solving.footing import Footing
from concord.solving.options import SolveOptions
from concord.solving.outer_approximation import Outcome, OuterApproximation, Task
from concord.solving.progress import Progress, Watch
from concord.solving.tangents import Tangents
from concord.solving.task import Aim as Linear
from concord.solving.termination import Termination

Values = NDArray[np.float64]

HIGHS = "highs"
ANY = 1.0
"""Distance from the best at which a search is content that has nothing to maximise."""
FEW = 50
"""Companies that all missions together need, from which on half a company more or less hardly matters."""
IDLE = 1.0
"""What a company at a garrison counts against a million tonne-km moved, where companies are rounded."""
PROMISES = ("benefit.", "measures.")
"""Families whose rows in logs bound from below what curves relax."""


def search(
    problem: DesignProblem,
    aim: Aim,
    options: SolveOptions,
    watch: Watch,
    start: Start | None = None,
    footing: Footing | None = None,
) -> Found:
    """The best plan for the measure of `aim`, to the gap of `options`."""
    formulation = formulate(problem, aim)
    outcome = run(formulation, options, watch, start, footing)
    value, bound = bounds_of(formulation, outcome)
    return Found(formulation, outcome, value, bound, baseline(formulation))


def any_plan(problem: DesignProblem, options: SolveOptions, watch: Watch) -> tuple[Start | None, Termination]:
    """A point that keeps every rule, whatever it is worth, or the proof that there is none.

    No measure takes a plan away from another, so that one program tells it for all of them.
    """
    aim = replace(Aim.of(problem), stated=StatedMeasure(measure=Measure.GEOMETRIC))
    formulation = formulate(problem, aim)
    anything = Linear(np.zeros(formulation.program.width), 0.0)
    task = replace(task_of(formulation), aim=anything, guides=())
    outcome = OuterApproximation(task, options, ANY, watch, brancher_of(formulation, options)).solve()
    return None if outcome.values is None else (formulation, outcome.values), outcome.termination


def bounds_of(formulation: Formulation, outcome: Outcome) -> tuple[float, float]:
    """Value and bound of the measure that a program maximises."""
    bounds = outcome.termination.objective_bounds
    form, scene = formulation.form, formulation.scene
    return form.value(scene, bounds.primal), form.value(scene, max(bounds.dual, bounds.primal))


def baseline(formulation: Formulation) -> float:
    """The measure that a program maximises, without the institution."""
    scene = formulation.scene
    return formulation.form.at(scene, without_institution(formulation.program, scene))


def run(
    formulation: Formulation,
    options: SolveOptions,
    watch: Watch,
    start: Start | None = None,
    footing: Footing | None = None,
    *,
    tangents: Tangents | None = None,
    as_whole: bool = False,
) -> Outcome:
    """Search for the best point of one program, from `start` where a point is known, or from `footing`, or
    with the `tangents` of a program with the same curves.

    With `as_whole` the whole decisions stay as they are in `start`. Raises BadInput where the solver cannot
    take the program.
    """
    tolerance = formulation.form.tolerance(formulation.scene, options.gap)
    watch, task = InTermsOfMeasure(formulation, watch), task_of(formulation, start)
    if as_whole:
        task = with_whole_held(task)
    search = OuterApproximation(task, options, tolerance, watch, brancher_of(formulation, options), footing)
    return search.solve(None if tangents is None else tangents.renewed(formulation.program))


def with_whole_held(task: Task) -> Task:
    """The task with the whole numbers of its start, which leaves no details to decide after the rest."""
    if task.start is None:
        raise AssertionError("whole numbers are held as they are in the start")
    matrix, whole = task.matrix(), np.round(task.start)
    lower = np.where(matrix.integer, whole, matrix.lower)
    upper = np.where(matrix.integer, whole, matrix.upper)
    held = replace(task, box=Box(lower, upper), guides=())
    return replace(held, details=task.details[:0], preference=task.preference[:0])


def brancher_of(formulation: Formulation, options: SolveOptions) -> Backend | None:
    """The solver that branches instead of HiGHS. Raises BadInput where it cannot take the program."""
    return None if options.solver == HIGHS else able(options.solver, formulation, "solver")


def task_of(formulation: Formulation, start: Start | None = None) -> Task:
    """The program, and what the search must know of it, from `start` where a point is known."""
    program, scene = formulation.program, formulation.scene
    details = np.concatenate([block.columns for block in scene.decisions.details])
    return Task(
        program=program,
        repair=partial(true_values, program, scene),
        status_quo=status_quo(program, scene),
        details=details,
        totals=np.concatenate([block.columns for block in scene.decisions.totals]),
        switches=np.concatenate([block.columns for block in scene.decisions.switches]),
        economy=scene.decisions.spending.columns,
        guarded=_promises(program),
        preference=preferred_postings(scene),
        fine=_companies(formulation),
        guides=tuple(linear(program, guide) for guide in formulation.form.guides(scene)),
        start=None if start is None else true_values(program, scene, _carried_over(start, program)),
    )


def _companies(formulation: Formulation) -> FineColumns:
    """Companies at missions and garrisons, which are rounded last: from the nearest garrison, and few idle.

    Where a rule on burdens counts what each nation sends, companies at garrisons bear on it and are decided
    with everything else. Where all missions together need few, a company matters, and all are whole numbers
    of the search.
    """
    scene = formulation.scene
    d, p = scene.decisions, scene.parameters
    if not d.assigned.integer or p.need.sum() < FEW * p.contingent_unit:
        return FineColumns.none()
    blocks = [
        (d.assigned, np.asarray(spread(p.haul, d.assigned.index), dtype=np.float64) * p.contingent_unit)
    ]
    if not d.sent.size:
        blocks += [(d.garrisoned, np.full(d.garrisoned.size, IDLE)), (d.force, np.zeros(d.force.size))]
    columns, costs = zip(*blocks, strict=True)
    return FineColumns(
        np.concatenate([block.columns for block in columns]),
        d.strength.columns,
        d.lift.columns,
        np.concatenate(costs),
    )


def linear(program: Program, expression: Expression) -> Linear:
    """A scalar expression as a linear function of all columns."""
    row = expression.terms.matrix(1, program.width)
    return Linear(np.asarray(row.toarray()).ravel(), float(expression.constant[0]))


def able(name: str, formulation: Formulation, option: str) -> Backend:
    """The solver of that name. Raises BadInput, before any search, where it cannot take the program."""
    solver = backend(name)
    if (reason := solver.refuses(formulation.program.matrix())) is not None:
        raise BadInput.single(reason, field=option, remedy=f"choose another solver, such as {HIGHS}")
    return solver


def _carried_over(start: Start, program: Program) -> Values:
    """The plan of another program of the same problem: decisions that only one of both has stay 0."""
    formulation, values = start
    point = np.zeros(program.width)
    for name, block in formulation.program.variables.items():
        mine = program.variables[name]
        if mine.index.equals(block.index):
            point[mine.columns] = values[block.columns]
    return point


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
