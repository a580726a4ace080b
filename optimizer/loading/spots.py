"""From the location in a validation error to the place in the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .node import Node
from .schema import Shape, entity_name

Path = tuple[str | int, ...]

_KEY = "[key]"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document: the path to it, the path in words, what stands there and what may."""

    path: Path
    field: str
    node: Node | None
    """None where the key is missing."""
    shape: Shape | None
    parent: Node
    parent_shape: Shape | None
    is_key: bool = False
    """Whether the key itself is meant, not what stands under it."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return str(self.path[-1]) if self.path else ""

    @property
    def nearest(self) -> Node:
        """The node, or the mapping that lacks it."""
        return self.node if self.node is not None else self.parent


def locate(root: Node, shape: Shape | None, location: Sequence[str | int]) -> Spot:
    """The place that `location` means.

    Parts that name a branch of a union are passed over: they are no keys of the document.
    """
    path: list[str | int] = []
    words: list[str] = []
    node, parent, parent_shape = root, root, shape
    for part in location:
        child = node.mapping.get(str(part))
        if isinstance(part, int) and part < len(node.items):
            child = node.items[part]
            words.append(_item_name(child, shape, part))
            path.append(part)
        elif child is not None:
            words.append(str(part))
            path.append(str(part))
        elif part == _KEY or (shape is not None and shape.alternatives > 1):
            continue
        else:
            missing = shape.child(str(part)) if shape else None
            return Spot((*path, str(part)), ".".join((*words, str(part))), None, missing, node, shape)
        parent, parent_shape = node, shape
        node, shape = child, shape.child(str(part)) if shape else None
    return Spot(tuple(path), ".".join(words), node, shape, parent, parent_shape, location[-1:] == (_KEY,))


def _item_name(item: Node, shape: Shape | None, number: int) -> str:
    name = entity_name(item, shape.item if shape else None)
    return name if name and "." not in name and not item.placeholder else str(number)
