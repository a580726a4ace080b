"""A workbook under construction: its styles, and sheets whose texts stay texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from ..csv_tables import FORMULA_STARTS
from ..flattening import Cell
from ..palette import BLUE, INK, MUTED
from ..tables import INDEX, LOG, PERSONS, SHARE, TEAMS

LONGEST_TEXT = 32_767
"""Characters that a cell takes."""
WIDEST = 46
LINE, TWO_LINES = 15.0, 24
"""Height of a line in points, and characters of a head that two lines hold."""
NUMBER_FORMATS = {
    "year": "0",
    PERSONS: "#,##0",
    TEAMS: "#,##0.##",
    "contingents": "#,##0.##",
    SHARE: "0.00%",
    INDEX: "0.0000",
    LOG: "0.0000",
    "km": "#,##0",
    "hours": "#,##0.0",
    "seconds": "#,##0.0",
    "": "General",
}
MONEY_FORMAT = "#,##0.00"
"""What has a unit that is not in `NUMBER_FORMATS` is money, or as fine as money."""
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": INK},
    "heading": {"bold": True, "font_size": 12, "font_color": BLUE, "bottom": 1, "bottom_color": BLUE},
    "header": {
        "bold": True,
        "font_color": "#ffffff",
        "bg_color": BLUE,
        "text_wrap": True,
        "valign": "bottom",
    },
    "header-right": {
        "bold": True,
        "font_color": "#ffffff",
        "bg_color": BLUE,
        "valign": "bottom",
        "align": "right",
    },
    "text": {"valign": "top"},
    "quoted": {"valign": "top", "quote_prefix": True},
    "wrapped": {"text_wrap": True, "valign": "top", "indent": 1},
    "wrapped-quoted": {"text_wrap": True, "valign": "top", "indent": 1, "quote_prefix": True},
    "muted": {"font_color": MUTED, "indent": 1},
    "left": {"align": "left"},
}


@dataclass
class Book:
    """The workbook and the styles made so far."""

    made: xlsxwriter.Workbook
    styles: dict[tuple[str, str], Any] = field(default_factory=dict)

    def style(self, name: str, number: str = "") -> Any:
        """The style of that name with a number format."""
        if (name, number) not in self.styles:
            layout = {**_STYLES[name], **({"num_format": number} if number else {})}
            self.styles[name, number] = self.made.add_format(layout)
        return self.styles[name, number]

    def figure_style(self, unit: str, name: str = "text") -> Any:
        """A style for figures in `unit`."""
        return self.style(name, NUMBER_FORMATS.get(unit, MONEY_FORMAT))

    def sheet(self, name: str, *, colour: str) -> Sheet:
        """A new sheet, printed across one page."""
        made = self.made.add_worksheet(name)
        made.set_tab_color(colour)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_footer("&L&A&R&P / &N")
        made.hide_gridlines(2)
        return Sheet(self, made, name)


@dataclass
class Sheet:
    """A sheet; rows and columns are counted from 0."""

    book: Book
    made: Any
    name: str

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write `text` as text. One that looks like a formula is marked so that editing leaves it a text."""
        if text.startswith(FORMULA_STARTS) and style in ("text", "wrapped"):
            style = "quoted" if style == "text" else "wrapped-quoted"
        shown = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
        self.made.write_string(row, column, shown, self.book.style(style))

    def wrapped(self, row: int, texts: Mapping[int, tuple[str, float]]) -> None:
        """Write texts by column, each with its column's width in characters, in a row as high as they need.

        Not every program fits rows to texts when it opens a file.
        """
        lines = 1
        for column, (text, width) in texts.items():
            self.text(row, column, text, "wrapped")
            lines = max(lines, ceil(len(text) * 1.1 / width))
        self.made.set_row(row, LINE * lines)

    def cell(self, row: int, column: int, value: Cell, unit: str = "") -> None:
        """Write a value of any kind; nothing for None."""
        if isinstance(value, str):
            self.text(row, column, value)
        elif isinstance(value, bool):
            self.made.write_boolean(row, column, value)
        elif value is not None:
            self.made.write_number(row, column, value, self.book.figure_style(unit))

    def formula(self, row: int, column: int, formula: str, value: float, unit: str = "") -> None:
        """Write a formula with the value that it has."""
        self.made.write_formula(row, column, formula, self.book.figure_style(unit), value)

    def header(self, row: int, heads: Sequence[str], first: int = 0) -> None:
        """Write the heads of columns, with room for two lines or three; pages in print begin with them."""
        self.made.repeat_rows(row)
        self.made.set_row(row, 45 if any(len(head) > TWO_LINES for head in heads) else 30)
        for position, head in enumerate(heads):
            self.text(row, first + position, head, "header")

    def widths(self, *widths: float) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.made.set_column(column, column, width)

    def bars(self, first: tuple[int, int], last: tuple[int, int], colour: str) -> None:
        """Show the figures of a range as bars behind them."""
        layout = {"type": "data_bar", "bar_color": colour, "bar_solid": True, "data_bar_2010": True}
        self.made.conditional_format(*first, *last, layout)


def reference(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    """A range of a sheet, absolute.

    >>> reference("by head", (1, 0), (9, 0))
    "'by head'!$A$2:$A$10"
    """
    return f"'{sheet}'!{xl_range_abs(*first, *last)}"


def address(row: int, column: int) -> str:
    """A cell of the same sheet.

    >>> address(1, 0)
    'A2'
    """
    return str(xl_rowcol_to_cell(row, column))


def width_of(head: str, cells: Sequence[Cell]) -> float:
    """Characters that a column needs for its head and its first cells."""
    longest = max((len(str(cell)) if isinstance(cell, str) else 9 for cell in cells[:200]), default=0)
    return float(min(WIDEST, max(longest, min(len(head), 18)) + 3))
