"""A folder of Parquet tables: typed columns, each with unit and meaning, and the plan's facts as metadata."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from concord.models import DesignProblem, Plan

from .about import CAVEAT, About, about
from .tables import Kind, PlanTable, TableColumn, tables

KEY = "concord"
"""Key of the metadata of a file: a JSON object."""
_TYPES = {Kind.TEXT: pa.string(), Kind.FLAG: pa.bool_(), Kind.WHOLE: pa.int64(), Kind.NUMBER: pa.float64()}


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the folder, with a file for each table of the plan."""
    path.mkdir()
    told = about(plan, problem)
    for table in tables(plan):
        parquet.write_table(_arrow(table, told), path / f"{table.name}.parquet")


def _arrow(table: PlanTable, told: About) -> pa.Table:
    metadata = {
        KEY: json.dumps({"table": table.meaning, "caveat": CAVEAT, **asdict(told)}, ensure_ascii=False)
    }
    schema = pa.schema([_field(column) for column in table.columns], metadata=metadata)
    cells = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.columns)
    arrays = [pa.array(list(column), type=field.type) for column, field in zip(cells, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _field(column: TableColumn) -> pa.Field:
    return pa.field(
        column.name, _TYPES[column.kind], metadata={"unit": column.unit, "meaning": column.meaning}
    )
