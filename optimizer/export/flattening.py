"""Rows of models as flat records: a nested figure becomes a column `field.key`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel

from concord.models import Plan

Cell = str | int | float | None


def row_type(table: str) -> type[BaseModel]:
    """The model of a row of one of the tables of a plan."""
    found: type[BaseModel] = get_args(Plan.model_fields[table].annotation)[0]
    return found


def flat_rows(rows: Sequence[BaseModel]) -> list[dict[str, Cell]]:
    """A record for each row; lists of plain values are joined by `|`, lists of anything richer are JSON."""
    return [_flat(row.model_dump(mode="json")) for row in rows]


def restorable_rows(rows: Sequence[BaseModel]) -> list[dict[str, Cell]]:
    """As `flat_rows`, but an empty list or mapping is JSON where an empty cell says something else."""
    restorable = []
    for row, flat in zip(rows, flat_rows(rows), strict=True):
        empties = _empties(row.model_dump(mode="json", exclude_defaults=True))
        parents = {column.rpartition(".")[0] for column in flat}
        restorable.append(flat | {key: cell for key, cell in empties.items() if key not in parents})
    return restorable


def _empties(row: Mapping[str, object], prefix: str = "") -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for key, value in row.items():
        if value in ([], {}):
            cells[prefix + key] = json.dumps(value)
        elif isinstance(value, dict):
            cells |= _empties(value, f"{prefix}{key}.")
    return cells


def header(flat: Iterable[Mapping[str, Cell]], of: type[BaseModel]) -> list[str]:
    """Columns in the order of the fields; the keys of a nested field in alphabetical order."""
    order = {field: number for number, field in enumerate(of.model_fields)}
    found = {column for row in flat for column in row} or set(_plain_fields(of))
    return sorted(found, key=lambda column: (order[column.partition(".")[0]], column))


def _flat(row: Mapping[str, object], prefix: str = "") -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for key, value in row.items():
        if value is None or isinstance(value, str | int | float):
            cells[prefix + key] = value
        elif isinstance(value, dict):
            cells |= _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            cells[prefix + key] = _listed(value)
        else:
            raise TypeError(f"{prefix}{key}: a cell cannot hold {type(value).__name__}")
    return cells


def _listed(values: Sequence[object]) -> str:
    if all(isinstance(value, int | float) or _is_plain(value) for value in values):
        return "|".join(map(str, values))
    return json.dumps(values, ensure_ascii=False)


def _is_plain(value: object) -> bool:
    """Whether a text can be told from its neighbours when it is joined to them."""
    return (
        isinstance(value, str) and value == value.strip() != "" and "|" not in value and value[0] not in "[{"
    )


def _plain_fields(of: type[BaseModel]) -> Iterable[str]:
    """Fields that make a column even where there is no row."""
    return (name for name, field in of.model_fields.items() if not _is_nested(field.annotation))


def _is_nested(annotation: object) -> bool:
    options = (annotation, *get_args(annotation))
    return any(
        getattr(option, "__origin__", None) is dict
        or (isinstance(option, type) and issubclass(option, BaseModel))
        for option in options
    )
