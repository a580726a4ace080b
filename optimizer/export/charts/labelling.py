"""Names on a map: beside their signs where there is room, none over another, the important ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..outlines import Polygon
from .drawing import short
from .projection import View

LONGEST = 32
"""Characters of a name that are shown."""
BASELINE = 0.31
"""Share of the height of a line that the baseline of a text lies below its middle."""

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that should stand beside a sign at a place of the frame or, where `gap` is 0, amid an area."""

    x: float
    y: float
    text: str
    gap: float = 11.0
    room: float = 0.0
    """Width of the area; a name that is wider is left out. Of no matter for signs."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it stands: `x` is its start, middle or end, `y` its baseline."""

    x: float
    y: float
    text: str
    anchor: Anchor
    of_area: bool = False


def labelled(wishes: Iterable[Wish], view: View, letter: float, line: float) -> Iterator[Label]:
    """The names that have a place, in the order of their importance.

    `letter` is the width of a letter and `line` the height of a line, in points. A name goes to the right of
    its sign, or else to the left, above, or below; names of areas also keep clear of signs.
    """
    every = list(wishes)
    signs = [_around(wish) for wish in every if wish.gap]
    taken: list[Box] = []
    for wish in every:
        text = short(wish.text, LONGEST)
        width = letter * len(text)
        if not wish.gap and width > wish.room:
            continue
        blocked = taken if wish.gap else [*taken, *signs]
        for x, y, anchor in _places(wish, line):
            box = _box((x, y), width, line, anchor)
            if _inside(box, view) and not any(_meet(box, other) for other in blocked):
                taken.append(box)
                yield Label(x, y + BASELINE * line, text, anchor, of_area=not wish.gap)
                break


def middle_of(polygons: Sequence[Polygon], view: View) -> tuple[float, float, float] | None:
    """Where the name of an area stands in the frame, and how wide its largest part is; none out of sight."""
    found = [_centre([view.at(place) for place in polygon[0]]) for polygon in polygons if view.meets(polygon)]
    if not found:
        return None
    _, x, y, width = max(found)
    return x, y, width


def _centre(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Area, centre of gravity and width of a ring."""
    twice = across = down = 0.0
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x * next_y - next_x * y
        twice += cross
        across += (x + next_x) * cross
        down += (y + next_y) * cross
    xs = [x for x, _ in ring]
    if abs(twice) < 1e-9:
        return 0.0, ring[0][0], ring[0][1], 0.0
    return abs(twice) / 2, across / (3 * twice), down / (3 * twice), max(xs) - min(xs)


def _places(wish: Wish, line: float) -> Iterator[tuple[float, float, Anchor]]:
    if not wish.gap:
        yield wish.x, wish.y, "middle"
        return
    yield wish.x + wish.gap, wish.y, "start"
    yield wish.x - wish.gap, wish.y, "end"
    yield wish.x, wish.y - wish.gap - line / 2, "middle"
    yield wish.x, wish.y + wish.gap + line / 2, "middle"


def _around(wish: Wish) -> Box:
    return wish.x - wish.gap, wish.y - wish.gap, wish.x + wish.gap, wish.y + wish.gap


def _box(place: tuple[float, float], width: float, line: float, anchor: Anchor) -> Box:
    left = place[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, place[1] - line / 2, left + width, place[1] + line / 2


def _inside(box: Box, view: View) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
