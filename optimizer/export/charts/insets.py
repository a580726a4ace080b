"""Where signs crowd on a map: groups of places that are drawn again, larger, beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import degrees, dist

from ..outlines import Point
from .labelling import Box
from .projection import View, apart, view_of

WIDEST, SHARE = 20.0, 0.16
"""Degrees between places of a group at most, and the share of the map's width."""
CLOSE, PAIRS = 28.0, 2
"""Points between places that are too close, and how many pairs of them make a crowd."""
MARGIN, EDGE = 0.17, 16.0
"""Share of an inset that is free on each side for names; points around a group on the map itself."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A part of a map drawn again: `frame` is where it lies on the map, `places` are those drawn in it."""

    letter: str
    view: View
    frame: Box
    places: frozenset[Point]


def insets_of(
    places: Sequence[Point], whole: View, width: float, heights: tuple[float, float]
) -> list[Inset]:
    """The parts of the map `whole` in which `places` crowd, from west to east, each of that width."""
    crowds = [group for group in groups(places, _limit(whole)) if _crowds([*map(whole.at, group)])]
    crowds.sort(key=lambda group: min(whole.at(place)[0] for place in group))
    return [
        Inset(
            chr(ord("A") + n), view_of(group, width, heights, MARGIN), _frame(group, whole), frozenset(group)
        )
        for n, group in enumerate(crowds[:26])
    ]


def groups(places: Sequence[Point], limit: float) -> list[list[Point]]:
    """Places joined, the nearest first, while no two of a group are more than `limit` degrees apart."""
    found = [[place] for place in dict.fromkeys(places)]
    far = {frozenset(pair): apart(*pair) for pair in combinations(dict.fromkeys(places), 2)}

    def reach(one: list[Point], other: list[Point]) -> float:
        return max(far[frozenset((a, b))] for a in one for b in other)

    while len(found) > 1:
        nearest = min(combinations(range(len(found)), 2), key=lambda pair: reach(*_both(found, pair)))
        one, other = _both(found, nearest)
        if reach(one, other) > limit:
            break
        found = [group for group in found if group not in (one, other)] + [one + other]
    return found


def _both(found: list[list[Point]], pair: tuple[int, int]) -> tuple[list[Point], list[Point]]:
    return found[pair[0]], found[pair[1]]


def _limit(whole: View) -> float:
    return min(WIDEST, degrees(SHARE * whole.width / whole.scale))


def _crowds(group: Sequence[tuple[float, float]]) -> bool:
    return sum(dist(*pair) < CLOSE for pair in combinations(group, 2)) >= PAIRS


def _frame(group: Sequence[Point], whole: View) -> Box:
    xs, ys = zip(*map(whole.at, group), strict=True)
    return min(xs) - EDGE, min(ys) - EDGE, max(xs) + EDGE, max(ys) + EDGE


def framed(insets: Sequence[Inset], place: Point) -> bool:
    """Whether a place is named in an inset, and so need not be on the map."""
    return any(place in inset.places for inset in insets)


def in_rows(insets: Sequence[Inset], columns: int) -> Iterator[Sequence[Inset]]:
    """Insets row by row."""
    for first in range(0, len(insets), columns):
        yield insets[first : first + columns]
