"""Check 8: assistance to rich states under little threat."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Code
from tests.support.audited import every_year, found


def spent(programme: str, state: str, amount: float) -> list[dict[str, Any]]:
    return every_year(programme=programme, state=state, spending=amount, stock=amount, intensity=0.1)


def test_money_in_a_rich_and_safe_state_is_told() -> None:
    money = spent("mediation", "rich", 1.0) + spent("mediation", "home", 9.0)
    (finding,) = found(Code.ASSISTANCE_TO_RICH, programmes=money)
    assert finding.figures["money"] == 3.0
    assert finding.figures["share"] == pytest.approx(0.1)
    assert finding.figures["gdp_a_head"] == 20000.0
    assert finding.sentence.startswith("Rich receives 3.0 million USD of assistance (10.0% of all)")


@pytest.mark.parametrize(
    ("changes", "programme", "state"),
    [
        ({}, "arms-control", "rich"),
        ({}, "mediation", "near"),
        ({"states.rich.gdp": 9000.0}, "mediation", "rich"),
        ({"states.rich.threats": {"unrest": 2.0}}, "mediation", "rich"),
        (
            {"programmes.mediation.join": "all-or-none", "programmes.mediation.joining_cost": 1.0},
            "mediation",
            "rich",
        ),
    ],
)
def test_arms_control_poor_threatened_and_joined_states_are_in_order(
    changes: dict[str, Any], programme: str, state: str
) -> None:
    assert found(Code.ASSISTANCE_TO_RICH, changes, programmes=spent(programme, state, 5.0)) == []


def test_crumbs_are_left_alone() -> None:
    money = spent("mediation", "rich", 0.01) + spent("mediation", "home", 9.0)
    assert found(Code.ASSISTANCE_TO_RICH, programmes=money) == []
