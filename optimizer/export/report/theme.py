"""Colours of the page by day and by night. Pictures name them too, and so follow the reader's choice."""

from __future__ import annotations

import re

from .. import palette

COLOURS = {
    "page": ("#fbfaf7", "#12171d"),
    "panel": ("#ffffff", "#1a2129"),
    "ink": (palette.INK, "#e4e9ee"),
    "muted": ("#586472", "#9aa7b4"),
    "pale": (palette.PALE, "#323c47"),
    "land": (palette.LAND, "#2a313a"),
    "shore": (palette.SHORE, "#161c23"),
    "water": ("#eef3f6", "#10161c"),
    "blue": (palette.BLUE, "#6ea8d6"),
    "sky": (palette.SKY, "#4d7fa3"),
    "teal": (palette.TEAL, "#45b3a6"),
    "amber": (palette.AMBER, "#e0a848"),
    "brick": (palette.BRICK, "#dd7d6b"),
    "plum": (palette.PLUM, "#b08fbe"),
    "olive": (palette.OLIVE, "#a9b95c"),
    "grey": (palette.GREY, "#77828d"),
    "bin0": ("#e6b3a4", "#7d4136"),
    "bin1": ("#eef4ee", "#2f3d3d"),
    "bin2": ("#d8eae2", "#2b4d4a"),
    "bin3": ("#b5d8cd", "#2a605a"),
    "bin4": ("#8cc2b5", "#2c766c"),
    "bin5": ("#5ea698", "#2f9083"),
    "bin6": ("#34877a", "#45b3a6"),
    "diff0": ("#b8503f", "#dd7d6b"),
    "diff1": ("#dd9a88", "#a35a4b"),
    "diff2": ("#f2d8cf", "#5c3a34"),
    "diff3": ("#dfe2e4", "#3a434c"),
    "diff4": ("#cfe6de", "#28504b"),
    "diff5": ("#83c0b2", "#2c766c"),
    "diff6": ("#2a9187", "#45b3a6"),
}
"""Name to its colour by day and by night; `bin0` to `bin6` are the classes of change of security, `diff0` to
`diff6` those of the difference between two plans."""
_OF_PICTURES = {
    palette.INK: "ink",
    palette.MUTED: "muted",
    palette.PALE: "pale",
    palette.LAND: "land",
    palette.SHORE: "shore",
    palette.WATER: "water",
    palette.BLUE: "blue",
    palette.SKY: "sky",
    palette.TEAL: "teal",
    palette.AMBER: "amber",
    palette.BRICK: "brick",
    palette.PLUM: "plum",
    palette.OLIVE: "olive",
    palette.GREY: "grey",
}


def declarations(*, night: bool) -> str:
    """The colours as custom properties of CSS."""
    return "".join(f"--{name}:{pair[night]};" for name, pair in COLOURS.items())


def themed(svg: str) -> str:
    """A picture that takes its colours from the page.

    >>> themed('<path fill="#1f2a37" stroke="#123456">')
    '<path fill="var(--ink)" stroke="#123456">'
    """

    def named(found: re.Match[str]) -> str:
        attribute, colour = found.groups()
        return f'{attribute}="var(--{_OF_PICTURES[colour]})"' if colour in _OF_PICTURES else found[0]

    return re.sub(r'\b(fill|stroke)="(#[0-9a-f]{6})"', named, svg)
