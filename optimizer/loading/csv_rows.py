"""Tables into entities: header names are dotted field paths, an empty cell is an absent field."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from concord.errors import BadInput, Fault

from .fields import did_you_mean, keys_of
from .json_text import parse_json
from .node import Node, Place, Scalar
from .numerals import whole_number
from .schema import Shape
from .text import label, read_text
from .wording import listed, shown

_SEPARATORS = ",;\t"
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=([,;\t|])\"?[ \t,;]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
"""The first line that some spreadsheets write."""
_MOST_COLUMNS = 1000
"""A header that is longer was parted at the wrong places, or is no header."""
_FORMULA = re.compile(r"'+[=+\-@\t\r\n]")
"""Text that was written with an apostrophe, so that no spreadsheet runs it."""
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
    """The table in a CSV file; None, with the faults reported, where it cannot be read as one.

    Cells end with a comma, a semicolon or a tab, whichever parts the header; a line `sep=;` says which.
    """
    name = label(path)
    try:
        separator, numbered = _records(read_text(path), name)
    except BadInput as error:
        faults.extend(error.faults)
        return None
    if not numbered:
        faults.append(Fault("the table has no header", name, 1, remedy="name the columns in the first line"))
        return None
    header_line, names = numbered[0]
    width = len(names)
    while (
        width
        and not names[width - 1].strip()
        and not any(_further(cells, width - 1) for _, cells in numbered)
    ):
        width -= 1
    header = tuple(cell.strip() for cell in names[:width])
    rows = []
    for line, cells in numbered[1:]:
        if len(cells) < width or _further(cells, width):
            message = f"the row has {len(cells)} cells and the header {width}"
            written = shown(separator.join(cells))
            faults.append(Fault(message, name, line, value=written, remedy="check the commas and quotes"))
        else:
            rows.append((line, cells[:width]))
    table = Table(name, header, tuple(rows), header_line)
    faults += repeated_columns(table)
    return table


def _records(text: str, name: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """What parts the cells, and the records that are not blank, each with the line that it starts in."""
    stated = _SEPARATOR_LINE.match(text)
    start = stated.end() if stated else 0
    separator = stated[1] if stated else max(_SEPARATORS, key=lambda mark: _first_record(text, mark))
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
    before = 1 if stated else 0
    end = before
    numbered: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                numbered.append((end + 1, cells))
            end = before + reader.line_num
    except csv.Error as error:
        message, remedy = f"this is not CSV: {error}", "check the quotes of this line"
        raise BadInput([Fault(message, name, end + 1, remedy=remedy)]) from None
    return separator, numbered


def _first_record(text: str, separator: str) -> int:
    """The number of cells in the first line that is not blank."""
    lines = (line for line in io.StringIO(text) if line.strip())
    try:
        return len(next(csv.reader(lines, delimiter=separator)))
    except (csv.Error, StopIteration):
        return 0


def _further(cells: Sequence[str], width: int) -> bool:
    """Whether anything stands in a row beyond the first `width` cells."""
    return any(cell.strip() for cell in cells[width:])


def repeated_columns(table: Table) -> list[Fault]:
    """The columns that a header names more than once."""
    repeated = sorted(column for column, times in Counter(table.header).items() if times > 1)
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
    if len(table.header) > _MOST_COLUMNS:
        message = f"the table has {len(table.header)} columns"
        remedy = "one line for each thing, its fields in columns"
        faults.append(Fault(message, table.file, table.header_line, remedy=remedy))
        return ()
    columns = []
    complete = True
    for number, name in enumerate(table.header):
        path = renamed.get(name, name)
        leaf = field_shape(shape, path) if path != IGNORED else None
        if leaf is not None and _may_hold(leaf, table, number):
            columns.append(_Column(number, tuple(path.split(".")), leaf))
        elif not name and not table.is_text:
            continue
        elif not name:
            message, remedy = f"column {number + 1} has no name", "name it, or remove it"
            faults.append(Fault(message, table.file, table.header_line, remedy=remedy))
        elif strict and path != IGNORED:
            complete = False
            remedy = f"{table.renaming}; {_likely_fields(leaf, path, shape)}"
            faults.append(
                Fault(
                    "the column is no field", table.file, table.header_line, value=shown(name), remedy=remedy
                )
            )
    faults += _overlaps(table, columns, read)
    rows = (_entity(Place(table.file, line), cells, columns, read) for line, cells in table.rows)
    return tuple(rows) if complete else tuple(replace(row, placeholder=True) for row in rows)


def _may_hold(leaf: Shape, table: Table, number: int) -> bool:
    """Whether the cells of a column fit a field: a mapping stands in them as JSON, or not at all."""
    if leaf.scalars or leaf.choices or leaf.item or not table.is_text:
        return True
    return all(not cells[number].strip() or cells[number].lstrip()[0] in "[{" for _, cells in table.rows)


def _likely_fields(leaf: Shape | None, path: str, shape: Shape) -> str:
    """What the columns of a field with keys are called, or the fields there are."""
    if leaf is None:
        return did_you_mean(path, keys_of(shape))
    keys = keys_of(leaf) or (leaf.key.choices if leaf.key else ()) or ("NAME",)
    return f"give each key a column: {listed([f'{path}.{key}' for key in keys])}"


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


def _overlaps(
    table: Table, columns: list[_Column], read: Callable[[Any, Shape, Place], Node | None]
) -> list[Fault]:
    """Columns that give, in the same row, a field which another column gives in whole."""
    by_path: dict[tuple[str, ...], _Column] = {}
    for column in columns:
        by_path.setdefault(column.path, column)
    pairs = [
        (column, by_path[column.path[:length]])
        for column in columns
        for length in range(1, len(column.path) + 1)
        if by_path.get(column.path[:length], column) is not column
    ]

    def given(cells: Sequence[Any], column: _Column) -> bool:
        return read(cells[column.number], column.shape, Place(table.file)) is not None

    return [
        Fault(
            f"the column gives what column {shown(table.header[other.number])} gives already",
            table.file,
            table.header_line,
            value=shown(table.header[column.number]),
            remedy="keep one of them",
        )
        for column, other in pairs
        if column.path == other.path
        or any(given(cells, column) and given(cells, other) for _, cells in table.rows)
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
    if str not in shape.scalars and text[0] in "[{" and (node := _from_json(text, place)):
        return node
    if shape.item is not None and text not in shape.choices:
        parts = (part.strip() for part in text.split("|"))
        return Node(tuple(_cell(part, shape.item, place) for part in parts if part), place)
    return Node(_scalar(text, shape), place)


def _from_json(text: str, place: Place) -> Node | None:
    """What a cell says in JSON, as `show --csv` writes lists of entries."""
    try:
        return _placed(parse_json(text, place.file), place)
    except BadInput:
        return None


def _placed(node: Node, place: Place) -> Node:
    content = node.content
    if isinstance(content, tuple):
        content = tuple(_placed(child, place) for child in content)
    elif isinstance(content, dict):
        content = {name: _placed(child, place) for name, child in content.items()}
    return replace(node, content=content, place=place)


def _scalar(text: str, shape: Shape) -> Scalar:
    if shape.scalars & {int, float}:
        if _INTEGER.fullmatch(text):
            return whole_number(text)
        return float(text) if _FLOAT.fullmatch(text) else text
    if bool in shape.scalars:
        return _BOOLEAN.get(text.casefold(), text)
    return text[1:] if _FORMULA.match(text) else text
