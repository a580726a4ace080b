"""YAML 1.2 (core schema) into nodes, from the parser's events: no tag is followed, no object constructed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from concord.errors import BadInput, Fault

from .almost_numbers import advice
from .node import MAX_DEPTH, MAX_NODES, Node, Place, Scalar
from .numerals import whole_number
from .spaces import is_odd_space, named
from .text import joined_surrogates
from .wording import shown

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})

_MERGE = "<<"
_SPACE = "[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]"
_ODD_SPACE = re.compile(rf"{_SPACE}|[a-z0-9_]+:{_SPACE}|.*{_SPACE}$", re.DOTALL)
"""Unquoted text that begins or ends with an odd space, or has one where a key ought to end."""


def parse_yaml(text: str, file: str, first_line: int | None = 1) -> Node:
    """The document in `text`; lines count from `first_line` (None: the text has no lines of its own).

    Raises BadInput for what is not YAML, more than one document, tags, duplicate keys, keys that are no
    scalars, and documents nested too deeply or too large once their aliases are expanded.
    """
    yaml = YAML(typ="safe", pure=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Builder(yaml.parse(text), file, first_line).document()
    except MarkedYAMLError as error:
        if odd := _odd_space(text, error, file, first_line):
            raise odd from None
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark is not None and first_line is not None else None
        message = f"this is not YAML: {error.problem or error.context}"
        raise BadInput([Fault(message, file, line, remedy=_syntax_remedy(str(error.problem)))]) from None
    except (YAMLError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())
        raise BadInput.single(
            f"this is not YAML: {shown(reason)}", file=file, remedy="remove control characters"
        ) from None


def resolve_plain(text: str) -> Scalar:
    """The value of an unquoted scalar by the core schema of YAML 1.2.

    >>> [resolve_plain(text) for text in ("12", "1.5", "true", "null", "no", "1,5")]
    [12, 1.5, True, None, 'no', '1,5']
    """
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _INTEGER.fullmatch(text):
        return whole_number(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if infinite := _INFINITE.fullmatch(text):
        return float(infinite[1] + "inf")
    return float("nan") if text in _NOT_A_NUMBER else text


def _odd_space(text: str, error: MarkedYAMLError, file: str, first_line: int | None) -> BadInput | None:
    """The fault of a no-break space between where the parser was and where it gave up."""
    marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark is not None]
    lines = text.split("\n")
    for number in range(min(marks, default=0), max(marks, default=-1) + 1):
        for column, character in enumerate(lines[number] if number < len(lines) else "", 1):
            if is_odd_space(character):
                place = Place(file, None if first_line is None else number + first_line)
                return _no_plain_space(place, character, column, lines[number])
    return None


def _no_plain_space(place: Place, character: str, column: int, value: str) -> BadInput:
    message = f"there is {named(character)} in column {column}"
    return BadInput(
        [Fault(message, place.file, place.line, value=shown(value.strip()), remedy="write a plain space")]
    )


def _syntax_remedy(problem: str) -> str:
    if "'\\t'" in problem or "tab" in problem:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "check the indentation, and put text that contains `: ` in quotes"
    return "check the indentation, brackets and quotes around this line"


class _Builder:
    """Builds nodes from parser events within the limits on size and depth."""

    def __init__(self, events: Iterator[Any], file: str, first_line: int | None) -> None:
        self._events = events
        self._file = file
        self._first_line = first_line
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def document(self) -> Node:
        next(self._events)  # start of the stream
        start = next(self._events)
        if not getattr(start, "explicit", None) and type(start).__name__ == "StreamEndEvent":
            return Node(None, self._place(start))
        root = self._node(next(self._events), depth=0)
        next(self._events)  # end of the document
        after = next(self._events)
        if type(after).__name__ != "StreamEndEvent":
            raise self._refused(
                after, "the file holds more than one document", "keep one; remove the line `---`"
            )
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if event.tag is not None:
            raise self._refused(event, "tags are not allowed", "remove it", str(event.tag))
        self._counted(event, 1)
        if depth > MAX_DEPTH:
            raise self._refused(event, f"the document is nested more than {MAX_DEPTH} deep", "flatten it")
        before = self._count
        node = self._collection_or_scalar(event, depth)
        if event.anchor is not None:
            self._anchors[str(event.anchor)] = node, self._count - before + 1
        return node

    def _collection_or_scalar(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        if isinstance(event, ScalarEvent):
            plain = event.style not in ("'", '"', "|", ">")
            text = self._text(event)
            value = resolve_plain(text) if plain else text
            return Node(value, place, written=None if isinstance(value, str) else text or "null")
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(event := next(self._events), SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return Node(tuple(items), place)
        if isinstance(event, MappingStartEvent):
            return Node(self._entries(depth), place)
        raise self._refused(event, "this is not YAML", "check the brackets and quotes around this line")

    def _entries(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        inherited: list[dict[str, Node]] = []
        before: Any = None
        while not isinstance(event := next(self._events), MappingEndEvent):
            if not isinstance(event, ScalarEvent) or event.tag is not None:
                raise self._refused(event, "a key must be plain text", "use a word or a number as key")
            key, place = self._text(event), self._place(event)
            if key == _MERGE and event.style is None:
                inherited.append(self._merged(next(self._events), depth))
                continue
            if key in entries:
                first = entries[key].place.line
                raise self._refused(
                    event, f"the key is given twice (first in line {first})", "keep one of them", key
                )
            self._counted(event, 1)
            after = next(self._events)
            self._refuse_split_number(before, event, after)
            entries[key] = self._node(after, depth + 1).at(place)
            before = after
        # What stands here itself goes first, then what was merged first.
        for merged in reversed(inherited):
            entries = {**merged, **entries}
        return entries

    def _merged(self, event: Any, depth: int) -> dict[str, Node]:
        """What `<<:` takes over: of several mappings, the first that has a key."""
        node = self._node(event, depth + 1)
        mappings = node.items or (node,)
        if not all(isinstance(mapping.content, dict) for mapping in mappings):
            raise self._refused(event, "only keys with values can be merged", "name the anchor of a mapping")
        return {key: child for mapping in reversed(mappings) for key, child in mapping.mapping.items()}

    def _refuse_split_number(self, before: Any, key: Any, after: Any) -> None:
        """In braces a decimal comma ends the number: `{budget: 1,5}` would have a key 5 without a value."""
        if not all(isinstance(event, ScalarEvent) for event in (before, after)) or after.value:
            return
        written = f"{before.value},{key.value}"
        adjacent = key.start_mark.index == before.end_mark.index + 1
        if adjacent and (remedy := advice(written)):
            raise self._refused(before, "a comma ends a number in braces", remedy, written)

    def _text(self, event: Any) -> str:
        text = joined_surrogates(event.value)
        if text is None:
            raise self._refused(event, "the text holds half of a character", "write the character itself")
        if event.style is None and (odd := _ODD_SPACE.match(text)):
            column = event.start_mark.column + odd.end()
            raise _no_plain_space(self._place(event), text[odd.end() - 1], column, text)
        return text

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            raise self._refused(event, "no anchor has this name", "define it above", f"*{event.anchor}")
        node, size = self._anchors[event.anchor]
        self._counted(event, size)
        return node

    def _counted(self, event: Any, more: int) -> None:
        self._count += more
        if self._count > MAX_NODES:
            raise self._refused(
                event,
                f"the document has more than {MAX_NODES} values, aliases expanded",
                "keep large tables in CSV files",
            )

    def _place(self, event: Any) -> Place:
        return Place(
            self._file, None if self._first_line is None else event.start_mark.line + self._first_line
        )

    def _refused(self, event: Any, message: str, remedy: str, value: str | None = None) -> BadInput:
        place = self._place(event)
        return BadInput([Fault(message, place.file, place.line, value=value and shown(value), remedy=remedy)])
