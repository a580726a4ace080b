"""Lines and polygons are cut at the date line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from concord.export.dateline import cut_line, cut_polygon
from concord.export.outlines import Line, outlines


def area(ring: Line) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def test_a_line_that_does_not_cross_is_left_alone() -> None:
    assert cut_line([(10.0, 0.0), (20.0, 5.0)]) == [[(10.0, 0.0), (20.0, 5.0)]]


def test_a_line_across_is_cut_in_two_where_it_crosses() -> None:
    east, west = cut_line([(170.0, 0.0), (-170.0, 10.0)])
    assert east == [(170.0, 0.0), (180.0, 5.0)]
    assert west == [(-180.0, 5.0), (-170.0, 10.0)]


def test_a_polygon_across_becomes_two_of_the_same_area_counterclockwise() -> None:
    square = [(170.0, 0.0), (170.0, 10.0), (-170.0, 10.0), (-170.0, 0.0), (170.0, 0.0)]
    parts = cut_polygon([square])
    assert sorted(area(part[0]) for part in parts) == [100.0, 100.0]
    assert {x for part in parts for x, _ in part[0]} == {170.0, 180.0, -180.0, -170.0}


def test_a_hole_stays_with_its_part_and_runs_clockwise() -> None:
    outer = [(0.0, 0.0), (0.0, 9.0), (9.0, 9.0), (9.0, 0.0), (0.0, 0.0)]
    hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]
    ((wound_outer, wound_hole),) = cut_polygon([outer, hole])
    assert area(wound_outer) == 81.0
    assert area(wound_hole) == -1.0


@pytest.mark.parametrize("state", ["RUS", "FJI", "USA", "FRA"])
def test_every_outline_is_within_the_map_once_cut(state: str) -> None:
    for polygon in outlines().polygons(state):
        for part in cut_polygon(polygon):
            assert all(abs(x) <= 180 for ring in part for x, _ in ring)
            assert all(abs(there[0] - here[0]) <= 180 for ring in part for here, there in pairwise(ring))
            assert area(part[0]) > 0
