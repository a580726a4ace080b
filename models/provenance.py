"""Where a parameter comes from, and how much it can bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from .base import Model
from .quantities import Text

if TYPE_CHECKING:
    from .problem import DesignProblem


class Basis(StrEnum):
    """How a parameter is known."""

    MEASURED = "measured"
    DERIVED = "derived"
    ASSUMPTION = "assumption"


class ParameterNote(Model):
    """The basis of every parameter that a path matches; the longest matching path speaks."""

    path: Text
    """Dotted path with `*` for any one part, such as `programmes.*.effects` or `states.*.population`.

    Entities go by their id (influences by `SOURCE:TARGET`); a path speaks for everything below it."""
    basis: Basis
    source: Text = ""
    """A key of data/SOURCES.md, or a citation."""
    note: Text = ""


def basis_of(problem: DesignProblem, path: str) -> ParameterNote | None:
    """The note that speaks for the parameter at a dotted path; None where no note does.

    The longest matching path wins, then the one with fewest `*`, then the one stated last.
    """
    parts = path.split(".")
    matching = [note for note in problem.provenance if _covers(note.path.split("."), parts)]
    return max(reversed(matching), key=_precision, default=None)


def unmarked_parameters(problem: DesignProblem) -> list[str]:
    """Dotted paths of the stated numbers that no note speaks for. A number at its default is not stated."""
    stated = problem.model_dump(mode="json", exclude_defaults=True, exclude={"provenance"})
    patterns = [note.path.split(".") for note in problem.provenance]
    return [
        ".".join(parts)
        for parts in _numbers(stated, ())
        if not any(_covers(pattern, parts) for pattern in patterns)
    ]


def matches_something(problem: DesignProblem, path: str) -> bool:
    """Whether a dotted path, `*` standing for any one part, leads to anything in the problem."""
    return _leads_somewhere(problem, path.split("."))


def _precision(note: ParameterNote) -> tuple[int, int]:
    parts = note.path.split(".")
    return len(parts), -parts.count("*")


def _covers(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    return len(pattern) <= len(parts) and all(
        wanted in ("*", part) for wanted, part in zip(pattern, parts, strict=False)
    )


def _leads_somewhere(thing: Any, pattern: Sequence[str]) -> bool:
    if not pattern:
        return thing is not None
    return any(
        _leads_somewhere(child, pattern[1:]) for name, child in _children(thing) if pattern[0] in ("*", name)
    )


def _children(thing: Any) -> Iterator[tuple[str, Any]]:
    """Parts of a model, a table or a list, of models or of their plain values, with their names."""
    if isinstance(thing, Model):
        thing = {name: getattr(thing, name) for name in type(thing).model_fields}
    if isinstance(thing, Mapping):
        yield from ((str(name), child) for name, child in thing.items())
    elif isinstance(thing, list | tuple):
        for number, child in enumerate(thing):
            yield _name(dict(_children(child)), number), child


def _name(entity: Mapping[str, Any], number: int) -> str:
    """The id of an entity, `SOURCE:TARGET` of an influence, otherwise the number in its list."""
    if {"source", "target"} <= entity.keys():
        return f"{entity['source']}:{entity['target']}"
    return str(entity.get("id", number))


def _numbers(thing: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(thing, int | float) and not isinstance(thing, bool):
        yield path
    for name, child in _children(thing):
        yield from _numbers(child, (*path, name))
