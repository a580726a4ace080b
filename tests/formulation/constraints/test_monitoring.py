"""Monitoring and the restraint that it makes possible, at points worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

BOTH_OF_A = {"monitoring__zones__cd__states": ["A", "C"]}
"""A is watched at both zones, and D may watch both."""

RIVALS: dict[str, Any] = {
    "relations": [
        {"one": "B", "other": "A", "kind": "rivals"},
        {"one": "C", "other": "D", "kind": "neighbours"},
    ],
    "dilemma__reciprocity": 0.5,
}
"""A and B are rivals; C and D have none."""

CASES = [
    case(
        "monitoring.effort", "ab,1",
        {"watching[team,ab,1]": 2.0, "effort[ab,1]": 3.0},
        [{"watching[team,ab,1]": 2.0, "effort[ab,1]": 3.1},
         {"watching[team,ab,1]": 2.0, "effort[ab,1]": 2.9}],
        monitoring__monitors__team__effort=1.5,
    ),
    case(
        "monitoring.effort.teams", "team,ab,1",
        {"teams[team,C,ab,1]": 1.0, "teams[team,D,ab,1]": 1.0, "watching[team,ab,1]": 2.0},
        [
            {"teams[team,C,ab,1]": 1.0, "watching[team,ab,1]": 2.0},
            {"teams[team,C,ab,1]": 1.0, "teams[team,A,cd,1]": 1.0},
        ],
    ),
    case("monitoring.ceiling", "ab,1", {"effort[ab,1]": 4.0}, {"effort[ab,1]": 4.01}),
    case("monitoring.minimum", "ab,1", {"effort[ab,1]": 1.0}, {"effort[ab,1]": 0.99, "effort[ab,2]": 1.0}),
    case(
        "monitoring.stock", "team,D,1",
        {"teams[team,D,ab,1]": 1.0, "teams[team,D,cd,1]": 2.0},
        {"teams[team,D,ab,1]": 2.0, "teams[team,D,cd,1]": 2.0}, burden_sharing=[], **BOTH_OF_A,
    ),
    case(
        "monitoring.stock.together", "team,1",
        {"watching[team,ab,1]": 5.0, "watching[team,cd,1]": 5.0},
        {"watching[team,ab,1]": 5.0, "watching[team,cd,1]": 6.0},
    ),
    case(
        "monitoring.quota", "1,frontier,A",
        {"watching[team,ab,1]": 3.0, "watching[team,cd,1]": 2.0},
        {"watching[team,ab,1]": 3.0, "watching[team,cd,1]": 3.0}, **BOTH_OF_A,
    ),
    case(
        "monitoring.share_from_one", "D,1,frontier,A",
        {"teams[team,D,ab,1]": 1.0, "teams[team,D,cd,1]": 1.0},
        {"teams[team,D,ab,1]": 2.0, "teams[team,D,cd,1]": 1.0}, **BOTH_OF_A,
    ),
    case(
        "monitoring.organ", "ab,1",
        {"effort[ab,1]": 4.0, "operating[secretariat,1]": 1.0},
        {"effort[ab,1]": 0.1, "operating[command,1]": 1.0},
    ),
    case(
        "dilemma.monitored_reduction", "A,2",
        {"reduction[A,2]": 0.2, "effort[ab,1]": 2.0},
        [{"reduction[A,2]": 0.21, "effort[ab,1]": 2.0}, {"reduction[A,2]": 0.1, "effort[ab,2]": 4.0}],
    ),
    case("dilemma.monitored_reduction", "A,1", {}, {"reduction[A,1]": 0.1, "effort[ab,1]": 4.0}),
    case(
        "monitoring.stays", "ab,2",
        [{"effort[ab,1]": 2.0, "effort[ab,2]": 2.0}, {"effort[ab,2]": 1.0}, {}],
        [{"effort[ab,1]": 2.0, "effort[ab,2]": 1.9}, {"effort[ab,1]": 2.0, "effort[cd,2]": 2.0}],
        monitoring__kinds__frontier__stays=True,
    ),
    case(
        "dilemma.reciprocity", "A,1,B",
        [{"reduction[A,1]": 0.15, "reduction[B,1]": 0.1}, {"reduction[B,1]": 0.1}],
        [{"reduction[A,1]": 0.16, "reduction[B,1]": 0.1}, {"reduction[A,1]": 0.1, "reduction[B,2]": 0.1}],
        **RIVALS,
    ),
    case(
        "dilemma.reciprocity", "B,2,A",
        {"reduction[B,2]": 0.15, "reduction[A,2]": 0.1}, {"reduction[B,2]": 0.16, "reduction[A,2]": 0.1},
        **RIVALS,
    ),
    case(
        "dilemma.reciprocity.alone", "C,1",
        {"reduction[A,1]": 0.1}, {"reduction[C,1]": 0.1, "reduction[D,1]": 0.1}, **RIVALS,
    ),
    case("dilemma.self_defence", "A,1", {"posture[A,1]": -0.5}, {"posture[A,1]": -0.51}),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_nobody_watches_itself() -> None:
    watchers = {(nation, zone) for _, nation, zone, _ in formulated({}).scene.sets.teams}
    assert watchers == {("C", "ab"), ("D", "ab"), ("A", "cd"), ("B", "cd")}


def test_a_share_from_one_is_rounded_down_to_whole_teams_and_not_below_by_rounding() -> None:
    thirds = {"monitoring/kinds/frontier/received_quota": 10, "monitoring/kinds/frontier/share_from_one": 0.3}
    block = formulated(thirds).program.constraints["monitoring.share_from_one"]
    assert set(block.upper) == {3.0}


def test_without_verification_no_zone_allows_reductions() -> None:
    program = formulated({"monitoring/kinds/frontier/verifies": False}).program
    block = program.constraints["dilemma.monitored_reduction"]
    assert block.matrix.nnz == len(block.rows) == 8
    assert set(block.upper) == {0.0}


def watchers(changes: dict[str, Any]) -> set[tuple[str, str]]:
    """Nations and the zones that they may watch at some time."""
    return {(nation, zone) for _, nation, zone, _ in formulated(changes).scene.sets.teams}


@pytest.mark.parametrize("kind", ["rivals", "neighbours"])
def test_nobody_watches_its_rivals_or_neighbours_where_the_rules_say_so(kind: str) -> None:
    related: dict[str, Any] = {"relations": [{"one": "A", "other": "D", "kind": kind}]}
    barring = related | {"monitoring/ineligible": [kind]}
    everybody = watchers({})
    assert watchers(related) == everybody
    assert watchers(barring) == {("C", "ab"), ("B", "cd")}
    assert watchers(barring | {"monitoring/exceptions": {kind: ["D"]}}) == everybody - {("A", "cd")}


@pytest.mark.parametrize(("fact", "bar"), [("at_war", "at-war"), ("sanctioned", "sanctioned")])
def test_a_state_at_war_or_sanctioned_watches_nobody_where_the_rules_say_so(fact: str, bar: str) -> None:
    changes: dict[str, Any] = {"states/C/" + fact: True}
    assert ("C", "ab") in watchers(changes)
    assert ("C", "ab") not in watchers(changes | {"monitoring/ineligible": [bar]})
    excepted = {"monitoring/ineligible": [bar], "monitoring/exceptions": {bar: ["C"]}}
    assert ("C", "ab") in watchers(changes | excepted)


def test_a_host_watches_nobody_in_the_periods_of_its_mission() -> None:
    scene = formulated({"monitoring/ineligible": ["hosting"], "missions/border/start": 2}).scene
    assert {t for _, nation, _, t in scene.sets.teams if nation == "C"} == {1}


def test_a_zone_is_watched_in_its_periods_alone() -> None:
    scene = formulated({"monitoring/zones/cd/periods": [2]}).scene
    assert {t for zone, t in scene.sets.zones if zone == "cd"} == {2}
    assert {t for _, _, zone, t in scene.sets.teams if zone == "cd"} == {2}
    assert {t for zone, t in scene.sets.zones if zone == "ab"} == {1, 2}


def test_observers_stay_only_from_a_period_in_which_their_zone_is_watched() -> None:
    stays = {"monitoring/kinds/frontier/stays": True}
    rows = formulated(stays).program.constraints["monitoring.stays"]
    assert set(labels_of(rows.labels)) == {("ab", 2), ("cd", 2)}
    rows = formulated(stays | {"monitoring/zones/cd/periods": [2]}).program.constraints["monitoring.stays"]
    assert set(labels_of(rows.labels)) == {("ab", 2)}


def test_a_state_whose_rival_is_left_out_reduces_nothing() -> None:
    """B decides nothing, so that it never reduces, and A may not be ahead of it."""
    changes = {path.replace("__", "/"): value for path, value in RIVALS.items()}
    program = formulated(changes | {"membership": {"named": ["A", "C", "D"]}}).program
    rows = program.constraints["dilemma.reciprocity"]
    assert ("A", 1, "B") in labels_of(rows.labels)
    columns = program.variables["reduction"]
    most = dict(zip(labels_of(columns.labels), columns.upper, strict=True))
    assert [most["A", 1], most["B", 1]] == [0.3, 0.0]
    alone = program.constraints["dilemma.reciprocity.alone"]
    assert {state for state, _ in labels_of(alone.labels)} == {"C", "D"}
