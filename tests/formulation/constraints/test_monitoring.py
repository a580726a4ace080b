"""Monitoring and the restraint that it makes possible, at points worked out by hand."""

from __future__ import annotations

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated

BOTH_OF_A = {"monitoring__zones__cd__states": ["A", "C"]}
"""A is watched at both zones, and D may watch both."""

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
