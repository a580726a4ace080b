"""Laying one document over another."""

from __future__ import annotations

from dataclasses import replace

from optimizer.errors import Fault

from .fields import did_you_mean
from .node import Node
from .schema import Shape, entity_name
from .wording import shown

REMOVE = "remove"
"""In an overlay, `{id: X, remove: true}` takes the entity away."""


def merged(below: Node, above: Node) -> Node:
    """`above` over `below`: mappings merge, everything else is replaced."""
    if isinstance(below.content, dict) and isinstance(above.content, dict):
        both = {
            name: merged(below.content[name], child) if name in below.content else child
            for name, child in above.content.items()
        }
        return replace(
            below, content={**below.content, **both}, placeholder=below.placeholder or above.placeholder
        )
    return above


def overlaid(below: Node, above: Node, shape: Shape | None, faults: list[Fault], field: str = "") -> Node:
    """An overlay over a document: as `merged`, and lists of entities merge entity by entity.

    Entities that the document lacks are added; entities marked `remove: true` go.
    """
    if isinstance(below.content, dict) and isinstance(above.content, dict):
        both = {
            name: overlaid(
                below.content[name],
                child,
                shape.child(name) if shape else None,
                faults,
                f"{field}.{name}".lstrip("."),
            )
            if name in below.content
            else child
            for name, child in above.content.items()
        }
        return below.having({**below.content, **both})
    if (
        shape is not None
        and shape.is_entities
        and isinstance(below.content, tuple)
        and isinstance(above.content, tuple)
    ):
        return below.having(_entities(below.content, above.content, shape, faults, field))
    return above


def _entities(
    below: tuple[Node, ...], above: tuple[Node, ...], shape: Shape, faults: list[Fault], field: str
) -> tuple[Node, ...]:
    found = {entity_name(node, shape.item) or f"\0{number}": node for number, node in enumerate(below)}
    added = []
    for node in above:
        name = entity_name(node, shape.item)
        removal = node.mapping.get(REMOVE)
        if removal is not None and removal.content is True:
            if name is None or found.pop(name, None) is None:
                faults.append(
                    Fault(
                        "nothing of this name can be removed",
                        node.place.file,
                        node.place.line,
                        shown(field),
                        shown(name or "?"),
                        did_you_mean(name or "", [known for known in found if known[0] != "\0"], "known"),
                    )
                )
        elif name is not None and name in found:
            found[name] = overlaid(found[name], node, shape.item, faults, f"{field}.{name}")
        else:
            added.append(node)
    return (*found.values(), *added)
