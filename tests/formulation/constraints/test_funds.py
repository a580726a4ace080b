"""Money: what is paid in, kept and drawn, and what everything costs, at points worked out by hand."""

from __future__ import annotations

from math import pi

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

DEGREE = 6371.0088 * pi / 180
"""Kilometres between the garrison in the east and the cease-fire, a degree of a meridian."""
BALANCE = {
    "carried[assessed,1]": 2.0, "collected[assessed,2]": 5.0, "draw[assessed,mediation,north,2]": 4.0,
    "draw[assessed,organs,common,2]": 1.0,
}  # fmt: skip
ORGANS = {"founded[secretariat,1]": 1.0, "operating[secretariat,1]": 1.0, "operating[command,1]": 1.0}
KEPT_GARRISON = {"garrison[west,small,1]": 1.0, "garrison[west,small,2]": 1.0, "garrisoned[west,2]": 4.0}
ASSESSED = {
    "contribution[A,assessed,1]": 2.5, "contribution[B,assessed,1]": 2.5, "collected[assessed,1]": 5.0,
}  # fmt: skip
GIFT = {
    "contribution[C,regional,1]": 2.0,
    "contribution[C,regional,2]": 1.0,
    "contribution[D,regional,2]": 9.0,
}


def coverage(row: str, activity: dict[str, float], price: float, **given: object) -> Case:
    """An activity is covered by exactly its price, drawn from any fund."""
    draw = f"draw[assessed,{row}]"
    wrong = [activity | {draw: price + 0.01}, activity | {draw: price - 0.01}]
    return case("funds.coverage", row, activity | {draw: price}, wrong, **given)


CASES = [
    case(
        "funds.collected", "assessed,1",
        {"contribution[A,assessed,1]": 1.0, "contribution[D,assessed,1]": 2.0, "collected[assessed,1]": 3.0},
        [
            {"contribution[A,assessed,1]": 1.0, "collected[assessed,1]": 1.1},
            {"contribution[A,assessed,1]": 1.0, "collected[assessed,1]": 0.9},
        ],
    ),
    case("funds.budget", "assessed,1", {"collected[assessed,1]": 20.0}, {"collected[assessed,1]": 20.01}),
    case(
        "funds.budget", "assessed,2", {"collected[assessed,2]": 5.0}, {"collected[assessed,2]": 5.01},
        funds__assessed__budget={1: 20.0, 2: 5.0},
    ),
    case(
        "funds.commitment", "regional,1", {"collected[regional,1]": 3.0}, {"collected[regional,1]": 2.99},
        funds__regional__commitment=3.0,
    ),
    case(
        "funds.balance", "assessed,2",
        BALANCE | {"carried[assessed,2]": 2.0},
        [BALANCE | {"carried[assessed,2]": 2.1}, BALANCE | {"carried[assessed,2]": 1.9}],
    ),
    case("funds.balance", "assessed,1", {}, {"carried[assessed,1]": 1.0}),
    case(
        "funds.balance", "assessed,1",
        ASSESSED | {"draw[assessed,mediation,north,1]": 2.5 + 0.6 * 2.5},
        [ASSESSED | {"draw[assessed,mediation,north,1]": 5.0}, ASSESSED | {"carried[assessed,1]": 4.1}],
        funds__assessed__delivery={"B": 0.6},
    ),
    case(
        "funds.donors", "gift,regional,1",
        {"contribution[C,regional,1]": 1.0, "draw[regional,missions,north,1]": 0.5},
        {"contribution[C,regional,1]": 1.0, "draw[regional,missions,north,1]": 0.51},
        funds__regional__delivery={"C": 0.5},
    ),
    case("funds.carry_over", "assessed,2", {"carried[assessed,1]": 9.0}, {"carried[assessed,2]": 0.1}),
    case(
        "funds.carry_over", "assessed,1", {}, {"carried[assessed,1]": 0.1},
        funds__assessed__carry_over=False,
    ),
    coverage("mediation,north,1", {"spending[A,mediation,1]": 2.0, "spending[B,mediation,1]": 1.0}, 3.0),
    case(
        "funds.coverage", "mediation,north,1",
        {
            "spending[A,mediation,1]": 3.0, "spending[C,mediation,1]": 5.0,
            "draw[assessed,mediation,north,1]": 1.0, "draw[regional,mediation,north,1]": 2.0,
        },
        {"spending[A,mediation,1]": 3.0, "draw[assessed,mediation,south,1]": 3.0},
    ),
    coverage("organs,common,1", ORGANS, 2.0 + 1.0 + 0.5),
    coverage("garrisons,north,1", {"garrison[west,small,1]": 1.0}, 2.0 + 0.5),
    coverage("garrisons,north,2", KEPT_GARRISON, 0.5 + 400 * 10.0 / 1000),
    coverage("garrisons,south,2", {"garrison[east,large,2]": 1.0, "garrisoned[east,2]": 10.0}, 5 + 1 + 10.0),
    coverage("missions,north,1", {"strength[ceasefire,1]": 0.4, "strength[border,1]": 0.1},
    400 * 20.0 / 1000),
    coverage("garrisons,north,2", KEPT_GARRISON, 0.5 + 400 * (10.0 + 0.6 * 5.0) / 1000,
    garrisons__contingents__reimbursed=0.6),
    coverage("lift,common,1", {"assigned[east,ceasefire,1]": 5.0}, 0.2 * DEGREE * 2.0 * 500 / 1e6,
    garrisons__lift__reimbursed=0.5),
    coverage("monitoring,north,1", {"watching[team,ab,1]": 2.0}, 1.08,
    monitoring__monitors__team__reimbursed=0.4),
    coverage("lift,common,1", {"assigned[east,ceasefire,1]": 5.0}, 0.1 * DEGREE * 2.0 * 500 / 1e6),
    coverage("monitoring,north,1", {"watching[team,ab,1]": 2.0}, 1.0),
    coverage("monitoring,south,1", {"watching[team,cd,1]": 2.0},
    0.5, monitoring__zones__cd__states=["A", "C"]),
    case(
        "funds.earmark.at_least", "assessed,1,fifth",
        {"draw[assessed,mediation,north,1]": 1.0, "draw[assessed,organs,common,1]": 4.0},
        {"draw[assessed,mediation,north,1]": 1.0, "draw[assessed,organs,common,1]": 4.01},
    ),
    case(
        "funds.earmark.at_most", "assessed,1,fifth",
        {"draw[assessed,defence,south,1]": 1.0, "draw[assessed,organs,common,1]": 4.0},
        {"draw[assessed,defence,south,1]": 1.01, "draw[assessed,organs,common,1]": 4.0},
        funds__assessed__earmarks__fifth__sense="at-most",
    ),
    case(
        "funds.donors", "gift,regional,2",
        GIFT | {"draw[regional,missions,north,2]": 3.0, "draw[regional,mediation,north,2]": 9.0},
        GIFT | {"draw[regional,missions,north,1]": 1.0, "draw[regional,defence,south,2]": 2.1},
    ),
    case(
        "funds.donors", "gift,regional,1",
        {"contribution[C,regional,1]": 1.0, "draw[regional,missions,north,1]": 1.0},
        {"contribution[C,regional,2]": 1.0, "draw[regional,missions,north,1]": 1.0},
    ),
    case(
        "funds.donors", "gift,regional,2",
        GIFT | {"draw[regional,mediation,north,2]": 3.0, "draw[regional,missions,north,2]": 9.0},
        GIFT | {"draw[regional,mediation,north,2]": 3.1},
        funds__regional__earmarks__gift__sense="at-most",
    ),
    case(
        "funds.affordability", "D,assessed,1",
        {"contribution[D,assessed,1]": 200.0, "contribution[D,regional,1]": 50.0},
        {"contribution[D,assessed,1]": 200.1},
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_a_fund_that_is_committed_may_keep_money_after_the_last_period() -> None:
    rows = labels_of(
        formulated({"funds/regional/commitment": 3.0}).program.constraints["funds.carry_over"].labels
    )
    assert rows == [("assessed", 2)]


def test_a_fund_draws_only_for_its_purposes_and_in_its_regions() -> None:
    scene = formulated({"funds/regional/regions": ["south"]}).scene
    places = {(head, region) for fund, head, region, _ in scene.sets.draws if fund == "regional"}
    assert places == {("mediation", "south"), ("defence", "south"), ("missions", "south")}
