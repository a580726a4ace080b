"""Validation errors in plain words, each with its place in the document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pydantic import ValidationError

from concord.errors import Fault
from concord.models.finding import Finding
from concord.models.quantities import LEAST, MOST, MOST_LOGS

from .almost_numbers import advice, readings
from .fields import closest, did_you_mean, keys_of
from .node import STAND_IN
from .settings import SETTING
from .spots import Path, Spot, locate
from .wording import expected, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from .node import Node
    from .schema import Shape

MOST_TOLD = 1000
"""Nobody reads more faults."""
CROSS_CHECK = "cross_check"

_STAND_INS = re.compile(rf", {STAND_IN}\d+|{STAND_IN}\d+,? ?")
_LISTS = ("tuple_type", "list_type")
_MAPPINGS = ("dict_type", "model_type", "model_attributes_type", "mapping_type")


def findings_of(error: ValidationError) -> tuple[Finding, ...]:
    """What the cross-checks found; nothing where errors in single fields kept them from running."""
    found = (detail["ctx"]["findings"] for detail in error.errors() if detail["type"] == CROSS_CHECK)
    return tuple(finding for findings in found for finding in findings)


def field_errors(error: ValidationError, root: Node, shape: Shape) -> list[tuple[Spot, ErrorDetails]]:
    """Errors in single fields with their places, one for each place.

    A union that nothing fits complains once for each branch: the complaint that says most is kept. A list
    complains of being empty where all its items are at fault, and a mapping of missing a key that is there
    but misspelt: these go.
    """
    grouped: dict[tuple[Path, bool], list[tuple[Spot, ErrorDetails]]] = defaultdict(list)
    for detail in error.errors(include_url=False):
        if detail["type"] != CROSS_CHECK:
            spot = locate(root, shape, detail["loc"])
            grouped[spot.path, spot.is_key].append((spot, detail))
    paths = [path for path, _ in grouped]
    misspelt = {
        (*spot.path[:-1], closest(spot.name, keys_of(spot.parent_shape)))
        for (spot, detail), *_ in grouped.values()
        if detail["type"] == "extra_forbidden"
    }
    kept = []
    for (path, _), group in grouped.items():
        spot = group[0][0]
        in_union = spot.shape is not None and spot.shape.alternatives > 1
        if in_union and any(len(other) > len(path) and other[: len(path)] == path for other in paths):
            continue
        if group[0][1]["type"] == "missing" and path in misspelt:
            continue
        telling = [entry for entry in group if entry[1]["type"] != "too_short" or not spot.nearest.items]
        if telling:
            kept.append(min(telling, key=lambda entry: entry[1]["type"].endswith("_type")))
    return kept


def fault_of(spot: Spot, detail: ErrorDetails) -> Fault:
    """The fault that an error in a single field is."""
    message, remedy = _words(spot, detail["type"], detail)
    place = spot.nearest.place
    return Fault(
        message, place.file, place.line, shown(spot.field) or None, _value(spot, detail["type"]), remedy
    )


def fault_of_finding(finding: Finding, root: Node, shape: Shape) -> Fault:
    """The fault that a finding of the cross-checks is."""
    spot = locate(root, shape, finding.path)
    value = None if finding.value is None else shown(finding.value)
    place = spot.nearest.place
    remedy = finding.remedy and _STAND_INS.sub("", finding.remedy)
    return Fault(finding.message, place.file, place.line, shown(spot.field) or None, value, remedy)


def _value(spot: Spot, kind: str) -> str | None:
    if spot.node is None:
        return None
    if spot.is_key or kind == "extra_forbidden":
        return shown(spot.name)
    if spot.node.is_scalar:
        nothing = spot.node.content is None and spot.node.written is None
        return None if nothing else shown(spot.node.text)
    if isinstance(spot.node.content, tuple):
        return f"a list of {len(spot.node.content)}" if spot.node.content else "an empty list"
    return "keys: " + shown(", ".join(spot.node.mapping)) if spot.node.mapping else "an empty mapping"


def _words(spot: Spot, kind: str, detail: ErrorDetails) -> tuple[str, str]:
    """Message and remedy."""
    if spot.is_key:
        return _key_words(spot)
    if kind in _WORDS:
        return _WORDS[kind](spot)
    if kind == "string_too_long":
        return "the text is too long", f"at most {detail.get('ctx', {}).get('max_length', '?')} characters"
    return _wrong_type(spot, kind, detail["msg"])


def _wanted(spot: Spot) -> str:
    return f"give {expected(spot.shape)}" if spot.shape else "see the schema"


def _missing(spot: Spot) -> tuple[str, str]:
    wanted = f": {expected(spot.shape)}" if spot.shape else ""
    return "the key is missing", f"add `{shown(spot.name)}`{wanted}"


def _unknown_key(spot: Spot) -> tuple[str, str]:
    return "unknown key", did_you_mean(spot.name, keys_of(spot.parent_shape))


def _too_small(spot: Spot) -> tuple[str, str]:
    content = spot.node.content if spot.node else None
    negative = isinstance(content, int | float) and content < 0
    tiny = isinstance(content, int | float) and 0 < content < LEAST
    hint = f"no figure that must be positive is below {LEAST:g} in any unit; " if tiny else ""
    return f"the number is {'negative' if negative else 'too small'}", hint + _wanted(spot)


def _too_large(spot: Spot) -> tuple[str, str]:
    content = spot.node.content if spot.node else None
    figure = content if isinstance(content, int | float) else 0
    hint = ""
    if figure > MOST:
        hint = f"no figure is above {MOST:g} in any unit; "
    elif spot.shape and ("le", MOST_LOGS) in spot.shape.bounds:
        hint = f"it is a log, and one of {figure:g} is a factor beyond all bounds; "
    elif 0 < figure <= 100 and spot.shape and spot.shape.quantity == "Share":
        hint = f"write {readings(f'{figure} %')[0]} for {figure:g} %; "
    return "the number is too large", hint + _wanted(spot)


def _not_finite(spot: Spot) -> tuple[str, str]:
    return "the number is not finite", _wanted(spot)


def _no_choice(spot: Spot) -> tuple[str, str]:
    remedy = did_you_mean(_text(spot), spot.shape.choices if spot.shape else ())
    lists = spot.shape is not None and spot.shape.item is not None
    return "none of the words allowed here", f"{remedy}, or a list" if lists else remedy


def _no_short_name(spot: Spot) -> tuple[str, str]:
    return "not a short name", f"use letters, digits, hyphens and underscores{_slug(_text(spot))}"


def _empty(spot: Spot) -> tuple[str, str]:
    return "the list is empty", f"{_wanted(spot)}, at least one"


_WORDS: dict[str, Callable[[Spot], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "greater_than": _too_small,
    "greater_than_equal": _too_small,
    "less_than": _too_large,
    "less_than_equal": _too_large,
    "finite_number": _not_finite,
    "enum": _no_choice,
    "literal_error": _no_choice,
    "string_pattern_mismatch": _no_short_name,
    "too_short": _empty,
}


def _wrong_type(spot: Spot, kind: str, otherwise: str) -> tuple[str, str]:
    content = spot.node.content if spot.node else None
    if content is None:
        return "no value is given", f"{_wanted(spot)}; or remove the key"
    hint = None
    message = otherwise[:1].lower() + otherwise[1:]
    if kind.startswith(("float_", "int_")):
        message = "a whole number is expected" if kind.startswith("int_") else "a number is expected"
        hint = advice(content, spot.shape) if isinstance(content, str) else None
    elif kind.startswith("bool_"):
        message = "true or false is expected"
    elif kind == "string_type":
        message = "text is expected"
        hint = f'put it in quotes: "{shown(_text(spot))}"' if not isinstance(content, tuple | dict) else None
    elif kind in _LISTS:
        message = "a list is expected"
        hint = f"write [{shown(_text(spot))}]" if not isinstance(content, tuple | dict) else None
    elif kind in _MAPPINGS:
        message = "keys with values are expected"
        known = keys_of(spot.shape)
        hint = f"keys: {', '.join(known)}" if known else None
    return message, "; ".join(part for part in (hint, _wanted(spot)) if part)


def _key_words(spot: Spot) -> tuple[str, str]:
    key = spot.parent_shape.key if spot.parent_shape else None
    if key is not None and key.choices:
        return "unknown key", did_you_mean(spot.name, key.choices)
    if key is not None and int in key.scalars:
        return "the key is no period", "use a whole number such as 1993"
    return "the key is not a short name", f"use letters, digits, hyphens and underscores{_slug(spot.name)}"


def _text(spot: Spot) -> str:
    return spot.node.text if spot.node and spot.node.is_scalar else ""


def _slug(text: str) -> str:
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-_")[:64]
    return f", such as {slug}" if slug else ""


def in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults file by file in order of first appearance, by line, each once; of very many the first."""
    unique = list(dict.fromkeys(faults))
    places = {file: number for number, file in enumerate(dict.fromkeys(fault.file for fault in unique))}
    unique.sort(key=lambda fault: (fault.file == SETTING, places[fault.file], fault.line or 0))
    if len(unique) <= MOST_TOLD:
        return unique
    rest = Fault(f"{len(unique) - MOST_TOLD} more problems", remedy="correct these first")
    return [*unique[:MOST_TOLD], rest]
