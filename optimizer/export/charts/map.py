"""The map: change of security of each state, garrisons, missions and their links, monitored zones.

Everything is projected here: charts hold points of their frame alone. Crowded parts are drawn again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import pi
from typing import Any, Literal

import altair as alt

from concord.models import DesignProblem, Plan

from ..digests import last_security
from ..geojson import zone_geometry
from ..names import listed, signed
from ..outlines import Line, outlines
from ..palette import BLUE, BRICK, INK, LAND, MUTED, PALE, PLUM, SHORE, WATER
from .drawing import Row, finished, rows
from .insets import Inset, in_rows, insets_of
from .labelling import Anchor, Label, labelled
from .map_legend import Entry, legend
from .places import (
    BINS,
    FULL,
    MADE_UP,
    REAL,
    Sign,
    active_places,
    focus,
    garrisons_in,
    made_up,
    missions_in,
    radius_of,
    wishes,
)
from .projection import View, view_of
from .tracing import DISC, Ring, Tracer

WIDTH, HEIGHTS = 1040.0, (460.0, 700.0)
GUTTER = 16.0
INSETS_IN_A_ROW, INSET_HEIGHTS = 2, (340.0, 340.0)
ALIGNED: Mapping[Anchor, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}
LETTER, HIGH = 5.7, 13.0
"""Width of a letter of a name, and height of a line."""


def map_chart(plan: Plan, problem: DesignProblem) -> Any:
    """The map of the last period, as large as the places in use fit into the frame, above its insets."""
    period = max(plan.problem.periods)
    view = view_of(focus(plan, problem), WIDTH, HEIGHTS)
    wide = (WIDTH - (INSETS_IN_A_ROW - 1) * GUTTER) / INSETS_IN_A_ROW
    insets = insets_of(active_places(plan, problem), view, wide, INSET_HEIGHTS)
    sheet = _Sheet(plan, problem, period)
    drawn = [sheet.drawn(view, insets)]
    for row in in_rows(insets, INSETS_IN_A_ROW):
        parts = [sheet.drawn(inset.view, [], inset.letter) for inset in row]
        drawn.append(alt.hconcat(*parts, spacing=GUTTER))
    key = legend(list(sheet.entries()), WIDTH)
    whole = alt.vconcat(key, *drawn, spacing=GUTTER)
    return finished(whole, plan, f"The institution on the map, {period}", *sheet.told(insets))


class _Sheet:
    """What is drawn of a plan in a period, in any view."""

    def __init__(self, plan: Plan, problem: DesignProblem, period: int) -> None:
        self.plan, self.problem, self.period = plan, problem, period
        self.garrisons = garrisons_in(plan, problem, period)
        self.missions = missions_in(plan, problem, period)
        self.changes = last_security(plan)
        self.zones = list(_zones(plan, problem, period))
        self.made_up = made_up(problem)

    def told(self, insets: Sequence[Inset]) -> Iterator[str]:
        troops = sum(sign.troops for sign in self.garrisons)
        assigned = sum(sign.troops for sign in self.missions)
        places = "1 garrison" if len(self.garrisons) == 1 else f"{len(self.garrisons)} garrisons"
        served = sum(sign.troops > 0 for sign in self.missions)
        force = f"{troops:,.0f} troops in {places}" if self.garrisons else "No garrisons"
        if self.missions:
            force += f", {assigned:,.0f} troops in {served} of the {len(self.missions)} missions"
        yield f"{force}. {MADE_UP if self.made_up else REAL}"
        if insets:
            letters = listed([inset.letter for inset in insets])
            yield f"Framed and drawn again below, with their names: {letters}."

    def entries(self) -> Iterator[Entry]:
        """The key to what is drawn, and to nothing else."""
        used = {_bin(change.change) for change in self.changes}
        if used:
            yield Entry("Change of security against no institution:")
        for number, (_, name, colour) in enumerate(BINS):
            if number in used:
                yield Entry(name, "square", 130, colour, MUTED)
        yield Entry.BREAK
        if self.garrisons:
            yield Entry(f"garrison, {FULL:,.0f} troops or more", "circle", _area(FULL), BLUE, SHORE)
            yield Entry("1,000 troops", "circle", _area(1000), BLUE, SHORE)
        if any(sign.troops > 0 for sign in self.missions):
            yield Entry("mission, sized alike", "diamond", _area(1000), BRICK, SHORE)
            yield Entry("troops sent there", "stroke", 300, INK, INK)
        if any(sign.troops <= 0 for sign in self.missions):
            yield Entry("mission without troops", "diamond", _area(200), SHORE, BRICK)
        if any(zone["lines"] for zone in self.zones):
            yield Entry("monitored border", "stroke", 300, PLUM, PLUM)
        if any(zone["points"] for zone in self.zones):
            yield Entry("monitored state, at its capital", "circle", 90, "transparent", PLUM)

    def drawn(self, view: View, insets: list[Inset], letter: str = "") -> Any:
        trace = Tracer(view, made_up=self.made_up)
        met = [sign for sign in self.missions if sign.troops > 0]
        unmet = [sign for sign in self.missions if sign.troops <= 0]
        layers = alt.layer(
            _ground(trace),
            *self.states(trace),
            *self.watched(trace),
            self.links(trace),
            *_signs("Garrison", self.garrisons, view, BLUE, "circle"),
            *_signs("Mission", unmet, view, SHORE, "diamond", BRICK),
            *_signs("Mission", met, view, BRICK, "diamond"),
            *_frames(insets),
            *self.names(view, insets),
            *_letter(letter),
        ).project(type="identity", scale=1, translate=[0, 0])
        ground = alt.ViewBackground(fill=SHORE if self.made_up else WATER, stroke=PALE)
        return layers.properties(width=view.width, height=view.height, view=ground)

    def states(self, trace: Tracer) -> Iterator[Any]:
        """Members in the colour of their change: shapes, or discs at the capital where none is known."""
        filled: list[Row] = []
        discs: list[Row] = []
        for change in self.changes:
            state = self.problem.state_by_id.get(change.state)
            if state is None:
                continue
            number = _bin(change.change)
            told = {
                "name": state.name,
                "change": change.change,
                "fill": BINS[number][2],
                "told": f"{state.name}: security {signed(change.change)}",
            }
            place = (state.longitude, state.latitude)
            if polygons := outlines().polygons(state.id):
                if parts := list(trace.parts(polygons)):
                    filled.append({**_shape(parts), **told})
            elif trace.view.shows(place):
                discs.append({**_spot(trace.view.at(place)), **told})
        tips = [alt.Tooltip("name:N"), alt.Tooltip("change:Q", format="+.1%")]
        fill = alt.Fill("fill:N", scale=None)
        yield (
            alt.Chart(rows(filled))
            .mark_geoshape(stroke=SHORE, strokeWidth=0.7)
            .encode(fill=fill, tooltip=tips, description="told:N")
        )
        area = pi * DISC**2
        shape = alt.Chart(rows(discs)).mark_point(size=area, stroke=MUTED, strokeWidth=0.8, opacity=1)
        yield shape.encode(x=_X, y=_Y, fill=fill, tooltip=tips, description="told:N")

    def watched(self, trace: Tracer) -> Iterator[Any]:
        """Monitored borders as lines, monitored states as rings at the capital."""
        view = trace.view
        borders = [
            {
                "type": "Feature",
                "geometry": {"type": "MultiLineString", "coordinates": pieces},
                "properties": {},
                **zone["told"],
            }
            for zone in self.zones
            if (pieces := [piece for line in zone["lines"] for piece in trace.pieces(line)])
        ]
        rings = [
            {**_spot(view.at(place)), **zone["told"]}
            for zone in self.zones
            for place in zone["points"]
            if view.shows(place)
        ]
        tips = [alt.Tooltip("name:N"), alt.Tooltip("teams:Q")]
        yield (
            alt.Chart(rows(borders))
            .mark_geoshape(filled=False, stroke=PLUM, strokeWidth=2.6)
            .encode(tooltip=tips, description="told:N")
        )
        ringed = alt.Chart(rows(rings)).mark_point(
            size=90, color=PLUM, strokeWidth=2, filled=False, opacity=1
        )
        yield ringed.encode(x=_X, y=_Y, tooltip=tips, description="told:N")

    def links(self, trace: Tracer) -> Any:
        sites = {site.id: site for site in self.problem.sites}
        missions = {mission.id: mission for mission in self.problem.missions}
        links = []
        for row in self.plan.assignments:
            site, mission = sites.get(row.site), missions.get(row.mission)
            if row.period != self.period or site is None or mission is None:
                continue
            told = {
                "name": f"{site.name} to {mission.name}",
                "troops": row.troops,
                "told": f"{row.troops:,.0f} troops from {site.name} to {mission.name}",
                "w": 0.6 + 3.2 * min(row.troops / FULL, 1.0) ** 0.5,
            }
            ends: Line = [(site.longitude, site.latitude), (mission.longitude, mission.latitude)]
            links += [
                {"x": x, "y": y, "x2": x2, "y2": y2, **told}
                for piece in trace.pieces(ends)
                for (x, y), (x2, y2) in pairwise(piece)
            ]
        return (
            alt.Chart(rows(links))
            .mark_rule(color=INK, strokeOpacity=0.75)
            .encode(
                x=_X,
                y=_Y,
                x2="x2:Q",
                y2="y2:Q",
                strokeWidth=alt.StrokeWidth("w:Q", scale=None),
                tooltip=[alt.Tooltip("name:N"), alt.Tooltip("troops:Q", format=",.0f")],
                description="told:N",
            )
        )

    def names(self, view: View, insets: list[Inset]) -> Iterator[Any]:
        """Names with an outline of their own, so that they can be read over anything."""
        states = [change.state for change in self.changes]
        wanted = wishes([*self.missions, *self.garrisons], states, self.problem, view, insets)
        placed = list(labelled(wanted, view, LETTER, HIGH))
        leaders = [
            {"x": x, "y": y, "x2": x2, "y2": y2}
            for (x, y), (x2, y2) in (e.leader for e in placed if e.leader)
        ]
        line = alt.Chart(rows(leaders)).mark_rule(color=INK, strokeWidth=0.7, aria=False)
        yield line.encode(x=_X, y=_Y, x2="x2:Q", y2="y2:Q")
        for anchor in ALIGNED:
            if chosen := [each for each in placed if each.anchor == anchor]:
                yield from _texts(chosen, anchor)


_X, _Y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)


def _bin(change: float) -> int:
    return max(number for number, (least, _, _) in enumerate(BINS) if change >= least)


def _area(troops: float) -> float:
    """Square points of the sign for that many troops."""
    return pi * radius_of(troops) ** 2


def _spot(at: tuple[float, float]) -> Row:
    return {"x": at[0], "y": at[1]}


def _shape(parts: Sequence[Sequence[Ring]]) -> Row:
    closed = [[[_rounded(point) for point in (*ring, ring[0])] for ring in part] for part in parts]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": closed},
        "properties": {},
    }


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _ground(trace: Tracer) -> Any:
    """Everything that is no state of the problem; states of the problem are drawn over it."""
    parts = list(trace.ground())
    data = rows([_shape(parts)] if parts else [])
    return alt.Chart(data).mark_geoshape(aria=False, fill=LAND, stroke=SHORE, strokeWidth=0.6)


def _zones(plan: Plan, problem: DesignProblem, period: int) -> Iterator[dict[str, Any]]:
    """Zones that are watched: their borders or else their capitals, and what is told of them."""
    teams: dict[str, float] = defaultdict(float)
    for row in plan.monitoring:
        if row.period == period:
            teams[row.zone] += row.teams
    for zone in problem.monitoring.zones if problem.monitoring else ():
        place = zone_geometry(problem, zone.states) if teams.get(zone.id, 0.0) > 0 else None
        if place is None:
            continue
        name = zone.name or zone.id
        told = {"name": name, "teams": teams[zone.id], "told": f"Monitored: {name}, {teams[zone.id]:g} teams"}
        found = place["coordinates"]
        lines, points = (found, []) if place["type"] == "MultiLineString" else ([], found)
        yield {"told": told, "lines": lines, "points": [points] if place["type"] == "Point" else points}


def _signs(
    kind: str, signs: list[Sign], view: View, fill: str, shape: str, stroke: str = SHORE
) -> Iterator[Any]:
    told = [
        {
            **_spot(view.at(sign.place)),
            "name": sign.name,
            "troops": sign.troops,
            "size": _area(sign.troops),
            "told": f"{kind} {sign.name}: {sign.troops:,.0f} troops",
        }
        for sign in signs
        if view.shows(sign.place)
    ]
    if told:
        mark = alt.Chart(rows(told)).mark_point(
            filled=True, shape=shape, fill=fill, stroke=stroke, strokeWidth=1.3, opacity=1
        )
        tips = [alt.Tooltip("name:N"), alt.Tooltip("troops:Q", format=",.0f")]
        yield mark.encode(x=_X, y=_Y, size=alt.Size("size:Q", scale=None), tooltip=tips, description="told:N")


def _frames(insets: Sequence[Inset]) -> Iterator[Any]:
    """Where the insets are, each with its letter."""
    boxes = [dict(zip(("x", "y", "x2", "y2"), inset.frame, strict=True)) for inset in insets]
    if boxes:
        frame = alt.Chart(rows(boxes)).mark_rect(aria=False, fill=None, stroke=INK, strokeWidth=1.2)
        yield frame.encode(x=_X, y=_Y, x2="x2:Q", y2="y2:Q")
        yield from _letters([(inset.frame[0], inset.frame[1], inset.letter) for inset in insets])


def _letter(letter: str) -> Iterator[Any]:
    if letter:
        yield from _letters([(14.0, 14.0, letter)])


def _letters(placed: Sequence[tuple[float, float, str]]) -> Iterator[Any]:
    base = alt.Chart(rows({"x": x, "y": y, "text": text} for x, y, text in placed)).encode(x=_X, y=_Y)
    yield base.mark_square(aria=False, size=300, color=INK, opacity=1)
    yield base.mark_text(aria=False, color=SHORE, fontSize=12, fontWeight="bold", baseline="middle").encode(
        text="text:N"
    )


def _texts(labels: list[Label], anchor: Anchor) -> Iterator[Any]:
    data = rows(
        {"x": each.x, "y": each.y, "text": each.text, "ink": MUTED if each.of_area else INK}
        for each in labels
    )
    base = alt.Chart(data).encode(x=_X, y=_Y, text="text:N")
    for halo in (True, False):
        text = base.mark_text(
            aria=False,
            align=ALIGNED[anchor],
            baseline="alphabetic",
            fontSize=10.5,
            color=SHORE,
            stroke=SHORE if halo else None,
            strokeWidth=3.0 if halo else 0.0,
            strokeJoin="round",
        )
        yield text if halo else text.encode(color=alt.Color("ink:N", scale=None))
