"""From a problem to its program: the decisions, the families that apply, the curves, the objective."""

from __future__ import annotations

from dataclasses import dataclass

from concord.algebra import Program
from concord.formulation.aggregates import Aggregates
from concord.formulation.aim import Aim
from concord.formulation.curves import add_curves
from concord.formulation.equation import Scene
from concord.formulation.index_sets import IndexSets
from concord.formulation.measures.frame import MeasureForm
from concord.formulation.measures.registry import form_of
from concord.formulation.parameters import Parameters
from concord.formulation.registry import FAMILIES
from concord.formulation.variables import Decisions
from concord.models import DesignProblem


@dataclass(frozen=True)
class Formulation:
    """A program with the scene that it was written from."""

    scene: Scene
    program: Program
    form: MeasureForm
    """The measure that the program maximises."""


def formulate(problem: DesignProblem, aim: Aim | None = None) -> Formulation:
    """The program of `problem`: what docs/formulation.md says, for the data at hand.

    `aim` is what to maximise instead of what the problem says. Raises BadInput where no program can.
    """
    program = Program(problem.id)
    sets = IndexSets(problem)
    parameters = Parameters(problem, sets)
    aggregates = Aggregates(problem, sets, aim or Aim.of(problem))
    decisions = Decisions.declare(program, sets, parameters, aggregates)
    scene = Scene(problem, sets, parameters, decisions, aggregates)
    form = form_of(scene.aim.stated)
    for family in FAMILIES:
        if family.applies(problem):
            for equation in family.equations:
                program.add_constraints(equation.name, equation.write(scene))
    add_curves(program, scene)
    program.maximise(form.objective(scene))
    return Formulation(scene, program, form)
