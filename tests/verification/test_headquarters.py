"""Where organs are at home: what a plan says of it, how often one state may be the host, and bad input."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

import concord
from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(compact(), SolveOptions(gap=1e-2, threads=1))


def violations(plan: Plan, problem: DesignProblem) -> list[tuple[str, str]]:
    return [(v.name, v.subject) for v in verify(plan, problem).violations if v.name != "problem.digest"]


def test_a_plan_says_where_its_organs_are(plan: Plan) -> None:
    assert {(row.organ, row.city, row.host) for row in plan.organs} == {
        ("secretariat", "Alpha", "A"),
        ("command", "Delta", "D"),
    }
    assert verify(plan, compact()).ok


@pytest.mark.parametrize("edit", [{"host": "B"}, {"city": "Beta"}, {"host": None, "city": None}])
def test_an_edited_home_is_named(plan: Plan, edit: dict[str, Any]) -> None:
    data = plan.model_dump()
    data["organs"][0].update(edit)
    subject = f"{data['organs'][0]['organ']}, {data['organs'][0]['period']}"
    assert violations(Plan.model_validate(data), compact()) == [("figures.headquarters", subject)]


def test_a_home_is_named_where_the_problem_leaves_it_open(plan: Plan) -> None:
    problem = compact({"organs/command/headquarters": None})
    assert {name for name, _ in violations(plan, problem)} == {"figures.headquarters"}


def test_more_homes_than_the_share_are_named(plan: Plan) -> None:
    problem = compact({"hegemony/no-capital/share": 0.4})
    assert ("hegemony.headquarters", "no-capital, D, 2") in violations(plan, problem)


def test_a_ceiling_on_hosts_keeps_an_organ_from_being_set_up() -> None:
    """The command works only beside the secretariat: D may host it only where it may have half of two."""
    changes = {"hegemony/no-capital/share": 0.4, "garrisons/min_open": 0, "agreement": None}
    problem = compact(changes)
    held = solve(problem, SolveOptions(gap=1e-2, threads=1))
    assert verify(held, problem).ok
    assert {row.organ for row in held.organs} == {"secretariat"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"organs/secretariat/headquarters/host": "X"}, "unknown state"),
        ({"organs/secretariat/headquarters/latitude": 91.0}, "less than or equal to 90"),
        (
            {"hegemony": [{"id": "spread", "of": "headquarters", "share": 0.3}]},
            "leaves a part of all headquarters to nobody",
        ),
    ],
)
def test_bad_input_is_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        compact(change)


def test_the_conference_is_at_home_where_the_charter_of_paris_has_it() -> None:
    homes = {o.id: o.headquarters for o in concord.load("euro-atlantic-1992").organs}
    known = {"secretariat": "Prague", "conflict-prevention-centre": "Vienna", "elections-office": "Warsaw"}
    assert {name: home.city for name, home in homes.items() if home and name in known} == known
