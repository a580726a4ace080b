"""Harmless stand-ins for what is wrong, so that the cross-checks can judge the rest in the same pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count

from pydantic_core import ErrorDetails

from concord.models.finding import Finding

from .fields import closest, keys_of
from .node import STAND_IN, Content, Node, Place
from .schema import Shape, fields, required
from .spots import Path, Spot, locate

Edit = Callable[[Node | None], Node | None]

UNKNOWN = "unknown "
_NAMED_BY = {
    "threat kind": ("threat_kinds", "id"),
    "state": ("states", "id"),
    "member": ("states", "id"),
    "payer": ("states", "id"),
    "region": ("states", "region"),
    "organ": ("organs", "id"),
    "other organ": ("organs", "id"),
    "programme": ("programmes", "id"),
    "purpose": ("programmes", "id"),
    "mission": ("missions", "id"),
    "period": ("periods",),
    "tier": ("garrisons", "tiers", "id"),
    "kind of zone": ("monitoring", "kinds", "id"),
}
"""Noun of a dangling reference to the fields that define such names."""
_RESTS_ON = {"states": ("threat_kinds",), "missions": ("garrisons",)}
"""What else a finding about a part of the problem may come from."""


def repaired(root: Node, errors: Sequence[tuple[Spot, ErrorDetails]]) -> Node:
    """The document with every field in error replaced, renamed or left out."""
    numbers = count(1)
    misnamed = []
    for spot, detail in errors:
        if spot.is_key or detail["type"] == "extra_forbidden":
            misnamed.append(spot)
        elif spot.shape is not None:
            stand_in = placeholder(spot.shape, spot.nearest.place, numbers)
            original = spot.node.text if spot.node and spot.node.is_scalar else None
            root = edited(root, spot.path, _becoming(replace(stand_in, written=original)))
    # Keys change last, so that the paths of the other errors stay true.
    for spot in misnamed:
        of_key = spot.parent_shape.key.choices if spot.parent_shape and spot.parent_shape.key else ()
        known = of_key if spot.is_key else keys_of(spot.parent_shape)
        root = edited(root, spot.path[:-1], partial(_renamed, name=spot.name, known=known))
    return root


def placeholder(shape: Shape, place: Place, numbers: Iterator[int]) -> Node:
    """A value that fits `shape`."""
    return Node(_stand_in(shape, place, numbers), place, placeholder=True)


def _stand_in(shape: Shape, place: Place, numbers: Iterator[int]) -> Content:
    content: Content = None
    if shape.nullable:
        return content
    if shape.model is not None:
        known = fields(shape.model)
        content = {name: placeholder(known[name], place, numbers) for name in required(shape.model)}
    elif shape.scalars & {int, float}:
        content = _fitting_number(shape)
    elif shape.choices:
        content = shape.choices[0]
    elif shape.item is not None:
        several = shape.item.model is not None or shape.item.is_numeric
        content = (placeholder(shape.item, place, numbers),) if several else ()
    elif shape.value is not None:
        content = {}
    else:
        content = False if bool in shape.scalars else f"{STAND_IN}{next(numbers)}"
    return content


def without_reference(root: Node, shape: Shape, finding: Finding) -> Node:
    """The document without a reference to something unknown, or without the entity that needs it."""
    spot = locate(root, shape, finding.path)
    if spot.node is None:
        return root
    if isinstance(spot.node.content, tuple):
        kept = tuple(item for item in spot.node.content if str(item.content) != finding.value)
        return edited(root, spot.path, lambda node: node and Node(kept, node.place, placeholder=True))
    if spot.parent_shape is not None and spot.parent_shape.model is None:
        return edited(root, spot.path[:-1], lambda node: _without(node, spot.name))
    if spot.shape is not None and spot.shape.nullable:
        return edited(root, spot.path, lambda node: node and Node(None, node.place, placeholder=True))
    entity = max((n for n, part in enumerate(spot.path) if isinstance(part, int)), default=None)
    if entity is None:
        return root
    gone = spot.path[entity]
    assert isinstance(gone, int)
    return edited(root, spot.path[:entity], lambda node: node and _without_item(node, gone))


def is_consequence(finding: Finding, root: Node, shape: Shape) -> bool:
    """Whether a finding in a repaired document may come from the repair."""
    spot = locate(root, shape, finding.path)
    payers = spot.parent.mapping.get("payers")
    if _has_placeholder(spot.nearest) or _has_placeholder(payers) or _inside_placeholder(root, spot.path):
        return True
    if finding.message.startswith(UNKNOWN):
        defined_by = _NAMED_BY.get(finding.message.removeprefix(UNKNOWN), ())
        return any(_may_be(node, finding.value) for node in _stand_ins(root, defined_by))
    if finding.path[:1] == ("provenance",):
        return _may_lead(root, (finding.value or "").split("."))
    states = root.mapping.get("states")
    if states is not None and states.placeholder and finding.path[0] in ("funds", "garrisons", "objective"):
        return True
    rests_on = _RESTS_ON.get(str(finding.path[0]), ()) if finding.path else ()
    return any(_has_placeholder(root.mapping.get(name)) for name in rests_on)


def _may_lead(node: Node, path: Sequence[str]) -> bool:
    """Whether a dotted path, `*` for any one part, leads to something that was replaced or left out."""
    if node.placeholder or not path:
        return node.placeholder
    named = [*node.mapping.items(), *((_item_name(item), item) for item in node.items)]
    return any(_may_lead(child, path[1:]) for name, child in named if path[0] in ("*", name))


def _item_name(item: Node) -> str:
    name = item.mapping.get("id")
    return name.text if name else ""


def _may_be(stand_in: Node, name: str | None) -> bool:
    """Whether a name may mean the thing, or one of the things, whose own name was missing or wrong."""
    written = stand_in.written
    if not stand_in.is_scalar or written is None or name is None:
        return True
    return closest(name, [written]) is not None


def edited(root: Node, path: Path, edit: Edit) -> Node:
    """The document with the node at `path` replaced by what `edit` makes of it (None: left out)."""
    result = _edited(root, path, edit)
    return root if result is None else result


def _edited(node: Node | None, path: Path, edit: Edit) -> Node | None:
    if not path or node is None:
        return edit(node)
    head, rest = path[0], path[1:]
    if isinstance(head, int) and head < len(node.items):
        new = _edited(node.items[head], rest, edit)
        return node.having((*node.items[:head], *((new,) if new else ()), *node.items[head + 1 :]))
    if not isinstance(node.content, dict):
        return node
    entries = dict(node.content)
    new = _edited(entries.get(str(head)), rest, edit)
    if new is None:
        entries.pop(str(head), None)
    else:
        entries[str(head)] = new
    return node.having(entries)


def _becoming(stand_in: Node) -> Edit:
    return lambda _: stand_in


def _renamed(node: Node | None, name: str, known: tuple[str, ...]) -> Node | None:
    """The mapping with a misspelt key under its likely name, or without it."""
    if node is None or name not in node.mapping:
        return node
    meant = closest(name, known)
    entries = {key: child for key, child in node.mapping.items() if key != name}
    if meant is not None and (meant not in entries or entries[meant].placeholder):
        return node.having({**entries, meant: node.mapping[name]})
    return node.having(entries)


def _without(node: Node | None, name: str) -> Node | None:
    entries = {key: child for key, child in node.mapping.items() if key != name} if node else {}
    return node and Node(entries, node.place, placeholder=True)


def _without_item(node: Node, number: int) -> Node:
    return Node((*node.items[:number], *node.items[number + 1 :]), node.place, placeholder=True)


def _fitting_number(shape: Shape) -> float:
    limits = dict(shape.bounds)
    highest = limits.get("le", limits.get("lt", 1.0))
    number = min(1.0, highest) if highest >= limits.get("ge", limits.get("gt", 0.0)) else highest
    return number if float in shape.scalars else int(max(number, limits.get("ge", 0)))


def _inside_placeholder(root: Node, path: Path) -> bool:
    node: Node | None = root
    for part in path:
        if node is None:
            return False
        inner = (
            node.items[part]
            if isinstance(part, int) and part < len(node.items)
            else node.mapping.get(str(part))
        )
        if inner is not None and inner.placeholder and isinstance(inner.content, dict):
            return True
        node = inner
    return False


def _stand_ins(node: Node, names: tuple[str, ...]) -> Iterator[Node]:
    """Placeholders on the way along `names`, through every entity of the lists passed."""
    if node.placeholder:
        yield node
    elif node.items:
        for item in node.items:
            yield from _stand_ins(item, names)
    elif names and names[0] in node.mapping:
        yield from _stand_ins(node.mapping[names[0]], names[1:])


def _has_placeholder(node: Node | None) -> bool:
    return node is not None and any(child.placeholder for child in node.walk())
