"""`concord export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput, Fault, likely
from concord.export.formats import FORMATS, export, makeable
from concord.models import DesignProblem, Plan

from .options import Overwrite
from .plan_reading import PlanArgument, ProblemOfPlan, judged, leave, read_with_problem
from .rendering.console import console

NAME = "export"


def complete_format(incomplete: str) -> list[tuple[str, str]]:
    """Formats that begin with what is typed."""
    return [(name, each.what) for name, each in FORMATS.items() if name.startswith(incomplete)]


_FORMATS_HELP = f"One of {', '.join(FORMATS)}; may be given several times, or several with commas."
Formats = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="FORMAT", help=_FORMATS_HELP, autocompletion=complete_format),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FOLDER", help="Where the exports go; beside the plan by default."),
]


def command(
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    to: Formats = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every format that this machine can make.")
    ] = False,
    out: Out = None,
    overwrite: Overwrite = False,
) -> None:
    """Hand a plan over: as a workbook, tables, a map, a report."""
    names = makeable() if everything else chosen_formats(to, "--to")
    if not names:
        remedy = f"give --to with {', '.join(FORMATS)}, or --all"
        raise BadInput([Fault("no format is named", field="--to", remedy=remedy)])
    read, against, path = read_with_problem(plan, problem, NAME)
    require_match(read, against, path)
    read = judged(read, against, path)
    for written in export(read, against, names, out or path.parent, overwrite=overwrite):
        console().print(shown_path(written), soft_wrap=True, markup=False, highlight=False)
    leave(read)


def chosen_formats(given: list[str] | None, option: str) -> list[str]:
    """Names of formats from an option, each once. Raises BadInput with every name that is none."""
    names = [name.strip().lower() for part in given or () for name in part.split(",")]
    faults = [
        Fault(
            f"there is no such format{likely(name, FORMATS)}",
            field=option,
            value=name,
            remedy=f"one of {', '.join(FORMATS)}",
        )
        for name in names
        if name not in FORMATS
    ]
    if faults:
        raise BadInput(faults)
    return list(dict.fromkeys(names))


def require_match(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Raise BadInput where `plan` answers another problem."""
    if plan.problem.id != problem.id or plan.problem.periods != problem.periods:
        raise BadInput.single(
            f"this plan answers {plan.problem.id!r} for other periods or another problem than {problem.id!r}",
            file=str(path),
            remedy="name the problem that the plan was made for after the plan",
        )


def shown_path(path: Path) -> str:
    """A path as short as it can be told."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
