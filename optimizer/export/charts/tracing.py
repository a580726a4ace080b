"""Outlines in the frame of a map, no finer than can be seen, and as the paths of SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import hypot

from concord.models import State

from ..outlines import Line, Point, Polygon, outlines
from .clipping import Spot, pieces_within, ring_within
from .projection import View

COARSENESS = 0.6
"""Points of the map that nobody sees."""
DISC = 11.0
"""Radius of a state without an outline."""
Ring = list[Spot]
"""Points of the frame."""


class Tracer:
    """Draws what a view shows; no land where the ground of the problem is made up."""

    def __init__(self, view: View, *, made_up: bool = False) -> None:
        self.view = view
        self.made_up = made_up

    def land(self) -> str:
        """All that is land, whosever it is, as a path."""
        return "".join(path_of(ring, closed=True) for part in self.ground() for ring in part)

    def ground(self) -> Iterator[list[Ring]]:
        """All that is land: the rings of its parts."""
        known = outlines()
        everyone = [*map(known.polygons, known.rings), *known.territories()]
        for polygons in () if self.made_up else everyone:
            yield from self.parts(polygons)

    def state(self, state: State) -> str:
        """The shape of a state, or a disc at its capital; empty out of sight."""
        polygons = outlines().polygons(state.id)
        if not polygons:
            return self.disc((state.longitude, state.latitude))
        return "".join(path_of(ring, closed=True) for part in self.parts(polygons) for ring in part)

    def parts(self, polygons: Iterable[Polygon]) -> Iterator[list[Ring]]:
        """The parts of polygons that are in sight, each as its rings."""
        for polygon in polygons:
            if self.view.meets(polygon):
                for part in self.view.cut(polygon):
                    rings = [ring for line in part if len(ring := self.ring(line)) > 2]
                    if rings:
                        yield rings

    def disc(self, place: Point) -> str:
        """A place as a disc; empty out of sight."""
        return circle(*self.view.at(place), DISC) if self.view.shows(place) else ""

    def line(self, points: Line) -> str:
        """What is in sight of points that are joined, as a path."""
        return "".join(path_of(piece) for piece in self.pieces(points))

    def pieces(self, points: Line) -> list[Ring]:
        """What is in sight of points that are joined."""
        width, height = self.view.width, self.view.height
        lines = map(self.thinned, self.view.cut_line(points))
        return [piece for line in lines for piece in pieces_within(line, width, height)]

    def ring(self, points: Line) -> Ring:
        """What is in sight of an area with this edge."""
        return ring_within(self.thinned(points), self.view.width, self.view.height)

    def thinned(self, points: Line) -> Ring:
        """Points in the frame; those that fall together are one."""
        kept: Ring = []
        for point in points:
            x, y = self.view.at(point)
            if not kept or hypot(x - kept[-1][0], y - kept[-1][1]) >= COARSENESS:
                kept.append((x, y))
        return kept


def path_of(points: Sequence[Spot], *, closed: bool = False) -> str:
    """Points joined by lines."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + ("Z" if closed else "")


def circle(x: float, y: float, radius: float) -> str:
    """A circle as a path."""
    half = f"a{radius:g},{radius:g} 0 1,0 "
    return f"M{x - radius:.1f},{y:.1f}{half}{2 * radius:g},0{half}{-2 * radius:g},0Z"
