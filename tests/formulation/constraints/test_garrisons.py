"""Garrisons: how many, how large and of whom, at points worked out by hand. A unit is 100 soldiers."""

from __future__ import annotations

from typing import Any

import pytest

from concord.formulation.index_sets import IndexSets
from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

SMALL, LARGE, EAST = "garrison[west,small,1]", "garrison[west,large,1]", "garrison[east,small,1]"
NO_TOLERANCE = {
    "garrisons__contingents__tolerance": 0.0,
    "states__A__military_personnel": 50000.0,
}
TWO_EACH = {"garrisons__contingents__minimum_units": 2}


def present(states: str) -> dict[str, float]:
    return {SMALL: 1.0} | {f"presence[{state},west,1]": 1.0 for state in states}


UNRULED: dict[str, Any] = {"burden_sharing": []}
"""Without rules on burdens, troops are not counted by nation apart from where they stand."""

CASES = [
    case(
        "garrisons.garrisoned", "west,1",
        {"units[A,west,1]": 2.0, "units[C,west,1]": 1.0, "units[C,east,1]": 7.0, "garrisoned[west,1]": 3.0},
        [
            {"units[A,west,1]": 2.0, "garrisoned[west,1]": 3.0},
            {"units[A,west,1]": 2.0, "garrisoned[west,1]": 1.0},
        ],
    ),
    case(
        "garrisons.force", "1",
        {"garrisoned[west,1]": 3.0, "garrisoned[east,1]": 2.0, "force[1]": 5.0},
        [{"garrisoned[west,1]": 3.0, "force[1]": 4.0}, {"garrisoned[west,1]": 3.0, "force[1]": 2.0}],
    ),
    case("garrisons.one_tier", "west,1", [{SMALL: 1.0}, {SMALL: 1.0, EAST: 1.0}], {SMALL: 1.0, LARGE: 1.0}),
    case(
        "garrisons.permanence", "west,small,2",
        [{SMALL: 1.0, "garrison[west,small,2]": 1.0}, {"garrison[west,small,2]": 1.0}],
        {SMALL: 1.0, "garrison[west,large,2]": 1.0},
    ),
    case(
        "garrisons.capacity", "west,1",
        [{SMALL: 1.0, "garrisoned[west,1]": 6.0}, {LARGE: 1.0, "garrisoned[west,1]": 15.0}],
        [{SMALL: 1.0, "garrisoned[west,1]": 7.0}, {EAST: 1.0, "garrisoned[west,1]": 1.0}],
    ),
    case(
        "garrisons.capacity", "west,1",
        {LARGE: 1.0, "garrisoned[west,1]": 10.0}, {LARGE: 1.0, "garrisoned[west,1]": 11.0},
        garrisons__max_troops=1000,
    ),
    case(
        "garrisons.organ", "west,1",
        {SMALL: 1.0, "operating[command,1]": 1.0}, {SMALL: 1.0, "operating[secretariat,1]": 1.0},
    ),
    case("garrisons.max_open", "1", {SMALL: 1.0}, {SMALL: 1.0, EAST: 1.0}, garrisons__max_open=1),
    case("garrisons.min_open", "2", {"garrison[east,large,2]": 1.0}, {SMALL: 1.0}),
    case(
        "garrisons.max_per_host", "A,1", {SMALL: 1.0}, {SMALL: 1.0, EAST: 1.0},
        garrisons__sites__east__host="A",
    ),
    case(
        "garrisons.state_share", "A,west,1",
        {"units[A,west,1]": 2.0, "garrisoned[west,1]": 4.0},
        {"units[A,west,1]": 3.0, "garrisoned[west,1]": 5.0},
    ),
    case(
        "garrisons.host_share", "west,1",
        {"units[A,west,1]": 2.0, "units[B,west,1]": 9.0, "garrisoned[west,1]": 5.0},
        {"units[A,west,1]": 2.0, "garrisoned[west,1]": 4.0},
    ),
    case(
        "garrisons.nations", "west,1",
        {SMALL: 1.0, "garrisoned[west,1]": 3.0}, {SMALL: 1.0, "garrisoned[west,1]": 2.0},
    ),
    case(
        "garrisons.nations", "west,1",
        {SMALL: 1.0, "garrisoned[west,1]": 6.0}, {SMALL: 1.0, "garrisoned[west,1]": 5.0}, **TWO_EACH,
    ),
    case("garrisons.nations.present", "west,1", [{}, present("ABC")], present("AB")),
    case(
        "garrisons.minimum_units.present", "A,west,1",
        {"presence[A,west,1]": 1.0, "units[A,west,1]": 2.0},
        {"presence[A,west,1]": 1.0, "units[A,west,1]": 1.0},
        **TWO_EACH,
    ),
    case(
        "garrisons.minimum_units.absent", "A,west,1",
        {"presence[A,west,1]": 1.0, "units[A,west,1]": 20.0}, {"units[A,west,1]": 1.0}, **TWO_EACH,
    ),
    case(
        "contingents.arrivals", "A,west,2",
        [
            {"units[A,west,1]": 2.0, "units[A,west,2]": 5.0, "arrivals[A,west,2]": 3.0},
            {"units[A,west,1]": 2.0, "units[A,west,2]": 1.0},
        ],
        {"units[A,west,1]": 2.0, "units[A,west,2]": 5.0, "arrivals[A,west,2]": 2.0},
    ),
    case("contingents.arrivals", "A,west,1", {"units[A,west,1]": 2.0, "arrivals[A,west,1]": 2.0},
         {"units[A,west,1]": 2.0}),
    case(
        "contingents.scale.above", "A,1",
        {"units[A,west,1]": 4.0, "units[A,east,1]": 3.0, "force[1]": 16.0},
        {"units[A,west,1]": 4.0, "units[A,east,1]": 4.0, "force[1]": 16.0}, **UNRULED,
    ),
    case("contingents.scale.above", "A,1", {"sent[A,1]": 7.0, "force[1]": 16.0},
    {"sent[A,1]": 8.0, "force[1]": 16.0}),
    case(
        "contingents.scale.below", "A,1",
        {"units[A,west,1]": 1.0, "force[1]": 16.0}, {"units[A,west,1]": 1.0, "force[1]": 17.0},
        **UNRULED,
    ),
    case(
        "contingents.scale.above", "B,1",
        {"units[B,west,1]": 9.0, "force[1]": 20.0}, {"units[B,west,1]": 10.0, "force[1]": 20.0},
        states__B__population=2e6, garrisons__contingents__tolerance=0.0, **UNRULED,
    ),
    case(
        "contingents.availability", "A,1",
        {"units[A,west,1]": 10.0, "units[A,east,1]": 10.0},
        {"units[A,west,1]": 10.0, "units[A,east,1]": 11.0}, **UNRULED,
    ),
    case("contingents.availability.together", "1", {"force[1]": 80.0}, {"force[1]": 81.0}),
    case("contingents.availability.together", "1", {"force[1]": 44.0}, {"force[1]": 45.0}, **NO_TOLERANCE),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_who_cannot_spare_a_unit_contributes_nothing() -> None:
    scene = formulated({"states/A/military_personnel": 4999.0}).scene
    assert scene.sets.contributors == ("B", "C", "D")


def test_whole_units_leave_no_presence_to_decide_where_the_largest_share_implies_the_nations() -> None:
    shared = formulated({"garrisons/contingents/max_state_share": 0.4})
    assert not shared.scene.decisions.presence.size
    assert formulated({}).scene.decisions.presence.size


def test_a_site_is_built_only_in_its_tiers() -> None:
    index = formulated({"garrisons/sites/east/tiers": ["large"]}).scene.sets.tiers
    assert {tier for site, tier, _ in index if site == "east"} == {"large"}
    assert labels_of(formulated({}).scene.decisions.garrison.labels)[0] == ("west", "small", 1)


def eligible(changes: dict[str, Any], *bars: str) -> IndexSets:
    """Index sets under rules of eligibility for contingents."""
    return formulated(changes | {"garrisons/contingents/ineligible": list(bars)}).scene.sets


@pytest.mark.parametrize(("fact", "bar"), [("at_war", "at-war"), ("sanctioned", "sanctioned")])
def test_a_state_at_war_or_sanctioned_sends_nobody_where_the_rules_say_so(fact: str, bar: str) -> None:
    changes = {f"states/A/{fact}": True}
    assert eligible(changes).contributors == ("A", "B", "C", "D")
    barred = eligible(changes, bar)
    assert barred.contributors == ("B", "C", "D")
    assert {m for m, _ in barred.sendings} == {m for m, _, _ in barred.postings} == {"B", "C", "D"}
    excepted = eligible(changes | {"garrisons/contingents/exceptions": {bar: ["A"]}}, bar)
    assert excepted.contributors == ("A", "B", "C", "D")


def test_a_host_sends_nobody_in_the_periods_of_its_mission() -> None:
    hosts = eligible({"missions/border/start": 2}, "hosting")
    assert hosts.contributors == ("A", "C", "D")
    assert {t for m, t in hosts.sendings if m == "C"} == {t for m, _, t in hosts.postings if m == "C"} == {1}
    assert {t for m, t in hosts.sendings if m == "D"} == {1, 2}
    without = eligible({"missions/border/consent": False}, "hosting")
    assert without.contributors == ("A", "C", "D")
    assert {t for m, t in without.sendings if m == "C"} == {1, 2}
    excepted = eligible({"garrisons/contingents/exceptions": {"hosting": ["B"]}}, "hosting")
    assert excepted.contributors == ("A", "B", "D")


def test_shares_and_muster_are_those_of_who_may_send_in_the_period() -> None:
    """B hosts in both periods, C in the second; each can spare 20 units."""
    changes = {"missions/border/start": 2, "garrisons/contingents/ineligible": ["hosting"]}
    p = formulated(changes).scene.parameters
    thirds, halves = {(m, 1): 1 / 3 for m in "ACD"}, {(m, 2): 1 / 2 for m in "AD"}
    assert p.contingent_share.to_dict() == pytest.approx(thirds | halves)
    assert p.muster.to_dict() == {1: 60.0, 2: 40.0}


def test_the_muster_is_what_the_least_able_can_follow() -> None:
    """A spares 10 and one more by rounding, a third of all without tolerance; in the second period half."""
    changes = {
        "missions/border/start": 2,
        "garrisons/contingents/ineligible": ["hosting"],
        "garrisons/contingents/tolerance": 0.0,
        "states/A/military_personnel": 50000.0,
    }
    assert formulated(changes).scene.parameters.muster.to_dict() == pytest.approx({1: 33.0, 2: 22.0})
