"""What the pictures share: look, title, and the line that says what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import category

import altair as alt

from concord.models import Plan

from ..about import ending
from ..palette import INK, MUTED, PALE

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
LONGEST_TITLE = 110
Row = Mapping[str, Any]


def rows(data: Iterable[Row]) -> alt.InlineData:
    """Records, or features of GeoJSON, as the data of a chart: as text, which Altair need not check."""
    text = json.dumps(_drawable(list(data)), separators=(",", ":"))
    return alt.InlineData(values=text, format=alt.JsonDataFormat(type="json"))


def drawable(text: str) -> str:
    """`text` on one line without what the renderer of pictures takes for no character of XML.

    >>> drawable("a\\x1b\\ufffe\\nb")
    'a b'
    """
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace()
        or not (category(character) in {"Cc", "Cs"} or ord(character) & 0xFFFE == 0xFFFE)
    )


def drawable_specification(specification: dict[str, Any]) -> dict[str, Any]:
    """A specification of Vega-Lite in which every text can be drawn.

    Titles of fields become part of expressions, in which a backslash begins an escape.
    """
    cleaned = _drawable(specification)
    _without_backslashes(cleaned)
    return dict(cleaned)


def _drawable(content: Any) -> Any:
    if isinstance(content, str):
        return drawable(content)
    if isinstance(content, Mapping):
        return {name: _drawable(value) for name, value in content.items()}
    return [_drawable(value) for value in content] if isinstance(content, list | tuple) else content


def _without_backslashes(content: Any) -> None:
    if isinstance(content, dict):
        if isinstance(title := content.get("title"), str):
            content["title"] = title.replace("\\", "\N{SET MINUS}")
        for value in content.values():
            _without_backslashes(value)
    elif isinstance(content, list):
        for value in content:
            _without_backslashes(value)


def short(text: str, longest: int = LONGEST_TITLE) -> str:
    """`text` cut to a length that fits.

    >>> short("Yugoslavia (Serbia and Montenegro)", 14)
    'Yugoslavia (S…'
    """
    text = drawable(text)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def distinct(names: Sequence[str]) -> list[str]:
    """`names` with a number behind those that stood before: rows of a chart are told apart by name.

    >>> distinct(["A", "B", "A"])
    ['A', 'B', 'A (2)']
    """
    names = list(map(drawable, names))
    return [
        name if name not in names[:place] else f"{name} ({names[:place].count(name) + 1})"
        for place, name in enumerate(names)
    ]


def finished(made: Any, plan: Plan, title: str, *lines: str) -> Any:
    """The chart with its title, with `lines` and the proof under it, and the common look."""
    gap = "" if plan.refuted else f"gap {plan.measure.gap:.3%}, search "
    day = plan.provenance.created[:10]
    proof = f"{short(plan.problem.title)}. Proof: {gap}{ending(plan)}; plan of {day}."
    rest = "The best plan for the figures given, many of them assumptions: see the notes of the problem."
    return dressed(made, title, *lines, proof, rest)


def dressed(made: Any, title: str, *subtitle: str) -> Any:
    """The chart with its title, with `subtitle` line by line under it, and the common look."""
    return (
        made.properties(
            title=alt.TitleParams(
                text=title,
                subtitle=list(subtitle),
                anchor="start",
                offset=14,
                fontSize=18,
                subtitleFontSize=11.5,
            ),
            padding=18,
            background="#ffffff",
        )
        .configure(font=FONT)
        .configure_title(color=INK, subtitleColor=MUTED, subtitlePadding=6, subtitleLineHeight=15)
        .configure_axis(
            labelColor=INK,
            titleColor=MUTED,
            titleFontWeight="normal",
            gridColor=PALE,
            gridOpacity=0.7,
            domainColor=PALE,
            tickColor=PALE,
            labelLimit=220,
        )
        .configure_legend(labelColor=INK, titleColor=MUTED, titleFontWeight="normal", labelLimit=260)
        .configure_view(stroke=None)
    )


def nothing(message: str) -> Any:
    """A chart that says why there is nothing to draw."""
    return (
        alt.Chart(rows([{"message": message}]))
        .mark_text(align="left", fontSize=14, color=MUTED)
        .encode(text="message:N", x=alt.value(0))
        .properties(width=600, height=60)
    )
