"""Problems from pandas frames and plain Python values, judged as files are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from concord.errors import Fault
from concord.models import DesignProblem
from concord.models.base import Model

from .csv_rows import Table, entities, repeated_columns, text_cell
from .fields import did_you_mean
from .judgement import judged
from .node import Node, Place
from .schema import Shape, fields, whole
from .wording import shown

_SHAPE = whole(DesignProblem)
_PROBLEM = Place("problem")


def problem_from_tables(**sections: Any) -> DesignProblem:
    """The problem that frames and plain values state; see `concord.Problem.from_tables`."""
    reading = _Reading([])
    known = _sections()
    found: dict[str, Any] = {name: value for name, value in sections.items() if known.get(name) == (name,)}
    for name in sections.keys() - found.keys():
        if name in known:
            section, _ = known[name]
            found[section] = reading.with_list(found.get(section), section, name, sections[name])
        else:
            remedy = did_you_mean(name, tuple(known), "known")
            reading.faults.append(Fault("unknown section", _PROBLEM.file, value=shown(name), remedy=remedy))
    document = Node(
        {name: reading.node(value, _SHAPE.child(name), _place(name), name) for name, value in found.items()},
        _PROBLEM,
    )
    return judged(DesignProblem, document, reading.faults)


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    """Names of sections with their paths: every field of a problem, and lists below such as `sites`."""
    top = fields(DesignProblem)
    nested = [
        (inner, (name, inner))
        for name, shape in top.items()
        if shape.model is not None
        for inner, child in fields(shape.model).items()
        if child.is_entities and inner not in top
    ]
    names = [inner for inner, _ in nested]
    return {
        **{name: (name,) for name in top},
        **{inner: path for inner, path in nested if names.count(inner) == 1},
    }


def _place(name: str) -> Place:
    return Place(f"table {name}")


class _Reading:
    """Turns values into nodes and gathers the faults of what is no such value."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def node(self, value: Any, shape: Shape | None, place: Place, name: str) -> Node:
        """The node of a value that may hold frames; `name` is the list that a frame would be."""
        if isinstance(value, pd.DataFrame):
            return self._list(value, shape, name)
        value = _stated(value)
        if isinstance(value, pd.Series):
            value = value.to_dict()
        if isinstance(value, Mapping):
            entries = {
                str(key): self.node(item, shape.child(str(key)) if shape else None, place, str(key))
                for key, item in value.items()
            }
            return Node(entries, place)
        if isinstance(value, list | tuple | range | np.ndarray | pd.Index):
            item_shape = shape.item if shape else None
            rows = enumerate(value, 1)
            numbered = shape is not None and shape.is_entities
            return Node(
                tuple(
                    self.node(item, item_shape, Place(f"table {name}", row) if numbered else place, name)
                    for row, item in rows
                ),
                place,
            )
        return self._scalar(value, shape, place)

    def with_list(self, section: Any, title: str, name: str, items: Any) -> Any:
        """A single section with a list of it that was given on its own."""
        stated = _stated(section) if section is not None else {}
        if not isinstance(stated, Mapping):
            return stated
        if name in stated:
            remedy = f"keep `{name}`, or `{name}` in `{title}`"
            self.faults.append(Fault("the list is given twice", _place(name).file, field=name, remedy=remedy))
        return {**stated, name: items}

    def _list(self, frame: pd.DataFrame, shape: Shape | None, name: str) -> Node:
        place = _place(name)
        if shape is None or shape.item is None or not shape.is_entities:
            self.faults.append(
                Fault("a frame cannot stand here", place.file, field=name, remedy="give a mapping or a value")
            )
            return Node(None, place, placeholder=True)
        named = [level for level in frame.index.names if level is not None]
        whole_frame = frame.reset_index(level=named) if named else frame
        table = Table(
            place.file,
            tuple(_column(label) for label in whole_frame.columns),
            tuple(enumerate(whole_frame.itertuples(index=False, name=None), 1)),
            header_line=None,
            renaming="rename or drop it",
            is_text=False,
        )
        before = len(self.faults)
        self.faults += repeated_columns(table)
        rows = entities(table, shape.item, {}, True, self.faults, self._cell)
        return Node(rows, place, placeholder=len(self.faults) > before)

    def _cell(self, value: Any, shape: Shape, place: Place) -> Node | None:
        if isinstance(value, str):
            return text_cell(value, shape, place)
        if isinstance(value, list | tuple | np.ndarray | Mapping | Model):
            return self.node(value, shape, place, place.file)
        return None if pd.isna(value) else self._scalar(value, shape, place)

    def _scalar(self, value: Any, shape: Shape | None, place: Place) -> Node:
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, float) and value.is_integer() and shape and shape.scalars == {int}:
            value = int(value)
        if value is None or isinstance(value, str | int | float | bool):
            return Node(value, place)
        remedy = "give text, a number, a list, a mapping or a frame"
        self.faults.append(
            Fault(
                "a value of this kind cannot be read",
                place.file,
                place.line,
                value=shown(str(value)),
                remedy=remedy,
            )
        )
        return Node(None, place, placeholder=True)


def _stated(value: Any) -> Any:
    """A model as what it states; anything else as it is."""
    return value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, Model) else value


def _column(label: Any) -> str:
    """The dotted path that a column's label is; levels of a hierarchy are joined, empty ones left out."""
    parts = label if isinstance(label, tuple) else (label,)
    return ".".join(str(part).strip() for part in parts if str(part).strip())
