"""Characters that look like a space, or like nothing, and are no plain space."""

from __future__ import annotations

import unicodedata

_NO_BREAK = "\u00a0\u202f"
_INVISIBLE = "\u200b\ufeff"


def is_odd_space(character: str) -> bool:
    """Whether a character looks like a space, or like nothing, and is no plain one.

    >>> [is_odd_space(character) for character in "\\u00a0\\u202f\\u200b x"]
    [True, True, True, False, False]
    """
    if not character or character == " ":
        return False
    return character in _INVISIBLE or unicodedata.category(character) == "Zs"


def named(character: str) -> str:
    """An odd space in words.

    >>> named("\\u00a0"), named("\\u2009")
    ('a no-break space', 'a space that is no plain one (U+2009)')
    """
    if character in _NO_BREAK:
        return "a no-break space"
    return f"a space that is no plain one (U+{ord(character):04X})"
