"""The tables of a plan with what a reader needs to know of each column: kind, unit, meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import NoneType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel

from concord.models import Plan
from concord.models.plan import PLAN_TABLES

from .flattening import Cell, flat_rows, header, row_type

MONEY = "money"
"""Stands for the currency of the plan."""
INDEX, LOG, PERSONS, SHARE, TEAMS = "index", "log", "persons", "share", "teams"
_UNITS = {
    "period": "year",
    "troops": PERSONS,
    "units": "contingents",
    "distance_km": "km",
    "hours": "hours",
    "teams": TEAMS,
    "price": "relative rise of the measure per unit",
    **dict.fromkeys(("amount", "arrears", "paid", "drawn", "carried_in", "carried_out"), MONEY),
    **dict.fromkeys(("spending", "cost", "soldiers_cost"), MONEY),
    **dict.fromkeys(("upkeep", "stock", "cash", "contingents", "lift", "monitors", "total"), MONEY),
    **dict.fromkeys(("share", "scale_share", "share_above_scale", "share_of_gdp"), SHARE),
    **dict.fromkeys(("gini", "jain", "min_max_ratio", "weight"), SHARE),
    **dict.fromkeys(("votes", "rule_votes", "votes_needed"), "votes"),
    **dict.fromkeys(("banzhaf", "absolute_banzhaf", "shapley_shubik"), SHARE),
    **dict.fromkeys(("power_rank", "security_rank", "baseline_security_rank"), "rank"),
    "power": INDEX,
    "per_head": "USD",
    **dict.fromkeys(("intensity", "arming", "reduction", "posture", "attribution"), LOG),
    **dict.fromkeys(("capacity", "threats", "threat", "ratio"), INDEX),
    **dict.fromkeys(("baseline", "value"), INDEX),
    **dict.fromkeys(("baseline_capacity", "baseline_threat", "baseline_ratio"), INDEX),
}
_UNITS_IN = {("lift", "amount"): "million tonne-km", ("garrisons", "capacity"): PERSONS}
"""Where a column of a table has another unit than its namesakes."""
_TOTALLED = frozenset(
    {"amount", "paid", "drawn", "spending", "cost", "soldiers_cost"}
    | {"troops", "teams", "cash", "contingents", "total"}
)
"""Columns whose sum over rows of a period means something."""


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    FLAG = "flag"
    WHOLE = "whole number"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: `unit` is empty where there is none, or where each row has its own."""

    name: str
    kind: Kind
    unit: str
    meaning: str
    adds_up: bool


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of a plan: `rows` have a cell for each column, None where there is nothing."""

    name: str
    meaning: str
    columns: tuple[TableColumn, ...]
    rows: list[list[Cell]]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize()

    def column(self, name: str) -> list[Cell]:
        """The cells of the column of that name."""
        position = [column.name for column in self.columns].index(name)
        return [row[position] for row in self.rows]


def tables(plan: Plan) -> tuple[PlanTable, ...]:
    """Every table of `plan`, in reading order; a table without rows has its columns all the same."""
    return tuple(_table(plan, name) for name in PLAN_TABLES)


def _table(plan: Plan, name: str) -> PlanTable:
    of = row_type(name)
    flat = flat_rows(getattr(plan, name))
    columns = tuple(_column(name, column, of, plan.problem.currency) for column in header(flat, of))
    rows = [[_plain(row.get(column.name), column.kind) for column in columns] for row in flat]
    return PlanTable(name, _first_paragraph(of.__doc__), columns, rows)


def _column(table: str, name: str, of: type[BaseModel], currency: str) -> TableColumn:
    field = name.partition(".")[0]
    unit = _UNITS_IN.get((table, field), _UNITS.get(field, ""))
    return TableColumn(
        name=name,
        kind=_kind(of.model_fields[field].annotation),
        unit=currency if unit == MONEY else unit,
        meaning=" ".join((of.model_fields[field].description or "").replace("`", "").split()),
        adds_up=field in _TOTALLED,
    )


def _kind(annotation: object) -> Kind:
    """The kind of a field, or of the figures in a mapping."""
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, bool):
        return Kind.FLAG
    if annotation is int:
        return Kind.WHOLE
    if annotation is float:
        return Kind.NUMBER
    origin = getattr(annotation, "__origin__", None)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _kind(get_args(annotation)[1])
    options = [option for option in get_args(annotation) if option is not NoneType]
    return _kind(options[0]) if len(options) == 1 and origin in {None, Union} else Kind.TEXT


def _plain(cell: Cell, kind: Kind) -> Cell:
    """A cell as its column wants it: a number is a float also where it is whole."""
    return float(cell) if kind is Kind.NUMBER and isinstance(cell, int) else cell


def _first_paragraph(text: str | None) -> str:
    return " ".join((text or "").partition("\n\n")[0].split())
