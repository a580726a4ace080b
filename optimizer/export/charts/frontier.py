"""A frontier: aggregate security over a figure of fairness, with the proven bound and the price."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import altair as alt

from ..palette import AMBER, BLUE, BRICK, SKY
from ..publishing import publish
from ..refusing import refusing
from .drawing import dressed, nothing, rows

WIDTH, HEIGHT = 600, 340
BREAK_POINT = "break-point"
Point = Mapping[str, Any]
"""A row of a frontier's table; None where a figure is absent."""


def frontier_chart(points: Sequence[Point], x: str, title: str) -> Any:
    """A line over the limit, the bound as a band, diamonds at break-points, crosses where no plan is."""
    found = [{**p, "at": p["reached"] if p["limit"] is None else p["limit"]} for p in points if p["value"]]
    lost = [{"at": p["limit"], "status": p["status"]} for p in points if not p["value"]]
    if not found:
        return dressed(nothing("There is no plan under any of the limits."), title)
    axis = alt.X("at:Q", title=x, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=8))
    y = alt.Y("value:Q", title="aggregate security", scale=alt.Scale(zero=False))
    tips = [alt.Tooltip(f"{name}:Q", format=".4~g") for name in ("limit", "reached", "value", "bound")] + [
        alt.Tooltip("price:Q", format=".2%"),
        alt.Tooltip("gap:Q", format=".3%"),
        "status:N",
    ]
    line = alt.Chart(rows(found)).mark_line(color=BLUE).encode(x=axis, y=y)
    jumps = [point for point in found if point["status"] == BREAK_POINT]
    searched = alt.Chart(rows(point for point in found if point["status"] != BREAK_POINT))
    band = searched.mark_area(color=SKY, opacity=0.45).encode(x=axis, y=y, y2="bound:Q")
    drawn = (
        band + line + searched.mark_circle(color=BLUE, size=55, opacity=1).encode(x=axis, y=y, tooltip=tips)
    )
    if jumps:
        drawn += _diamonds(jumps, axis, y)
    if lost:
        crosses = alt.Chart(rows(lost)).mark_point(shape="cross", color=BRICK, size=70)
        drawn += crosses.encode(x=axis, y=alt.value(HEIGHT - 8), tooltip=["at:Q", "status:N"])
    lines = ["The last point answers to no limit; the band reaches to the proven bound."]
    if jumps:
        lines.append("Diamonds: the price of fairness jumps here, whole decisions held.")
    if lost:
        lines.append(f"Crosses: {len(lost)} of {len(points)} limits without a plan.")
    return dressed(drawn.properties(width=WIDTH, height=HEIGHT), title, *lines)


def _diamonds(jumps: Sequence[Point], x: Any, y: Any) -> Any:
    """Where the price jumps, with what loosening is worth on either side of it."""
    tips = [alt.Tooltip(f"{name}:Q", format=".6~g") for name in ("limit", "value")] + [
        alt.Tooltip("worth_stricter:Q", title="a unit looser is worth, before", format=".4~g"),
        alt.Tooltip("worth_looser:Q", title="behind", format=".4~g"),
    ]
    marks = alt.Chart(rows(jumps)).mark_point(shape="diamond", color=AMBER, fill=AMBER, size=80, opacity=1)
    return marks.encode(x=x, y=y, tooltip=tips)


def frontier_page(chart: Any, title: str) -> str:
    """A page of its own, with all that it needs inside: figures appear under the pointer."""
    from . import picture  # noqa: PLC0415 -- the package imports its modules

    page = picture(chart, ".html").decode()
    return page.replace("<head>", f"<head><title>{escape(title)}</title>", 1)


def write_frontier(points: Sequence[Point], x: str, title: str, folder: Path) -> list[Path]:
    """Put `frontier.png` and `frontier.html` into `folder`, over older ones. Raises BadInput."""
    from . import picture  # noqa: PLC0415 -- the package imports its modules

    chart = frontier_chart(json.loads(json.dumps(points)), x, title)
    drawn, page = picture(chart, ".png"), frontier_page(chart, title).encode()
    with refusing(folder):
        writers = {"frontier.png": partial(_fill, drawn), "frontier.html": partial(_fill, page)}
        return publish(folder, writers, overwrite=True)


def _fill(content: bytes, path: Path) -> None:
    path.write_bytes(content)
