"""The plan on the map as GeoJSON (RFC 7946): states, organs, garrisons, missions, zones, and flows.

Every feature has a `kind` and, but for states, a `period`: map programs filter by them. The member `about` of
the collection tells what the plan is and what it assumes; programs that do not know it pass over it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from concord.models import DesignProblem, Plan

from .about import CAVEAT, about, state_name
from .dateline import cut_line, cut_polygon
from .digests import last_security
from .outlines import Point, outlines

Feature = dict[str, Any]


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the file: UTF-8, coordinates in degrees of longitude and latitude (WGS 84)."""
    path.write_text(geojson(plan, problem) + "\n", encoding="utf-8", newline="\n")


def geojson(plan: Plan, problem: DesignProblem) -> str:
    """The text of the collection. What the problem does not know has no place, and is left out."""
    every = [
        *_states(plan, problem),
        *_organs(plan, problem),
        *_garrisons(plan, problem),
        *_missions(plan, problem),
        *_zones(plan, problem),
        *_assignments(plan, problem),
        *_contingents(plan, problem),
    ]
    collection = {
        "type": "FeatureCollection",
        "about": {"caveat": CAVEAT, "units": UNITS, **asdict(about(plan, problem))},
        "features": every,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


UNITS = {
    "troops": "persons",
    "capacity": "persons",
    "need": "persons",
    "teams": "teams",
    "cost": "the plan's currency",
    "distance_km": "km",
    "hours": "hours",
    "security": "index, ratio of capacities to threats",
}


def _feature(kind: str, geometry: Feature, name: str, **properties: object) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": {"kind": kind, "name": name, **properties}}


def _point(place: Point) -> Feature:
    return {"type": "Point", "coordinates": list(place)}


def _way(start: Point, end: Point) -> Feature:
    pieces = cut_line([start, end])
    if len(pieces) == 1:
        return {"type": "LineString", "coordinates": pieces[0]}
    return {"type": "MultiLineString", "coordinates": pieces}


def _capital(problem: DesignProblem, state: str) -> Point | None:
    known = problem.state_by_id.get(state)
    return (known.longitude, known.latitude) if known else None


def _places(things: Iterable[Any]) -> Mapping[str, Point]:
    return {thing.id: (thing.longitude, thing.latitude) for thing in things}


def _states(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    last = max(plan.problem.periods)
    changes = {change.state: change for change in last_security(plan)}
    for state in problem.states:
        change = changes.get(state.id)
        security = {
            "security_period": last if change else None,
            "security_without": change.without if change else None,
            "security_with": change.with_ if change else None,
            "security_change": change.change if change else None,
        }
        yield _feature(
            "state", _outline(state.id, problem), state.name, id=state.id, role=state.role.value, **security
        )


def _outline(state: str, problem: DesignProblem) -> Feature:
    parts = [part for polygon in outlines().polygons(state) for part in cut_polygon(polygon)]
    if parts:
        return {"type": "MultiPolygon", "coordinates": parts}
    known = problem.state_by_id[state]
    return _point((known.longitude, known.latitude))


def _organs(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    organs = {organ.id: organ for organ in problem.organs}
    for row in plan.organs:
        organ = organs.get(row.organ)
        if organ and (home := organ.headquarters):
            place = _point((home.longitude, home.latitude))
            yield _feature("organ", place, organ.name, **row.model_dump(mode="json"))


def _garrisons(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    sites = {site.id: site for site in problem.sites}
    for row in plan.garrisons:
        if site := sites.get(row.site):
            place = _point((site.longitude, site.latitude))
            yield _feature("garrison", place, site.name, **row.model_dump(mode="json"))


def _missions(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    troops: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.assignments:
        troops[row.mission, row.period] += row.troops
    for mission in problem.missions:
        first, last = mission.start or min(problem.periods), mission.end or max(problem.periods)
        for period in problem.periods:
            if first <= period <= last:
                yield _feature(
                    "mission",
                    _point((mission.longitude, mission.latitude)),
                    mission.name,
                    mission=mission.id,
                    period=period,
                    state=mission.state,
                    parties=", ".join(mission.parties),
                    need=mission.need,
                    troops=troops[mission.id, period],
                )


def _zones(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    zones = {zone.id: zone for zone in problem.monitoring.zones} if problem.monitoring else {}
    teams: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in plan.monitoring:
        teams[row.zone, row.period][row.state] += row.teams
    for (name, period), senders in teams.items():
        zone = zones.get(name)
        place = None if zone is None else zone_geometry(problem, zone.states)
        if zone and place:
            yield _feature(
                "zone",
                place,
                zone.name or zone.id,
                zone=zone.id,
                period=period,
                zone_kind=zone.kind,
                states=", ".join(zone.states),
                teams=sum(senders.values()),
                senders=", ".join(f"{state} {number:g}" for state, number in sorted(senders.items())),
            )


def zone_geometry(problem: DesignProblem, states: tuple[str, ...]) -> Feature | None:
    """The borders between `states` as lines; where they have none, their capitals; none where unknown."""
    pairs = [(a, b) for number, a in enumerate(states) for b in states[number + 1 :]]
    lines = [piece for pair in pairs for line in outlines().border(*pair) for piece in cut_line(line)]
    if lines:
        return {"type": "MultiLineString", "coordinates": lines}
    capitals = [place for state in states if (place := _capital(problem, state))]
    if len(capitals) == 1:
        return _point(capitals[0])
    return {"type": "MultiPoint", "coordinates": capitals} if capitals else None


def _assignments(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    sites, missions = _places(problem.sites), _places(problem.missions)
    for row in plan.assignments:
        if row.site in sites and row.mission in missions:
            way = _way(sites[row.site], missions[row.mission])
            yield _feature("assignment", way, f"{row.site} to {row.mission}", **row.model_dump(mode="json"))


def _contingents(plan: Plan, problem: DesignProblem) -> Iterator[Feature]:
    sites = _places(problem.sites)
    for row in plan.contingents:
        capital = _capital(problem, row.state)
        if capital and row.site in sites:
            name = f"{state_name(problem, row.state)} at {row.site}"
            way = _way(capital, sites[row.site])
            yield _feature("contingent", way, name, **row.model_dump(mode="json"))
