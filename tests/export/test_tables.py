"""Tables know the kind, the unit and the meaning of their columns."""

from __future__ import annotations

from typing import Any

import pytest

from concord.export.tables import Kind, PlanTable, TableColumn, tables
from concord.models import Plan
from concord.models.plan import PLAN_TABLES

UNITLESS = {"minimum", "maximum", "limit"}
"""Figures whose unit stands elsewhere in their row."""


def column(plan: Plan, table: str, name: str) -> TableColumn:
    found = next(each for each in tables(plan) if each.name == table)
    return next(each for each in found.columns if each.name == name)


def test_every_table_is_there_and_explained(answered: Any) -> None:
    found = tables(answered.plan)
    assert [table.name for table in found] == list(PLAN_TABLES)
    assert all(table.meaning.endswith(".") for table in found)


def test_every_figure_has_a_unit(answered: Any) -> None:
    """A new column of a plan is entered in optimizer/export/tables.py."""
    lacking = [
        f"{table.name}.{each.name}"
        for table in tables(answered.plan)
        for each in table.columns
        if each.kind in (Kind.NUMBER, Kind.WHOLE) and not each.unit and each.name not in UNITLESS
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("table", "name", "kind", "unit"),
    [
        ("contributions", "amount", Kind.NUMBER, "million USD"),
        ("contributions", "scale_share", Kind.NUMBER, "share"),
        ("contributions", "period", Kind.WHOLE, "year"),
        ("lift", "amount", Kind.NUMBER, "million tonne-km"),
        ("garrisons", "founded", Kind.FLAG, ""),
        ("garrisons", "capacity", Kind.NUMBER, "persons"),
        ("security", "capacity", Kind.NUMBER, "index"),
        ("security", "threats.political", Kind.NUMBER, "index"),
        ("binding", "price", Kind.NUMBER, "relative rise of the measure per unit"),
        ("binding", "rule", Kind.TEXT, ""),
    ],
)
def test_a_column_has_its_kind_and_unit(plan: Plan, table: str, name: str, kind: Kind, unit: str) -> None:
    found = column(plan, table, name)
    assert (found.kind, found.unit) == (kind, unit)


def test_a_missing_figure_is_none_and_a_whole_number_in_a_column_of_numbers_is_a_float(plan: Plan) -> None:
    found: PlanTable = tables(plan)[0]
    assert found.column("scale_share") == [None, 0.25]
    assert all(isinstance(cell, float) for cell in found.column("share"))
