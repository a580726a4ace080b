"""From nodes to plain values that a model can validate."""

from __future__ import annotations

from typing import Any

from .node import Node
from .schema import Shape


def plain(node: Node, shape: Shape | None) -> Any:
    """The value without places. Keys of tables by period become whole numbers, as the models have them."""
    if isinstance(node.content, tuple):
        item = shape.item if shape else None
        return [plain(child, item) for child in node.content]
    if isinstance(node.content, dict):
        numbered = shape is not None and shape.key is not None and int in shape.key.scalars
        return {
            (_number(name) if numbered else name): plain(child, shape.child(name) if shape else None)
            for name, child in node.content.items()
        }
    return node.content


def _number(name: str) -> int | str:
    canonical = name.isascii() and name.isdecimal() and (name == "0" or name[0] != "0") and len(name) < 10
    return int(name) if canonical else name
