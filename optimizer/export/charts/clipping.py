"""What of a shape or a line lies in a frame: drawn programs clip slowly, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Spot = tuple[float, float]
"""A point of the frame, whose upper left corner is the origin."""


def ring_within(ring: Sequence[Spot], width: float, height: float) -> list[Spot]:
    """The part of a ring in the frame (Sutherland and Hodgman); empty outside."""
    found = list(ring)
    for axis, edge, side in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        corners, found = found, []
        for here, there in zip(corners, [*corners[1:], *corners[:1]], strict=True):
            inside, next_inside = side * (here[axis] - edge) >= 0, side * (there[axis] - edge) >= 0
            if inside:
                found.append(here)
            if inside != next_inside:
                found.append(_between(here, there, (edge - here[axis]) / (there[axis] - here[axis])))
    return found


def pieces_within(line: Sequence[Spot], width: float, height: float) -> list[list[Spot]]:
    """The pieces of a line in the frame (Liang and Barsky)."""
    pieces: list[list[Spot]] = []
    for here, there in pairwise(line):
        first, last = 0.0, 1.0
        for axis, edge, side in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
            start, step = side * (here[axis] - edge), side * (there[axis] - here[axis])
            if step > 0:
                first = max(first, -start / step)
            elif step < 0:
                last = min(last, -start / step)
            elif start < 0:
                first, last = 1.0, 0.0
        if first > last:
            continue
        start_at, end_at = _between(here, there, first), _between(here, there, last)
        if first == 0.0 and pieces and pieces[-1][-1] == start_at:
            pieces[-1].append(end_at)
        else:
            pieces.append([start_at, end_at])
    return pieces


def _between(here: Spot, there: Spot, share: float) -> Spot:
    if share in (0.0, 1.0):
        return there if share else here
    return here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])
