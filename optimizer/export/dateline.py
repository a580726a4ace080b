"""Lines and polygons that cross the date line, cut there, as GeoJSON asks for."""

from __future__ import annotations

from itertools import pairwise

from .outlines import Line, Point, Polygon

HALF, WHOLE = 180.0, 360.0


def cut_line(line: Line) -> list[Line]:
    """The pieces of `line` on either side of the date line; a step of more than half the globe crosses it."""
    pieces: list[Line] = [[line[0]]]
    for here, there in pairwise(line):
        if abs(there[0] - here[0]) > HALF:
            edge = HALF if here[0] > 0 else -HALF
            beyond = there[0] + (WHOLE if edge > 0 else -WHOLE)
            share = (edge - here[0]) / (beyond - here[0]) if beyond != here[0] else 0.0
            latitude = here[1] + share * (there[1] - here[1])
            pieces[-1].append((edge, latitude))
            pieces.append([(-edge, latitude)])
        pieces[-1].append(there)
    return pieces


def cut_polygon(polygon: Polygon) -> list[Polygon]:
    """The parts of `polygon` on either side of the date line, outer rings counterclockwise."""
    rings = [_unwrapped(ring) for ring in polygon]
    parts: list[Polygon] = []
    for shift in (-WHOLE, 0.0, WHOLE):
        moved = [[(x + shift, y) for x, y in ring] for ring in rings]
        clipped = [_clipped(_clipped(ring, -HALF, 1), HALF, -1) for ring in moved]
        outer, *holes = clipped
        if len(outer) >= 4 and abs(_area(outer)) > 0:
            whole = [outer, *(hole for hole in holes if len(hole) >= 4)]
            parts.append([_wound(ring, outer=number == 0) for number, ring in enumerate(whole)])
    return parts


def _unwrapped(ring: Line) -> Line:
    """The ring without jumps: longitudes go on beyond 180 degrees."""
    found, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        if abs(x - before) > HALF:
            turn += WHOLE if x < before else -WHOLE
        found.append((x + turn, y))
    return found


def _clipped(ring: Line, edge: float, side: int) -> Line:
    """The part of a ring east (side 1) or west (side -1) of a meridian."""

    def inside(point: Point) -> bool:
        return side * (point[0] - edge) >= 0

    if all(map(inside, ring)):
        return ring
    found: Line = []
    for here, there in pairwise(ring):
        if inside(here):
            found.append(here)
        if inside(here) != inside(there):
            share = (edge - here[0]) / (there[0] - here[0])
            found.append((edge, round(here[1] + share * (there[1] - here[1]), 6)))
    return [*found, found[0]] if found else []


def _wound(ring: Line, *, outer: bool) -> Line:
    return ring if (_area(ring) > 0) is outer else ring[::-1]


def _area(ring: Line) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
