"""What a sweep finds: aggregate security over one figure or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import isnan
from pathlib import Path
from typing import Any

import altair as alt

from ..palette import BLUE, INK, MUTED, SKY
from ..publishing import publish
from .drawing import dressed, nothing, rows

WIDTH, HEIGHT = 560, 320
Point = Mapping[str, Any]
"""A row of a sweep's table: paths to values, `measure`, `bound`; None or NaN where there is no plan."""


def sweep_chart(points: Sequence[Point], paths: Sequence[str], title: str) -> Any:
    """A line with its proven bound over one path, or a coloured grid over two."""
    found = [
        {"x": point[paths[0]], "y": point[paths[-1]], "measure": point["measure"], "bound": point["bound"]}
        for point in points
        if point["measure"] is not None and not isnan(point["measure"])
    ]
    lost = len(points) - len(found)
    lines = [f"{lost} of {len(points)} combinations have no plan."] if lost else []
    if not found:
        return dressed(nothing("None of the combinations has a plan."), title)
    drawn = _line(found, paths[0]) if len(paths) == 1 else _grid(found, paths)
    return dressed(drawn, title, *lines)


def write_sweep_chart(
    points: Sequence[Point], paths: Sequence[str], title: str, path: Path, *, overwrite: bool = False
) -> None:
    """Draw into `path`, a `.png` or an `.svg`. Raises BadInput as `write_chart` does."""
    from . import picture  # noqa: PLC0415 -- the package imports its modules

    drawn = picture(sweep_chart(points, paths, title), path.suffix.lower())
    publish(path.parent, {path.name: partial(_fill, drawn)}, overwrite=overwrite)


def _fill(drawn: bytes, path: Path) -> None:
    path.write_bytes(drawn)


def _line(found: list[dict[str, Any]], path: str) -> Any:
    numeric = all(isinstance(point["x"], int | float) for point in found)
    x = alt.X("x:Q" if numeric else "x:O", title=path, sort=None, scale=alt.Scale(zero=False, nice=False))
    y = alt.Y("measure:Q", title="aggregate security", scale=alt.Scale(zero=False))
    base = alt.Chart(rows(found))
    band = base.mark_area(color=SKY, opacity=0.45).encode(x=x, y=y, y2="bound:Q")
    line = base.mark_line(color=BLUE, point=alt.OverlayMarkDef(color=BLUE, size=45)).encode(x=x, y=y)
    return (band + line).properties(width=WIDTH, height=HEIGHT)


def _grid(found: list[dict[str, Any]], paths: Sequence[str]) -> Any:
    x = alt.X("x:O", title=paths[0], sort=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("y:O", title=paths[1], sort=None)
    colour = alt.Color("measure:Q", title="security", scale=alt.Scale(range=["#eef4f8", BLUE]))
    base = alt.Chart(rows(found))
    middle = sum(point["measure"] for point in found) / len(found)
    ink = alt.condition(f"datum.measure > {middle}", alt.value("#ffffff"), alt.value(INK))
    text = base.mark_text(color=MUTED).encode(x=x, y=y, text=alt.Text("measure:Q", format=".3f"), color=ink)
    return (base.mark_rect().encode(x=x, y=y, color=colour) + text).properties(width=WIDTH, height=HEIGHT)
