"""Laying one document over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from concord.errors import Fault

from .fields import did_you_mean
from .node import Node, Place
from .schema import Shape, entity_name
from .wording import shown

NOTES = "provenance"
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


@dataclass(frozen=True, slots=True)
class Removal:
    """What an overlay takes away: the path to it, and where that is said."""

    path: tuple[str, ...]
    place: Place

    @property
    def name(self) -> str:
        """The last part of the path: the name of an entity, or of a field."""
        return self.path[-1]


def overlaid(below: Node, above: Node, shape: Shape, faults: list[Fault], removals: list[Removal]) -> Node:
    """An overlay over a document: as `merged`, and lists of entities merge entity by entity.

    Entities that the document lacks are added; entities marked `remove: true` go, with the notes on them,
    and are added to `removals`.
    """
    overlay = _Overlay(faults)
    document = overlay.laid(below, above, shape, "")
    removals += overlay.removals
    return _without_notes(document, overlay.removals, above)


class _Overlay:
    """Lays one document over another, and gathers faults and removals."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.removals: list[Removal] = []

    def laid(self, below: Node, above: Node, shape: Shape | None, field: str) -> Node:
        if isinstance(below.content, dict) and isinstance(above.content, dict):
            both = {
                name: self.laid(
                    below.content[name],
                    child,
                    shape.child(name) if shape else None,
                    f"{field}.{name}".lstrip("."),
                )
                if name in below.content
                else child
                for name, child in above.content.items()
            }
            return below.having({**below.content, **both})
        lists = isinstance(below.content, tuple) and isinstance(above.content, tuple)
        if shape is not None and shape.is_entities and lists:
            return below.having(self._entities(below.items, above.items, shape, field))
        if above.content is None and not below.is_scalar:
            self.removals.append(Removal(tuple(field.split(".")), above.place))
        return above

    def _entities(
        self, below: tuple[Node, ...], above: tuple[Node, ...], shape: Shape, field: str
    ) -> tuple[Node, ...]:
        found = {entity_name(node, shape.item) or f"\0{number}": node for number, node in enumerate(below)}
        added = []
        for node in above:
            name = entity_name(node, shape.item)
            removal = node.mapping.get(REMOVE)
            if removal is not None and removal.content is True:
                if name is None or found.pop(name, None) is None:
                    known = [known for known in found if known[0] != "\0"]
                    self.faults.append(_not_there(node, field, name, known))
                else:
                    self.removals.append(Removal((*field.split("."), name), node.place))
            elif name is not None and name in found:
                found[name] = self.laid(found[name], node, shape.item, f"{field}.{name}")
            else:
                added.append(node)
        return (*found.values(), *added)


def _not_there(node: Node, field: str, name: str | None, known: list[str]) -> Fault:
    message, remedy = "nothing of this name can be removed", did_you_mean(name or "", known, "known")
    return Fault(message, node.place.file, node.place.line, shown(field), shown(name or "?"), remedy)


def _without_notes(document: Node, removals: Sequence[Removal], above: Node) -> Node:
    """The document without notes from below on what was removed, which would speak of nothing."""
    notes = document.mapping.get(NOTES)
    if notes is None or not removals:
        return document
    added = above.mapping[NOTES].items if NOTES in above.mapping else ()
    kept = tuple(
        note
        for note in notes.items
        if note in added or not any(_is_on(note, gone, document) for gone in removals)
    )
    return document.having({**document.mapping, NOTES: notes.having(kept)})


def _is_on(note: Node, gone: Removal, document: Node) -> bool:
    """Whether a note is on the removed entity alone: by its name, or for any of a list that is empty now."""
    path = note.mapping.get("path")
    said = tuple(str(path.content).split(".")) if path else ()
    if said[: len(gone.path)] == gone.path:
        return True
    parents = gone.path[:-1]
    holder: Node | None = document
    for name in parents:
        holder = holder.mapping.get(name) if holder else None
    return holder is not None and holder.content == () and said[: len(parents)] == parents
