"""Problems as text that loads back equal."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from concord.models import DesignProblem

from .yaml_text import resolve_plain

_WIDTH = 110
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9 _./()'+-]*[A-Za-z0-9_.)]|[A-Za-z0-9_]")


def problem_json(problem: DesignProblem) -> str:
    """The problem as JSON, every field written out."""
    return problem.model_dump_json(indent=2) + "\n"


def write_problem(problem: DesignProblem) -> str:
    """The problem as YAML, fields at their defaults left out. `load_problem` of it gives an equal problem."""
    stated = problem.model_dump(mode="json", exclude_defaults=True)
    return "\n".join(_block({"format": problem.format, **stated}, "")) + "\n"


def _block(mapping: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        head = f"{indent}{_scalar(key)}:"
        if _is_entities(value):
            yield head
            yield from _items(value, indent + "  ")
        elif isinstance(value, dict) and (_holds_entities(value) or len(f"{head} {_flow(value)}") > _WIDTH):
            yield head
            yield from _block(value, indent + "  ")
        else:
            yield from _wrapped(head, value, indent + "  ")


def _items(items: list[dict[str, Any]], indent: str) -> Iterator[str]:
    for item in items:
        flow = f"{indent}- {_flow(item)}"
        if len(flow) <= _WIDTH:
            yield flow
        else:
            first, *others = _block(item, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others


def _wrapped(head: str, value: Any, indent: str) -> Iterator[str]:
    """A value after its key, over several lines where it is long and YAML joins them again unchanged."""
    line = f"{head} {_flow(value)}"
    room = _WIDTH - len(indent)
    if len(line) > _WIDTH and isinstance(value, str) and value.isprintable():
        lines = _at_blanks(value, room)
        if " ".join(lines) == value and all(line == line.strip() for line in lines):
            return iter((f"{head} >-", *(indent + line for line in lines)))
    if len(line) > _WIDTH and isinstance(value, list) and '"' not in line and "  " not in line.lstrip():
        return iter((head, *(indent + line for line in _at_blanks(_flow(value), room))))
    return iter((line,))


def _at_blanks(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _holds_entities(mapping: Mapping[str, Any]) -> bool:
    return any(_is_entities(value) for value in mapping.values())


def _is_entities(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Plain where YAML reads it back as the same value, else in double quotes."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and isinstance(resolve_plain(value), str):
        return value
    return f'"{"".join(map(_quoted, value))}"' if isinstance(value, str) else json.dumps(value)


def _quoted(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
