"""Words about keys: which are known, which was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from .schema import Shape, fields
from .wording import listed, shown


def closest(name: str, known: Iterable[str]) -> str | None:
    """The most likely spelling of `name` among `known`, if any is near.

    >>> closest("Medation", ["trade", "mediation"])
    'mediation'
    """
    folded = {known_name.casefold().replace("_", "-"): known_name for known_name in known}
    match = difflib.get_close_matches(name.casefold().replace("_", "-"), list(folded), n=1, cutoff=0.6)
    return folded[match[0]] if match else None


def did_you_mean(name: str, known: Iterable[str], noun: str = "allowed") -> str:
    """A likely spelling and what is allowed."""
    names = list(known)
    close = closest(name, names)
    allowed = f"{noun}: {listed(names)}" if names else "nothing is defined here"
    return f"did you mean {shown(close)}? {allowed}" if close else allowed


def keys_of(shape: Shape | None) -> tuple[str, ...]:
    """The keys that a place knows: fields of a model, or the fixed keys of a mapping."""
    if shape is None:
        return ()
    if shape.model is not None:
        return tuple(fields(shape.model))
    return shape.key.choices if shape.key is not None else ()
