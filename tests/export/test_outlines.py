"""Outlines of the states of 1992."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from concord.export.outlines import Line, Polygon, outlines

TABLES = Path(__file__).parents[2] / "data" / "tables"


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def signed_area(ring: Line) -> float:
    """Square degrees, above 0 if the ring runs counterclockwise; of a ring across the date line, too."""
    ring = [(x % 360, y) for x, y in ring] if any(abs(x) > 170 for x, _ in ring) else ring
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def encloses(polygon: Polygon, x: float, y: float) -> bool:
    crossings = 0
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def test_every_state_of_1992_has_an_outline() -> None:
    assert set(outlines().rings) == {row["id"] for row in rows("states-1992")}


def test_rings_are_closed_and_wound_one_way() -> None:
    for state in outlines().rings:
        for outer, *holes in outlines().polygons(state):
            assert outer[0] == outer[-1]
            assert len(outer) >= 4
            assert signed_area(outer) < 0
            assert all(signed_area(hole) > 0 for hole in holes)


@pytest.mark.parametrize(
    ("state", "longitude", "latitude"),
    [
        ("CSK", 14.4, 50.1),
        ("CSK", 17.3, 48.5),
        ("YUG", 20.5, 44.5),
        ("YUG", 19.3, 42.6),
        ("YUG", 21.0, 42.6),
        ("UKR", 34.1, 45.0),
        ("ETH", 38.9, 15.3),
    ],
)
def test_a_place_belongs_to_the_state_of_1992(state: str, longitude: float, latitude: float) -> None:
    around = [
        other
        for other in outlines().rings
        if any(encloses(polygon, longitude, latitude) for polygon in outlines().polygons(other))
    ]
    assert around == [state]


def test_the_borders_on_land_are_those_of_the_table() -> None:
    """But for what is too short to be drawn, and what the source counts that is no border on the map."""
    undrawn = {
        (row["state_a"], row["state_b"])
        for row in rows("contiguity-1992")
        if row["type"] == "1" and not outlines().border(row["state_a"], row["state_b"])
    }
    short = {("ARE", "QAT"), ("BWA", "ZMB"), ("ESP", "MAR"), ("MYS", "SGP")}
    undrawn_by_the_source = {("BHR", "SAU"), ("CYP", "TUR"), ("MAR", "MRT"), ("MMR", "PAK")}
    assert undrawn == short | undrawn_by_the_source


def test_a_border_is_the_same_line_from_either_side() -> None:
    there, back = outlines().border("FRA", "DEU"), outlines().border("DEU", "FRA")
    assert [line[::-1] for line in back] == there
    assert outlines().border("PRT", "POL") == []


def test_a_state_without_an_outline_has_no_polygons() -> None:
    assert outlines().polygons("A-land") == []
