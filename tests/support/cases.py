"""Cases of one equation: points that obey it and points that break it, told decision by decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concord.algebra import Program
from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim
from tests.support.compact import compact

Point = Mapping[str, float]
"""Values by decision, such as `spending[A,mediation,1]`; what is not named is 0."""
ROUNDING = 1e-9

_FORMULATIONS: dict[str, Formulation] = {}


def formulated(changes: Mapping[str, Any], aim: Aim | None = None) -> Formulation:
    """The formulation of the compact problem with changes, written only once for all tests."""
    key = repr((sorted(changes.items()), aim))
    if key not in _FORMULATIONS:
        _FORMULATIONS[key] = formulate(compact(changes), aim)
    return _FORMULATIONS[key]


def label(text: str) -> tuple[Any, ...]:
    """`A,mediation,1` as a label; the missions of a group are joined by `+`."""
    parts = [part.replace("+", ", ") for part in text.split(",")]
    return tuple(int(part) if part.isdigit() else part for part in parts)


def values(program: Program, point: Point) -> NDArray[np.float64]:
    """The point over all columns of the program."""
    found = np.zeros(program.width)
    for decision, value in point.items():
        match = re.fullmatch(r"(\w+)\[(.*)\]", decision)
        assert match, decision
        block = program.variables[match[1]]
        found[block.columns[labels_of(block.labels).index(label(match[2]))]] = value
    return found


def labels_of(labels: Any) -> list[tuple[Any, ...]]:
    """All labels of a block in order."""
    return [labels.label(position) for position in range(labels.size)]


@dataclass(frozen=True)
class Case:
    """One row of one equation, with points on both sides of where it draws the line."""

    equation: str
    row: str
    """Label of the row."""
    obeys: tuple[Point, ...]
    breaks: tuple[Point, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    """Changes to the compact problem."""
    aim: Aim | None = None
    """What is maximised instead of what the problem says."""

    def __str__(self) -> str:
        return f"{self.equation}({self.row})"

    def slack(self, point: Point) -> float:
        """By how much the row is satisfied at the point; negative where it is broken."""
        program = formulated(self.given, self.aim).program
        block = program.constraints[self.equation]
        row = labels_of(block.labels).index(label(self.row))
        activity = float((block.matrix[[row]] @ values(program, point)[: block.matrix.shape[1]])[0])
        return min(activity - block.lower[row], block.upper[row] - activity)


def case(
    equation: str,
    row: str,
    obeys: Point | list[Point],
    breaks: Point | list[Point],
    aim: Aim | None = None,
    **given: Any,
) -> Case:
    """A case; `given` names changes with `__` for `/`."""
    changes = {path.replace("__", "/"): value for path, value in given.items()}
    return Case(equation, row, _several(obeys), _several(breaks), changes, aim)


def _several(points: Point | list[Point]) -> tuple[Point, ...]:
    return tuple(points) if isinstance(points, list) else (points,)


def assert_admits(example: Case) -> None:
    """Fail unless every point that obeys is admitted."""
    for point in example.obeys:
        assert example.slack(point) >= -ROUNDING, f"{example} forbids {point}"


def assert_forbids(example: Case) -> None:
    """Fail unless every point that breaks the equation is forbidden."""
    for point in example.breaks:
        assert example.slack(point) < -ROUNDING, f"{example} admits {point}"
