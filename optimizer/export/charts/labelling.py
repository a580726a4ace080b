"""Names on a map: beside their signs where there is room, none over another, the important ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..outlines import Polygon
from .drawing import short
from .projection import View

LENGTHS = (64, 44, 26)
"""Characters of a name that are shown, and fewer where so many find no room."""
REACHES = (0.0, 14.0, 30.0, 50.0, 75.0)
"""Points from a sign's edge to its name; a line leads to a name that is not next to it."""
BASELINE = 0.31
"""Share of the height of a line that the baseline of a text lies below its middle."""

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Line = tuple[tuple[float, float], ...]
Place = tuple[float, float, Anchor, float]
"""Where the text begins, has its middle or ends; and points beyond the gap."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that should stand beside a sign at a place of the frame or, where `gap` is 0, amid an area.

    A sign without a name is only kept clear of.
    """

    x: float
    y: float
    text: str
    gap: float = 11.0
    """Points from the middle of the sign to a name next to it."""
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
    leader: Line = ()
    """From the sign to a name that stands farther off; otherwise empty."""


def labelled(wishes: Iterable[Wish], view: View, letter: float, line: float) -> Iterator[Label]:
    """The names that have a place, in the order of their importance.

    `letter` is the width of a letter and `line` the height of a line, in points. A name stands next to its
    sign, to the right if it can, or farther off with a line to it; it covers no other name or sign.
    """
    every = list(wishes)
    taken = [_around(wish) for wish in every if wish.gap]
    for wish in every:
        if not wish.text:
            continue
        own = [box for box in taken if not (wish.gap and box == _around(wish))]
        for text, place in _places(wish, letter, line):
            x, y, anchor, reach = place
            box = _box((x, y), letter * len(text), line, anchor)
            if _inside(box, view) and not any(_meet(box, other) for other in own):
                taken.append(box)
                leader = ((wish.x, wish.y), (x, y)) if reach else ()
                yield Label(x, y + BASELINE * line, text, anchor, of_area=not wish.gap, leader=leader)
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


def _places(wish: Wish, letter: float, line: float) -> Iterator[tuple[str, Place]]:
    """What may be written where: the middle or the beginning of the text, and points beyond the gap."""
    if not wish.gap:
        text = short(wish.text, LENGTHS[0])
        if letter * len(text) <= wish.room:
            yield text, (wish.x, wish.y, "middle", 0.0)
        return
    for text in dict.fromkeys(short(wish.text, length) for length in LENGTHS):
        for reach in REACHES:
            for x, y, anchor in _around_at(wish, reach, line):
                yield text, (x, y, anchor, reach)


def _around_at(wish: Wish, reach: float, line: float) -> Iterator[tuple[float, float, Anchor]]:
    far = wish.gap + reach
    slant, rise = 0.8 * far, 0.55 * far + 0.3 * line
    yield wish.x + far, wish.y, "start"
    yield wish.x - far, wish.y, "end"
    yield wish.x, wish.y - far - line / 2, "middle"
    yield wish.x, wish.y + far + line / 2, "middle"
    sides: tuple[tuple[float, Anchor], ...] = ((slant, "start"), (-slant, "end"))
    for across, anchor in sides:
        yield wish.x + across, wish.y - rise, anchor
        yield wish.x + across, wish.y + rise, anchor


def _around(wish: Wish) -> Box:
    return wish.x - wish.gap, wish.y - wish.gap, wish.x + wish.gap, wish.y + wish.gap


def _box(place: tuple[float, float], width: float, line: float, anchor: Anchor) -> Box:
    left = place[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, place[1] - line / 2, left + width, place[1] + line / 2


def _inside(box: Box, view: View) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
