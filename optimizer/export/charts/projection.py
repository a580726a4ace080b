"""A map that fills its frame with the places that matter: Lambert's azimuthal equal-area projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

from ..outlines import Point

MARGIN = 0.11
"""Share of the frame that is left free on each side."""
LEAST_SPAN = 0.12
"""Radians that a map shows at least, so that one place is not all of it."""


@dataclass(frozen=True, slots=True)
class View:
    """Where a map looks, as d3 has it: centre in degrees, points for each radian, shift of the centre."""

    centre: Point
    scale: float
    shift: tuple[float, float]
    width: float
    height: float

    def at(self, place: Point) -> tuple[float, float]:
        """Where a place is in the frame, in points from its upper left corner."""
        x, y = projected(place, self.centre)
        return self.shift[0] + self.scale * x, self.shift[1] - self.scale * y

    def shows(self, place: Point) -> bool:
        """Whether a place lies in the frame."""
        x, y = self.at(place)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def meets(self, polygon: Sequence[Sequence[Point]]) -> bool:
        """Whether any of a polygon may lie in the frame."""
        across, up = zip(*(self.at(place) for place in polygon[0]), strict=True)
        left, right, top, bottom = min(across), max(across), min(up), max(up)
        return bool(left < self.width and right > 0 and top < self.height and bottom > 0)


def view_of(places: Sequence[Point], width: float, heights: tuple[float, float]) -> View:
    """The view that shows all of `places` as large as they fit; the height is between `heights`."""
    centre = middle(places)
    across, up = zip(*(projected(place, centre) for place in places), strict=True)
    spans = [max(max(side) - min(side), LEAST_SPAN) / (1 - 2 * MARGIN) for side in (across, up)]
    height = min(max(width * spans[1] / spans[0], heights[0]), heights[1])
    scale = min(width / spans[0], height / spans[1])
    shift = (
        width / 2 - scale * (max(across) + min(across)) / 2,
        height / 2 + scale * (max(up) + min(up)) / 2,
    )
    return View(centre, scale, shift, width, height)


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


def apart(here: Point, there: Point) -> float:
    """Degrees between two places, on the sphere."""
    turn, low, high = radians(there[0] - here[0]), radians(here[1]), radians(there[1])
    facing = sin(low) * sin(high) + cos(low) * cos(high) * cos(turn)
    return degrees(atan2(sqrt(max(0.0, 1 - facing * facing)), facing))
