"""Tables into entities: header names are dotted field paths, an empty cell is an absent field."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.errors import BadInput, Fault

from .fields import did_you_mean, keys_of
from .node import Node, Place, Scalar
from .numerals import whole_number
from .schema import Shape
from .text import label, read_text
from .wording import shown

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BOOLEAN = {"true": True, "false": False}
IGNORED = ""
"""In a renaming of columns, the field of a column that is left out."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each with the line that it starts in; those of a CSV file are text."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[Any]], ...]
    header_line: int | None = 1
    renaming: str = "rename it under `columns`"
    """How a column that is no field can be put right."""
    is_text: bool = True
    """Whether cells are text, in which no mapping can stand."""


@dataclass(frozen=True, slots=True)
class _Column:
    number: int
    path: tuple[str, ...]
    shape: Shape


def read_table(path: Path, faults: list[Fault]) -> Table | None:
    """The table in a CSV file; None, with the faults reported, where it cannot be read as one."""
    name = label(path)
    try:
        reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
        numbered: list[tuple[int, list[str]]] = []
        end = 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                numbered.append((end + 1, cells))
            end = reader.line_num
    except BadInput as error:
        faults.extend(error.faults)
        return None
    except csv.Error as error:
        faults.append(
            Fault(f"this is not CSV: {error}", name, end + 1, remedy="check the quotes of this line")
        )
        return None
    if not numbered:
        faults.append(Fault("the table has no header", name, 1, remedy="name the columns in the first line"))
        return None
    header = tuple(cell.strip() for cell in numbered[0][1])
    rows = []
    for line, cells in numbered[1:]:
        if len(cells) != len(header):
            message = f"the row has {len(cells)} cells and the header {len(header)}"
            faults.append(
                Fault(message, name, line, value=shown(",".join(cells)), remedy="check the commas and quotes")
            )
        else:
            rows.append((line, cells))
    table = Table(name, header, tuple(rows))
    faults += repeated_columns(table)
    return table


def repeated_columns(table: Table) -> list[Fault]:
    """The columns that a header names more than once."""
    repeated = sorted({column for column in table.header if table.header.count(column) > 1})
    return [
        Fault(
            "the column occurs twice",
            table.file,
            table.header_line,
            value=shown(column),
            remedy="remove one of them",
        )
        for column in repeated
    ]


def text_cell(cell: str, shape: Shape, place: Place) -> Node | None:
    """What a cell of text says of a field of `shape`; None where it is empty."""
    return _cell(cell.strip(), shape, place) if cell.strip() else None


def entities(
    table: Table,
    shape: Shape,
    renamed: Mapping[str, str],
    strict: bool,
    faults: list[Fault],
    read: Callable[[Any, Shape, Place], Node | None] = text_cell,
) -> tuple[Node, ...]:
    """One mapping for each row of `table`.

    `shape` is that of an entity, `renamed` maps columns to field paths. With `strict`, a column that is no
    field is a fault, and the rows are placeholders; otherwise it is left out. `read` makes a node of a cell,
    or None where the field is absent.
    """
    columns = []
    complete = True
    for number, name in enumerate(table.header):
        path = renamed.get(name, name)
        leaf = field_shape(shape, path) if path != IGNORED else None
        fits = leaf is not None and (leaf.scalars or leaf.choices or leaf.item or not table.is_text)
        if leaf is not None and fits:
            columns.append(_Column(number, tuple(path.split(".")), leaf))
        elif strict and path != IGNORED:
            complete = False
            remedy = f"{table.renaming}; {did_you_mean(path, keys_of(shape))}"
            faults.append(
                Fault(
                    "the column is no field", table.file, table.header_line, value=shown(name), remedy=remedy
                )
            )
    faults += _overlaps(table, columns)
    rows = (_entity(Place(table.file, line), cells, columns, read) for line, cells in table.rows)
    return tuple(rows) if complete else tuple(replace(row, placeholder=True) for row in rows)


def field_shape(shape: Shape, path: str) -> Shape | None:
    """The shape of the field that a dotted path leads to; None where there is none."""
    current: Shape | None = shape
    for part in path.split("."):
        if current is None or current.item is not None or not part:
            return None
        known = keys_of(current)
        if known and part not in known:
            return None
        current = current.child(part)
    return current


def _overlaps(table: Table, columns: list[_Column]) -> list[Fault]:
    """Columns that give a field which another column gives in whole."""
    return [
        Fault(
            f"the column gives what column {shown(table.header[other.number])} gives already",
            table.file,
            table.header_line,
            value=shown(table.header[column.number]),
            remedy="keep one of them",
        )
        for column in columns
        for other in columns
        if column.path[: len(other.path)] == other.path
        and (column.path != other.path or column.number > other.number)
    ]


def _entity(
    place: Place,
    cells: Sequence[Any],
    columns: list[_Column],
    read: Callable[[Any, Shape, Place], Node | None],
) -> Node:
    found: dict[str, Node] = {}
    for column in columns:
        node = read(cells[column.number], column.shape, place)
        if node is not None:
            _put(found, column.path, node, place)
    return Node(found, place)


def _put(found: dict[str, Node], path: tuple[str, ...], node: Node, place: Place) -> None:
    *parents, last = path
    for parent in parents:
        found = found.setdefault(parent, Node({}, place)).mapping
    found[last] = node


def _cell(text: str, shape: Shape, place: Place) -> Node:
    if shape.item is not None and text not in shape.choices:
        parts = (part.strip() for part in text.split("|"))
        return Node(tuple(_cell(part, shape.item, place) for part in parts if part), place)
    return Node(_scalar(text, shape), place)


def _scalar(text: str, shape: Shape) -> Scalar:
    if shape.is_numeric:
        if _INTEGER.fullmatch(text):
            return whole_number(text)
        return float(text) if _FLOAT.fullmatch(text) else text
    if bool in shape.scalars:
        return _BOOLEAN.get(text.casefold(), text)
    return text
