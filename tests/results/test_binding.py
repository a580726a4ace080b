"""Every rule called binding is tight for the verifier; a wrong one costs the remark, not the plan."""

import logging
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concord import planning
from concord.errors import SolverFailure
from concord.models import DesignProblem
from concord.models.plan import BindingRule
from concord.solving.options import SolveOptions
from concord.verification import verify


def filled(minimum: float, ceiling: float, budget: float, second: bool = False) -> DesignProblem:
    """A programme with a minimum scale, whose organ may have room for no more than that."""
    programme = {"id": "P", "name": "P", "scale": 10, "effects": {"unrest": 0.3}, "organ": "sec"}
    another = programme | {"id": "Q", "name": "Q", "scale": 7}
    programmes = [programme | {"minimum_scale": minimum}, *([another] if second else [])]
    state = {"id": "S", "name": "S", "region": "r", "population": 1.0, "gdp": 1.0}
    state |= {"latitude": 0.0, "longitude": 0.0, "capacities": {"political-legitimacy": 1.0}}
    return DesignProblem.model_validate(
        {
            "format": "concord/problem/1",
            "id": "tiny",
            "title": "a programme with a minimum scale that fills its organ",
            "periods": [1995],
            "threat_kinds": [{"id": "unrest", "relevance": {"political-legitimacy": 1.0}}],
            "states": [state | {"threats": {"unrest": 1.0}}],
            "programmes": programmes,
            "organs": [{"id": "sec", "name": "Sec", "setup_cost": 1, "upkeep": 1, "ceiling": ceiling}],
            "funds": [{"id": "f", "name": "F", "payers": "members", "budget": budget}],
        }
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 9), st.integers(0, 6), st.integers(4, 30), st.booleans())
def test_whatever_is_called_binding_is_tight(
    caplog: pytest.LogCaptureFixture, minimum: int, room: int, budget: int, second: bool
) -> None:
    caplog.clear()
    problem = filled(minimum, minimum + room, budget, second)
    plan = planning.solve(problem)
    assert verify(plan, problem).ok
    assert not caplog.records


def test_a_full_organ_does_not_cost_the_plan() -> None:
    plan = planning.solve(filled(5, 11, 50))
    assert {row.rule for row in plan.binding} <= {"organs.ceiling", "funds.budget"}


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 9), st.integers(0, 6), st.integers(4, 30), st.booleans())
def test_whatever_has_a_price_is_called_binding(minimum: int, room: int, budget: int, second: bool) -> None:
    limits = {"minimum": minimum, "ceiling": minimum + room, "budget": budget}
    plan = planning.solve(filled(**limits, second=second), SolveOptions(gap=1e-4))
    told = {row.rule: row for row in plan.binding}
    for rule, figure in (("organs.ceiling", "ceiling"), ("funds.budget", "budget")):
        raised = filled(**limits | {figure: limits[figure] * 1.1}, second=second)
        if planning.solve(raised, SolveOptions(gap=1e-4)).measure.value > plan.measure.bound * (1 + 1e-4):
            assert (told[rule].price or 0) > 0


def test_an_organ_that_one_programme_fills_has_a_price() -> None:
    """Its dual may sit on the row that keeps an idle programme from spending."""
    told = {row.rule: row for row in planning.solve(filled(5, 11, 50), SolveOptions(gap=1e-6)).binding}
    rise = 0.3 / (10 + 11)
    assert told["organs.ceiling"].price == pytest.approx(rise, rel=1e-2)


def ordered(least: float, periods: int, budget: float) -> DesignProblem:
    """Three periods, in which one programme has to wait for another."""
    document = filled(0, 100, budget).model_dump(mode="json")
    first = document["programmes"][0] | {"organ": None, "id": "first", "effects": {"unrest": 0.05}}
    then = first | {"id": "then", "effects": {"unrest": 0.4}}
    order = {"id": "q", "first": {"programme": "first", "least": least}, "then": {"programme": "then"}}
    document |= {"periods": [1, 2, 3], "programmes": [first, then], "organs": []}
    document["timetable"] = {"precedence": [order | {"periods": periods}]}
    return DesignProblem.model_validate(document)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 9), st.integers(1, 3), st.integers(10, 40))
def test_an_order_of_programmes_is_called_binding_where_it_is(
    caplog: pytest.LogCaptureFixture, least: int, periods: int, budget: int
) -> None:
    caplog.clear()
    problem = ordered(least, periods, budget)
    plan = planning.solve(problem, SolveOptions(gap=1e-3))
    assert verify(plan, problem).ok
    assert not caplog.records
    told = {row.subject for row in plan.binding if row.rule == "timetable.precedence"}
    assert "S, then, 1, q" in told
    ran = {row.period for row in plan.programmes if row.programme == "then" and row.spending > 1}
    assert not {f"S, then, {period}, q" for period in ran} & told


def test_a_wrong_remark_is_left_out_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = BindingRule(
        rule="programmes.minimum_scale", subject="P, 1995", limit=5.0, unit="million USD", price=None
    )
    true = planning.binding
    monkeypatch.setattr(planning, "binding", lambda *given: (wrong, *true(*given)))
    with caplog.at_level(logging.WARNING):
        plan = planning.solve(filled(5, 11, 50), SolveOptions())
    assert wrong not in plan.binding
    assert "programmes.minimum_scale is called binding" in caplog.text


def test_advice_to_ask_for_a_smaller_gap_is_given_only_where_it_may_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = filled(5, 11, 50)
    plan = planning.solve(problem)
    broken = plan.model_copy(update={"spending": ()})
    violation = next(iter(verify(broken, problem).violations))
    for unit, advised in [("million USD", False), ("logs", True)]:
        told = replace(verify(plan, problem), violations=(replace(violation, unit=unit),))
        monkeypatch.setattr(planning, "verify", lambda *_given, told=told: told)
        with pytest.raises(SolverFailure) as refused:
            planning.solve(problem)
        assert ("--gap" in (str(refused.value))) is advised
