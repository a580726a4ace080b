"""What members are promised, at points worked out by hand."""

from __future__ import annotations

from math import log

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

BEFORE = log(0.8125 / 1.6)
"""Capacity 0.625 + 0.375 / 2 over threats 1 + 0.6."""


def ratio(state: str, period: int, log_ratio: float) -> dict[str, float]:
    return {f"log_capacity[{state},{period}]": log_ratio - 0.1, f"log_total_threat[{state},{period}]": -0.1}


CASES = [
    case("benefit.nobody_worse_off", "A,1", ratio("A", 1, BEFORE), ratio("A", 1, BEFORE - 0.01)),
    case(
        "benefit.nobody_worse_off", "A,2", ratio("A", 2, log(0.8125 / 2.6)), ratio("A", 2, log(0.8125 / 2.7)),
        states__A__drift={"war": log(2.0)},
    ),
    case("benefit.ratio_floor", "A,2", ratio("A", 2, log(0.5)), ratio("A", 2, log(0.49))),
    case(
        "benefit.ratio_floor", "B,2", ratio("B", 2, log(0.7)), ratio("B", 2, log(0.69)),
        benefit__ratio_floors={"B": 0.7},
    ),
    case(
        "benefit.ratio_floor", "A,1", ratio("A", 1, log(0.5)), ratio("A", 1, log(0.49)),
        benefit__ratio_floor_from=1,
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_nobody_is_worse_off_from_the_period_given_on() -> None:
    program = formulated({"benefit/nobody_worse_off_from": 2}).program
    rows = labels_of(program.constraints["benefit.nobody_worse_off"].labels)
    assert rows == [(state, 2) for state in "ABCD"]


def test_floors_hold_in_the_last_period_alone_unless_told_otherwise() -> None:
    rows = labels_of(formulated({}).program.constraints["benefit.ratio_floor"].labels)
    assert rows == [(state, 2) for state in "ABCD"]


def test_a_floor_for_one_member_binds_nobody_else() -> None:
    changes = {"benefit": {"ratio_floors": {"B": 0.7}}}
    program = formulated(changes).program
    assert labels_of(program.constraints["benefit.ratio_floor"].labels) == [("B", 2)]
    assert not len(program.constraints["benefit.nobody_worse_off"].rows)
