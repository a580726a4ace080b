"""Whose soldiers serve in which mission: by hand, and for whatever can be assigned at all."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.models.plan import Assignment, ContingentPosting, Deployment
from concord.results.deployments import deployments
from tests.support.compact import compact

UNIT = 100.0
Served = dict[tuple[str, str, str, int], float]


def postings(units: dict[str, float], site: str = "west", period: int = 1) -> tuple[ContingentPosting, ...]:
    return tuple(
        ContingentPosting(state=state, site=site, period=period, units=n, troops=UNIT * n)
        for state, n in units.items()
    )


def assignments(troops: dict[str, float], site: str = "west", period: int = 1) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(site=site, mission=h, period=period, troops=n, distance_km=0.0, hours=0.0)
        for h, n in troops.items()
    )


def served(
    contingents: tuple[ContingentPosting, ...],
    assigned: tuple[Assignment, ...],
    changes: dict[str, Any] | None = None,
) -> Served:
    rows = deployments(compact(changes), contingents, assigned)
    assert all(row.troops == UNIT * row.units for row in rows)
    return {(row.state, row.site, row.mission, row.period): row.units for row in rows}


def test_nobody_serves_where_nobody_is_assigned() -> None:
    assert deployments(compact(), postings({"C": 3.0}), ()) == ()


def test_the_nation_with_its_capital_nearest_goes_first_and_the_others_stay() -> None:
    found = served(postings({"D": 3.0, "C": 2.0}), assignments({"ceasefire": 300.0}))
    assert found == {("C", "west", "ceasefire", 1): 2.0, ("D", "west", "ceasefire", 1): 1.0}


def test_who_may_serve_in_one_mission_alone_leaves_the_other_to_the_rest() -> None:
    """B lies nearest to both, and is barred from the cease-fire on its own soil."""
    both = assignments({"ceasefire": 200.0, "border": 200.0})
    found = served(postings({"B": 2.0, "D": 2.0}), both)
    assert found == {("B", "west", "border", 1): 2.0, ("D", "west", "ceasefire", 1): 2.0}


def test_a_rival_of_the_host_serves_elsewhere() -> None:
    changes = {
        "relations": [{"one": "B", "other": "C", "kind": "rivals"}],
        "garrisons/contingents/ineligible": ["rivals"],
    }
    rows = postings({"C": 2.0, "D": 2.0})
    assert set(served(rows, assignments({"ceasefire": 200.0}))) == {("C", "west", "ceasefire", 1)}
    assert set(served(rows, assignments({"ceasefire": 200.0}), changes)) == {("D", "west", "ceasefire", 1)}


def test_every_garrison_and_period_is_told_apart_in_order() -> None:
    contingents = postings({"C": 1.0}) + postings({"D": 1.0}, "east") + postings({"C": 2.0}, "east", 2)
    assigned = (
        assignments({"border": 200.0}, "east", 2)
        + assignments({"border": 100.0}, "west")
        + assignments({"border": 100.0}, "east")
    )
    assert deployments(compact(), contingents, assigned) == (
        Deployment(state="D", site="east", mission="border", period=1, units=1.0, troops=100.0),
        Deployment(state="C", site="west", mission="border", period=1, units=1.0, troops=100.0),
        Deployment(state="C", site="east", mission="border", period=2, units=2.0, troops=200.0),
    )


@pytest.mark.parametrize("off", [-1e-4, -1e-6, 1e-6, 1e-4])
def test_rounding_of_what_is_assigned_does_not_matter(off: float) -> None:
    found = served(postings({"C": 2.0, "D": 1.0}), assignments({"ceasefire": 300.0 + off}))
    assert found == {("C", "west", "ceasefire", 1): 2.0, ("D", "west", "ceasefire", 1): 1.0}


def test_where_too_few_may_serve_all_that_may_do() -> None:
    """A is a party to both missions, and B to the cease-fire."""
    both = assignments({"ceasefire": 300.0, "border": 100.0})
    found = served(postings({"A": 5.0, "B": 1.0, "C": 2.0}), both)
    assert found == {("B", "west", "border", 1): 1.0, ("C", "west", "ceasefire", 1): 2.0}
    assert served(postings({"A": 5.0}), both) == {}
    assert served((), both) == {}


@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_whole_companies_serve_whole_nobody_more_than_is_there_and_nobody_who_is_barred(
    units: list[int], ceasefire: int, border: int
) -> None:
    stationed = dict(zip("ABCD", map(float, units), strict=True))
    found = served(postings(stationed), assignments({"ceasefire": UNIT * ceasefire, "border": UNIT * border}))
    at_mission, away = defaultdict[str, float](float), defaultdict[str, float](float)
    for (state, _, mission, _), n in found.items():
        assert n == round(n) > 0
        assert state not in ("AB" if mission == "ceasefire" else "A")
        at_mission[mission] += n
        away[state] += n
    assert all(away[state] <= n for state, n in stationed.items())
    able, only_border = stationed["C"] + stationed["D"], stationed["B"]
    assert at_mission["ceasefire"] <= ceasefire
    assert at_mission["border"] <= border
    most = min(ceasefire + border, able + min(only_border, border), able + only_border)
    assert sum(at_mission.values()) == most
