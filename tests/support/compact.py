"""A problem with every family of rules that is solved in well under a second: four states, two periods."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from concord.models import DesignProblem


def _state(name: str, region: str, position: int) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "region": region,
        "population": 1e6,
        "gdp": 1000.0 * (1 + position),
        "military_personnel": 100000,
        "lift": 50.0,
        "latitude": 40.0 + position,
        "longitude": 10.0,
        "capacities": {"military-prowess": 1.0, "political-legitimacy": 0.5},
        "threats": {"war": 1.0, "strife": 0.6},
    }


DOCUMENT: dict[str, Any] = {
    "id": "compact",
    "title": "Every family of rules",
    "periods": [1, 2],
    "threat_kinds": [
        {"id": "war", "relevance": {"military-prowess": 1.0}, "responds_to_posture": True},
        {"id": "strife", "relevance": {"political-legitimacy": 1.0}},
    ],
    "states": [
        _state("A", "north", 0),
        _state("B", "north", 1),
        _state("C", "south", 2),
        _state("D", "south", 3),
    ],
    "dilemma": {
        "influences": [
            {"source": "A", "target": "B", "spillover": 0.5, "reaction": 0.3},
            {"source": "B", "target": "A", "spillover": 0.4, "reaction": 0.2},
        ],
        "reduction_ceiling": 0.3,
        "posture_floor": 0.5,
        "reduction_per_effort": 0.1,
        "monitoring_lead": 1,
    },
    "programmes": [
        {
            "id": "mediation",
            "name": "Mediation",
            "scale": 5.0,
            "effects": {"war": 0.2, "strife": 0.1},
            "organ": "secretariat",
            "gains": {"political-legitimacy": 0.05},
            "mutual": {"effects": {"war": 0.05}},
        },
        {
            "id": "defence",
            "name": "Non-offensive defence",
            "scale": 5.0,
            "posture": -0.05,
            "gains": {"military-prowess": 0.05},
            "minimum_scale": 2.0,
            "persistence": 0.5,
        },
    ],
    "complementarities": [
        {"id": "settlement", "mission": "ceasefire", "programme": "mediation", "effects": {"war": 0.1}}
    ],
    "organs": [
        {
            "id": "secretariat",
            "name": "Secretariat",
            "setup_cost": 2.0,
            "upkeep": 1.0,
            "ceiling": 40.0,
            "headquarters": {"city": "Alpha", "host": "A", "latitude": 40.0, "longitude": 10.0},
            "votes": {"rule": "money", "total": 100, "basic": 5, "quota": "2/3", "max_power": 0.4},
        },
        {
            "id": "command",
            "name": "Command",
            "setup_cost": 1.0,
            "upkeep": 0.5,
            "requires": ["secretariat"],
            "headquarters": {"city": "Delta", "host": "D", "latitude": 43.0, "longitude": 10.0},
            "seats": {"states": ["D"], "elected": 2},
            "votes": {},
        },
    ],
    "garrisons": {
        "tiers": [
            {"id": "small", "capacity": 600, "setup_cost": 2, "upkeep": 0.5},
            {"id": "large", "capacity": 1500, "setup_cost": 5, "upkeep": 1},
        ],
        "sites": [
            {"id": "west", "name": "West", "host": "A", "latitude": 40, "longitude": 11},
            {"id": "east", "name": "East", "host": "C", "latitude": 42, "longitude": 11},
        ],
        "organ": "command",
        "min_open": 1,
        "max_open": 2,
        "max_per_host": 1,
        "contingents": {
            "unit": 100,
            "availability": 0.02,
            "cost_per_soldier": 10.0,
            "scale": {"rule": "population"},
            "tolerance": 0.5,
            "max_state_share": 0.5,
            "max_host_share": 0.4,
            "min_nations": 3,
            "sender_cost": 5.0,
        },
        "lift": {"cost": 0.1, "tonnes_per_soldier": 2.0, "sender_cost": 0.2},
    },
    "missions": [
        {
            "id": "ceasefire",
            "name": "Cease-fire",
            "state": "B",
            "latitude": 41,
            "longitude": 11,
            "parties": ["A", "B"],
            "need": 800,
            "minimum_strength": 200,
            "deadline": 120,
            "affects": {"B": 1.0, "A": 0.5},
            "effects": {"war": 0.4},
            "cost_per_soldier": 20.0,
        },
        {
            "id": "border",
            "name": "Border",
            "state": "C",
            "latitude": 42,
            "longitude": 11,
            "parties": ["A"],
            "need": 500,
            "deadline": 120,
            "affects": {"C": 1.0},
            "effects": {"war": 0.3},
            "cost_per_soldier": 20.0,
        },
    ],
    "agreement": {"garrisons": {"west": "small"}, "organs": ["secretariat"], "max_moves": 9},
    "locks": [
        {"decision": "contributions", "most": 1000.0},
        {"decision": "spending", "least": 0.1, "over": "horizon"},
    ],
    "monitoring": {
        "kinds": [
            {
                "id": "frontier",
                "effects": {"war": 0.05},
                "ceiling": 4,
                "verifies": True,
                "received_quota": 5,
                "share_from_one": 0.4,
            }
        ],
        "zones": [
            {"id": "ab", "kind": "frontier", "states": ["A", "B"], "minimum": 1.0},
            {"id": "cd", "kind": "frontier", "states": ["C", "D"]},
        ],
        "monitors": [
            {
                "id": "team",
                "name": "Team",
                "kinds": ["frontier"],
                "effort": 1.0,
                "personnel": 5,
                "cost": 500.0,
                "sender_cost": 100.0,
                "stock": {"A": 2, "B": 2, "C": 3, "D": 3},
            }
        ],
        "organ": "secretariat",
    },
    "funds": [
        {
            "id": "assessed",
            "name": "Assessed",
            "payers": "members",
            "budget": 20.0,
            "scale": {"rule": "gdp"},
            "tolerance": 0.1,
            "ceiling": 0.5,
            "affordability": 0.05,
            "delivery": {"D": 0.94},
            "earmarks": [{"id": "fifth", "purposes": ["programmes"], "share": 0.2}],
        },
        {
            "id": "regional",
            "name": "Regional",
            "payers": ["D", "C"],
            "budget": 15.0,
            "purposes": ["programmes", "missions"],
            "earmarks": [{"id": "gift", "donors": ["D"], "purposes": ["mediation"]}],
        },
    ],
    "burden_sharing": [
        {
            "id": "fair",
            "affordability": 0.02,
            "spread": 0.015,
            "ratio": 50.0,
            "gini": 0.5,
            "equal_sacrifice": {"exponent": 1.0, "tolerance": 0.9},
        },
        {"id": "steady", "states": ["B", "C", "D"], "over": "period", "gini": 0.6},
    ],
    "benefit": {
        "nobody_worse_off": True,
        "ratio_floor": 0.5,
        "spending_floors": [
            {"id": "everywhere", "amount": 0.5, "per_head": 0.3},
            {"id": "talks", "purposes": ["mediation"], "together": True, "amount": 0.1, "over": "period"},
        ],
        "equal_treatment": [
            {"id": "alike", "factor": 40.0, "income_band": 2.5},
            {"id": "as-safe", "of": "gain", "factor": 1.5, "income_band": 1.4, "over": "period"},
        ],
        "weak_states": {"states": ["A"], "spending_per_head": 0.1, "gain": 1.01},
    },
    "hegemony": [
        {"id": "no-patron", "of": "money", "share": 0.6},
        {"id": "no-army", "of": "troops", "share": 0.45, "over": "horizon"},
        {"id": "no-fortress", "of": "hosted-troops", "share": 0.9, "states": ["A"]},
        {"id": "no-bases", "of": "garrisons", "share": 0.9, "states": ["A"], "over": "horizon"},
        {"id": "no-capital", "of": "headquarters", "share": 0.9, "states": ["D"]},
        {"id": "no-eye", "of": "monitors", "share": 0.5, "states": ["C", "D"], "over": "horizon"},
    ],
    "timetable": {
        "precedence": [
            {
                "id": "north-first",
                "first": {"programme": "mediation", "region": "north", "least": 0.5},
                "then": {"programme": "defence", "region": "south"},
            }
        ],
        "experience": [{"id": "lessons", "test_bed": "secretariat", "organs": ["command"], "reduction": 0.5}],
    },
    "rules": {"abate_before_arming": 0.5},
    "objective": {
        "floors": [
            {"measure": "minimum", "least": 0.04},
            {"measure": "alpha", "alpha": 2.0, "least": 0.041},
            {"measure": "geometric", "least": 0.042},
        ]
    },
}

INSTRUMENTS = (
    "dilemma", "programmes", "complementarities", "organs", "garrisons", "missions", "monitoring", "funds",
    "burden_sharing", "benefit", "hegemony", "timetable", "rules", "objective", "locks", "agreement",
)  # fmt: skip
BARE: dict[str, Any] = dict.fromkeys(INSTRUMENTS)
"""Changes that leave nothing but states and their threats."""

CIVIL: dict[str, Any] = {
    "organs": None,
    "timetable": None,
    "rules": None,
    "garrisons": None,
    "missions": None,
    "monitoring": None,
    "complementarities": None,
    "programmes/mediation/organ": None,
    "programmes/defence/minimum_scale": 0.0,
    "funds/regional/purposes": None,
    "dilemma/reduction_per_effort": None,
}
"""Changes that leave no whole decision: programmes, postures and funds."""

ONE_PERIOD: dict[str, Any] = {
    "periods": [1],
    "timetable": None,
    "monitoring": None,
    "dilemma": None,
    "programmes/defence/posture": 0.0,
    "benefit": None,
    "funds": [{"id": "assessed", "name": "Assessed", "payers": "members", "budget": 60.0}],
}
"""Changes that leave one period and one purse: programmes, organs, garrisons and missions."""


def compact(changes: Mapping[str, Any] | None = None) -> DesignProblem:
    """The problem with some figures changed, each named by its path; None takes a thing away.

    A path walks by names, and by ids inside lists: `funds/assessed/budget`.
    """
    return DesignProblem.model_validate(changed(DOCUMENT, changes or {}))


def changed(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the plain problem with `changes` made."""
    result: dict[str, Any] = copy.deepcopy(dict(document))
    for path, value in changes.items():
        *way, last = path.split("/")
        place: Any = result
        for step in way:
            place = _step(place, step)
        if isinstance(place, list):
            place[place.index(_step(place, last))] = copy.deepcopy(value)
        elif value is None:
            place.pop(last, None)
        else:
            place[last] = copy.deepcopy(value)
    return result


def _step(place: Any, step: str) -> Any:
    if isinstance(place, list):
        return next(item for item in place if item["id"] == step)
    return place[step]
