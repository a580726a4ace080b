"""The key of the map: a row of signs with what they mean, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, ClassVar

import altair as alt

from ..palette import INK
from .drawing import Row, rows

STEP, SPACE, LETTER = 26.0, 18.0, 5.2
"""Height of a line, points between entries, and width of a letter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign (a shape of Vega, with its size in square points) and its meaning; a heading has no sign."""

    text: str
    shape: str = ""
    size: float = 0.0
    fill: str = ""
    stroke: str = ""

    BREAK: ClassVar[Entry]
    """A new line begins."""


Entry.BREAK = Entry("")


def legend(entries: Sequence[Entry], width: float) -> Any:
    """The entries as a chart of that width."""
    signs, texts = [], []
    lines = 1
    for entry, left, line in _placed(entries, width):
        lines, middle = line + 1, STEP * (line + 0.5)
        if entry.shape:
            signs.append(_sign(entry, left + _room(entry) / 2, middle))
        texts.append({"x": left + _room(entry), "y": middle, "text": entry.text})
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    marks = (
        alt.Chart(rows(signs))
        .mark_point(filled=True, opacity=1, aria=False)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        )
    )
    words = alt.Chart(rows(texts)).mark_text(align="left", baseline="middle", fontSize=11, color=INK)
    return alt.layer(marks, words.encode(x=x, y=y, text="text:N", description="text:N")).properties(
        width=width, height=STEP * lines
    )


def _placed(entries: Sequence[Entry], width: float) -> Iterator[tuple[Entry, float, int]]:
    """Entries with where they begin and their line."""
    x, line = 0.0, 0
    for entry in entries:
        wide = _room(entry) + LETTER * len(entry.text) + SPACE
        if x and (entry is Entry.BREAK or x + wide > width):
            x, line = 0.0, line + 1
        if entry is not Entry.BREAK:
            yield entry, x, line
            x += wide


def _room(entry: Entry) -> float:
    return max(16.0, sqrt(entry.size)) + 8.0 if entry.shape else 0.0


def _sign(entry: Entry, x: float, y: float) -> Row:
    width = 2.6 if entry.shape == "stroke" else 1.3
    return {
        "x": x,
        "y": y,
        "shape": entry.shape,
        "size": entry.size,
        "fill": entry.fill,
        "stroke": entry.stroke,
        "width": width,
    }
