"""Pictures of a plan: a map, who bears what, security before and after, where the money flows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from concord.errors import BadInput
from concord.models import DesignProblem, Plan

try:
    import altair as alt
except AttributeError as error:  # it takes its signatures from docstrings
    remedy = "run without -OO and PYTHONOPTIMIZE=2"
    raise BadInput.single("pictures cannot be drawn where docstrings are stripped", remedy=remedy) from error

from ..pictures import ChartKind
from ..publishing import publish
from ..render_worker import Job
from ..renderer import RENDERER
from .burden import burden_chart
from .drawing import drawable_specification
from .flow import flow_chart
from .map import map_chart
from .security import security_chart

Chart = alt.TopLevelMixin
PIXELS = 2.0
"""Pixels of a PNG for each point of the picture."""


KINDS: Mapping[ChartKind, Callable[[Plan, DesignProblem], Chart]] = {
    ChartKind.MAP: map_chart,
    ChartKind.BURDEN: burden_chart,
    ChartKind.SECURITY: security_chart,
    ChartKind.FLOW: flow_chart,
}


def chart(plan: Plan, problem: DesignProblem, kind: ChartKind) -> Chart:
    """The picture as an Altair chart with its data inline."""
    return KINDS[kind](plan, problem)


def picture(made: Chart, ending: str) -> bytes:
    """A chart as a `.png` or an `.svg`, or as an `.html` that needs nothing else. Raises ToolFailure."""
    specification = drawable_specification(made.to_dict(format="vega-lite"))
    return RENDERER.draw(Job(ending=ending, pixels=PIXELS, specification=specification))


def write_chart(
    plan: Plan, problem: DesignProblem, kind: ChartKind, path: Path, *, overwrite: bool = False
) -> None:
    """Draw into `path`, a `.png` or an `.svg`.

    Raises BadInput where the file is there already and may not be overwritten, and where the system refuses.
    """
    drawn = picture(chart(plan, problem, kind), path.suffix.lower())
    publish(path.parent, {path.name: lambda staged: _fill(staged, drawn)}, overwrite=overwrite)


def _fill(path: Path, drawn: bytes) -> None:
    path.write_bytes(drawn)


__all__ = ["KINDS", "Chart", "ChartKind", "chart", "picture", "write_chart"]
