"""The first sheet: the result, totals by period, where the plan comes from, the way to the other sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..about import About, Fact
from ..palette import AMBER, BLUE
from ..tables import PERSONS, TEAMS, PlanTable
from .data_sheets import cells_of
from .sheet import Book, Sheet, address, reference

NAME = "Summary"
LABELS = 3
"""Columns in front of the periods in the totals: table, column, unit."""
STOCKS = (PERSONS, TEAMS)
"""Units of what is there in a period, and has no sum over periods."""
FLOWS = {"contributions": ("paid", BLUE), "expenditures": ("spent", AMBER)}
"""Tables whose totals are drawn."""


def write_summary(book: Book, told: About, every: Sequence[PlanTable], periods: Sequence[int]) -> None:
    """Add the sheet."""
    sheet = book.sheet(NAME, colour=BLUE)
    sheet.widths(32, 22, 20, *(13 for _ in range(len(periods) + 1)))
    sheet.text(0, 0, told.title, "title")
    last = max(LABELS + len(periods), 6)
    for row, text in ((1, told.description), (2, told.headline)):
        sheet.made.merge_range(row, 0, row, last, "", book.style("wrapped"))
        sheet.text(row, 0, text, "wrapped")
        sheet.made.set_row(row, 15 * (1 + len(text) // 120))
    row = _facts(sheet, 4, "Result", told.result)
    row = _totals(sheet, row + 1, every, periods)
    row = _facts(sheet, row + 1, "Origin", told.origin)
    _contents(sheet, row + 1, every)
    sheet.made.fit_to_pages(1, 1)
    sheet.made.activate()


def _facts(sheet: Sheet, row: int, heading: str, facts: Sequence[Fact]) -> int:
    """Write facts under a heading; gives the row below them."""
    sheet.text(row, 0, heading, "heading")
    for fact in facts:
        row += 1
        sheet.text(row, 0, fact.name)
        if isinstance(fact.value, str):
            sheet.text(row, 1, fact.value)
        else:
            sheet.made.write_number(row, 1, fact.value, sheet.book.figure_style(fact.unit, "left"))
        if fact.unit not in ("", "share"):
            sheet.text(row, 2, fact.unit, "muted")
    return row + 1


def _totals(sheet: Sheet, row: int, every: Sequence[PlanTable], periods: Sequence[int]) -> int:
    """Write sums of the columns that add up, as formulas; gives the row below."""
    sheet.text(row, 0, "Totals of the tables by period", "heading")
    row += 1
    sheet.header(row, ("table", "column", "unit"))
    for position, period in enumerate(periods):
        sheet.made.write_number(row, LABELS + position, period, sheet.book.style("header", "0"))
    sheet.text(row, LABELS + len(periods), "all periods", "header-right")
    heads, money = row, {}
    for table in every:
        for column in table.columns:
            if column.adds_up and table.rows:
                row += 1
                sheet.text(row, 0, table.title)
                sheet.text(row, 1, column.name)
                sheet.text(row, 2, column.unit, "muted")
                _total(sheet, (heads, row), (table, column.name, column.unit), periods)
                if table.name in FLOWS:
                    money[table.name] = row
    if money:
        _flow_chart(sheet, heads, money, len(periods))
    return row + 1


def _total(
    sheet: Sheet, rows: tuple[int, int], what: tuple[PlanTable, str, str], periods: Sequence[int]
) -> None:
    (heads, row), (table, column, unit) = rows, what
    figures = [float(cell or 0) for cell in table.column(column)]
    years, cells = cells_of(table, "period"), cells_of(table, column)
    for position, period in enumerate(periods, start=LABELS):
        value = sum(
            figure for figure, year in zip(figures, table.column("period"), strict=True) if year == period
        )
        sheet.formula(row, position, f"=SUMIF({years},{address(heads, position)},{cells})", value, unit)
    if unit not in STOCKS:
        sheet.formula(row, LABELS + len(periods), f"=SUM({cells})", sum(figures), unit)


def _flow_chart(sheet: Sheet, heads: int, money: Mapping[str, int], periods: int) -> None:
    """Money paid in and spent in every period, beside the result."""

    def across(row: int) -> str:
        return f"={reference(NAME, (row, LABELS), (row, LABELS + periods - 1))}"

    chart = sheet.book.made.add_chart({"type": "column"})
    for table, row in money.items():
        name, colour = FLOWS[table]
        fill = {"color": colour}
        chart.add_series({"name": name, "categories": across(heads), "values": across(row), "fill": fill})
    chart.set_title({"name": "Paid and spent by period", "name_font": {"size": 12}})
    chart.set_y_axis({"min": 0, "num_format": "#,##0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 520, "height": 200})
    sheet.made.insert_chart(3, LABELS + 1, chart, {"x_offset": 10, "y_offset": 10})


def _contents(sheet: Sheet, row: int, every: Sequence[PlanTable]) -> None:
    sheet.text(row, 0, "Tables, which stand last: in print, the beginning of each", "heading")
    for table in every:
        row += 1
        sheet.made.write_url(row, 0, f"internal:'{table.name}'!A1", string=table.name)
        sheet.text(row, 1, table.meaning)
