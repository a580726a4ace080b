"""Tables as CSV: one row a line, nested figures in columns of their own, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from concord.models import Plan
from concord.models.plan import PLAN_TABLES

from .flattening import Cell, flat_rows, header, restorable_rows, row_type
from .tables import tables

DIGITS = 12
"""Significant digits: a millionth of a dollar in a million USD, far within the verifier's tolerance."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula."""


def plan_tables(plan: Plan) -> dict[str, str]:
    """File name to CSV text of every table of `plan`; a table without rows still has its header."""
    return {f"{name}.csv": csv_text(getattr(plan, name), row_type(name)) for name in PLAN_TABLES}


def columns_csv(plan: Plan) -> str:
    """What each column of each table of `plan` holds: table, column, kind, unit, meaning."""
    header: list[Cell] = ["table", "column", "kind", "unit", "meaning"]
    lines: list[list[Cell]] = [
        [table.name, column.name, column.kind.value, column.unit, column.meaning]
        for table in tables(plan)
        for column in table.columns
    ]
    return "".join(map(_line, [header, *lines]))


def csv_text(rows: Sequence[BaseModel], of: type[BaseModel]) -> str:
    """`rows` as CSV with a header: 12 significant digits, null as an empty cell, lists joined by `|`.

    A nested figure becomes a column `field.key`; a key that a row lacks is an empty cell. Text that a
    spreadsheet would run as a formula gets a leading apostrophe.
    """
    rounded = [{key: _rounded(cell) for key, cell in row.items()} for row in flat_rows(rows)]
    return "".join(map(_line, _lines(rounded, of)))


def restorable_csv(rows: Sequence[BaseModel], of: type[BaseModel]) -> str:
    """As `csv_text`, but with every digit and so that a problem reads the same rows back from it."""
    return "".join(map(_line, _lines(restorable_rows(rows), of)))


def _lines(flat: list[dict[str, Cell]], of: type[BaseModel]) -> Iterator[list[Cell]]:
    columns = header(flat, of)
    yield list(columns)
    yield from ([row.get(column) for column in columns] for row in flat)


def _line(cells: Iterable[Cell]) -> str:
    """A line of CSV. The writer quotes a carriage return only where lines end in one, so at first they do."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(map(_harmless, cells))
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def _rounded(cell: Cell) -> Cell:
    return float(f"{cell:.{DIGITS}g}") + 0.0 if isinstance(cell, float) else cell  # no minus before zero


def _harmless(cell: Cell) -> Cell:
    risky = isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA_STARTS)
    return f"'{cell}" if risky else cell
