"""What the pictures share: look, title, and the line that says what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from models import Plan

from ..about import ENDINGS
from ..palette import INK, MUTED, PALE

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
LONGEST_TITLE = 110
Row = Mapping[str, Any]


def rows(data: Iterable[Row]) -> alt.InlineData:
    """Records, or features of GeoJSON, as the data of a chart: as text, which Altair need not check."""
    text = json.dumps(list(data), separators=(",", ":"))
    return alt.InlineData(values=text, format=alt.JsonDataFormat(type="json"))


def short(text: str, longest: int = LONGEST_TITLE) -> str:
    """`text` cut to a length that fits.

    >>> short("Yugoslavia (Serbia and Montenegro)", 14)
    'Yugoslavia (S…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def distinct(names: Sequence[str]) -> list[str]:
    """`names` with a number behind those that stood before: rows of a chart are told apart by name.

    >>> distinct(["A", "B", "A"])
    ['A', 'B', 'A (2)']
    """
    return [
        name if name not in names[:place] else f"{name} ({names[:place].count(name) + 1})"
        for place, name in enumerate(names)
    ]


def finished(made: Any, plan: Plan, title: str, *lines: str) -> Any:
    """The chart with its title, with `lines` and the proof under it, and the common look."""
    measure = plan.measure
    proof = (
        f"{short(plan.problem.title)}. Proof: gap {measure.gap:.3%}, search "
        f"{ENDINGS[plan.termination.reason]}; plan of {plan.provenance.created[:10]}."
    )
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
