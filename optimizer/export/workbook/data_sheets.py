"""A sheet for each table of the plan: frozen heads, filters, formats by unit, bars behind figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ..palette import PALE, SKY
from ..tables import LOG, SHARE, Kind, PlanTable, TableColumn
from .sheet import Book, Sheet, reference, width_of

PRINTED_ROWS, PRINTED_WIDTH = 40, 190.0
"""Rows of a table, and characters of its columns, that are printed."""
BARRED = 3
"""Rows from which bars behind figures say something."""


def write_table(book: Book, table: PlanTable) -> None:
    """Add the sheet of `table`, named like it: heads in the first row, nothing but the rows below."""
    sheet, widths = book.sheet(table.name, colour=PALE), list[float]()
    for position, column in enumerate(table.columns):
        sheet.text(0, position, column.name, "header")
        note = "\n".join(filter(None, [f"Unit: {column.unit}" if column.unit else "", column.meaning]))
        if note:
            sheet.made.write_comment(0, position, note, {"x_scale": 2})
        cells = [row[position] for row in table.rows]
        widths.append(width_of(column.name, cells))
        sheet.made.set_column(position, position, widths[-1], book.figure_style(column.unit))
        for row, cell in enumerate(cells, start=1):
            sheet.cell(row, position, cell, column.unit)
    sheet.made.freeze_panes(1, _keys(table))
    sheet.made.repeat_rows(0)
    _first_page(sheet, table, widths)
    if table.rows:
        sheet.made.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        _decorate(sheet, table)


def _first_page(sheet: Sheet, table: PlanTable, widths: Sequence[float]) -> None:
    """Print the beginning of the table alone, on a page that says so: the whole is for programs."""
    rows = min(len(table.rows), PRINTED_ROWS)
    columns = max(1, sum(width <= PRINTED_WIDTH for width in accumulate(widths)))
    sheet.made.print_area(0, 0, rows, columns - 1)
    sheet.made.fit_to_pages(1, 1)
    if rows < len(table.rows) or columns < len(widths):
        part = f"{rows} of {len(table.rows):,} rows, {columns} of {len(widths)} columns"
        sheet.made.set_footer(f"&L&A: {part}&R&P / &N")


def cells_of(table: PlanTable, column: str) -> str:
    """The range of the cells of a column on the sheet of its table."""
    position = [each.name for each in table.columns].index(column)
    return reference(table.name, (1, position), (max(len(table.rows), 1), position))


def _keys(table: PlanTable) -> int:
    """How many of the first columns name what a row is about, three at most."""
    keys = 0
    for column in table.columns[:3]:
        if column.kind is not Kind.TEXT and column.unit != "year":
            break
        keys += 1
    return keys


def _decorate(sheet: Sheet, table: PlanTable) -> None:
    if len(table.rows) < BARRED:
        return
    for position, column in enumerate(table.columns):
        if column.adds_up or column.unit == SHARE:
            sheet.bars((1, position), (len(table.rows), position), SKY)
        elif _is_shaded(column):
            area = (1, position, len(table.rows), position)
            sheet.made.conditional_format(*area, _SHADES)


def _is_shaded(column: TableColumn) -> bool:
    return column.unit == LOG and "." in column.name


_SHADES = {
    "type": "3_color_scale",
    "mid_type": "num",
    "mid_value": 0,
    "min_type": "num",
    "min_value": -0.5,
    "max_type": "num",
    "max_value": 0.5,
    "min_color": "#e3a18f",
    "mid_color": "#ffffff",
    "max_color": "#8ec7bf",
}
