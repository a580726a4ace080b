"""A part of the bundled problem of full size: a cone program and CBC find what Concord proves."""

from __future__ import annotations

import pytest

from concord.models import Plan
from concord.models.plan import OpinionVerdict
from concord.planning import solve
from tests.agreement.test_cone_agrees import Cone
from tests.support.agreement import GAP, OPTIONS, assert_same_optimum
from tests.support.reduced import STATES, reduced


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(reduced(), OPTIONS, second_opinion="cbc")


def test_the_exponential_cone_has_the_same_optimum(plan: Plan) -> None:
    assert_same_optimum(plan, Cone(reduced()).optimum(), 3 * GAP)


def test_cbc_agrees(plan: Plan) -> None:
    assert plan.provenance.second_opinion_verdict is OpinionVerdict.AGREES


def test_the_part_is_worth_its_name(plan: Plan) -> None:
    assert {row.state for row in plan.security} == {*STATES}
    assert len({row.programme for row in plan.programmes}) >= 3
    assert plan.measure.value > plan.measure.baseline * 1.01
