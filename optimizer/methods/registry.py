"""From the method of a measure to its search."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models import DesignProblem
from optimizer.formulation.aim import Aim
from optimizer.formulation.measures.frame import Method
from optimizer.formulation.measures.registry import form_of
from optimizer.methods import direct, fraction, leximin, sum_of_powers
from optimizer.methods.found import Found, Start
from optimizer.solving.options import SolveOptions
from optimizer.solving.progress import Watch

Search = Callable[[DesignProblem, Aim, SolveOptions, Watch, Start | None], Found]

METHODS: Mapping[Method, Search] = {
    Method.DIRECT: direct.search,
    Method.LEVELS: leximin.search,
    Method.RATIO: fraction.search,
    Method.GLOBAL: sum_of_powers.search,
}


def search_for(aim: Aim) -> Search:
    """The search by the method of the measure that `aim` maximises. Raises BadInput where it has none."""
    return METHODS[form_of(aim.stated).method]
