"""The map of the report: everything placed, sized and told for each period, ready to be drawn as SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from concord.models import DesignProblem, Plan
from concord.models.mission import Mission
from concord.models.organ import Headquarters
from concord.models.plan import SecurityRecord

from ..charts import labelling
from ..charts.insets import Inset, insets_of
from ..charts.places import (
    BINS,
    FULL,
    MADE_UP,
    REAL,
    active_places,
    focus,
    garrisons_in,
    made_up,
    missions_in,
    radius_of,
    wishes,
)
from ..charts.projection import View, view_of
from ..charts.tracing import Tracer, circle
from ..geojson import zone_geometry
from ..names import Names, signed
from ..outlines import Line, Point

WIDTH, HEIGHTS = 1120.0, (480.0, 720.0)
INSET_WIDTH, INSET_HEIGHTS = 552.0, (360.0, 360.0)
FARTHEST = 77.0
"""Degrees beyond which a line round a mission says nothing: it goes round half the world."""
EARTH_KM = 6371.0
LINES = ("link", "zone", "zone capital")
"""Kinds of marks that are paths."""
ORGAN = 3.5
"""Half the side of the square where organs are at home."""
LINE, LETTER = 14.0, 6.6
"""Height of a line of names, and width of a letter."""


@dataclass(frozen=True, slots=True)
class Area:
    """A state on the map: its class of change and what is told of it, for each period."""

    state: str
    path: str
    classes: tuple[int | None, ...]
    tips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An organ, garrison, mission, link or monitored border in a period."""

    kind: str
    period: int
    tip: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    path: str = ""
    reach: str = ""
    """Round a mission: from within this line troops come in time."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map in a period."""

    period: int
    at: labelling.Label


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map as a whole; areas, marks and labels are drawn in this order over the land."""

    width: float
    height: float
    land: str
    areas: tuple[Area, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    classes: tuple[tuple[int, str], ...]
    """Classes of change that occur, and what they are called."""
    letter: str = ""
    """Of an inset."""
    frames: tuple[tuple[str, labelling.Box], ...] = ()
    """Where the insets lie on the map, each with its letter."""
    insets: tuple[Atlas, ...] = ()
    """Crowded parts of the map, drawn again."""
    made_up: bool = False
    """Whether the ground is invented, so that no land is drawn."""

    @property
    def ground(self) -> str:
        """What the land rests on."""
        return MADE_UP if self.made_up else REAL


def atlas(plan: Plan, problem: DesignProblem, names: Names) -> Atlas | None:
    """The map of `plan`; None where the problem knows no place to show."""
    places = focus(plan, problem)
    if not places:
        return None
    view = view_of(places, WIDTH, HEIGHTS)
    insets = insets_of(active_places(plan, problem), view, INSET_WIDTH, INSET_HEIGHTS)
    return replace(
        _Cartographer(plan, problem, names, view, insets).drawn(),
        frames=tuple((inset.letter, inset.frame) for inset in insets),
        insets=tuple(
            replace(_Cartographer(plan, problem, names, inset.view, []).drawn(), letter=inset.letter)
            for inset in insets
        ),
    )


class _Cartographer:
    """What is being drawn, and where."""

    def __init__(
        self, plan: Plan, problem: DesignProblem, names: Names, view: View, insets: list[Inset]
    ) -> None:
        self.plan, self.problem, self.names, self.view, self.insets = plan, problem, names, view, insets
        self.made_up = made_up(problem)
        self.trace = Tracer(view, made_up=self.made_up)
        self.sites = {site.id: site for site in problem.sites}
        self.missions = {mission.id: mission for mission in problem.missions}

    def drawn(self) -> Atlas:
        areas = tuple(self.areas())
        used = {number for area in areas for number in area.classes if number is not None}
        return Atlas(
            width=self.view.width,
            height=self.view.height,
            land=self.trace.land(),
            areas=areas,
            marks=tuple(mark for mark in self.marks() if self.in_sight(mark)),
            labels=tuple(label for period in self.plan.problem.periods for label in self.labels(period)),
            classes=tuple((number, BINS[number][1]) for number in sorted(used)),
            made_up=self.made_up,
        )

    def marks(self) -> Iterator[Mark]:
        yield from (*self.zones(), *self.links(), *self.organs(), *self.garrisons, *self.served)

    def in_sight(self, mark: Mark) -> bool:
        if mark.kind in LINES:
            return bool(mark.path)
        return 0 <= mark.x <= self.view.width and 0 <= mark.y <= self.view.height

    def areas(self) -> Iterator[Area]:
        """States with a record of security: their shapes, or discs at the capital."""
        records: dict[str, dict[int, SecurityRecord]] = defaultdict(dict)
        for row in self.plan.security:
            records[row.state][row.period] = row
        for state, by_period in records.items():
            known = self.problem.state_by_id.get(state)
            if known is None:
                continue
            if path := self.trace.state(known):
                each = [by_period.get(period) for period in self.plan.problem.periods]
                classes = tuple(None if row is None else _class(_change(row)) for row in each)
                yield Area(state, path, classes, tuple(self.told(state, row) for row in each))

    def told(self, state: str, row: SecurityRecord | None) -> str:
        if row is None:
            return f"{self.names.state(state)}: nothing is recorded"
        return (
            f"{self.names.state(state)}: security {row.baseline_ratio:.3g} without, {row.ratio:.3g} with "
            f"the institution ({signed(_change(row))})"
        )

    @cached_property
    def garrisons(self) -> list[Mark]:
        """Garrisons in use, the largest first."""
        nations: dict[tuple[str, int], set[str]] = defaultdict(set)
        for posting in self.plan.contingents:
            nations[posting.site, posting.period].add(posting.state)
        marks = []
        for row in sorted(self.plan.garrisons, key=lambda row: -row.troops):
            if site := self.sites.get(row.site):
                senders = len(nations[row.site, row.period])
                state = "" if row.working else ", being built"
                tip = (
                    f"Garrison {site.name}, {self.names.state(row.host)}: {row.troops:,.0f} troops of "
                    f"{senders} {'state' if senders == 1 else 'states'}, room for {row.capacity:,.0f}{state}"
                )
                x, y = self.view.at((site.longitude, site.latitude))
                marks.append(Mark("garrison", row.period, tip, x, y, radius_of(row.troops)))
        return marks

    def organs(self) -> Iterator[Mark]:
        """Organs that have a home, one sign for all that share it."""
        homes = {organ.id: (organ, organ.headquarters) for organ in self.problem.organs}
        housed: dict[tuple[int, Headquarters], list[str]] = defaultdict(list)
        for row in self.plan.organs:
            organ, home = homes.get(row.organ, (None, None))
            if organ and home:
                housed[row.period, home].append(organ.name + ("" if row.working else ", being set up"))
        for (period, home), names in housed.items():
            tip = f"{home.city}, {self.names.state(home.host)}: {'; '.join(names)}"
            x, y = self.view.at((home.longitude, home.latitude))
            yield Mark("organ", period, tip, x, y, ORGAN)

    @cached_property
    def served(self) -> list[Mark]:
        """Missions in the periods of their need, whether or not anybody goes."""
        troops: dict[tuple[str, int], float] = defaultdict(float)
        for row in self.plan.assignments:
            troops[row.mission, row.period] += row.troops
        marks = []
        for mission in self.problem.missions:
            x, y = self.view.at((mission.longitude, mission.latitude))
            for period in self.plan.problem.periods:
                if (mission.start or period) <= period <= (mission.end or period):
                    sent = troops[mission.id, period]
                    tip = (
                        f"Mission {mission.name}, {self.names.state(mission.state)}: {sent:,.0f} of "
                        f"{mission.need:,.0f} troops needed, due within {mission.deadline:,.0f} hours"
                    )
                    kind = "mission" if sent > 0 else "mission unmet"
                    marks.append(Mark(kind, period, tip, x, y, radius_of(sent), reach=self.reach(mission)))
        return marks

    def reach(self, mission: Mission) -> str:
        """The line from within which troops arrive before the deadline."""
        if self.problem.garrisons is None:
            return ""
        lift = self.problem.garrisons.lift
        km = max(mission.deadline - lift.preparation, 0.0) * lift.speed
        if km <= 0 or km > radians(FARTHEST) * EARTH_KM:
            return ""
        around = _circle((mission.longitude, mission.latitude), km / EARTH_KM)
        return self.trace.line([*around, around[0]])

    def links(self) -> Iterator[Mark]:
        for row in self.plan.assignments:
            site, mission = self.sites.get(row.site), self.missions.get(row.mission)
            if site and mission:
                path = self.trace.line(
                    [(site.longitude, site.latitude), (mission.longitude, mission.latitude)]
                )
                tip = (
                    f"{row.troops:,.0f} troops from {site.name} to {mission.name}: "
                    f"{row.distance_km:,.0f} km, {row.hours:,.0f} hours"
                )
                size = 0.6 + 3.2 * sqrt(min(row.troops / FULL, 1.0))
                yield Mark("link", row.period, tip, size=size, path=path)

    def zones(self) -> Iterator[Mark]:
        """Monitored borders as lines; where states have none in common, rings at their capitals."""
        teams: dict[tuple[str, int], float] = defaultdict(float)
        for row in self.plan.monitoring:
            teams[row.zone, row.period] += row.teams
        zones = {zone.id: zone for zone in (self.problem.monitoring.zones if self.problem.monitoring else ())}
        for (name, period), number in teams.items():
            zone = zones.get(name)
            place = zone_geometry(self.problem, zone.states) if zone and number > 0 else None
            if zone is None or place is None:
                continue
            kind = self.names.zone_kinds.get(zone.kind, zone.kind)
            tip = f"{kind}: {zone.name or self.names.states(zone.states)}, {number:g} teams"
            if place["type"] == "MultiLineString":
                path, sign = "".join(self.trace.line(line) for line in place["coordinates"]), "zone"
            else:
                points = [place["coordinates"]] if place["type"] == "Point" else place["coordinates"]
                path = "".join(
                    circle(*self.view.at(point), 6.0) for point in points if self.view.shows(point)
                )
                sign = "zone capital"
            yield Mark(sign, period, tip, path=path)

    def labels(self, period: int) -> Iterator[Label]:
        """Names that do not cover one another; where two would, the more important stands."""
        missions = missions_in(self.plan, self.problem, period)
        garrisons = garrisons_in(self.plan, self.problem, period)
        told = dict.fromkeys(row.state for row in self.plan.security)
        wanted = wishes([*missions, *garrisons], told, self.problem, self.view, self.insets)
        for label in labelling.labelled(wanted, self.view, LETTER, LINE):
            yield Label(period, label)


def _circle(centre: Point, angle: float) -> Line:
    """Points at an angle (radians) from a centre, on the sphere."""
    longitude, latitude = radians(centre[0]), radians(centre[1])
    found: Line = []
    for step in range(48):
        bearing = radians(step * 7.5)
        up = asin(sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing))
        across = atan2(sin(bearing) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sin(up))
        found.append((degrees(longitude + across), degrees(up)))
    return found


def _change(row: SecurityRecord) -> float:
    return row.ratio / row.baseline_ratio - 1 if row.baseline_ratio > 0 else 0.0


def _class(change: float) -> int:
    return max(number for number, (least, _, _) in enumerate(BINS) if change >= least)
