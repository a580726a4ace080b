"""`concord write-program`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from optimizer import planning
from optimizer.algebra.writing import write_lp, write_mps
from optimizer.export import write_file

from .options import (
    ObjectiveChoice,
    OutFile,
    Overlays,
    Overwrite,
    ProblemArgument,
    Settings,
    read_problem,
)

NAME = "write-program"


class Format(StrEnum):
    """Formats of programs."""

    LP = "lp"
    MPS = "mps"


_WRITERS = {Format.LP: write_lp, Format.MPS: write_mps}


def command(
    problem: ProblemArgument,
    as_format: Annotated[Format, typer.Option("--format", help="The LP format reads well, MPS is exact.")],
    out: OutFile = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
) -> None:
    """Write the linear part of the program of a problem, for the eye or for another solver."""
    text = _WRITERS[as_format](planning.program(read_problem(problem, settings, overlays, objective)))
    if out is None:
        typer.echo(text.encode(), nl=False)
    else:
        write_file(out, text, overwrite=overwrite)
        typer.echo(f"Written to {out}")
