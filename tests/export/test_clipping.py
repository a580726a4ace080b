"""What of a shape or a line lies in a frame."""

from __future__ import annotations

from concord.export.charts.clipping import pieces_within, ring_within

SQUARE = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)]


def test_a_ring_is_cut_at_the_frame() -> None:
    assert set(ring_within(SQUARE, 10.0, 10.0)) == {(0.0, 0.0), (5.0, 0.0), (5.0, 5.0), (0.0, 5.0)}
    assert ring_within([(x + 100, y) for x, y in SQUARE], 10.0, 10.0) == []
    assert set(ring_within([(20 * x, 20 * y) for x, y in SQUARE], 10.0, 10.0)) == {
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
    }


def test_a_line_is_cut_where_it_leaves_and_goes_on_where_it_comes_back() -> None:
    line = [(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 5.0)]
    assert pieces_within(line, 10.0, 10.0) == [
        [(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)],
        [(8.0, 10.0), (8.0, 5.0)],
    ]
    assert pieces_within([(-5.0, -5.0), (-1.0, 20.0)], 10.0, 10.0) == []
