"""Staying close to an agreement, at points worked out by hand."""

from __future__ import annotations

import pytest

import concord
from concord.agreement import staying_close
from tests.support.cases import Case, assert_admits, assert_forbids, case
from tests.support.compact import compact

AGREED = {"garrisons": {"west": "small"}, "organs": ["secretariat"], "max_moves": 1}
KEPT = {"garrison[west,small,2]": 1.0, "operating[secretariat,2]": 1.0}

CASES = [
    case(
        "agreement.moves", "2",
        [KEPT, {**KEPT, "operating[command,2]": 1.0}, {**KEPT, "garrison[east,small,1]": 1.0},
         {"operating[secretariat,2]": 1.0, "garrison[west,large,2]": 1.0}],
        [{}, {**KEPT, "operating[command,2]": 1.0, "garrison[east,large,2]": 1.0}],
        agreement=AGREED,
    )
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_after_a_shock_the_plan_stays_as_close_as_asked() -> None:
    agreed = concord.solve(concord.load("three-states"))
    shocked = concord.load("three-states", settings=["funds.common-fund.budget=150"])
    free = concord.solve(shocked)
    assert bool(agreed.garrisons) != bool(free.garrisons)
    close = staying_close(shocked, agreed, 0)
    plan = concord.solve(close)
    assert {row.site for row in plan.garrisons} == {row.site for row in agreed.garrisons}
    assert plan.measure.value <= free.measure.bound
    assert concord.verify(plan, close).ok
    assert not concord.verify(free, close).ok
    assert compact().agreement is not None
