"""From the method of a measure to its search."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models import DesignProblem
from optimizer.formulation.measures.frame import Method
from optimizer.formulation.measures.registry import form_of
from optimizer.methods import direct
from optimizer.methods.found import Found
from optimizer.solving.options import SolveOptions
from optimizer.solving.progress import Watch

Search = Callable[[DesignProblem, SolveOptions, Watch], Found]

METHODS: Mapping[Method, Search] = {Method.DIRECT: direct.search}


def search(problem: DesignProblem, options: SolveOptions, watch: Watch) -> Found:
    """The best plan for what `problem` maximises, by the method of its measure."""
    return METHODS[form_of(problem.objective).method](problem, options, watch)
