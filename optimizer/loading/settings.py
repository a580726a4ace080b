"""Single values set from the command line: `funds.assessed.budget.1994=120`."""

from __future__ import annotations

from concord.errors import BadInput, Fault

from .fields import did_you_mean, keys_of
from .node import Node, Place
from .schema import Shape, entity_name, position
from .wording import listed, shown
from .yaml_text import parse_yaml

SETTING = "--set"
"""What stands for the file in a fault of a setting."""


def apply_setting(document: Node, shape: Shape, setting: str, faults: list[Fault]) -> Node:
    """`document` with one value set; unchanged, with the fault reported, where the setting makes no sense."""
    path, equals, text = setting.partition("=")
    path = path.strip()
    if not equals or not path:
        remedy = "write PATH=VALUE, such as --set funds.assessed.budget.1994=120"
        faults.append(
            Fault("a setting needs a path and a value", SETTING, value=shown(setting), remedy=remedy)
        )
        return document
    try:
        value = parse_yaml(text, SETTING, first_line=None)
        return _set(document, shape, path.split("."), value, _Context(document, path))
    except BadInput as error:
        faults.extend(error.faults)
        return document


class _Context:
    """What a setting needs to know besides the node at hand."""

    def __init__(self, document: Node, path: str) -> None:
        periods = document.mapping.get("periods")
        self.periods = [str(period.content) for period in periods.items] if periods else []
        self.place = Place(SETTING)
        self._path = path
        self._passed: list[str] = []

    def enter(self, name: str) -> None:
        """Note that the path leads through `name`."""
        self._passed.append(name)

    def unknown(self, name: str, known: list[str]) -> BadInput:
        """The fault of a part of the path that is not there."""
        nearest = shown(".".join(self._passed)) or "the problem"
        message = f"the path is unknown: {nearest} has no {shown(name)}"
        return self._fault(message, did_you_mean(name, known, "known"))

    def whole_entity(self, known: tuple[str, ...], value: Node) -> BadInput:
        """The fault of one value given for a thing that has many."""
        remedy = f"add the name of one of its fields to the path: {listed(known)}"
        return self._fault("this is no single value but has fields of its own", remedy, shown(value.text))

    def _fault(self, message: str, remedy: str, value: str | None = None) -> BadInput:
        return BadInput([Fault(message, self.place.file, None, shown(self._path), value, remedy)])


def _set(node: Node, shape: Shape | None, path: list[str], value: Node, context: _Context) -> Node:
    name, rest = path[0], path[1:]
    if shape is not None and shape.is_per_period and node.is_scalar and node.content is not None and not rest:
        node = node.having(dict.fromkeys(context.periods, node))
    if isinstance(node.content, tuple):
        return _set_in_list(node, shape, path, value, context)
    known = keys_of(shape)
    open_mapping = shape is not None and shape.key is not None and not shape.key.choices
    if (
        not name
        or (name not in known and not open_mapping)
        or not (node.mapping or node.content in (None, {}))
    ):
        raise context.unknown(name, sorted({*known, *node.mapping}))
    context.enter(name)
    child = shape.child(name) if shape else None
    if rest:
        value = _set(node.mapping.get(name, Node(None, context.place)), child, rest, value, context)
    return node.having({**node.mapping, name: value})


def _set_in_list(node: Node, shape: Shape | None, path: list[str], value: Node, context: _Context) -> Node:
    name, rest = path[0], path[1:]
    number = position(node, shape, name)
    if number is None:
        names = [
            entity_name(item, shape.item if shape else None) or str(n) for n, item in enumerate(node.items)
        ]
        raise context.unknown(name, names)
    context.enter(name)
    if not rest and shape is not None and shape.is_entities and not value.mapping:
        raise context.whole_entity(keys_of(shape.item), value)
    if rest:
        value = _set(node.items[number], shape.item if shape else None, rest, value, context)
    return node.having((*node.items[:number], value, *node.items[number + 1 :]))
