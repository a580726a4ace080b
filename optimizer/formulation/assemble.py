"""From a problem to its program: the decisions, the families that apply, the curves, the objective.

A family that its problem does not need costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from concord.algebra import Program
from concord.formulation.aggregates import Aggregates
from concord.formulation.aim import Aim
from concord.formulation.constraints import (
    agreement,
    benefit,
    burden,
    doctrine,
    funds,
    garrisons,
    hegemony,
    locks,
    measures,
    missions,
    monitoring,
    programmes,
    provision,
    security,
    sharing,
    timetable,
)
from concord.formulation.curves import add_curves
from concord.formulation.equation import Equation, Family, Scene, family
from concord.formulation.index_sets import IndexSets
from concord.formulation.measures.frame import MeasureForm
from concord.formulation.measures.registry import form_of
from concord.formulation.parameters import Parameters
from concord.formulation.variables import Decisions
from concord.models import DesignProblem

FAMILIES: tuple[Family, ...] = (
    family("security", security),
    family("funds", funds),
    family("programmes", programmes),
    family("garrisons", garrisons),
    family("missions", missions),
    family("monitoring", monitoring),
    family("burden", burden),
    family("sharing", sharing),
    family("benefit", benefit),
    family("provision", provision),
    family("hegemony", hegemony),
    family("timetable", timetable),
    family("doctrine", doctrine),
    family("measures", measures),
    family("agreement", agreement),
    family("locks", locks),
)
"""The constraint families, in the order of their rows."""

EQUATIONS: dict[str, Equation] = {eq.name: eq for fam in FAMILIES for eq in fam.equations}


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
    for member in FAMILIES:
        if member.applies(problem):
            for equation in member.equations:
                program.add_constraints(equation.name, equation.write(scene))
    add_curves(program, scene)
    program.maximise(form.objective(scene))
    return Formulation(scene, program, form)
