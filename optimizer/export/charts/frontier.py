"""A frontier: aggregate security over a figure of fairness, with the proven bound and the price."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from ..folder import refusing
from ..palette import BLUE, BRICK, SKY
from ..publishing import publish
from .drawing import dressed, nothing, rows

WIDTH, HEIGHT = 600, 340
Point = Mapping[str, Any]
"""A row of a frontier's table; None where a figure is absent."""


def frontier_chart(points: Sequence[Point], x: str, title: str) -> Any:
    """A line over the limit with the bound as a band; limits without a plan are marked on the axis."""
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
    base = alt.Chart(rows(found))
    band = base.mark_area(color=SKY, opacity=0.45).encode(x=axis, y=y, y2="bound:Q")
    mark = alt.OverlayMarkDef(color=BLUE, size=55)
    line = base.mark_line(color=BLUE, point=mark).encode(x=axis, y=y, tooltip=tips)
    drawn = band + line
    if lost:
        crosses = alt.Chart(rows(lost)).mark_point(shape="cross", color=BRICK, size=70)
        drawn += crosses.encode(x=axis, y=alt.value(HEIGHT - 8), tooltip=["at:Q", "status:N"])
    lines = ["The last point answers to no limit; the band reaches to the proven bound."]
    if lost:
        lines.append(f"Crosses: {len(lost)} of {len(points)} limits without a plan.")
    return dressed(drawn.properties(width=WIDTH, height=HEIGHT), title, *lines)


def frontier_page(chart: Any, title: str) -> str:
    """A page of its own, with all that it needs inside: figures appear under the pointer."""
    specification: str = vl_convert.vegalite_to_html(chart.to_dict(format="vega-lite"), bundle=True)
    return specification.replace("<head>", f"<head><title>{escape(title)}</title>", 1)


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
