"""Security by the true functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import exp, log

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concord.models import DesignProblem, Plan
from concord.models.geography import great_circle_km
from concord.models.shares import bounded_shares
from concord.verification import Decisions, evaluate, read_decisions
from concord.verification.arithmetic import distance_km
from concord.verification.scales import clipped_shares

Build = Callable[..., tuple[Plan, DesignProblem]]

shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def nothing(build: Build) -> tuple[DesignProblem, Decisions]:
    """The problem, and the decision to do nothing."""
    plan, problem = build()
    tables = ("balances", "programmes", "assignments", "monitoring", "posture")
    return problem, read_decisions(plan.model_copy(update=dict.fromkeys(tables, ())), problem)


def test_doing_nothing_gives_the_baseline(nothing: tuple[DesignProblem, Decisions]) -> None:
    evaluation = evaluate(*nothing)
    assert evaluation.value == pytest.approx(evaluation.baseline)
    assert all(not any(s.attribution.values()) for s in evaluation.security.values())


def test_threat_drifts_from_the_second_period_on(nothing: tuple[DesignProblem, Decisions]) -> None:
    security = evaluate(*nothing).security
    assert security["CCC", 1993].baseline_threat == pytest.approx(0.5)
    assert security["CCC", 1994].baseline_threat == pytest.approx(0.5 * exp(0.1))


def test_posture_is_a_fixed_point(nothing: tuple[DesignProblem, Decisions]) -> None:
    problem, decisions = nothing
    posture = evaluate(problem, replace(decisions, arming={("BBB", 1993): 0.09})).posture
    assert posture["BBB", 1993] == pytest.approx(0.09 + 0.2 * posture["AAA", 1993])
    assert posture["AAA", 1993] == pytest.approx(0.5 * posture["BBB", 1993])
    assert posture["CCC", 1993] == 0.0


def test_neighbours_arming_is_a_military_threat_only(nothing: tuple[DesignProblem, Decisions]) -> None:
    problem, decisions = nothing
    armed = evaluate(problem, replace(decisions, arming={("BBB", 1993): 0.09})).security["AAA", 1993]
    assert armed.threats["military"] == pytest.approx(exp(0.25 * 0.09 / 0.9))
    assert armed.threats["political"] == pytest.approx(1.0)
    assert armed.attribution["posture:neighbours"] < 0 < armed.attribution["posture:own"]


def test_troops_and_mediation_together_do_more_than_each(nothing: tuple[DesignProblem, Decisions]) -> None:
    problem, decisions = nothing
    assigned, intensity = {("alpha", "border", 1994): 300.0}, {("BBB", "mediation", 1994): 2.0}
    both = replace(decisions, assigned=assigned, intensity=intensity)
    threats = evaluate(problem, both).security["BBB", 1994].threats
    assert threats["political"] == pytest.approx(exp(-0.5 * 2 - 0.3))
    only_troops = evaluate(problem, replace(decisions, assigned=assigned)).security["BBB", 1994]
    assert only_troops.threats["political"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("measured", "troops", "fall"),
    [(True, 0.0, -0.1), (True, 200.0, 0.0), (True, 300.0, 0.05), (False, 0.0, 0.0), (False, 300.0, 0.15)],
)
def test_troops_that_stood_when_threats_were_measured_count_only_beyond_their_number(
    build: Build, nothing: tuple[DesignProblem, Decisions], measured: bool, troops: float, fall: float
) -> None:
    """Half a log for a thousand troops: the departure of 200 raises the threat by a tenth."""
    _, problem = build(problem={"missions.0.standing": 200.0, "missions.0.measured_with_standing": measured})
    assigned = {("alpha", "border", 1994): troops}
    security = evaluate(problem, replace(nothing[1], assigned=assigned)).security
    assert security["BBB", 1994].threats["military"] == pytest.approx(2 * exp(-fall))
    assert security["AAA", 1994].threats["military"] == pytest.approx(exp(-fall / 2))
    assert security["BBB", 1993].threats["military"] == pytest.approx(2.0)


def test_standing_troops_change_nothing_while_no_mission_may_stand(
    build: Build, nothing: tuple[DesignProblem, Decisions]
) -> None:
    _, problem = build(
        problem={"missions.0.standing": 200.0, "missions.0.start": 1993, "missions.0.end": 1993}
    )
    assert evaluate(problem, nothing[1]).security["BBB", 1994].threats["military"] == pytest.approx(2.0)


def test_stock_lasts_in_part(nothing: tuple[DesignProblem, Decisions]) -> None:
    problem, decisions = nothing
    spent = replace(decisions, spending={("AAA", "mediation", 1993): 4.0, ("AAA", "defence", 1993): 4.0})
    stocks = spent.stocks(problem)
    assert stocks["AAA", "mediation", 1994] == 2.0
    assert stocks["AAA", "defence", 1994] == 0.0


amounts = st.floats(0, 3)


@shared
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["AAA", "BBB", "CCC"]), st.just("mediation"), st.just(1994)), amounts
    ),
    st.dictionaries(st.tuples(st.sampled_from(["AAA", "BBB"]), st.just(1994)), st.floats(-0.3, 0.3)),
    st.floats(0, 300),
    st.integers(0, 4),
)
def test_attribution_sums_to_the_rise_of_the_log_of_the_ratio(
    nothing: tuple[DesignProblem, Decisions],
    intensity: dict[tuple[str, str, int], float],
    arming: dict[tuple[str, int], float],
    troops: float,
    teams: int,
) -> None:
    problem, decisions = nothing
    evaluation = evaluate(
        problem,
        replace(
            decisions,
            intensity=intensity,
            arming=arming,
            assigned={("alpha", "border", 1994): troops},
            teams={("observers", "CCC", "a-b", 1994): float(teams)},
        ),
    )
    for security in evaluation.security.values():
        rise = security.log_ratio - security.log_baseline_ratio
        assert sum(security.attribution.values()) == pytest.approx(rise, abs=1e-9)
        assert security.ratio == pytest.approx(security.capacity / security.threat)
        assert log(security.threat) == pytest.approx(log(sum(security.threats.values())))


degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(degrees, degrees)
def test_distance_agrees_with_the_haversine_formula(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert distance_km(*one, *other) == pytest.approx(great_circle_km(*one, *other), abs=0.5)


@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.floats(0.01, 1000), min_size=1),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_shares_by_bisection_agree_with_shares_by_breakpoints(
    keys: dict[str, float], low: float, high: float
) -> None:
    floor, ceiling = low / len(keys), 1 / len(keys) + high * (1 - 1 / len(keys))
    shares = clipped_shares(keys, floor, ceiling)
    assert shares == pytest.approx(bounded_shares(keys, floor, ceiling), abs=1e-9)
