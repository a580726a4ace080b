"""Locks, at points worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of


def lock(decision: str, **fields: Any) -> list[dict[str, Any]]:
    """A single lock."""
    return [{"decision": decision, **fields}]


CASES = [
    case(
        "locks.least", "garrisons.west,1",
        [{"garrison[west,small,1]": 1.0}, {"garrison[west,large,1]": 1.0}],
        [{"garrison[east,small,1]": 1.0}, {"garrison[west,small,2]": 1.0}],
        locks=lock("garrisons.west", keep="open"),
    ),
    case(
        "locks.least", "garrisons.west.large,horizon",
        {"garrison[west,large,2]": 1.0}, {"garrison[west,small,2]": 1.0},
        locks=lock("garrisons.west.large", keep="included"),
    ),
    case(
        "locks.least", "contributions.A,1",
        {"contribution[A,assessed,1]": 2.0, "contribution[A,regional,1]": 1.0},
        {"contribution[A,assessed,1]": 2.9, "contribution[B,assessed,1]": 9.0},
        locks=lock("contributions.A", least=3.0), funds__regional__payers=["A", "B", "C", "D"],
        funds__regional__earmarks=[],
    ),
    case(
        "locks.least", "missions.ceasefire.west,2",
        {"assigned[west,ceasefire,2]": 3.0},
        {"assigned[west,ceasefire,2]": 2.9, "assigned[east,ceasefire,2]": 10.0},
        locks=lock("missions.ceasefire.west", least=300.0),
    ),
    case(
        "locks.most", "organs.command,2", {"operating[secretariat,2]": 1.0}, {"operating[command,2]": 1.0},
        locks=lock("organs.command", keep="closed"),
    ),
    case(
        "locks.most", "programmes.mediation.A,horizon",
        {"spending[A,mediation,1]": 2.0, "spending[A,mediation,2]": 2.0, "spending[B,mediation,1]": 9.0},
        {"spending[A,mediation,1]": 2.0, "spending[A,mediation,2]": 2.1},
        locks=lock("programmes.mediation.A", most=4.0, over="horizon"),
    ),
    case(
        "locks.most", "spending.regional.north,1",
        {"draw[regional,mediation,north,1]": 1.0, "draw[assessed,mediation,north,1]": 5.0},
        {"draw[regional,mediation,north,1]": 1.0, "draw[regional,defence,north,1]": 1.0},
        locks=lock("spending.regional.north", most=1.5),
    ),
    case(
        "locks.most", "contingents.B,2", {"units[B,west,2]": 2.0, "units[B,east,2]": 1.0},
        {"units[B,west,2]": 2.0, "units[B,east,2]": 2.0}, locks=lock("contingents.B", exactly=3.0),
    ),
    case(
        "locks.least", "monitors.C.ab,1", {"teams[team,C,ab,1]": 1.0}, {"teams[team,D,ab,1]": 1.0},
        locks=lock("monitors.C.ab", least=1.0),
    ),
    case(
        "locks.most", "lift.A,1", {"lift[A,1]": 3.0}, {"lift[A,1]": 3.1}, locks=lock("lift.A", most=3.0),
    ),
    case(
        "locks.least", "reduction.A,1", {"reduction[A,1]": 0.1},
        {"reduction[B,1]": 0.1, "reduction[A,1]": 0.05}, locks=lock("reduction.A", least=0.1),
    ),
    case(
        "locks.most", "arming.A,1", {"arming[B,1]": 0.1}, {"arming[A,1]": 0.1},
        locks=lock("arming.A", keep="closed"), dilemma__arming_ceiling=0.2,
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def held(changes: dict[str, Any], name: str = "locks.least") -> list[tuple[Any, ...]]:
    """Labels of the rows of an equation."""
    return labels_of(formulated(changes).program.constraints[name].labels)


def test_what_is_to_be_open_is_so_in_every_period_in_which_it_can() -> None:
    west = {"locks": lock("garrisons.west", keep="open")}
    assert held(west) == [("garrisons.west", 1), ("garrisons.west", 2)]
    assert held({**west, "garrisons/lead": 1}) == [("garrisons.west", 2)]
    late = {"locks": lock("organs.command", keep="open"), "organs/command/earliest": 2}
    assert held(late) == [("organs.command", 2)]


def test_a_period_named_is_the_only_one() -> None:
    assert held({"locks": lock("garrisons.west", keep="open", periods=[2])}) == [("garrisons.west", 2)]


def test_two_locks_on_one_decision_are_told_apart() -> None:
    both = [
        *lock("contributions.A", least=1.0, periods=[1]),
        *lock("contributions.A", least=2.0, periods=[2]),
    ]
    assert held({"locks": both}) == [("contributions.A", 1), ("contributions.A (2)", 2)]


def test_a_lock_that_no_decision_can_meet_is_kept_so_that_the_conflict_shows() -> None:
    program = formulated({"locks": lock("monitors.D.cd", least=1.0)}).program
    assert list(program.constraints["locks.least"].lower) == [1.0, 1.0]
