"""`concord report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput, Fault
from concord.export.publishing import publish
from concord.models import DesignProblem, Plan

from .export import require_match, shown_path
from .options import Overwrite
from .plan_reading import judged, leave, read_with_problem
from .rendering.console import console

NAME = "report"

Plans = Annotated[
    list[Path], typer.Argument(metavar="PLAN...", help="Plans, each a plan.json or the folder that holds it.")
]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The page, an .html.")]


def command(plans: Plans, out: Out = Path("report.html"), overwrite: Overwrite = False) -> None:
    """Make a page of one plan, or compare several on one page."""
    if out.suffix.lower() not in (".html", ".htm"):
        raise BadInput([Fault("a report is a page", field="--out", value=str(out), remedy="end it in .html")])
    read = [_read(path) for path in plans]
    text = _page(read)
    publish(out.parent, {out.name: lambda staged: _fill(staged, text)}, overwrite=overwrite)
    console().print(shown_path(out), soft_wrap=True, markup=False, highlight=False)
    leave(*(plan for _, plan, _ in read))


def _read(plan: Path) -> tuple[str, Plan, DesignProblem]:
    """A plan and its problem under the name of its folder."""
    read, problem, path = read_with_problem(plan, None, "export")
    require_match(read, problem, path)
    read = judged(read, problem, path)
    own = path.resolve()
    return own.parent.name if own.name == "plan.json" else own.stem, read, problem


def _page(read: list[tuple[str, Plan, DesignProblem]]) -> str:
    from concord.export.report import report_page  # noqa: PLC0415
    from concord.export.report.comparison import Entrant, comparison_page  # noqa: PLC0415

    if len(read) == 1:
        return report_page(*read[0][1:])
    labels = [label for label, _, _ in read]
    return comparison_page(
        [
            Entrant(label if labels.count(label) == 1 else f"{number}. {label}", plan, problem)
            for number, (label, plan, problem) in enumerate(read, 1)
        ]
    )


def _fill(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
