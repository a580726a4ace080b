"""Abating before arming, at points worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import Programme
from tests.support.cases import Case, assert_admits, assert_forbids, case

ARMS: dict[str, Any] = {"programmes__defence__posture": 0.1}
ARMED = "armed[A,1]"

CASES = [
    case(
        "doctrine.abate_before_arming.programmes", "A,defence,1",
        {"intensity[A,defence,1]": 3.0, ARMED: 1.0},
        {"intensity[A,defence,1]": 0.01, "armed[B,1]": 1.0, "armed[A,2]": 1.0}, **ARMS,
    ),
    case(
        "doctrine.abate_before_arming.own", "A,1",
        {"arming[A,1]": 0.2, ARMED: 1.0}, {"arming[A,1]": 0.01},
        dilemma__arming_ceiling=0.2,
    ),
    case(
        "doctrine.abate_before_arming.abated", "A,mediation,1",
        [{"intensity[A,mediation,1]": 1.5, ARMED: 1.0}, {}],
        {"intensity[A,mediation,1]": 1.49, "intensity[B,mediation,1]": 3.0, ARMED: 1.0}, **ARMS,
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


@pytest.mark.parametrize(
    ("fields", "arms", "abates"),
    [
        ({"posture": 0.1, "effects": {"war": 0.2}}, True, False),
        ({"gains": {"readiness": 0.1}}, True, False),
        ({"gains": {"readiness": 0.1}, "posture": -0.1, "effects": {"war": 0.1}}, False, True),
        ({"gains": {"political-legitimacy": 0.1}}, False, False),
        ({"effects": {"war": 0.1}}, False, True),
    ],
)
def test_what_arms_and_what_abates(fields: dict[str, Any], arms: bool, abates: bool) -> None:
    programme = Programme.model_validate({"id": "p", "name": "P", "scale": 1.0, **fields})
    assert (programme.arms, programme.abates) == (arms, abates)
