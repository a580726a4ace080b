"""A session answers as a new solve would, for every kind of change."""

from __future__ import annotations

from typing import Any

import pytest

import concord
from concord import Session
from concord.errors import BadInput, Infeasible
from concord.models import DesignProblem, Plan
from concord.solving.outer_approximation import OuterApproximation
from tests.support.compact import compact

GAP = 1e-4
CHANGES: dict[str, dict[str, Any]] = {
    "a right-hand side": {"funds.assessed.budget": 30.0},
    "a bound": {"programmes.mediation.max_intensity": 1.0},
    "a curve": {"programmes.mediation.scale": 8.0},
    "a threat": {"states.B.threats.war": 1.4},
    "a rule more": {"benefit.ratio_floors": {"A": 0.5}},
    "other columns": {"membership.named": ["A", "C", "D"]},
    "an earmark": {"funds.assessed.purposes": ["organs", "garrisons", "mediation", "monitoring", "lift"]},
}


def cold(problem: DesignProblem) -> Plan:
    return concord.solve(problem, gap=GAP, threads=1)


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_a_changed_problem_has_the_plan_that_a_new_search_finds(changes: dict[str, Any]) -> None:
    session = Session(compact(), gap=GAP, threads=1)
    session.solve()
    plan = session.solve(changes)
    again = cold(session.problem)
    assert plan.measure.gap <= GAP * (1 + 1e-6)
    assert plan.measure.bound >= again.measure.value * (1 - 1e-9)
    assert again.measure.bound >= plan.measure.value * (1 - 1e-9)
    assert concord.verify(plan, session.problem).ok


def test_a_lock_is_a_change_like_any_other() -> None:
    session = Session("three-states", gap=GAP)
    free = session.solve()
    closed = session.solve(locks=["garrisons.border-town=closed"])
    assert free.garrisons
    assert not closed.garrisons
    assert closed.measure.bound >= cold(session.problem).measure.value


def test_changes_stay_until_they_are_taken_back() -> None:
    session = Session("three-states", gap=GAP)
    before = session.solve().measure.value
    session.change({"funds.common-fund.budget": 120})
    assert session.solve({"programmes.mediation.scale": 9}).measure.value < before
    assert session.problem.funds[0].budget == 120
    assert session.solve().measure.value < before
    assert session.reset().solve().measure.value == pytest.approx(before, rel=GAP)


def test_a_second_search_begins_where_the_first_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    footings: list[object] = []
    begin = OuterApproximation.__init__

    def noted(self: OuterApproximation, *arguments: Any) -> None:
        footings.append(arguments[-1])
        begin(self, *arguments)

    monkeypatch.setattr(OuterApproximation, "__init__", noted)
    session = Session("three-states", gap=GAP)
    session.solve()
    session.solve({"funds.common-fund.budget": 170})
    assert footings[0] is None
    assert footings[1] is not None


def test_a_path_that_is_unknown_changes_nothing_and_says_what_is_known() -> None:
    session = Session("three-states")
    with pytest.raises(BadInput, match=r"did you mean|known"):
        session.change({"funds.common-fund.bugdet": 1})
    assert session.problem == concord.load("three-states")
    with pytest.raises(BadInput, match="cannot stand in a problem"):
        session.change({"funds.common-fund.budget": float("nan")})


def test_where_there_is_no_plan_the_next_question_is_still_answered() -> None:
    session = Session("three-states", gap=GAP)
    first = session.solve()
    impossible = session.attempt(locks=["garrisons.border-town=open", "contributions<=1"])
    assert isinstance(impossible, Infeasible)
    assert session.solve().measure.value == pytest.approx(first.measure.value, rel=GAP)


@pytest.mark.slow
def test_a_changed_budget_of_the_largest_problem_has_the_plan_that_a_new_search_finds() -> None:
    change = {"funds.assessed.budget.1994": 620.0}
    session = Session("euro-atlantic-1992", gap=1e-2)
    session.solve()
    warm = session.solve(change)
    cold = concord.solve(session.problem, gap=1e-2)
    assert concord.verify(warm, session.problem).ok
    for one, other in ((warm, cold), (cold, warm)):
        assert one.measure.gap <= 1e-2
        assert one.measure.value <= other.measure.bound
