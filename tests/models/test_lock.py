"""Locks name decisions that are there, and ask what can be asked."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from concord.models.lock import locked
from tests.support.compact import compact

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"decision": "garison.west", "keep": "open"}, "locks.0.decision", "no decisions are called that"),
    ({"decision": "garrisons.wets", "keep": "open"}, "locks.0.decision", "no garrisons that can be decided"),
    ({"decision": "organs.west", "keep": "open"}, "locks.0.decision", "no organs that can be decided"),
    ({"decision": "lift.A.B", "most": 1.0}, "locks.0.decision", "no lift that can be decided"),
    ({"decision": "garrisons.west"}, "locks.0", "either what to keep, or figures"),
    (
        {"decision": "garrisons.west", "keep": "open", "most": 1.0},
        "locks.0",
        "either what to keep, or figures",
    ),
    ({"decision": "lift.A", "least": 2.0, "most": 1.0}, "locks.0.least", "the least is more than the most"),
    ({"decision": "lift.A", "exactly": 2.0, "most": 1.0}, "locks.0.exactly", "leaves nothing to bound"),
    ({"decision": "lift.A", "keep": "included"}, "locks.0.keep", "neither open nor closed"),
    ({"decision": "lift.A", "most": 1.0, "periods": [9]}, "locks.0.periods", "has no such period"),
]


@pytest.mark.parametrize(
    ("lock", "path", "message"), WRONG, ids=[f"{path}: {told}" for _, path, told in WRONG]
)
def test_a_lock_that_makes_no_sense_is_told(lock: dict[str, Any], path: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        compact({"locks": [lock]})
    (finding,) = caught.value.errors()[0]["ctx"]["findings"]
    assert ".".join(map(str, finding.path)) == path
    assert message in finding.message
    assert finding.remedy


def test_names_stand_in_any_order_and_what_is_left_open_is_not_named() -> None:
    problem = compact(
        {"locks": [{"decision": "monitors.team.ab", "most": 1.0}, {"decision": "lift", "most": 1.0}]}
    )
    assert [dict(each.at) for each in locked(problem)] == [{"monitor": "team", "zone": "ab"}, {}]


def test_a_state_that_is_left_out_has_no_decisions_to_lock() -> None:
    with pytest.raises(ValidationError, match="no contributions that can be decided"):
        compact(
            {
                "locks": [{"decision": "contributions.B", "most": 1.0}],
                "membership": {"named": ["A", "C", "D"]},
            }
        )
