"""Missions: who is assigned to keep the peace where, at points worked out by hand."""

from __future__ import annotations

from math import pi
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.formulation.constraints.missions import demanding_sets
from concord.formulation.index_sets import IndexSets
from concord.models.eligibility import barred_from_mission, barred_from_site
from tests.support.cases import (
    Case,
    assert_admits,
    assert_forbids,
    case,
    formulated,
    label,
    labels_of,
    values,
)
from tests.support.compact import compact

DEGREE = 6371.0088 * pi / 180
HAULED = 500 * DEGREE * 2.0 / 1e6
"""Million tonne-km of 500 soldiers with two tonnes each over a degree of a meridian."""
OF_BOTH = {"units[A,west,1]": 1.0, "units[B,west,1]": 1.0, "garrisoned[west,1]": 5.0}

A_IS_NEIGHBOUR_OF_B: dict[str, Any] = {
    "relations": [{"one": "B", "other": "A", "kind": "neighbours"}],
    "garrisons__contingents__ineligible": ["neighbours"],
    "missions__ceasefire__parties": [],
    "missions__border__parties": [],
}
"""Soldiers of A never serve in the mission in B; B's may."""

CASES = [
    case(
        "missions.lift_used", "1",
        {"assigned[west,ceasefire,1]": 5.0, "lift[A,1]": 0.1, "lift[D,1]": HAULED - 0.1},
        {"assigned[west,ceasefire,1]": 5.0, "lift[A,1]": 0.1, "lift[D,1]": HAULED},
    ),
    case(
        "missions.strength", "ceasefire,1",
        {"assigned[west,ceasefire,1]": 2.0, "assigned[east,ceasefire,1]": 3.0, "strength[ceasefire,1]": 0.5},
        [
            {"assigned[west,ceasefire,1]": 2.0, "strength[ceasefire,1]": 0.3},
            {"assigned[west,ceasefire,1]": 2.0, "strength[ceasefire,1]": 0.1},
        ],
    ),
    case(
        "missions.parties", "west,1,ceasefire",
        OF_BOTH | {"assigned[west,ceasefire,1]": 3.0, "assigned[west,border,1]": 9.0},
        OF_BOTH | {"assigned[west,ceasefire,1]": 3.1},
    ),
    case(
        "missions.parties", "west,1,border+ceasefire",
        OF_BOTH | {"assigned[west,ceasefire,1]": 2.0, "assigned[west,border,1]": 2.0},
        OF_BOTH | {"assigned[west,ceasefire,1]": 2.0, "assigned[west,border,1]": 2.1},
    ),
    case("missions.need", "ceasefire,1", {"strength[ceasefire,1]": 0.8}, {"strength[ceasefire,1]": 0.81}),
    case(
        "missions.standing", "ceasefire,1",
        [{"strength[ceasefire,1]": 0.2}, {"strength[ceasefire,1]": 0.8}], {"strength[ceasefire,1]": 0.19},
        missions__ceasefire__standing=299.0,
    ),
    case(
        "missions.standing", "ceasefire,1",
        {"strength[ceasefire,1]": 0.299}, {"strength[ceasefire,1]": 0.298},
        missions__ceasefire__standing=299.0, garrisons__contingents__integral=False,
    ),
    case(
        "missions.standing", "ceasefire,2", {"strength[ceasefire,2]": 0.8}, {"strength[ceasefire,2]": 0.79},
        missions__ceasefire__standing=800.0,
    ),
    case(
        "missions.parties", "west,1,ceasefire",
        OF_BOTH | {"assigned[west,ceasefire,1]": 4.0}, OF_BOTH | {"assigned[west,ceasefire,1]": 4.1},
        **A_IS_NEIGHBOUR_OF_B,
    ),
    case(
        "missions.minimum_strength", "ceasefire,1",
        {"deployed[ceasefire,1]": 1.0, "strength[ceasefire,1]": 0.2},
        {"deployed[ceasefire,1]": 1.0, "strength[ceasefire,1]": 0.19},
    ),
    case(
        "missions.minimum_strength.deployed", "ceasefire,1",
        {"deployed[ceasefire,1]": 1.0, "strength[ceasefire,1]": 0.8}, {"strength[ceasefire,1]": 0.01},
    ),
    case(
        "missions.lift", "1",
        {"assigned[east,ceasefire,1]": 5.0, "lift[A,1]": 0.6 * HAULED, "lift[D,1]": 0.41 * HAULED},
        {"assigned[east,ceasefire,1]": 5.0, "lift[A,1]": 0.6 * HAULED, "lift[D,1]": 0.39 * HAULED},
    ),
    case("missions.lift_pledge", "A,1", {"lift[A,1]": 50.0}, {"lift[A,1]": 50.1}),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_a_mission_out_of_reach_of_a_garrison_gets_nobody_from_there() -> None:
    near = formulated({"missions/border/latitude": 42.0, "missions/border/deadline": 49.0, "garrisons/lift": {
        "preparation": 48.0, "speed": 40.0, "cost": 0.1,
    }}).scene  # fmt: skip
    assert {site for site, mission, _ in near.sets.assignments if mission == "border"} == {"east"}


def test_nobody_is_at_a_mission_outside_its_periods() -> None:
    scene = formulated({"missions/border/start": 2}).scene
    assert {t for mission, t in scene.sets.missions if mission == "border"} == {2}


def test_nobody_is_at_a_mission_before_the_government_in_control_consents() -> None:
    scene = formulated({"missions/border/consent_from": 2}).scene
    assert {t for mission, t in scene.sets.missions if mission == "border"} == {2}
    later = formulated({"missions/border/consent_from": 1, "missions/border/start": 2}).scene
    assert {t for mission, t in later.sets.missions if mission == "border"} == {2}


def test_nobody_is_at_a_mission_without_consent() -> None:
    scene = formulated({"missions/border/consent": False}).scene
    assert {mission for mission, _ in scene.sets.missions} == {"ceasefire"}
    assert {mission for _, mission, _ in scene.sets.assignments} == {"ceasefire"}


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, {("ceasefire", 1), ("ceasefire", 2)}),
        ({"missions/ceasefire/standing_until": 1}, {("ceasefire", 1)}),
        ({"garrisons/lead": 1, "organs/command/due": None}, {("ceasefire", 2)}),
        ({"missions/ceasefire/start": 2}, {("ceasefire", 2)}),
        ({"missions/ceasefire/standing": 0.0}, set()),
    ],
    ids=["throughout", "until a year", "from when a garrison may stand", "from its start", "none"],
)
def test_standing_troops_stay_while_they_may_and_until_they_may_leave(
    changes: dict[str, Any], kept: set[tuple[str, int]]
) -> None:
    program = formulated({"missions/ceasefire/standing": 300.0} | changes).program
    assert set(labels_of(program.constraints["missions.standing"].labels)) == kept


RELATED: dict[str, Any] = {
    "relations": [
        {"one": "B", "other": "C", "kind": "rivals"},
        {"one": "D", "other": "B", "kind": "neighbours"},
        {"one": "C", "other": "D", "kind": "rivals"},
    ],
    "missions/ceasefire/parties": ["A"],
    "missions/border/parties": [],
}


def test_a_mission_bars_parties_rivals_and_neighbours_as_far_as_the_rules_say() -> None:
    rules = {"ineligible": ["rivals"], "exceptions": {"rivals": ["D"]}}
    problem = compact(RELATED | {f"garrisons/contingents/{name}": rule for name, rule in rules.items()})
    barred = {mission.id: barred_from_mission(problem, mission) for mission in problem.missions}
    assert barred == {"ceasefire": {"A", "C"}, "border": {"B"}}
    near = compact(RELATED | {"garrisons/contingents/ineligible": ["neighbours"]})
    barred = {mission.id: barred_from_mission(near, mission) for mission in near.missions}
    assert barred == {"ceasefire": {"A", "D"}, "border": set()}


def test_rivals_of_any_party_are_barred_and_no_garrison_has_rivals_of_its_host_or_parties_there() -> None:
    rivals = {"garrisons/contingents/ineligible": ["rivals"], "missions/border/parties": ["A"]}
    problem = compact({"relations": [{"one": "A", "other": "D", "kind": "rivals"}]} | rivals)
    barred = {mission.id: barred_from_mission(problem, mission) for mission in problem.missions}
    assert barred == {"ceasefire": {"A", "B", "D"}, "border": {"A", "D"}}
    west, east = (barred_from_site(problem, site) for site in problem.sites)
    assert (west, east) == ({"D"}, {"A"})
    postings = IndexSets(problem).postings
    assert not {("D", "west", 1), ("A", "east", 1)} & set(postings)
    assert {("D", "east", 1), ("A", "west", 1)} <= set(postings)


def test_sets_of_missions_are_closed_under_common_parties() -> None:
    parties = {"missions/ceasefire/parties": ["A", "B"], "missions/border/parties": ["A", "C"]}
    sets = demanding_sets(compact(parties))
    assert sets == {
        "border, ceasefire": (frozenset({"border", "ceasefire"}), frozenset({"A"})),
        "ceasefire": (frozenset({"ceasefire"}), frozenset({"A", "B"})),
        "border": (frozenset({"border"}), frozenset({"A", "C"})),
    }


@given(
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.integers(0, 5),
    st.integers(0, 5),
    st.sets(st.sampled_from("ABCD"), max_size=3),
    st.sets(st.sampled_from("ABCD"), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_troops_can_be_assigned_exactly_when_every_row_admits_them(
    units: list[int], ceasefire: int, border: int, parties: set[str], others: set[str]
) -> None:
    changes = {"missions/ceasefire/parties": sorted(parties), "missions/border/parties": sorted(others)}
    program = formulated(changes).program
    point = {f"units[{state},west,1]": float(n) for state, n in zip("ABCD", units, strict=True)}
    point |= {"garrisoned[west,1]": float(sum(units))}
    point |= {"assigned[west,ceasefire,1]": float(ceasefire), "assigned[west,border,1]": float(border)}
    block = program.constraints["missions.parties"]
    slack = block.upper - block.matrix @ values(program, point)[: block.matrix.shape[1]]
    admitted = all(
        slack[n] >= -1e-9 for n, row in enumerate(labels_of(block.labels)) if row[:2] == label("west,1")
    )
    assert admitted == _can_be_assigned(
        dict(zip("ABCD", units, strict=True)), ceasefire, border, parties, others
    )


def _can_be_assigned(
    units: dict[str, int], ceasefire: int, border: int, parties: set[str], others: set[str]
) -> bool:
    """By trying how many of those who may serve in both serve in the first."""
    first_only = sum(n for state, n in units.items() if state not in parties and state in others)
    second_only = sum(n for state, n in units.items() if state in parties and state not in others)
    either = sum(n for state, n in units.items() if state not in parties | others)
    return any(first_only + n >= ceasefire and second_only + either - n >= border for n in range(either + 1))
