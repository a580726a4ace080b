"""Names of rows and columns that people can read and that every solver's reader accepts.

A name is the block's name and its label: `spending(BIH,mediation,1994)`. A character that is no letter,
digit, `_` or `.` is written as its code point in hexadecimal between tildes, so that different labels have
different names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from concord.algebra.labels import Labels

LONGEST = 96
"""Longest name that all readers accept; longer names end in `#` and the number of the row or column."""

KEYWORDS = frozenset(
    {
        "obj",
        "max",
        "maximise",
        "maximize",
        "maximum",
        "min",
        "minimise",
        "minimize",
        "minimum",
        "st",
        "s.t.",
        "bound",
        "bounds",
        "free",
        "general",
        "generals",
        "gen",
        "int",
        "integer",
        "integers",
        "bin",
        "binary",
        "binaries",
        "semi",
        "semis",
        "sin",
        "sec",
        "sos",
        "sos1",
        "sos2",
        "end",
        "range",
        "ranges",
        "rhs",
        "objsense",
    }
)
"""Words with a meaning of their own in LP files."""

_UNSAFE = re.compile(r"[^A-Za-z0-9_.]")
_AMBIGUOUS_START = re.compile(r"[0-9.]|e([0-9e.]|$)|inf|nan", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rows or columns that share a name."""

    name: str
    labels: Labels


def escape(text: str) -> str:
    """The text with every unsafe character as its code point.

    >>> escape("Bosnia & Herzegovina")
    'Bosnia~20~~26~~20~Herzegovina'
    """
    return _UNSAFE.sub(_code_point, text)


def block_name(text: str) -> str:
    """The escaped text, its first character too when a reader would take it for a number or a keyword.

    >>> block_name("e1"), block_name("free"), block_name("spending")
    ('~65~1', '~66~ree', 'spending')
    """
    name = escape(text)
    if _AMBIGUOUS_START.match(name) or name.lower() in KEYWORDS:
        return f"~{ord(name[0]):x}~{name[1:]}"
    return name


def names(blocks: Iterable[Block]) -> list[str]:
    """The names of all rows or columns of `blocks`, in order; no two are the same."""
    found: list[str] = []
    for block in blocks:
        found.extend(_names_of(block, len(found)))
    return found


def _names_of(block: Block, first: int) -> list[str]:
    head = block_name(block.name)
    if not block.labels.dims:
        return [_shortened(head, first)]
    parts = [
        _spelled(level)[codes] for level, codes in zip(block.labels.levels, block.labels.codes, strict=True)
    ]
    text = parts[0]
    for part in parts[1:]:
        text = text + "," + part
    listed: list[str] = (f"{head}(" + text + ")").tolist()
    if listed and max(map(len, listed)) > LONGEST:
        return [_shortened(name, first + position) for position, name in enumerate(listed)]
    return listed


def _spelled(level: pd.Index) -> npt.NDArray[np.object_]:
    return np.array([escape(str(value)) for value in level.tolist()], dtype=object)


def _shortened(name: str, number: int) -> str:
    if len(name) <= LONGEST:
        return name
    tail = f"#{number}"
    return name[: LONGEST - len(tail)] + tail


def _code_point(match: re.Match[str]) -> str:
    return f"~{ord(match.group()):x}~"
