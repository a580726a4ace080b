"""Tables without frames, whose cells are text and nothing but text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import RenderableType
from rich.table import Table

from .console import styled

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, alignment, and greatest width."""

    title: str
    align: Align = "right"
    most: int | None = None


def text_column(title: str, most: int | None = None) -> Column:
    """A column of words."""
    return Column(title, "left", most)


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], *, expand: bool = False) -> Table:
    """A table in which figures and first columns stay whole and other words wrap.

    Expanded, it is as wide as the place it gets and a row is one line: the first column takes what the
    others leave, and what is too long is cut with an ellipsis.
    """
    gutter = 1 if expand else 2
    built = Table(box=None, padding=(0, gutter, 0, 0), header_style="bold", expand=expand, pad_edge=False)
    for number, column in enumerate(columns):
        built.add_column(
            styled(column.title),
            justify=column.align,
            no_wrap=expand or number == 0 or column.align == "right",
            overflow="ellipsis" if expand else "fold",
            max_width=column.most,
            ratio=1 if expand and number == 0 else None,
        )
    for row in rows:
        built.add_row(*map(styled, row))
    return built


def shortened(rows: Sequence[Sequence[str]], most: int) -> list[Sequence[str]]:
    """At most so many rows; where there are more, the last one tells how many.

    >>> shortened([["a", "1"], ["b", "2"], ["c", "3"]], 2)
    [['a', '1'], ['... 2 more', '']]
    """
    if len(rows) <= most:
        return list(rows)
    rest = len(rows) - most + 1
    return [*rows[: most - 1], [f"... {rest} more", *[""] * (len(rows[0]) - 1)]]


def side_by_side(left: RenderableType, right: RenderableType, widths: tuple[int, int]) -> Table:
    """Two things in columns whose widths are in the ratio of `widths`."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True, pad_edge=False)
    for width in widths:
        grid.add_column(ratio=width)
    grid.add_row(left, right)
    return grid


def amount(figure: float, digits: int = 1) -> str:
    """A figure with separators of thousands.

    >>> amount(1234.56), amount(-0.04)
    ('1,234.6', '0.0')
    """
    return f"{round(figure, digits) + 0.0:,.{digits}f}"


def percent(share: float, digits: int = 1) -> str:
    """A share in percent.

    >>> percent(0.1234)
    '12.3 %'
    """
    return f"{round(100 * share, digits) + 0.0:.{digits}f} %"


def signed_percent(share: float, digits: int = 1) -> str:
    """A relative change in percent, with its sign.

    >>> signed_percent(0.1234), signed_percent(-0.00001)
    ('+12.3 %', '+0.0 %')
    """
    return f"{round(100 * share, digits) + 0.0:+.{digits}f} %"
