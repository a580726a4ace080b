"""What the maps of a plan show where: places that matter, signs with their sizes, and names beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from concord.models import DesignProblem, Plan

from ..outlines import Point, outlines
from .insets import Inset, framed
from .labelling import Wish, middle_of
from .projection import View, apart
from .tracing import DISC

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
NEAR = 13.0
"""Degrees on the sphere from garrisons and missions within which the map shows capitals."""
SMALLEST, LARGEST, FULL = 4.0, 13.0, 5000.0
"""Radius of a sign of next to no troops, and of `FULL` troops or more."""
CLEAR = 3.0
"""Points between a sign and its name."""
REAL = "Borders of 1992, Natural Earth."
MADE_UP = "No state has a known outline (ids that are ISO 3166 codes have), so none is drawn: places only."


@dataclass(frozen=True, slots=True)
class Sign:
    """A garrison or a mission in a period."""

    place: Point
    name: str
    troops: float

    @property
    def radius(self) -> float:
        """In points; the area grows with the troops."""
        return radius_of(self.troops)


def radius_of(troops: float) -> float:
    """Radius in points of the sign for that many troops."""
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(min(troops, FULL) / FULL)


def made_up(problem: DesignProblem) -> bool:
    """Whether the ground is invented: no state has an outline, and real borders would say what is not so."""
    return not any(outlines().polygons(state.id) for state in problem.states)


def focus(plan: Plan, problem: DesignProblem) -> list[Point]:
    """Places that the map must show: garrisons in use, missions, and capitals of the region near them.

    Where there are hardly any, all capitals of members.
    """
    active = active_places(plan, problem)
    if len(active) <= 2:
        return [*active, *((state.longitude, state.latitude) for state in problem.states if state.is_member)]
    capitals = [(state.longitude, state.latitude) for state in problem.measured]
    near = [place for place in capitals if any(apart(place, other) <= NEAR for other in active)]
    return [*active, *near]


def active_places(plan: Plan, problem: DesignProblem) -> list[Point]:
    """Where garrisons stand in any period, and where missions are."""
    sites = {site.id: (site.longitude, site.latitude) for site in problem.sites}
    used = [sites[row.site] for row in plan.garrisons if row.site in sites]
    needed = [(mission.longitude, mission.latitude) for mission in problem.missions]
    return list(dict.fromkeys([*used, *needed]))


def garrisons_in(plan: Plan, problem: DesignProblem, period: int) -> list[Sign]:
    """Garrisons in use, the largest first."""
    sites = {site.id: site for site in problem.sites}
    found = [
        Sign((site.longitude, site.latitude), site.name, row.troops)
        for row in plan.garrisons
        if row.period == period and (site := sites.get(row.site))
    ]
    return sorted(found, key=lambda sign: -sign.troops)


def missions_in(plan: Plan, problem: DesignProblem, period: int) -> list[Sign]:
    """Missions with a need, the largest first, whether or not anybody goes."""
    troops: dict[str, float] = defaultdict(float)
    for row in plan.assignments:
        if row.period == period:
            troops[row.mission] += row.troops
    found = [
        Sign((mission.longitude, mission.latitude), mission.name, troops[mission.id])
        for mission in problem.missions
        if (mission.start or period) <= period <= (mission.end or period)
    ]
    return sorted(found, key=lambda sign: -sign.troops)


def wishes(
    signs: Iterable[Sign], states: Iterable[str], problem: DesignProblem, view: View, insets: list[Inset]
) -> Iterator[Wish]:
    """The names that a map should have: of signs, the first most, of states that are discs, of other states.

    What an inset names is kept clear of.
    """
    ids = list(states)
    for inset in insets:
        left, top, _, _ = inset.frame
        yield Wish(left, top, "", gap=9.0)
    for sign in signs:
        if view.shows(sign.place):
            name = "" if framed(insets, sign.place) else sign.name
            yield Wish(*view.at(sign.place), name, gap=sign.radius + CLEAR)
    for state in filter(None, map(problem.state_by_id.get, ids)):
        place = (state.longitude, state.latitude)
        if not outlines().polygons(state.id) and view.shows(place):
            yield Wish(*view.at(place), state.name, gap=DISC + CLEAR)
    for state in filter(None, map(problem.state_by_id.get, ids)):
        if found := middle_of(outlines().polygons(state.id), view):
            x, y, width = found
            yield Wish(x, y, state.name, gap=0.0, room=width)
