"""The map: change of security of each state, garrisons, missions and their links, monitored zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import altair as alt

from models import DesignProblem, Plan

from ..digests import last_security
from ..geojson import zone_geometry
from ..outlines import Point, Polygon, outlines
from ..palette import BLUE, BRICK, INK, LAND, MUTED, PLUM, SHORE, WATER
from .drawing import Row, finished, rows
from .labelling import Anchor, Label, Wish, labelled, middle_of
from .projection import View, apart, view_of

WIDTH, HEIGHTS = 1040.0, (460.0, 700.0)
BINS = (
    (float("-inf"), "falls", "#e6b3a4"),
    (0.0, "to 5 %", "#eef4ee"),
    (0.05, "5 to 10 %", "#d8eae2"),
    (0.10, "10 to 25 %", "#b5d8cd"),
    (0.25, "25 to 50 %", "#8cc2b5"),
    (0.50, "50 to 100 %", "#5ea698"),
    (1.00, "above 100 %", "#34877a"),
)
"""Least change of security, what it is called, and its colour."""
NAMED_GARRISONS = 8
NEAR = 13.0
"""Degrees on the sphere from garrisons and missions within which the map shows capitals."""
ALIGNED: Mapping[Anchor, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}
LETTER, LINE = 5.7, 13.0
"""Width of a letter of a name, and height of a line."""


def map_chart(plan: Plan, problem: DesignProblem) -> Any:
    """The map of the last period, as large as the places in use fit into the frame."""
    period = max(plan.problem.periods)
    view = view_of(focus(plan, problem), WIDTH, HEIGHTS)
    garrisons, missions = list(_garrisons(plan, problem, period)), list(_missions(plan, problem, period))
    layers = alt.layer(
        _land(view),
        *_states(plan, problem, view),
        *_zones(plan, problem, period),
        _links(plan, problem, period),
        _signs(garrisons, BLUE, "circle"),
        _signs([row for row in missions if row["troops"] > 0], BRICK, "diamond"),
        _signs([row for row in missions if row["troops"] <= 0], SHORE, "diamond", stroke=BRICK),
        *_names([*missions, *_largest(garrisons), *_without_outline(plan, problem)], plan, problem, view),
    ).project(
        type="azimuthalEqualArea",
        rotate=[-view.centre[0], -view.centre[1], 0],
        scale=view.scale,
        translate=list(view.shift),
    )
    sized = layers.properties(width=view.width, height=view.height, view=alt.ViewBackground(fill=WATER))
    troops = sum(row["troops"] for row in garrisons)
    assigned = sum(row["troops"] for row in missions)
    places = "1 garrison" if len(garrisons) == 1 else f"{len(garrisons)} garrisons"
    told = (
        f"{troops:,.0f} troops in {places} (blue), {assigned:,.0f} of them in missions (red diamonds, "
        "hollow: none). Purple: monitored borders and states. Borders of 1992, Natural Earth."
    )
    return finished(sized, plan, f"The institution on the map, {period}", told)


def focus(plan: Plan, problem: DesignProblem) -> list[Point]:
    """Places that the map must show: garrisons in use, missions, and capitals of the region near them.

    Where there are hardly any, all capitals of members.
    """
    sites = {site.id: (site.longitude, site.latitude) for site in problem.sites}
    used = [sites[row.site] for row in plan.garrisons if row.site in sites]
    needed = [(mission.longitude, mission.latitude) for mission in problem.missions]
    active = list(dict.fromkeys([*used, *needed]))
    if len(active) <= 2:
        return [*active, *((state.longitude, state.latitude) for state in problem.states if state.is_member)]
    capitals = [(state.longitude, state.latitude) for state in problem.measured]
    near = [place for place in capitals if any(apart(place, other) <= NEAR for other in active)]
    return [*active, *near]


def _shape(polygons: list[Polygon], **properties: object) -> Row:
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        "properties": properties,
    }


def _land(view: View) -> Any:
    """Everything that is no state of the problem; states of the problem are drawn over it."""
    known = outlines()
    polygons = [
        *(known.polygons(state) for state in known.rings),
        *known.territories(),
    ]
    in_sight = [[part for part in each if view.meets(part)] for each in polygons]
    data = rows(_shape(each) for each in in_sight if each)
    return alt.Chart(data).mark_geoshape(fill=LAND, stroke=SHORE, strokeWidth=0.6, clip=True)


def _bin(change: float) -> str:
    return [name for least, name, _ in BINS if change >= least][-1]


def _states(plan: Plan, problem: DesignProblem, view: View) -> Iterator[Any]:
    """Members in the colour of their change: shapes, or discs at the capital where there is no outline."""
    filled: list[Row] = []
    discs: list[Row] = []
    for change in last_security(plan):
        state = problem.state_by_id.get(change.state)
        if state is None:
            continue
        told = {"name": state.name, "change": change.change, "bin": _bin(change.change)}
        if polygons := outlines().polygons(state.id):
            if in_sight := [part for part in polygons if view.meets(part)]:
                filled.append({**_shape(in_sight), **told})
        else:
            discs.append({"longitude": state.longitude, "latitude": state.latitude, **told})
    found = {row["bin"] for row in (*filled, *discs)}
    used = [(name, colour) for _, name, colour in BINS if name in found] or [("none", LAND)]
    colour = alt.Color(
        "bin:N",
        title=["Change of security", "against no institution"],
        sort=[name for name, _ in used],
        scale=alt.Scale(domain=[name for name, _ in used], range=[shade for _, shade in used]),
    )
    tips = [alt.Tooltip("name:N"), alt.Tooltip("change:Q", format="+.1%")]
    yield (
        alt.Chart(rows(filled))
        .mark_geoshape(stroke=SHORE, strokeWidth=0.7, clip=True)
        .encode(color=colour, tooltip=tips)
    )
    yield (
        alt.Chart(rows(discs))
        .mark_circle(size=700, stroke=MUTED, strokeWidth=0.5, opacity=1, clip=True)
        .encode(longitude="longitude:Q", latitude="latitude:Q", color=colour, tooltip=tips)
    )


def _zones(plan: Plan, problem: DesignProblem, period: int) -> Iterator[Any]:
    """Monitored borders as lines, monitored states as rings at the capital."""
    teams: dict[str, float] = defaultdict(float)
    for row in plan.monitoring:
        if row.period == period:
            teams[row.zone] += row.teams
    borders: list[Row] = []
    rings: list[Row] = []
    for zone in problem.monitoring.zones if problem.monitoring else ():
        place = zone_geometry(problem, zone.states) if teams.get(zone.id, 0.0) > 0 else None
        if place is None:
            continue
        told = {"name": zone.name or zone.id, "teams": teams[zone.id]}
        if place["type"] == "MultiLineString":
            borders.append({"type": "Feature", "geometry": place, "properties": {}, **told})
        else:
            points = [place["coordinates"]] if place["type"] == "Point" else place["coordinates"]
            rings.extend({"longitude": x, "latitude": y, **told} for x, y in points)
    tips = [alt.Tooltip("name:N"), alt.Tooltip("teams:Q")]
    yield (
        alt.Chart(rows(borders))
        .mark_geoshape(filled=False, stroke=PLUM, strokeWidth=2.6, clip=True)
        .encode(tooltip=tips)
    )
    yield (
        alt.Chart(rows(rings))
        .mark_point(size=90, color=PLUM, strokeWidth=2, filled=False, clip=True)
        .encode(longitude="longitude:Q", latitude="latitude:Q", tooltip=tips)
    )


def _links(plan: Plan, problem: DesignProblem, period: int) -> Any:
    sites = {site.id: site for site in problem.sites}
    missions = {mission.id: mission for mission in problem.missions}
    links = [
        {
            "longitude": sites[row.site].longitude,
            "latitude": sites[row.site].latitude,
            "longitude2": missions[row.mission].longitude,
            "latitude2": missions[row.mission].latitude,
            "troops": row.troops,
            "name": f"{sites[row.site].name} to {missions[row.mission].name}",
        }
        for row in plan.assignments
        if row.period == period and row.site in sites and row.mission in missions
    ]
    return (
        alt.Chart(rows(links))
        .mark_rule(color=INK, opacity=0.75, clip=True)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            longitude2="longitude2:Q",
            latitude2="latitude2:Q",
            strokeWidth=alt.StrokeWidth(
                "troops:Q", legend=None, scale=alt.Scale(type="sqrt", domainMin=0, range=[0.4, 4])
            ),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("troops:Q", format=",.0f")],
        )
    )


def _garrisons(plan: Plan, problem: DesignProblem, period: int) -> Iterator[Row]:
    sites = {site.id: site for site in problem.sites}
    for row in plan.garrisons:
        if row.period == period and (site := sites.get(row.site)):
            place = {"longitude": site.longitude, "latitude": site.latitude}
            yield {**place, "name": site.name, "troops": row.troops}


def _missions(plan: Plan, problem: DesignProblem, period: int) -> Iterator[Row]:
    troops: dict[str, float] = defaultdict(float)
    for row in plan.assignments:
        if row.period == period:
            troops[row.mission] += row.troops
    for mission in problem.missions:
        if (mission.start or period) <= period <= (mission.end or period):
            place = {"longitude": mission.longitude, "latitude": mission.latitude}
            yield {**place, "name": mission.name, "troops": troops[mission.id]}


def _signs(signs: list[Row], fill: str, shape: str, stroke: str = SHORE) -> Any:
    scale = alt.Scale(type="linear", domain=[0, 5000], range=[45, 620], clamp=True)
    return (
        alt.Chart(rows(signs))
        .mark_point(
            filled=True, shape=shape, fill=fill, stroke=stroke, strokeWidth=1.3, opacity=0.95, clip=True
        )
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("troops:Q", scale=scale, legend=None),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("troops:Q", format=",.0f")],
        )
    )


def _largest(garrisons: list[Row]) -> list[Row]:
    return sorted(garrisons, key=lambda row: -row["troops"])[:NAMED_GARRISONS]


def _without_outline(plan: Plan, problem: DesignProblem) -> Iterator[Row]:
    """Members that are discs on the map, which nobody would know without a name."""
    for change in last_security(plan):
        state = problem.state_by_id.get(change.state)
        if state and not outlines().polygons(state.id):
            yield {"longitude": state.longitude, "latitude": state.latitude, "name": state.name}


def wishes(
    signs: Iterable[tuple[Point, str]], states: Iterable[str], problem: DesignProblem, view: View
) -> Iterator[Wish]:
    """The names that a map should have: of signs, the most important first, and then of states."""
    for place, name in signs:
        if view.shows(place):
            yield Wish(*view.at(place), name)
    for state in states:
        known, found = problem.state_by_id.get(state), middle_of(outlines().polygons(state), view)
        if known and found:
            x, y, width = found
            yield Wish(x, y, known.name, gap=0.0, room=width)


def _names(wanted: list[Row], plan: Plan, problem: DesignProblem, view: View) -> Iterator[Any]:
    """Names with an outline of their own, so that they can be read over anything."""
    signs = [((row["longitude"], row["latitude"]), row["name"]) for row in wanted]
    states = [change.state for change in last_security(plan)]
    placed = list(labelled(wishes(signs, states, problem, view), view, LETTER, LINE))
    for of_area in (True, False):
        for anchor in ALIGNED:
            chosen = [each for each in placed if each.anchor == anchor and each.of_area is of_area]
            if chosen:
                yield from _texts(chosen, anchor, MUTED if of_area else INK)


def _texts(labels: list[Label], anchor: Anchor, colour: str) -> Iterator[Any]:
    data = rows({"x": each.x, "y": each.y, "text": each.text} for each in labels)
    for outlined in (True, False):
        yield (
            alt.Chart(data)
            .mark_text(
                align=ALIGNED[anchor],
                baseline="alphabetic",
                fontSize=10.5,
                color=SHORE if outlined else colour,
                stroke=SHORE if outlined else None,
                strokeWidth=3.0 if outlined else 0.0,
                strokeJoin="round",
                clip=True,
            )
            .encode(
                x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None), text="text:N"
            )
        )
