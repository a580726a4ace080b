"""A small sound problem as plain values, for tests to change one thing in."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from concord.models import DesignProblem
from concord.models.finding import Finding

Change = Callable[[dict[str, Any]], object]

STATES = [
    {
        "id": name,
        "name": name,
        "region": region,
        "population": population,
        "gdp": 1000.0 * population,
        "latitude": latitude,
        "longitude": 10.0,
        "capacities": {"political-legitimacy": 1.0},
        "threats": {"unrest": 1.0},
    }
    for name, region, population, latitude in (
        ("A", "north", 1e6, 50.0),
        ("B", "north", 2e6, 52.0),
        ("C", "south", 5e6, 40.0),
    )
]
SOUND: dict[str, Any] = {
    "id": "small",
    "title": "Small",
    "periods": [1993, 1994],
    "threat_kinds": [{"id": "unrest", "relevance": {"political-legitimacy": 1.0}}],
    "states": STATES,
    "dilemma": {
        "influences": [
            {"source": "A", "target": "B", "spillover": 0.5, "reaction": 0.5},
            {"source": "B", "target": "A", "spillover": 0.5, "reaction": 0.5},
        ]
    },
    "programmes": [
        {"id": "mediation", "name": "Mediation", "scale": 5.0, "effects": {"unrest": 0.1}, "organ": "office"}
    ],
    "complementarities": [
        {"id": "truce", "mission": "ceasefire", "programme": "mediation", "effects": {"unrest": 0.1}}
    ],
    "organs": [
        {"id": "office", "name": "Office", "setup_cost": 1.0, "upkeep": 1.0},
        {"id": "court", "name": "Court", "setup_cost": 1.0, "upkeep": 1.0, "requires": ["office"]},
    ],
    "garrisons": {
        "tiers": [{"id": "small", "capacity": 600.0, "setup_cost": 1.0, "upkeep": 1.0}],
        "sites": [{"id": "town", "name": "Town", "host": "B", "latitude": 52.0, "longitude": 10.0}],
        "organ": "office",
    },
    "missions": [
        {
            "id": "ceasefire",
            "name": "Cease-fire",
            "state": "C",
            "latitude": 40.0,
            "longitude": 10.0,
            "need": 500.0,
            "deadline": 72.0,
            "affects": {"C": 1.0},
            "effects": {"unrest": 0.1},
            "cost_per_soldier": 10.0,
        }
    ],
    "monitoring": {
        "kinds": [{"id": "frontier", "effects": {"unrest": 0.01}, "ceiling": 10.0}],
        "zones": [{"id": "A-B", "kind": "frontier", "states": ["A", "B"]}],
        "monitors": [
            {
                "id": "observers",
                "name": "Observers",
                "kinds": ["frontier"],
                "effort": 1.0,
                "personnel": 5.0,
                "cost": 100.0,
                "stock": {"C": 4},
            }
        ],
    },
    "burden_sharing": [{"id": "fair", "gini": 0.9}],
    "funds": [
        {
            "id": "common",
            "name": "Common fund",
            "payers": "members",
            "budget": 100.0,
            "scale": {"rule": "table", "table": {"A": 0.25, "B": 0.25, "C": 0.5}},
            "earmarks": [{"id": "for-the-south", "regions": ["south"], "share": 0.5}],
        }
    ],
}


@pytest.fixture
def sound() -> dict[str, Any]:
    """The sound problem, free to be changed."""
    return deepcopy(SOUND)


@pytest.fixture
def findings_after() -> Callable[[Change], tuple[Finding, ...]]:
    """What the cross-checks find after one change to the sound problem."""

    def after(change: Change) -> tuple[Finding, ...]:
        values = deepcopy(SOUND)
        change(values)
        try:
            DesignProblem.model_validate(values)
        except ValidationError as error:
            details = error.errors()
            assert [detail["type"] for detail in details] == ["cross_check"]
            found: tuple[Finding, ...] = details[0]["ctx"]["findings"]
            return found
        return ()

    return after
