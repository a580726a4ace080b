"""Tables as CSV: one row a line, nested figures in columns of their own, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel

from models import Plan
from models.plan import PLAN_TABLES

Cell = str | int | float | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula."""


def plan_tables(plan: Plan) -> dict[str, str]:
    """File name to CSV text of every table of `plan`; a table without rows still has its header."""
    return {f"{name}.csv": csv_text(getattr(plan, name), _row_type(name)) for name in PLAN_TABLES}


def csv_text(rows: Sequence[BaseModel], row_type: type[BaseModel]) -> str:
    """`rows` as CSV with a header: numbers in full precision, null as an empty cell, lists joined by `|`.

    A nested figure becomes a column `field.key`; a key that a row lacks is an empty cell. Text that a
    spreadsheet would run as a formula gets a leading apostrophe.
    """
    flat = [_flat(row.model_dump(mode="json")) for row in rows]
    header = _header(flat, row_type)
    lines: list[list[Cell]] = [list(header), *([row.get(column) for column in header] for row in flat)]
    return "".join(map(_line, lines))


def _row_type(table: str) -> type[BaseModel]:
    row_type: type[BaseModel] = get_args(Plan.model_fields[table].annotation)[0]
    return row_type


def _flat(row: Mapping[str, object], prefix: str = "") -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            cells |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            cells[prefix + key] = _listed(value)
        elif value is None or isinstance(value, str | int | float):
            cells[prefix + key] = value
        else:
            raise TypeError(f"{prefix}{key}: a cell cannot hold {type(value).__name__}")
    return cells


def _listed(values: Sequence[object]) -> str:
    """Plain values joined by `|`; a list of anything richer as JSON."""
    if all(isinstance(value, str | int | float) for value in values):
        return "|".join(map(str, values))
    return json.dumps(values, ensure_ascii=False)


def _header(flat: Iterable[Mapping[str, Cell]], row_type: type[BaseModel]) -> list[str]:
    """Columns in the order of the fields; the keys of a nested field in alphabetical order."""
    order = {field: number for number, field in enumerate(row_type.model_fields)}
    found = {column for row in flat for column in row} or set(_plain_fields(row_type))
    return sorted(found, key=lambda column: (order[column.partition(".")[0]], column))


def _plain_fields(row_type: type[BaseModel]) -> Iterable[str]:
    """Fields that make a column even where there is no row."""
    return (name for name, field in row_type.model_fields.items() if not _is_nested(field.annotation))


def _is_nested(annotation: object) -> bool:
    options = (annotation, *get_args(annotation))
    return any(
        getattr(option, "__origin__", None) is dict
        or (isinstance(option, type) and issubclass(option, BaseModel))
        for option in options
    )


def _line(cells: Iterable[Cell]) -> str:
    """A line of CSV. The writer quotes a carriage return only where lines end in one, so at first they do."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(map(_harmless, cells))
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
