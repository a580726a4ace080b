"""Alternatives are plans within the slack, different from all before, and what is told of them is so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

import concord
from concord.analysis.alternatives import Alternatives, alternatives, choices
from concord.errors import BadInput
from concord.locking import with_locks
from concord.models import DesignProblem, Plan
from concord.solving.options import SolveOptions
from concord.solving.termination import Limit, ObjectiveBounds, Termination
from tests.support.compact import compact

GAP, SLACK = 1e-3, 0.02
OPTIONS = SolveOptions(gap=GAP, threads=1, time_limit=60)


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact({"garrisons/min_open": 0})


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return concord.solve(problem, gap=GAP, threads=1)


@pytest.fixture(scope="module")
def found(problem: DesignProblem, plan: Plan) -> Alternatives:
    return alternatives(plan, problem, SLACK, 3, OPTIONS)


def test_every_alternative_is_a_plan_within_the_slack(
    problem: DesignProblem, plan: Plan, found: Alternatives
) -> None:
    assert len(found.plans) > 1
    for other in found.plans[1:]:
        assert concord.verify(other, problem).ok
        assert other.measure.value >= plan.measure.value * (1 - SLACK) * (1 - 1e-6)


def test_every_alternative_differs_from_all_before_it_as_told(found: Alternatives) -> None:
    sets = [choices(each) for each in found.plans]
    for number, told in enumerate(found.distances, 1):
        assert told == min(len(sets[number] ^ before) for before in sets[:number]) >= 1


def test_what_is_shared_and_negotiable_is_that_of_the_plans(found: Alternatives) -> None:
    sets = [choices(each) for each in found.plans]
    assert set(found.shared) == frozenset.intersection(*sets)
    assert set(found.negotiable) == frozenset.union(*sets) - frozenset.intersection(*sets)


def test_what_is_negotiable_can_be_had_otherwise_by_a_search_of_its_own(
    problem: DesignProblem, plan: Plan, found: Alternatives
) -> None:
    sites = [name.split(", ")[0] for kind, name in found.negotiable if kind == "garrisons"]
    for site in sites[:1]:
        values = [
            concord.solve(with_locks(problem, [f"garrisons.{site}={keep}"]), gap=GAP).measure.bound
            for keep in ("closed", "included")
        ]
        assert min(values) >= plan.measure.value * (1 - SLACK)


def test_ranges_of_states_hold_for_every_plan(problem: DesignProblem, found: Alternatives) -> None:
    last = problem.periods[-1]
    for row in found.states:
        ratios = [
            r.ratio for each in found.plans for r in each.security if (r.state, r.period) == (row.state, last)
        ]
        assert (row.least_security, row.most_security) == (min(ratios), max(ratios))
        assert 0 <= row.least_burden <= row.most_burden


def test_without_anything_to_decide_otherwise_the_plan_stands_alone() -> None:
    problem = with_locks(concord.load("three-states"), ["garrisons=closed"])
    plan = concord.solve(problem)
    alone = alternatives(plan, problem, 0.001, 3, OPTIONS)
    assert alone.plans == (plan,)
    assert alone.negotiable == ()


def test_a_better_plan_is_told_as_such(found: Alternatives) -> None:
    assert found.better is None
    assert found.rise == 0.0
    poor = found.plans[0].measure.model_copy(update={"value": found.plans[0].measure.value * 0.9})
    surpassed = replace(found, plans=(found.plans[0].model_copy(update={"measure": poor}), *found.plans[1:]))
    best = max(range(1, len(found.plans)), key=lambda n: found.plans[n].measure.value)
    assert surpassed.better == best
    assert surpassed.rise == pytest.approx(found.plans[best].measure.value / poor.value - 1)


def test_a_slack_that_is_no_share_and_no_plans_are_refused_together(
    problem: DesignProblem, plan: Plan
) -> None:
    with pytest.raises(BadInput) as refused:
        alternatives(plan, problem, 1.5, 0)
    assert [fault.field for fault in refused.value.faults] == ["slack", "number"]


def test_where_a_search_everywhere_comes_to_nothing_one_near_the_plan_finds_others(
    problem: DesignProblem, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Termination.stopped(Limit.TIME, "late", ObjectiveBounds.unknown("max"))
    monkeypatch.setattr("concord.analysis.alternatives.direct.run", lambda *_: Nothing(late))
    near = alternatives(plan, problem, 0.1, 2, OPTIONS)
    assert len(near.plans) > 1
    assert not any(near.proven)
    for other in near.plans[1:]:
        assert concord.verify(other, problem).ok
        assert other.measure.value >= plan.measure.value * 0.9
        assert {row.organ for row in other.organs} == {row.organ for row in plan.organs}


@dataclass(frozen=True)
class Nothing:
    """What a search that was cut short tells."""

    termination: Termination
    values: None = None
