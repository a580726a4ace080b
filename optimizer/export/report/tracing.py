"""Outlines as the paths of SVG, no finer than can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot

from models import State

from ..charts.projection import View, apart
from ..outlines import Line, Point, Polygon, outlines

HORIZON = 155.0
"""Degrees from the middle beyond which shapes are too distorted to be drawn."""
COARSENESS = 0.6
"""Points of the map that nobody sees."""
DISC = 11.0
"""Radius of a state without an outline."""


class Tracer:
    """Draws what a view shows."""

    def __init__(self, view: View) -> None:
        self.view = view

    def land(self) -> str:
        """All that is land, whosever it is."""
        known = outlines()
        return "".join(
            self.shape(polygons)
            for polygons in (*(known.polygons(state) for state in known.rings), *known.territories())
        )

    def state(self, state: State) -> str:
        """The shape of a state, or a disc at its capital; empty out of sight."""
        polygons = outlines().polygons(state.id)
        return self.shape(polygons) if polygons else self.disc((state.longitude, state.latitude))

    def shape(self, polygons: Iterable[Polygon]) -> str:
        """The parts of polygons that are in sight, as a path."""
        seen = (part for part in polygons if self.near(part) and self.view.meets(part))
        return "".join(self.line(ring, closed=True) for part in seen for ring in part)

    def near(self, polygon: Polygon) -> bool:
        """Whether a polygon is this side of the horizon."""
        return all(apart(self.view.centre, place) < HORIZON for place in polygon[0][::4])

    def disc(self, place: Point) -> str:
        """A place as a disc; empty out of sight."""
        return ring(*self.view.at(place), DISC) if self.view.shows(place) else ""

    def line(self, points: Line, *, closed: bool = False) -> str:
        """Points as a path; those that fall together are one."""
        kept: list[tuple[float, float]] = []
        for point in points:
            x, y = self.view.at(point)
            if not kept or hypot(x - kept[-1][0], y - kept[-1][1]) >= COARSENESS:
                kept.append((x, y))
        if closed and len(kept) < 3:
            return ""
        return path_of(kept) + ("Z" if closed else "")


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """Points joined by lines."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def ring(x: float, y: float, radius: float) -> str:
    """A circle as a path."""
    half = f"a{radius:g},{radius:g} 0 1,0 "
    return f"M{x - radius:.1f},{y:.1f}{half}{2 * radius:g},0{half}{-2 * radius:g},0Z"
