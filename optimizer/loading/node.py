"""A document as a tree in which every value knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

Scalar = str | int | float | bool | None
Content: TypeAlias = "Scalar | tuple[Node, ...] | dict[str, Node]"

STAND_IN = "placeholder-"
"""How the name of something that has none, or a wrong one, begins in the judgement of the rest."""
MAX_NODES = 200_000
"""Most values in a YAML document, aliases expanded."""
MAX_JSON_NODES = 5_000_000
"""Most values in a JSON document, which stands for no more than it holds."""
MAX_DEPTH = 50
"""Deepest nesting of a document."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file as its user names it (or a setting), and the line."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a list or a mapping. A value in a mapping stands where its key stands."""

    content: Content
    place: Place
    written: str | None = None
    """The text of a number or word as it stands in the file, such as `007`."""
    placeholder: bool = False
    """Whether it stands in for something missing or wrong, so that the rest can be judged."""

    @property
    def mapping(self) -> dict[str, Node]:
        """The entries of a mapping; of anything else, none."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list; of anything else, none."""
        return self.content if isinstance(self.content, tuple) else ()

    @property
    def is_scalar(self) -> bool:
        """Whether it is neither a list nor a mapping."""
        return not isinstance(self.content, dict | tuple)

    @property
    def text(self) -> str:
        """A scalar as its user wrote it, as far as that is known."""
        if self.written is not None:
            return self.written
        return (
            {True: "true", False: "false"}[self.content]
            if isinstance(self.content, bool)
            else str(self.content)
        )

    def at(self, place: Place) -> Node:
        """The same value, written at `place`."""
        return replace(self, place=place)

    def having(self, content: Content) -> Node:
        """Other content at the same place."""
        return replace(self, content=content)

    def walk(self) -> Iterator[Node]:
        """The node and everything in it."""
        yield self
        for child in (*self.mapping.values(), *self.items):
            yield from child.walk()
