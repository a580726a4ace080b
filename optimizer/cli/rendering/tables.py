"""Tables without frames, whose cells are text and nothing but text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from .console import styled

GUTTER = 2
LEAST_WORDS = 8
"""A column of words that is narrower cannot be read."""
LONGEST_HEADING = 16
MOST_WIDTH = 10_000
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


@overload
def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], *, expand: Literal[True]) -> Table: ...
@overload
def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> RenderableType: ...
def table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], *, expand: bool = False
) -> RenderableType:
    """A table in which figures and first columns stay whole and other words wrap.

    Where that needs more than the width at hand, each row is a list of headings and cells instead. Expanded,
    the table is as wide as the place it gets and a row is one line: the first column takes what the others
    leave, and what is too long is cut with an ellipsis.
    """
    cells = [[styled(cell) for cell in row] for row in rows]
    return _grid(columns, cells, expand=True) if expand else _Fitting(columns, cells)


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A table, or a list for each row where figures would be cut."""

    columns: Sequence[Column]
    rows: list[list[Text]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._least_width() <= options.max_width:
            yield _grid(self.columns, self.rows, expand=False)
            return
        for number, row in enumerate(self.rows):
            if number:
                yield Text()
            yield self._record(row)

    def _least_width(self) -> int:
        return sum(map(self._least, range(len(self.columns)))) + GUTTER * (len(self.columns) - 1)

    def _least(self, number: int) -> int:
        """The width without which a column is cut, or its words are taken apart."""
        column = self.columns[number]
        texts = [styled(column.title), *(row[number] for row in self.rows)]
        if _is_whole(number, column):
            return min(max(text.cell_len for text in texts), column.most or MOST_WIDTH)
        words = (cell_len(word) for text in texts for word in text.plain.split())
        return min(max(words, default=0), column.most or MOST_WIDTH, LEAST_WORDS)

    def _record(self, row: list[Text]) -> Table:
        record = Table.grid(padding=(0, GUTTER, 0, 0), pad_edge=False)
        record.add_column(style="bold", overflow="fold", max_width=LONGEST_HEADING)
        record.add_column(overflow="fold")
        for column, cell in zip(self.columns, row, strict=True):
            if cell.plain:
                record.add_row(styled(column.title), cell)
        return record


def _is_whole(number: int, column: Column) -> bool:
    return number == 0 or column.align == "right"


def _grid(columns: Sequence[Column], rows: Iterable[Sequence[Text]], *, expand: bool) -> Table:
    gutter = 1 if expand else GUTTER
    built = Table(box=None, padding=(0, gutter, 0, 0), header_style="bold", expand=expand, pad_edge=False)
    for number, column in enumerate(columns):
        built.add_column(
            styled(column.title),
            justify=column.align,
            no_wrap=expand or _is_whole(number, column),
            overflow="ellipsis" if expand or _is_whole(number, column) else "fold",
            max_width=column.most,
            ratio=1 if expand and number == 0 else None,
        )
    for row in rows:
        built.add_row(*row)
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
