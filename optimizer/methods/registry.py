"""From the method of a measure to its search."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concord.formulation.aim import Aim
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.methods import direct, fraction, leximin, sum_of_powers
from concord.methods.found import Found, Start
from concord.models import DesignProblem
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch

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
