"""Numbers as text."""

from __future__ import annotations

_EXACT_DIGITS = 18
"""A longer whole number is no count of anything: it becomes a float, which a model then refuses or takes."""


def whole_number(text: str) -> int | float:
    """The value of decimal, octal (`0o`) or hexadecimal (`0x`) digits.

    >>> whole_number("-012"), whole_number("0x1F"), whole_number("9" * 400)
    (-12, 31, inf)
    """
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    if base == 10:
        return int(text) if len(text) <= _EXACT_DIGITS else float(text)
    return int(text[2:], base) if len(text) <= _EXACT_DIGITS else float("inf")
