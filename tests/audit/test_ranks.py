"""Check 11: states at war rank low."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Code, Severity
from tests.support.audited import found


def security(**ratios: float) -> list[dict[str, Any]]:
    return [
        {
            "state": state,
            "period": 2001,
            "capacity": 1.0,
            "threats": {},
            "threat": 1.0,
            "ratio": ratio,
            "baseline_capacity": 1.0,
            "baseline_threat": 1.0,
            "baseline_ratio": ratio,
            "attribution": {},
        }
        for state, ratio in ratios.items()
    ]


def test_the_host_of_the_deadliest_conflict_above_the_median_is_told() -> None:
    (finding,) = found(Code.RANK_ABOVE_MEDIAN, security=security(home=3.0, near=1.0, west=2.0, rich=4.0))
    assert (finding.subject, finding.severity) == ("home", Severity.MINOR)
    assert finding.figures == {"ratio": 3.0, "median": 2.5, "rank": 2, "of": 4}
    assert "hosts the deadliest conflict, Valley, yet" in finding.sentence


def test_a_state_at_war_above_the_median_is_told() -> None:
    at_war = {"states.rich.at_war": True}
    ratios = security(home=0.5, near=1.0, west=2.0, rich=4.0)
    (finding,) = found(Code.RANK_ABOVE_MEDIAN, at_war, security=ratios)
    assert (finding.subject, finding.severity) == ("rich", Severity.MINOR)


def test_a_state_with_a_deadly_war_above_the_median_is_serious() -> None:
    deadly = {"states.home.at_war": True, "missions.valley.deaths": 1500.0}
    (finding,) = found(
        Code.RANK_ABOVE_MEDIAN, deadly, security=security(home=3.0, near=1.0, west=2.0, rich=4.0)
    )
    assert (finding.subject, finding.severity) == ("home", Severity.SERIOUS)


@pytest.mark.parametrize("ratios", [{"home": 0.5, "near": 1.0, "west": 2.0, "rich": 4.0}, {}])
def test_wars_at_the_bottom_are_in_order(ratios: dict[str, float]) -> None:
    assert found(Code.RANK_ABOVE_MEDIAN, security=security(**ratios)) == []
