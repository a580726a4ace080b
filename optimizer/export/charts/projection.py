"""A map that fills its frame: Lambert's azimuthal equal-area projection, and Equal Earth for the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from ..dateline import cut_line, cut_polygon
from ..outlines import Line, Point, Polygon

MARGIN = 0.11
"""Share of the frame that is left free on each side."""
HORIZON = 155.0
"""Degrees from the middle beyond which shapes are too distorted to be drawn."""
LEAST_SPAN = 0.12
"""Radians that a map shows at least, so that one place is not all of it."""
WORLDWIDE = 60.0
"""Degrees from the middle beyond which a place makes a map one of the world."""
WORLD_CENTRE = (11.0, 0.0)
"""The edge of the world then runs through the Bering Strait and cuts next to no land."""
WORLD_LATITUDES = (-57.0, 78.0)
"""What a map of the world shows at most from south to north: where people live."""


@dataclass(frozen=True, slots=True)
class View:
    """Where a map looks: centre in degrees, points for each radian, where the centre is in the frame."""

    centre: Point
    scale: float
    shift: tuple[float, float]
    width: float
    height: float
    world: bool = False

    def at(self, place: Point) -> tuple[float, float]:
        """Where a place is in the frame, in points from its upper left corner."""
        x, y = (equal_earth if self.world else projected)(place, self.centre)
        return self.shift[0] + self.scale * x, self.shift[1] - self.scale * y

    def shows(self, place: Point) -> bool:
        """Whether a place lies in the frame."""
        x, y = self.at(place)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def meets(self, polygon: Polygon) -> bool:
        """Whether any of a polygon may lie in the frame, and none of it is beyond the horizon."""
        if not self.world and any(apart(self.centre, place) > HORIZON for place in polygon[0][::4]):
            return False
        across, up = zip(*(self.at(place) for place in polygon[0]), strict=True)
        left, right, top, bottom = min(across), max(across), min(up), max(up)
        return bool(left < self.width and right > 0 and top < self.height and bottom > 0)

    def cut(self, polygon: Polygon) -> list[Polygon]:
        """The parts of a polygon that the edge of the world leaves whole."""
        if not self.world:
            return [polygon]
        return [[self._back(ring) for ring in part] for part in cut_polygon([*map(self._turned, polygon)])]

    def cut_line(self, line: Line) -> list[Line]:
        """The pieces of a line on either side of the edge of the world."""
        return [*map(self._back, cut_line(self._turned(line)))] if self.world else [line]

    def _turned(self, line: Line) -> Line:
        return [(_wrapped(x - self.centre[0]), y) for x, y in line]

    def _back(self, line: Line) -> Line:
        return [(x + self.centre[0], y) for x, y in line]


def view_of(
    places: Sequence[Point], width: float, heights: tuple[float, float], margin: float = MARGIN
) -> View:
    """The view that shows all of `places` as large as they fit, or all the world where they are all over it.

    The height is between `heights`; `margin` is the share of the frame that is left free on each side.
    """
    centre = middle(places)
    if any(apart(centre, place) > WORLDWIDE for place in places):
        return world_view(places, width, heights)
    across, up = zip(*(projected(place, centre) for place in places), strict=True)
    spans = [max(max(side) - min(side), LEAST_SPAN) / (1 - 2 * margin) for side in (across, up)]
    height = min(max(width * spans[1] / spans[0], heights[0]), heights[1])
    scale = min(width / spans[0], height / spans[1])
    shift = (
        width / 2 - scale * (max(across) + min(across)) / 2,
        height / 2 + scale * (max(up) + min(up)) / 2,
    )
    return View(centre, scale, shift, width, height)


def world_view(places: Sequence[Point], width: float, heights: tuple[float, float]) -> View:
    """All the world from west to east, and as much of it from north to south as the frame takes."""
    scale = width / (2 * equal_earth((180.0, 0.0), (0.0, 0.0))[0])
    low, high = (equal_earth((0.0, latitude), WORLD_CENTRE)[1] for latitude in WORLD_LATITUDES)
    height = min(max(scale * (high - low), heights[0]), heights[1])
    ups = [equal_earth(place, WORLD_CENTRE)[1] for place in places]
    centred = (max(*ups, high) + min(*ups, low)) / 2
    return View(WORLD_CENTRE, scale, (width / 2, height / 2 + scale * centred), width, height, world=True)


def middle(places: Sequence[Point]) -> Point:
    """The place in the middle of others, on the sphere."""
    x = sum(cos(radians(lat)) * cos(radians(lon)) for lon, lat in places)
    y = sum(cos(radians(lat)) * sin(radians(lon)) for lon, lat in places)
    z = sum(sin(radians(lat)) for _, lat in places)
    length = sqrt(x * x + y * y + z * z) or 1.0
    return degrees(atan2(y, x)) if hypot(x, y) > 0 else 0.0, degrees(asin(max(-1.0, min(1.0, z / length))))


def projected(place: Point, centre: Point) -> tuple[float, float]:
    """Radians to the east and north of the centre, on the plane; the antipode is put on the rim."""
    turn, tilt = radians(place[0] - centre[0]), radians(centre[1])
    latitude = radians(place[1])
    facing = sin(tilt) * sin(latitude) + cos(tilt) * cos(latitude) * cos(turn)
    stretch = sqrt(2 / max(1 + facing, 1e-9))
    east = cos(latitude) * sin(turn)
    north = cos(tilt) * sin(latitude) - sin(tilt) * cos(latitude) * cos(turn)
    return stretch * east, stretch * north


def equal_earth(place: Point, centre: Point) -> tuple[float, float]:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018) around the meridian of the centre."""
    slant = sqrt(3) / 2
    angle = asin(slant * sin(radians(place[1])))
    square, sixth = angle**2, angle**6
    stretch = 1.340264 - 3 * 0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square)
    east = radians(_wrapped(place[0] - centre[0])) * cos(angle) / (slant * stretch)
    return east, angle * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square))


def _wrapped(longitude: float) -> float:
    """A difference of longitudes within half a turn; one on the edge stays on its side."""
    if abs(longitude) <= 180.0 + 1e-6:
        return longitude
    return (longitude + 180.0) % 360.0 - 180.0


def apart(here: Point, there: Point) -> float:
    """Degrees between two places, on the sphere."""
    turn, low, high = radians(there[0] - here[0]), radians(here[1]), radians(there[1])
    facing = sin(low) * sin(high) + cos(low) * cos(high) * cos(turn)
    return degrees(atan2(sqrt(max(0.0, 1 - facing * facing)), facing))
