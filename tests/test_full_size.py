"""The plan for the bundled problem of full size is proven, verified, and makes sense."""

from __future__ import annotations

from collections import defaultdict

import pytest

import concord
from concord.audit import Severity, audit
from concord.models import DesignProblem, Plan
from concord.models.plan import TerminationReason

pytestmark = pytest.mark.slow
GAP = 1e-2


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return concord.load("euro-atlantic-1992")


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return concord.solve(problem, gap=GAP, time_limit=900)


def test_it_is_proven_and_verified(plan: Plan, problem: DesignProblem) -> None:
    assert plan.termination.reason is TerminationReason.OPTIMAL
    assert plan.measure.gap <= GAP
    assert concord.verify(plan, problem).ok


def test_an_expert_would_sign_it(plan: Plan, problem: DesignProblem) -> None:
    findings = audit(plan, problem).findings
    assert [each for each in findings if each.severity is Severity.SERIOUS] == []


def test_the_institution_is_worth_while_and_no_miracle(plan: Plan) -> None:
    assert 1.01 < plan.measure.value / plan.measure.baseline < 3
    assert all(row.ratio < 20 * row.baseline_ratio for row in plan.security)


def test_nobody_bears_an_absurd_burden(plan: Plan) -> None:
    assert max(row.share_of_gdp for row in plan.burdens) < 0.005


def test_troops_are_sent_by_many_and_most_of_them_serve(plan: Plan, problem: DesignProblem) -> None:
    last = problem.periods[-1]
    sent = defaultdict[str, float](float)
    for row in plan.contingents:
        if row.period == last:
            sent[row.state] += row.troops
    serving = sum(row.troops for row in plan.assignments if row.period == last)
    assert len(sent) >= 10
    assert max(sent.values()) < sum(sent.values()) / 2
    assert serving <= sum(sent.values()) + 1
    assert serving > sum(sent.values()) / 2
