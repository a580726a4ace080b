"""Prices agree with programs solved anew, and true values lie where the gaps say."""

from __future__ import annotations

from math import log

import pytest

import concord
from concord.analysis.held_program import optimum
from concord.analysis.pricing import Prices, natural_step, prices
from concord.analysis.revaluation import revalue
from concord.errors import BadInput
from concord.formulation import formulate
from concord.formulation.held import whole_decisions
from concord.models import DesignProblem, Plan
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import SilentWatch
from tests.support.compact import CIVIL, compact

BUDGET = "funds.common-fund.budget"
Solved = tuple[DesignProblem, Plan]


@pytest.fixture(scope="module")
def small() -> Solved:
    problem = concord.load("three-states")
    return problem, concord.solve(problem, gap=1e-5)


@pytest.fixture(scope="module")
def civil() -> Solved:
    """No whole decision: the price is the derivative of the optimum."""
    problem = compact(CIVIL)
    return problem, concord.solve(problem, gap=1e-7)


@pytest.fixture(scope="module")
def found(small: Solved) -> Prices:
    problem, plan = small
    return prices(plan, problem)


@pytest.mark.parametrize("changes", [{}, {"periods": [1]}])
def test_whole_decisions_are_read_back_from_a_plan(changes: dict[str, object]) -> None:
    """With them held, the continuous program has the plan's value."""
    problem = compact(changes)
    plan = concord.solve(problem, gap=1e-4)
    columns, values = whole_decisions(formulate(problem), plan)
    assert len(values) == len(columns)
    assert len(set(columns.tolist())) == len(columns)
    best = optimum(problem, plan, RunLimits(absolute_gap=1e-7), SilentWatch())
    assert best is not None
    assert plan.measure.value * (1 - 1e-7) <= best.measure <= plan.measure.bound * (1 + 1e-7)


def test_a_price_agrees_with_the_plans_own_dual(small: Solved, found: Prices) -> None:
    (dual,) = (row.price for row in small[1].binding if row.rule == "funds.budget")
    (budget,) = (price for price in found.prices if price.rule == BUDGET)
    assert budget.step == 1.0
    assert budget.looser == pytest.approx(dual, rel=0.02)
    assert budget.stricter == pytest.approx(-(dual or 0.0), rel=0.02)


def test_a_price_holds_where_it_says(small: Solved, found: Prices) -> None:
    plan = small[1]
    (budget,) = (price for price in found.prices if price.rule == BUDGET)
    assert budget.looser is not None
    for figure in (budget.holds_from, budget.holds_to):
        changed = concord.load("three-states", settings=[f"{BUDGET}={figure}"])
        best = optimum(changed, plan, RunLimits(absolute_gap=1e-7), SilentWatch())
        assert best is not None
        told = budget.looser * (figure - budget.value)
        assert best.measure / plan.measure.value - 1 == pytest.approx(told, rel=0.12)


def test_continuous_prices_are_derivatives_of_the_optimum(civil: Solved) -> None:
    problem, plan = civil
    dearest = prices(plan, problem, most=1).prices[0]
    assert dearest.looser is not None
    step = 0.2 * dearest.step
    both = [revalue(plan, problem, dearest.rule, sign * step, SolveOptions(gap=1e-7)) for sign in (1, -1)]
    measures = [again.measure for again in both]
    assert measures[0] is not None
    assert measures[1] is not None
    slope = abs(log(measures[0] / measures[1])) / (2 * step)
    assert dearest.looser / dearest.step == pytest.approx(slope, rel=0.03)


def test_no_zero_passes_for_a_price(found: Prices, small: Solved) -> None:
    assert all(price.looser != 0.0 and price.stricter != 0.0 for price in found.prices)
    problem, plan = compact(), concord.solve(compact(), gap=1e-3)
    listed = prices(plan, problem, most=1)
    assert "garrisons.max_per_host" in listed.whole
    assert "garrisons.max_per_host" not in [price.rule for price in listed.prices]


def test_a_true_value_lies_within_both_gaps(small: Solved) -> None:
    problem, plan = small
    again = revalue(plan, problem, "funds.budget", 20.0, SolveOptions(gap=1e-4))
    assert again.rules == (BUDGET,)
    sound = concord.load("three-states", settings=[f"{BUDGET}=200"])
    fresh = concord.solve(sound, gap=1e-5)
    truth = fresh.measure.value / plan.measure.value - 1
    assert again.at_least is not None
    assert again.at_most is not None
    assert again.at_least - 1e-5 <= truth <= again.at_most + 1e-5
    assert again.certain
    assert again.held is not None
    assert again.held <= truth + 1e-5, "whole decisions that may move gain no less"


def test_an_effect_within_the_gaps_is_not_certain(small: Solved) -> None:
    problem, _ = small
    loose = concord.solve(problem, gap=0.05)
    again = revalue(loose, problem, BUDGET, -0.001, SolveOptions(gap=0.05))
    assert not again.certain


def test_a_change_that_whole_decisions_forbid_is_told(small: Solved) -> None:
    problem, plan = small
    again = revalue(plan, problem, "garrisons.contingents.max_state_share", -0.1, SolveOptions(gap=1e-4))
    assert again.held is None
    assert again.effect is not None
    assert again.at_most is not None
    assert again.at_most <= 0.0


def test_unknown_rules_and_impossible_figures_are_refused(small: Solved) -> None:
    problem, plan = small
    with pytest.raises(BadInput, match="budgett"):
        revalue(plan, problem, f"{BUDGET}tt", 1.0)
    with pytest.raises(BadInput, match="step"):
        revalue(plan, problem, BUDGET, -1000.0)


def test_a_plan_of_another_problem_is_refused(small: Solved) -> None:
    other = concord.load("three-states", settings=["garrisons.sites.border-town.earliest=1994"])
    with pytest.raises(BadInput, match="whole decisions"):
        prices(small[1], other)


def test_steps_are_natural() -> None:
    assert natural_step(180.0, "million USD") == 1.0
    assert natural_step(0.25, "of the whole") == 0.01
    assert natural_step(0.002, "of GDP") == pytest.approx(0.0001)


def test_a_rule_is_valued_under_a_measure_of_several_programs() -> None:
    problem = concord.load("three-states", settings=["objective.measure=leximin"])
    plan = concord.solve(problem, gap=0.01)
    found = revalue(plan, problem, "funds.common-fund.budget", 20.0, SolveOptions(gap=0.01))
    assert not found.one_program
    assert found.held is None
    assert found.effect is not None


def test_rules_for_which_no_time_was_left_are_named(small: Solved) -> None:
    problem, plan = small
    found = prices(plan, problem, time_limit=1e-9)
    assert not found.prices
    assert found.unpriced


def test_where_time_is_short_the_dual_values_tell_the_prices(small: Solved, found: Prices) -> None:
    problem, plan = small
    short = prices(plan, problem, time_limit=0.2)
    told = {price.rule: price for price in short.prices if not price.solved}
    assert {price.rule for price in short.prices} | set(short.unpriced) >= {
        each.rule for each in found.prices
    }
    for exact in found.prices:
        if exact.rule in told and exact.looser:
            assert told[exact.rule].looser == pytest.approx(exact.looser, rel=0.1)
            assert told[exact.rule].holds_from == told[exact.rule].holds_to == exact.value
