"""Outlines of the states of 1992, and the borders between them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, groupby

Point = tuple[float, float]
"""Longitude and latitude, decimal degrees."""
Line = list[Point]
Polygon = list[Line]
"""The outer ring and then those of holes; the first point of a ring is repeated at its end."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Lines that neighbours share are stored once, so that a border is what two states have in common."""

    arcs: tuple[Line, ...]
    rings: dict[str, list[list[list[int]]]]
    """State to polygons to rings to numbers of arcs; ~n is arc n backwards."""
    elsewhere: tuple[list[list[list[int]]], ...]
    """The same of territories that were no states."""

    def polygons(self, state: str) -> list[Polygon]:
        """The polygons of `state`, outer rings clockwise (as d3 wants them); empty where there is none."""
        return self._drawn(self.rings.get(state, []))

    def territories(self) -> list[list[Polygon]]:
        """The polygons of the territories that belong to no state here."""
        return [self._drawn(polygons) for polygons in self.elsewhere]

    def border(self, first: str, second: str) -> list[Line]:
        """The lines that two states share; empty where they have no border or no outline."""
        shared = self._arcs_of(first) & {~arc for arc in self._arcs_of(second)}
        return _chained([self._points(arc) for arc in sorted(shared, key=lambda arc: (max(arc, ~arc), arc))])

    def _drawn(self, polygons: list[list[list[int]]]) -> list[Polygon]:
        return [[self._ring(ring) for ring in polygon] for polygon in polygons]

    def _ring(self, ring: list[int]) -> Line:
        points = [point for arc in ring for point in self._points(arc)]
        return [point for point, _ in groupby(points)]

    def _points(self, arc: int) -> Line:
        return self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]

    def _arcs_of(self, state: str) -> set[int]:
        return {arc for polygon in self.rings.get(state, []) for ring in polygon for arc in ring}


@cache
def outlines() -> Outlines:
    """The outlines that come with Concord; data/SOURCES.md says where they are from."""
    topology = json.loads(
        files("concord.data").joinpath("maps", "outlines-1992.json").read_text(encoding="utf-8")
    )
    step = topology["transform"]["scale"][0]
    shapes = topology["objects"]["states"]["geometries"]
    return Outlines(
        arcs=tuple(_degrees(arc, step) for arc in topology["arcs"]),
        rings={shape["id"]: shape["arcs"] for shape in shapes if "id" in shape},
        elsewhere=tuple(shape["arcs"] for shape in shapes if "id" not in shape),
    )


def _degrees(arc: list[list[int]], step: float) -> Line:
    def place(total: int) -> float:
        return round(total * step, 6)

    across, up = zip(*arc, strict=True)
    return [(place(x), place(y)) for x, y in zip(accumulate(across), accumulate(up), strict=True)]


def _chained(lines: list[Line]) -> list[Line]:
    """Lines joined where one goes on from another."""
    chains: list[Line] = []
    rest = [list(line) for line in lines]
    while rest:
        chain = rest.pop(0)
        while neighbour := next(
            (line for line in rest if line[0] == chain[-1] or line[-1] == chain[0]), None
        ):
            rest.remove(neighbour)
            chain = chain + neighbour[1:] if neighbour[0] == chain[-1] else neighbour[:-1] + chain
        chains.append(chain)
    return chains
