"""Problems as text that loads back equal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from models import DesignProblem

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
        flow = f"{head} {_flow(value)}"
        if len(flow) <= _WIDTH or not value or not isinstance(value, dict | list):
            yield flow
        elif isinstance(value, dict):
            yield head
            yield from _block(value, indent + "  ")
        else:
            yield head
            yield from _items(value, indent + "  ")


def _items(items: list[Any], indent: str) -> Iterator[str]:
    for item in items:
        flow = f"{indent}- {_flow(item)}"
        if len(flow) <= _WIDTH or not isinstance(item, dict):
            yield flow
        else:
            first, *others = _block(item, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others


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
