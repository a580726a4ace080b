"""What the models expect at each place of a document, read from the models themselves."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StrictBool
from pydantic.fields import FieldInfo

from .node import Node

Bound = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at one place: any of a model, a list, a mapping, scalars or fixed choices."""

    model: type[BaseModel] | None = None
    item: Shape | None = None
    key: Shape | None = None
    value: Shape | None = None
    scalars: frozenset[type] = frozenset()
    choices: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    pattern: str | None = None
    nullable: bool = False
    quantity: str = ""
    """Name of the field's type in models/quantities.py."""
    description: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether a number may stand here, and no text."""
        return bool(self.scalars & {int, float}) and str not in self.scalars

    @property
    def is_per_period(self) -> bool:
        """Whether one figure or a table from period to figure may stand here."""
        return self.is_numeric and self.key is not None

    @property
    def is_entities(self) -> bool:
        """Whether it is a list of models."""
        return self.item is not None and self.item.model is not None

    @property
    def alternatives(self) -> int:
        """Number of kinds of value that may stand here."""
        kinds = (self.model, self.item, self.value, self.scalars or None, self.choices or None)
        return sum(kind is not None for kind in kinds)

    def child(self, name: str) -> Shape | None:
        """What may stand under `name`: a field, a key of a mapping, or a number in a list."""
        if self.model is not None and name in (known := fields(self.model)):
            return known[name]
        if self.value is not None:
            return self.value
        return self.item


@cache
def fields(model: type[BaseModel]) -> dict[str, Shape]:
    """The shape of every field of a model."""
    found = {}
    for name, info in model.model_fields.items():
        description = " ".join((info.description or "").split())
        found[name] = _shape(info.annotation, info.metadata, _quantity(model, name), description)
    return found


@cache
def whole(model: type[BaseModel]) -> Shape:
    """The shape of a document that is one model."""
    return Shape(model=model)


def required(model: type[BaseModel]) -> Iterator[str]:
    """Names of the fields that must be given."""
    return (name for name, info in model.model_fields.items() if info.is_required())


@cache
def identity(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields that tell one entity of a list from another."""
    for names in (("id",), ("source", "target"), ("path",)):
        if all(name in model.model_fields for name in names):
            return names
    return ()


def entity_name(node: Node, shape: Shape | None) -> str | None:
    """The name of an entity in its list: its id, `source:target`, or its path; None where it has none."""
    if shape is None or shape.model is None:
        return None
    parts = [node.mapping.get(name) for name in identity(shape.model)]
    texts = [str(part.content) for part in parts if part and isinstance(part.content, str | int)]
    return ":".join(texts) if parts and len(texts) == len(parts) else None


def position(node: Node, shape: Shape | None, name: str) -> int | None:
    """The position in a list of the entity called `name`, or of the item with that number from 0."""
    item = shape.item if shape else None
    for number, child in enumerate(node.items):
        if entity_name(child, item) == name:
            return number
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 7 else len(node.items)
    return number if number < len(node.items) else None


def _quantity(model: type[BaseModel], name: str) -> str:
    """The first name in the annotation as written, such as `MillionUSD` in `MillionUSD | None`."""
    written = inspect.get_annotations(model).get(name, "")
    return re.split(r"\W", str(written), maxsplit=1)[0]


def _shape(annotation: Any, metadata: list[Any], quantity: str = "", description: str = "") -> Shape:
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        return _shape(inner, [*metadata, *notes], quantity, description)
    if get_origin(annotation) in (Union, types.UnionType):
        return _either(get_args(annotation), metadata, quantity, description)
    bounds, pattern = _limits(metadata)
    common: dict[str, Any] = {
        "bounds": bounds,
        "pattern": pattern,
        "quantity": quantity,
        "description": description,
    }
    return _one(annotation, common)


def _one(annotation: Any, common: dict[str, Any]) -> Shape:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Shape(choices=tuple(map(str, args)), **common)
    if origin is tuple:
        return Shape(item=_shape(args[0], []), **common)
    if origin is dict:
        return Shape(key=_shape(args[0], []), value=_shape(args[1], []), **common)
    if annotation in (str, int, float, bool, StrictBool):
        return Shape(scalars=frozenset({bool if annotation is StrictBool else annotation}), **common)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Shape(choices=tuple(member.value for member in annotation), **common)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(model=annotation, **common)
    raise TypeError(f"no shape for {annotation!r}")


def _either(options: tuple[Any, ...], metadata: list[Any], quantity: str, description: str) -> Shape:
    shapes = [_shape(option, metadata) for option in options if option is not type(None)]

    def first(name: str) -> Any:
        return next((value for shape in shapes if (value := getattr(shape, name))), None)

    return Shape(
        model=first("model"),
        item=first("item"),
        key=first("key"),
        value=first("value"),
        scalars=frozenset().union(*(shape.scalars for shape in shapes)),
        choices=first("choices") or (),
        bounds=first("bounds") or (),
        pattern=first("pattern"),
        nullable=type(None) in options,
        quantity=quantity,
        description=description,
    )


def _limits(metadata: list[Any]) -> tuple[tuple[Bound, ...], str | None]:
    bounds: list[Bound] = []
    pattern = None
    for note in metadata:
        for part in note.metadata if isinstance(note, FieldInfo) else [note]:
            limits = ((name, getattr(part, name, None)) for name in ("gt", "ge", "lt", "le"))
            bounds += [(name, limit) for name, limit in limits if limit is not None]
            pattern = getattr(part, "pattern", None) or pattern
    return tuple(bounds), pattern
