"""`concord chart`.

The libraries that draw take a second to load, so that they are imported where they are needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput, Fault
from concord.export.naming import safe_name
from concord.export.pictures import PICTURE_ENDINGS, ChartKind

from .export import require_match, shown_path
from .options import Overwrite
from .plan_reading import PlanArgument, ProblemOfPlan, judged, leave, read_with_problem
from .rendering.console import console

NAME = "chart"


Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="A .svg or .png; ID-KIND.svg here by default."),
]


def command(
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    kind: Annotated[ChartKind, typer.Option("--kind", help="What the picture shows.")] = ChartKind.MAP,
    out: Out = None,
    overwrite: Overwrite = False,
) -> None:
    """Draw a plan: its map, who bears what, security before and after, where the money flows."""
    if out is not None and out.suffix.lower() not in PICTURE_ENDINGS:
        message = f"no picture is written as {out.suffix or 'a file without an ending'}"
        raise BadInput([Fault(message, field="--out", value=str(out), remedy="end the name in .svg or .png")])
    read, against, path = read_with_problem(plan, problem, NAME)
    require_match(read, against, path)
    read = judged(read, against, path)
    target = out or Path(f"{safe_name(read.problem.id)}-{kind.value}.svg")
    from concord.export.charts import write_chart  # noqa: PLC0415

    write_chart(read, against, kind, target, overwrite=overwrite)
    console().print(shown_path(target), soft_wrap=True, markup=False, highlight=False)
    leave(read)
