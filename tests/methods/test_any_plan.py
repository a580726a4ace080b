"""A plan whatever it is worth: it keeps every rule, and one is found for every measure that there is."""

from __future__ import annotations

import pytest

import concord
from concord import planning
from concord.errors import Infeasible
from concord.methods.direct import any_plan
from concord.models import DesignProblem
from concord.problem import maximising
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import SolveOptions
from concord.solving.progress import SilentWatch
from concord.solving.termination import Reason

MEASURES = ("geometric", "minimum", "leximin", "mean", "ratio-of-totals")
COMMITTED = "funds.common-fund.commitment"


def committed(amount: float, measure: str) -> DesignProblem:
    """Doing nothing is no plan: the fund must be paid."""
    return maximising(concord.load("three-states", settings=[f"{COMMITTED}={amount}"]), measure)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_plan_is_found_whatever_is_maximised(measure: str) -> None:
    point, _ = any_plan(committed(150, measure), SolveOptions(threads=1), SilentWatch())
    assert point is not None
    formulation, values = point
    assert violation(formulation.program.matrix(), values) <= FEASIBILITY


@pytest.mark.parametrize("measure", MEASURES)
def test_it_is_told_where_there_is_none(measure: str) -> None:
    """The budget is 180."""
    point, end = any_plan(committed(200, measure), SolveOptions(threads=1), SilentWatch())
    assert point is None
    assert end.reason in (Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED)
    with pytest.raises(Infeasible):
        concord.solve(committed(200, measure))


@pytest.mark.parametrize("measure", MEASURES)
def test_a_search_goes_on_from_it(measure: str) -> None:
    problem, options = committed(150, measure), SolveOptions(threads=1, gap=1e-2)
    point, _ = any_plan(problem, options, SilentWatch())
    plan = planning.solve(problem, options, start=point)
    assert plan.measure.gap <= 1e-2
    assert plan.measure.value == pytest.approx(concord.solve(problem, gap=1e-2).measure.value, rel=1e-2)
