"""A small problem and a plan without oddities, made by hand, for tests that put one oddity in."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from concord.audit import Audit, Code, Finding, audit
from concord.models import DesignProblem, Plan
from concord.models.geography import great_circle_km

YEARS = (2001, 2002, 2003)


def _state(name: str, region: str, place: tuple[float, float], **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": name.capitalize(),
        "region": region,
        "population": 1e6,
        "gdp": 2000.0,
        "military_personnel": 50000,
        "lift": 50.0,
        "latitude": place[0],
        "longitude": place[1],
        "capacities": {"political-legitimacy": 1.0},
        "threats": {"unrest": 1.0},
        **more,
    }


DOCUMENT: dict[str, Any] = {
    "id": "audited",
    "title": "A valley at war",
    "periods": list(YEARS),
    "threat_kinds": [{"id": "unrest", "relevance": {"political-legitimacy": 1.0}}],
    "states": [
        _state("home", "west", (10.0, 10.0), threats={"unrest": 4.0}),
        _state("near", "west", (11.0, 10.0)),
        _state("west", "west", (12.0, 12.0)),
        _state("rich", "east", (10.0, 20.0), gdp=20000.0, threats={"unrest": 0.2}),
    ],
    "programmes": [
        {"id": "mediation", "name": "Mediation", "scale": 5.0, "effects": {"unrest": 0.1}},
        {"id": "arms-control", "name": "Arms control", "scale": 5.0, "posture": -0.1},
    ],
    "dilemma": {"reduction_ceiling": 0.3, "posture_floor": 0.5},
    "garrisons": {
        "tiers": [{"id": "brigade", "capacity": 2000, "setup_cost": 1, "upkeep": 1}],
        "sites": [
            {"id": "hill", "name": "Hill", "host": "near", "latitude": 11.0, "longitude": 10.5},
            {"id": "coast", "name": "Coast", "host": "west", "latitude": 12.0, "longitude": 14.0},
            {"id": "port", "name": "Port", "host": "rich", "latitude": 10.0, "longitude": 20.5},
        ],
        "contingents": {"unit": 150, "availability": 0.02, "cost_per_soldier": 10},
        "lift": {"speed": 40, "preparation": 24, "cost": 1},
    },
    "missions": [
        {
            "id": "valley",
            "name": "Valley",
            "state": "home",
            "latitude": 10.0,
            "longitude": 10.0,
            "parties": ["home"],
            "need": 1500,
            "deaths": 2000,
            "deadline": 100,
            "affects": {"home": 1.0},
            "effects": {"unrest": 0.13},
            "cost_per_soldier": 20,
        },
        {
            "id": "islet",
            "name": "Islet",
            "state": "rich",
            "latitude": 10.0,
            "longitude": 21.0,
            "need": 500,
            "deaths": 100,
            "deadline": 100,
            "affects": {"rich": 1.0},
            "effects": {"unrest": 0.13},
            "cost_per_soldier": 20,
        },
    ],
    "monitoring": {
        "kinds": [
            {"id": "frontier", "effects": {"unrest": 0.01}, "ceiling": 5, "verifies": True},
            {"id": "elections", "effects": {"unrest": 0.01}, "ceiling": 5},
        ],
        "zones": [
            {"id": "home-near", "name": "Home - Near", "kind": "frontier", "states": ["home", "near"]},
            {"id": "near-west", "name": "Near - West", "kind": "frontier", "states": ["near", "west"]},
            {
                "id": "vote",
                "name": "Vote in West",
                "kind": "elections",
                "states": ["west"],
                "periods": [2002],
            },
        ],
        "monitors": [
            {
                "id": "team",
                "name": "Team",
                "kinds": ["frontier", "elections"],
                "effort": 1,
                "personnel": 5,
                "cost": 100,
                "stock": {"rich": 9},
            }
        ],
    },
    "funds": [{"id": "common", "name": "Common fund", "payers": "members", "budget": 100}],
}


def problem_with(changes: dict[str, Any] | None = None) -> DesignProblem:
    """The problem with figures changed: path to value, such as `states.home.at_war`; things go by id."""
    document = copy.deepcopy(DOCUMENT)
    for path, value in (changes or {}).items():
        *parts, last = path.split(".")
        place: Any = document
        for part in parts:
            place = _in(place, part)
        if isinstance(place, list):
            place[[each["id"] for each in place].index(last)] = value
        else:
            place[last] = value
    return DesignProblem.model_validate(document)


def _in(place: Any, part: str) -> Any:
    if isinstance(place, list):
        return next(each for each in place if each["id"] == part)
    return place.setdefault(part, {})


def every_year(**row: Any) -> list[dict[str, Any]]:
    """The same row in every period."""
    return [{**row, "period": year} for year in YEARS]


def contingent(state: str, site: str, troops: float, years: Iterable[int] = YEARS) -> list[dict[str, Any]]:
    """Rows of a contingent."""
    return [
        {"state": state, "site": site, "period": year, "units": troops / 150, "troops": troops}
        for year in years
    ]


def assignment(site: str, mission: str, troops: float, years: Iterable[int] = YEARS) -> list[dict[str, Any]]:
    """Rows of an assignment, with the true distance."""
    places = {each["id"]: each for each in [*DOCUMENT["garrisons"]["sites"], *DOCUMENT["missions"]]}
    one, other = places[site], places[mission]
    km = great_circle_km(one["latitude"], one["longitude"], other["latitude"], other["longitude"])
    return [
        {
            "site": site,
            "mission": mission,
            "period": year,
            "troops": troops,
            "distance_km": km,
            "hours": 24 + km / 40,
        }
        for year in years
    ]


def deployment(
    state: str, site: str, mission: str, troops: float, years: Iterable[int] = YEARS
) -> list[dict[str, Any]]:
    """Rows of a deployment."""
    return [
        {
            "state": state,
            "site": site,
            "mission": mission,
            "period": year,
            "units": troops / 150,
            "troops": troops,
        }
        for year in years
    ]


def garrison(site: str, troops: float, years: Iterable[int] = YEARS) -> list[dict[str, Any]]:
    """Rows of a garrison."""
    return [
        {
            "site": site,
            "host": "near",
            "tier": "brigade",
            "period": year,
            "founded": year == YEARS[0],
            "capacity": 2000.0,
            "troops": troops,
            "cost": 1.0,
        }
        for year in years
    ]


def observed(zone: str, years: Iterable[int], teams: float = 1.0) -> list[dict[str, Any]]:
    """Rows of teams."""
    return [
        {"zone": zone, "monitor": "team", "state": "rich", "period": year, "teams": teams} for year in years
    ]


def reduced(state: str, level: float, years: Iterable[int] = YEARS) -> list[dict[str, Any]]:
    """Rows of a reduction of forces, in logs."""
    return [
        {"state": state, "period": year, "arming": 0.0, "reduction": level, "posture": -level}
        for year in years
    ]


def plan_with(problem: DesignProblem, **tables: Any) -> Plan:
    """The plan with tables replaced: 900 soldiers of West in the valley, 300 of Near on the islet."""
    content: dict[str, Any] = {
        "problem": {
            "id": problem.id,
            "title": problem.title,
            "digest": problem.digest(),
            "currency": problem.currency,
            "periods": problem.periods,
        },
        "measure": {"name": "geometric", "value": 1.2, "bound": 1.2, "gap": 0.0, "baseline": 1.0},
        "termination": {"reason": "optimal", "seconds": 1.0},
        "garrisons": garrison("hill", 900.0) + garrison("port", 300.0),
        "contingents": contingent("west", "hill", 900.0) + contingent("near", "port", 300.0),
        "assignments": assignment("hill", "valley", 900.0) + assignment("port", "islet", 300.0),
        "deployments": deployment("west", "hill", "valley", 900.0)
        + deployment("near", "port", "islet", 300.0),
        "contributions": [
            {
                "payer": "near",
                "fund": "common",
                "period": year,
                "amount": 60.0,
                "share": 1.0,
                "scale_share": None,
            }
            for year in YEARS
        ],
        "provenance": {
            "created": "2026-01-01T00:00:00+00:00",
            "versions": {},
            "solver": "none",
            "options": {},
            "seed": 0,
            "variables": 0,
            "constraints": 0,
            "assumptions": [],
            "imputed": {},
        },
        **tables,
    }
    return Plan.model_validate(content)


def audited(changes: dict[str, Any] | None = None, **tables: Any) -> Audit:
    """The audit of the plan with `tables` for the problem with `changes`."""
    problem = problem_with(changes)
    return audit(plan_with(problem, **tables), problem)


def found(code: Code, changes: dict[str, Any] | None = None, **tables: Any) -> list[Finding]:
    """Findings of one code."""
    return [each for each in audited(changes, **tables).findings if each.code is code]
