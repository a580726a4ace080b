"""Colours of pictures, charts and sheets: told apart by readers with any colour vision."""

from __future__ import annotations

INK = "#1f2a37"
MUTED = "#6b7785"
PALE = "#d9dee4"
LAND = "#e9e7e1"
SHORE = "#ffffff"
WATER = "#f4f7f9"
BLUE = "#2f6690"
SKY = "#81b1d2"
TEAL = "#2a9187"
AMBER = "#d9962b"
BRICK = "#b8503f"
PLUM = "#7a5c86"
OLIVE = "#8a9a3c"
GREY = "#a7afb8"

FAMILIES = {
    "programme": ("programmes", BLUE),
    "mission": ("missions", BRICK),
    "zone-kind": ("monitoring", TEAL),
    "complementarity": ("working together", PLUM),
    "frontier": ("frontiers", SKY),
    "posture": ("posture", AMBER),
}
"""Families of instruments, as the keys of an attribution begin: their names and colours."""
OTHER = ("other", GREY)


def family(key: str) -> str:
    """The name of the family of instruments to which the key of an attribution belongs.

    >>> family("zone-kind:frontier"), family("exclusion")
    ('monitoring', 'other')
    """
    return FAMILIES.get(key.partition(":")[0], OTHER)[0]


def family_colours() -> dict[str, str]:
    """Name of a family to its colour, in the order of drawing."""
    return dict([*FAMILIES.values(), OTHER])
