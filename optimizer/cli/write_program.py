"""`concord write-program`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from concord.export import write_file

from .options import (
    AlphaChoice,
    DoctrineChoice,
    ObjectiveChoice,
    OutFile,
    Overlays,
    Overwrite,
    ProblemArgument,
    Settings,
    ThenChoice,
    read_problem,
)

NAME = "write-program"


class Format(StrEnum):
    """Formats of programs."""

    LP = "lp"
    MPS = "mps"


def command(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    problem: ProblemArgument,
    as_format: Annotated[Format, typer.Option("--format", help="The LP format reads well, MPS is exact.")],
    out: OutFile = None,
    overwrite: Overwrite = False,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    doctrine: DoctrineChoice = None,
) -> None:
    """Write the program of a problem as a linear one, for the eye or for another solver.

    A first grid of tangents stands in place of its curves, so that the optimum is a bound on that of
    the problem.
    """
    from concord import planning  # noqa: PLC0415
    from concord.algebra.writing import write_lp, write_mps  # noqa: PLC0415

    program = planning.relaxation(
        read_problem(problem, settings, overlays, objective, doctrine, alpha, then=then)
    )
    text = write_lp(program) if as_format is Format.LP else write_mps(program)
    if out is None:
        typer.echo(text.encode(), nl=False)
    else:
        write_file(out, text, overwrite=overwrite)
        typer.echo(f"Written to {out}")
