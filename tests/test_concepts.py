"""What docs/concepts.md points at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from concord.formulation.assemble import EQUATIONS
from concord.loading import bundled_doctrines, bundled_problems
from concord.loading.schema import whole
from concord.models import DesignProblem, Plan

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs/concepts.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| idea ")
]
IDS = [row[0][:40] for row in ROWS]
QUOTED = re.compile(r"`([^`]+)`")
EQUATION = re.compile(r"(\b(?:S|\d+)\.\d+) `(\w+)`")
WRITTEN = {(equation.number, equation.write.__name__) for equation in EQUATIONS.values()}
SHOWN = {problem.name for problem in bundled_problems()} | {doctrine.name for doctrine in bundled_doctrines()}


def leads_to_a_field(model: type[BaseModel], path: str) -> bool:
    """Whether a dotted path leads through `model` and its lists to a field."""
    shape = whole(model)
    for part in path.split("."):
        while shape.item is not None:
            shape = shape.item
        child = shape.child(part)
        if shape.model is None or child is None:
            return False
        shape = child
    return True


def test_every_row_has_every_column() -> None:
    assert len(ROWS) == 41
    assert {len(row) for row in ROWS} == {5}


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_everything_that_a_row_names_exists(row: list[str]) -> None:
    _, problem, program, plan, shown = row
    assert [path for path in QUOTED.findall(problem) if not leads_to_a_field(DesignProblem, path)] == []
    assert [path for path in QUOTED.findall(plan) if not leads_to_a_field(Plan, path)] == []
    named = EQUATION.findall(program)
    assert len(named) == len(QUOTED.findall(program))
    assert set(named) <= WRITTEN
    assert QUOTED.findall(shown)
    assert [n for n in QUOTED.findall(shown) if n not in SHOWN and not (ROOT / n).is_file()] == []
