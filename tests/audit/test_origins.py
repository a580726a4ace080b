"""Check 3: soldiers from afar while the region has some to spare."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Code
from tests.support.audited import contingent, deployment, found

FROM_AFAR: dict[str, Any] = {
    "contingents": contingent("rich", "hill", 900.0),
    "deployments": deployment("rich", "hill", "valley", 900.0),
}


def test_soldiers_from_another_region_are_told_where_nearer_states_send_none() -> None:
    (finding,) = found(Code.CONTINGENT_FROM_AFAR, **FROM_AFAR)
    assert finding.subject == "valley"
    # Near and West may each station 2 % of 50,000, in whole companies.
    assert finding.figures == {"troops": 900.0, "spare": 1800.0}
    assert "soldiers of Rich, from outside its region, while Near and West" in finding.sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"states.near.at_war": True, "states.west.sanctioned": True},
        {"states.near.military_personnel": 1000, "states.west.military_personnel": 1000},
        {"garrisons.contingents.contributors": ["rich"]},
        {"states.rich.region": "west"},
        {"states.near.region": "north", "states.west.region": "north"},
        {"missions.valley.parties": ["home", "near", "west"]},
        {"states.rich.longitude": 10.4},
    ],
)
def test_nobody_complains_where_the_region_has_no_one_nearer(changes: dict[str, Any]) -> None:
    assert found(Code.CONTINGENT_FROM_AFAR, changes, **FROM_AFAR) == []


def test_states_that_send_already_are_not_idle() -> None:
    both = {
        **FROM_AFAR,
        "contingents": [
            *FROM_AFAR["contingents"],
            *contingent("near", "port", 300.0),
            *contingent("west", "port", 300.0),
        ],
    }
    assert found(Code.CONTINGENT_FROM_AFAR, **both) == []


def test_without_deployments_the_garrison_is_the_place() -> None:
    (finding,) = found(Code.CONTINGENT_FROM_AFAR, **{**FROM_AFAR, "deployments": []})
    assert finding.subject == "hill"
