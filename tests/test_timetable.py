"""What a timetable does to whole plans: things are decided, paid for, and work when it says."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact

THREE_PERIODS: dict[str, Any] = {"periods": [1, 2, 3], "timetable": None, "benefit": None}
ARMS: dict[str, Any] = {
    "programmes/defence/posture": 0.1,
    "programmes/defence/gains": {"military-prowess": 0.6},
    "programmes/defence/minimum_scale": 0.0,
}


def solved(changes: dict[str, Any]) -> Plan:
    """The plan of the compact problem with changes, verified apart."""
    problem = compact(changes)
    plan = solve(problem, SolveOptions(gap=1e-3, threads=1))
    assert verify(plan, problem).ok
    return plan


def test_an_organ_with_a_lead_is_paid_for_when_founded_and_works_later() -> None:
    plan = solved(THREE_PERIODS | {"organs/command/lead": 1, "organs/command/due": 2})
    rows = [(row.period, row.founded, row.working, row.cost) for row in plan.organs if row.organ == "command"]
    assert rows == [(1, True, False, 1.0), (2, False, True, 0.5), (3, False, True, 0.5)]


def test_a_garrison_takes_its_time_to_be_built() -> None:
    plan = solved(THREE_PERIODS | {"garrisons/lead": 1})
    first = min(plan.garrisons, key=lambda row: row.period)
    assert (first.founded, first.working, first.troops) == (True, False, 0.0)
    assert min(row.period for row in plan.contingents) == first.period + 1


def test_an_organ_founded_after_the_test_bed_costs_less() -> None:
    lesson = {"id": "lesson", "test_bed": "secretariat", "organs": ["command"], "reduction": 0.5}
    order = {"id": "order", "first": {"organ": "secretariat"}, "then": {"organ": "command"}, "periods": 2}
    plan = solved(THREE_PERIODS | {"timetable": {"experience": [lesson], "precedence": [order]}})
    assert {row.period for row in plan.organs if row.organ == "secretariat"} == {1, 2, 3}
    assert [(row.period, row.cost) for row in plan.organs if row.organ == "command"] == [(3, 0.5 + 0.5)]


def test_a_region_waits_until_the_other_has_run() -> None:
    order = {"id": "north-first", "first": {"region": "north", "least": 3.0}, "then": {"region": "south"}}
    plan = solved(THREE_PERIODS | {"timetable": {"precedence": [order]}})
    spent = {"north": [0.0] * 3, "south": [0.0] * 3}
    for row in plan.programmes:
        spent["north" if row.state in "AB" else "south"][row.period - 1] += row.spending
    assert spent["south"][0] == 0.0
    assert spent["north"][0] >= 3.0 - 1e-4
    assert spent["south"][1] > 0.0


def test_spending_works_after_the_lead_of_its_programme() -> None:
    plan = solved({"programmes/mediation/lead": 1, "programmes/defence/latest": 1, "timetable": None})
    rows = {(row.state, row.period): row for row in plan.programmes if row.programme == "mediation"}
    assert {period for (_, period), row in rows.items() if row.intensity > 1e-6} == {2}
    assert rows["A", 2].stock == pytest.approx(rows["A", 1].spending)


def test_upkeep_of_what_was_built_is_paid_under_its_own_head() -> None:
    plan = solved({"programmes/defence/upkeep": 0.4, "timetable": None, **ARMS, "rules": None})
    held = {(row.state, row.period): row for row in plan.programmes if row.programme == "defence"}
    assert held["A", 2].upkeep == pytest.approx(0.4 * 0.5 * held["A", 1].stock)
    paid = sum(row.amount for row in plan.expenditures if (row.head, row.period) == ("defence", 2))
    assert paid == pytest.approx(sum(r.spending + r.upkeep for (_, t), r in held.items() if t == 2), abs=1e-4)


def test_all_join_or_none() -> None:
    together = {"programmes/defence/join": "all-or-none", "timetable": None, **ARMS, "rules": None}
    dear = solved(together | {"programmes/defence/joining_cost": 50.0})
    assert not [row for row in dear.programmes if row.programme == "defence" and row.intensity > 1e-6]
    cheap = solved(together | {"programmes/defence/joining_cost": 2.0})
    rows = [row for row in cheap.programmes if row.programme == "defence" and row.period == 1]
    assert {row.state for row in rows} == set("ABCD")
    assert min(row.spending for row in rows) >= 2.0 - 1e-4


def test_backlash_raises_the_threat_later_and_is_told_apart() -> None:
    plan = solved({**ARMS, "programmes/defence/backlash": {"strife": 0.2}, "timetable": None, "rules": None})
    told = {(row.state, row.period): row.attribution for row in plan.security}
    assert told["A", 2]["backlash:defence"] < 0
    assert "backlash:defence" not in told["A", 1]


def test_a_state_arms_only_where_it_has_abated() -> None:
    free = solved({**ARMS, "rules": None, "timetable": None})
    bound = solved({**ARMS, "rules": {"abate_before_arming": 0.2}, "timetable": None})
    intensity = {(row.programme, row.state, row.period): row.intensity for row in bound.programmes}
    arming = [(i, t) for (k, i, t), z in intensity.items() if k == "defence" and z > 1e-6]
    assert arming
    assert all(intensity["mediation", i, t] >= 0.2 * 3.0 - 1e-6 for i, t in arming)
    assert bound.measure.value <= free.measure.bound
