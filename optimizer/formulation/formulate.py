"""From a problem to its program: the decisions, the families that apply, the curves, the objective."""

from __future__ import annotations

from dataclasses import dataclass

from models import DesignProblem
from optimizer.algebra import Program
from optimizer.formulation.curves import add_curves
from optimizer.formulation.equation import Scene
from optimizer.formulation.index_sets import IndexSets
from optimizer.formulation.measures import geometric
from optimizer.formulation.parameters import Parameters
from optimizer.formulation.registry import FAMILIES
from optimizer.formulation.variables import Decisions


@dataclass(frozen=True)
class Formulation:
    """A program with the scene that it was written from."""

    scene: Scene
    program: Program


def formulate(problem: DesignProblem) -> Formulation:
    """The program of `problem`: what docs/formulation.md says, for the data at hand."""
    program = Program(problem.id)
    sets = IndexSets(problem)
    parameters = Parameters(problem, sets)
    scene = Scene(problem, sets, parameters, Decisions.declare(program, sets, parameters))
    for family in FAMILIES:
        if family.applies(problem):
            for equation in family.equations:
                program.add_constraints(equation.name, equation.write(scene))
    add_curves(program, scene)
    program.maximise(geometric.objective(scene))
    return Formulation(scene, program)
