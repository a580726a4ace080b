"""What holds of every plan: it verifies, looser rules do it no harm, names and units mean nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from concord.errors import Infeasible
from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import DOCUMENT, changed, compact

GAP = 1e-3
OPTIONS = SolveOptions(gap=GAP, threads=1)

few = settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

FIGURES: dict[str, st.SearchStrategy[Any]] = {
    "funds/assessed/budget": st.floats(15.0, 60.0),
    "funds/assessed/tolerance": st.floats(0.0, 0.5),
    "funds/assessed/carry_over": st.booleans(),
    "funds/assessed/delivery": st.dictionaries(st.sampled_from("ABCD"), st.floats(0.5, 1.0)),
    "funds/assessed/scale": st.sampled_from(
        [
            {"rule": "capacity-to-pay", "capacity_to_pay": {"ceiling": 0.5}},
            {"rule": "african-union", "african_union": {"ceiling": 0.4}},
        ]
    ),
    "funds/regional/budget": st.floats(0.0, 30.0),
    "programmes/defence/minimum_scale": st.sampled_from([0.0, 2.0, 10.0]),
    "programmes/defence/gains": st.floats(0.0, 0.3).map(lambda gain: {"military-prowess": gain}),
    "programmes/mediation/persistence": st.floats(0.0, 1.0),
    "organs/command/earliest": st.sampled_from([None, 2]),
    "garrisons/min_open": st.integers(0, 2),
    "garrisons/contingents/integral": st.booleans(),
    "garrisons/contingents/minimum_units": st.integers(1, 2),
    "burden_sharing/fair/gini": st.sampled_from([None, 0.05, 0.15, 0.3]),
    "burden_sharing/fair/spread": st.floats(0.001, 0.01),
    "burden_sharing/fair/over": st.sampled_from(["period", "horizon"]),
    "burden_sharing/steady/states": st.sampled_from(["members", "bearers", ["A", "B"]]),
    "garrisons/contingents/reimbursed": st.floats(0.0, 1.0),
    "garrisons/lift/reimbursed": st.floats(0.0, 1.0),
    "monitoring/monitors/team/reimbursed": st.floats(0.0, 1.0),
    "garrisons/contingents/tolerance": st.floats(0.0, 1.0),
    "missions/ceasefire/effects": st.floats(0.0, 3.0).map(lambda effect: {"war": effect}),
    "monitoring/zones/ab/minimum": st.sampled_from([0.0, 1.0, 2.0]),
    "monitoring/integral": st.booleans(),
    "dilemma/reduction_ceiling": st.floats(0.0, 0.5),
    "states/B/drift": st.floats(-0.3, 0.3).map(lambda drift: {"war": drift}),
    "membership": st.sampled_from([{}, {"named": ["A", "C", "D"], "exclusion": 0.3}]),
    "benefit/weak_states/zero_rated": st.booleans(),
    "benefit/equal_treatment/as-safe/factor": st.floats(1.02, 2.0),
    "benefit/spending_floors/everywhere/per_head": st.floats(0.0, 3.0),
    "benefit/ratio_floor": st.floats(0.3, 0.55),
    "programmes/mediation/lead": st.integers(0, 1),
    "programmes/mediation/latest": st.sampled_from([None, 1]),
    "programmes/mediation/upkeep": st.floats(0.0, 1.0),
    "programmes/mediation/mutual/effects/war": st.floats(0.0, 0.3),
    "programmes/defence/posture": st.floats(-0.1, 0.1),
    "programmes/defence/backlash": st.floats(0.0, 0.3).map(lambda rise: {"strife": rise}),
    "organs/secretariat/lead": st.integers(0, 1),
    "organs/secretariat/due": st.sampled_from([None, 2]),
    "garrisons/lead": st.integers(0, 1),
    "hegemony/no-patron/share": st.floats(0.3, 1.0),
    "locks": st.lists(
        st.sampled_from(
            [
                {"decision": "garrisons.west", "keep": "closed"},
                {"decision": "garrisons.east", "keep": "included"},
                {"decision": "contingents.C", "least": 1.0, "over": "horizon"},
                {"decision": "contributions.D", "most": 6.0},
                {"decision": "missions.ceasefire", "most": 300.0},
            ]
        ),
        max_size=2,
    ),
    "hegemony/no-army/share": st.floats(0.26, 1.0),
    "hegemony/no-army/over": st.sampled_from(["period", "horizon"]),
}
PROBLEMS = st.fixed_dictionaries({}, optional=FIGURES)


def sound(changes: Mapping[str, Any]) -> DesignProblem:
    """The compact problem with changes; what contradicts itself is no example."""
    try:
        return compact(changes)
    except ValidationError:
        reject()


def planned(problem: DesignProblem) -> Plan | None:
    """The plan, or None where no plan satisfies the rules."""
    try:
        return solve(problem, OPTIONS)
    except Infeasible:
        return None


@given(PROBLEMS)
@settings(few, max_examples=6)
def test_every_plan_verifies_and_is_proven(changes: dict[str, Any]) -> None:
    problem = sound(changes)
    plan = planned(problem)
    if plan is not None:
        assert verify(plan, problem).ok
        assert plan.measure.value <= plan.measure.bound
        assert plan.measure.gap <= GAP * (1 + 1e-6)


LOOSER: list[tuple[str, Any, Any]] = [
    ("funds/assessed/budget", 16.0, 25.0),
    ("funds/regional/budget", 2.0, 15.0),
    ("funds/assessed/tolerance", 0.0, 0.5),
    ("funds/regional/ceiling", 0.55, 1.0),
    ("funds/assessed/affordability", 0.006, None),
    ("funds/assessed/earmarks", [{"id": "most", "purposes": ["mediation"], "share": 0.4}], []),
    ("burden_sharing/fair/gini", 0.02, 0.5),
    ("burden_sharing/fair/ratio", 1.2, None),
    ("burden_sharing/fair/equal_sacrifice", {"exponent": 1.0, "tolerance": 0.1}, None),
    ("organs/secretariat/ceiling", 5.0, None),
    ("programmes/defence/minimum_scale", 12.0, 0.0),
    ("garrisons/min_open", 2, 0),
    ("garrisons/max_open", 1, 2),
    ("garrisons/contingents/max_state_share", 0.4, 1.0),
    ("garrisons/contingents/tolerance", 0.1, 1.0),
    ("missions/ceasefire/minimum_strength", 800, 0),
    ("missions/ceasefire/deadline", 49, 200),
    ("monitoring/zones/ab/minimum", 3.0, 0.0),
    ("monitoring/kinds/frontier/received_quota", 3, None),
    ("dilemma/posture_floor", 0.02, 0.5),
    ("dilemma/monitoring_lead", 1, 0),
    ("benefit/equal_treatment/as-safe/factor", 1.02, 2.0),
    ("benefit/spending_floors/everywhere/amount", 4.0, 0.0),
    ("benefit/weak_states/gain", 1.3, None),
    ("benefit/nobody_worse_off", True, False),
    ("benefit/ratio_floor", 0.58, None),
    ("locks", [{"decision": "garrisons.west", "keep": "included"}], []),
    ("locks", [{"decision": "contributions.D", "most": 4.0}], [{"decision": "contributions.D", "most": 6.0}]),
    ("hegemony/no-patron/share", 0.3, 0.6),
    ("hegemony/no-army/share", 0.26, 0.6),
]
LIVELY: dict[str, Any] = {
    "periods": [1],
    "missions/ceasefire/effects": {"war": 3.0},
    "programmes/defence/gains": {"military-prowess": 0.3},
    "dilemma/influences": [{"source": "A", "target": "B", "spillover": 1.5}],
}
"""Changes that leave one period, in which every instrument is worth while."""


@pytest.mark.parametrize(("figure", "tight", "loose"), LOOSER, ids=[figure for figure, *_ in LOOSER])
def test_loosening_a_rule_never_does_harm(figure: str, tight: Any, loose: Any) -> None:
    before, after = (planned(compact({**LIVELY, figure: value})) for value in (tight, loose))
    if before is not None:
        assert after is not None, f"{figure} = {loose} forbids what {tight} allows"
        assert after.measure.bound >= before.measure.value * (1 - 1e-9)


def same_measure(one: Plan | None, other: Plan | None) -> bool:
    """Whether both are proven to lie within the gap of the same optimum."""
    if one is None or other is None:
        return one is other
    overlap = min(one.measure.bound, other.measure.bound) / max(one.measure.value, other.measure.value)
    return overlap >= 1 - 1e-7


NAMES = {"A": "Zulu", "B": "mike-2", "C": "_".join("qx"), "D": "a"}


def renamed(value: Any) -> Any:
    """The plain problem with other names for its states, wherever they stand."""
    if isinstance(value, dict):
        return {NAMES.get(key, key): renamed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part) for part in value]
    return ".".join(NAMES.get(part, part) for part in value.split(".")) if isinstance(value, str) else value


MONEY = {"gdp", "scale", "budget", "commitment", "setup_cost", "upkeep", "ceiling", "minimum_scale", "cost"}
MONEY |= {"cost_per_soldier", "sender_cost", "amount", "per_head", "spending_per_head"}
SHARES = ("funds", "kinds", "capacity_to_pay", "african_union")
NO_MONEY = {"programmes": {"upkeep"}, **{place: {"ceiling"} for place in SHARES}}
"""What is no money there: a share of what has been built up, shares of a fund, effort at a zone."""
OF_MONEY = ("contributions", "spending")
"""Decisions that are counted in money, wherever they are held."""


def revalued(value: Any, factor: float, place: str = "") -> Any:
    """The plain problem with all money counted in another unit."""
    if isinstance(value, dict):
        money = MONEY - NO_MONEY.get(place, set())
        if str(value.get("decision", "")).startswith(OF_MONEY):
            money = {"least", "most"}
        return {
            key: part * factor
            if key in money and isinstance(part, int | float)
            else revalued(part, factor, key)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [revalued(part, factor, place) for part in value]
    return value


def assert_unchanged(changes: Mapping[str, Any], transform: Callable[[dict[str, Any]], Any]) -> None:
    sound(changes)
    document = changed(DOCUMENT, changes)
    one, other = (planned(DesignProblem.model_validate(d)) for d in (document, transform(document)))
    assert same_measure(one, other)


@given(PROBLEMS)
@few
def test_names_mean_nothing(changes: dict[str, Any]) -> None:
    assert_unchanged(changes, renamed)


@given(PROBLEMS, st.permutations(range(4)))
@few
def test_the_order_of_states_means_nothing(changes: dict[str, Any], order: list[int]) -> None:
    def permuted(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "states": [document["states"][position] for position in order]}

    assert_unchanged(changes, permuted)


@given(PROBLEMS, st.sampled_from([0.1, 7.0, 100.0]))
@few
def test_the_unit_of_money_means_nothing(changes: dict[str, Any], factor: float) -> None:
    assert_unchanged(changes, lambda document: revalued(document, factor))


def test_another_unit_of_money_changes_the_payments_in_proportion() -> None:
    plans = [solve(DesignProblem.model_validate(d), OPTIONS) for d in (DOCUMENT, revalued(DOCUMENT, 10.0))]
    first, second = (sum(row.amount for row in plan.contributions) for plan in plans)
    assert second == pytest.approx(10 * first, rel=1e-3)
