"""Certificates prove the bound of the continuous program, and none proves too much."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import concord
from concord.analysis.certificate import certify, held_bound, why_none
from concord.analysis.held_program import optimum
from concord.models import DesignProblem, Plan
from concord.models.certificate import Certificate
from concord.models.objective import Measure
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch
from tests.support.compact import compact

Certified = tuple[DesignProblem, Plan, float]


@pytest.fixture(scope="module", params=["three-states", "compact"])
def certified(request: pytest.FixtureRequest) -> Certified:
    """A certified plan, and the best value for its whole decisions."""
    problem = compact() if request.param == "compact" else concord.load(request.param)
    plan = concord.solve(problem, gap=1e-2)
    best = optimum(problem, plan, RunLimits(), SilentWatch())
    assert best is not None
    certificate = certify(problem, plan, SilentWatch())
    return problem, plan.model_copy(update={"certificate": certificate}), best.measure


def test_the_bound_is_the_best_value_for_the_whole_decisions(certified: Certified) -> None:
    problem, plan, best = certified
    assert held_bound(problem, plan) == pytest.approx(best, rel=1e-5)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_no_multipliers_prove_less_than_the_best_value(certified: Certified, data: st.DataObject) -> None:
    problem, plan, best = certified
    assert plan.certificate is not None
    factor = st.floats(-3.0, 3.0) | st.just(1.0)

    def spoilt(rows: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(
            row.model_copy(update={"multiplier": row.multiplier * data.draw(factor)}) for row in rows
        )

    other = Certificate(rows=spoilt(plan.certificate.rows), curves=spoilt(plan.certificate.curves))
    bound = held_bound(problem, plan.model_copy(update={"certificate": other}))
    assert bound is None or bound >= best * (1 - 1e-8)


def test_an_emptied_certificate_proves_less(certified: Certified) -> None:
    problem, plan, best = certified
    bound = held_bound(problem, plan.model_copy(update={"certificate": Certificate()}))
    assert bound is None or bound > best * 1.001


def test_measures_of_several_programs_have_none(certified: Certified) -> None:
    problem, plan, _ = certified
    objective = problem.objective.model_copy(update={"measure": Measure.LEXIMIN})
    other = problem.model_copy(update={"objective": objective})
    assert certify(other, plan, SilentWatch()) is None
    assert "leximin" in (why_none(other, plan) or "")
