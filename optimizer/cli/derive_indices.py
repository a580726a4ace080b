"""`concord derive-indices`. Pandas is imported late, as the solvers are in `concord solve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput
from concord.export import write_file
from concord.loading.bundled import TABLES

from .exit_codes import ExitCode
from .options import OutFile, Overwrite

NAME = "derive-indices"

Tables = Annotated[
    Path, typer.Option("--tables", metavar="FOLDER", help="The raw tables; the bundled ones by default.")
]


def command(tables: Tables = TABLES, out: OutFile = None, overwrite: Overwrite = False) -> None:
    """Derive the indices of 1992 from the raw tables: compare them with the bundled ones, or write them."""
    from concord.baseline import derive_indices  # noqa: PLC0415

    try:
        derived = derive_indices(tables)
    except (OSError, ValueError) as error:
        remedy = "name a folder that holds the raw tables"
        raise BadInput.single(str(error), file=str(tables), remedy=remedy) from error
    text = derived.to_csv(index=False, lineterminator="\n")
    if out is not None:
        write_file(out, text, overwrite=overwrite)
        typer.echo(f"Written to {out}")
    elif text == (TABLES / "indices-1992.csv").read_text(encoding="utf-8"):
        typer.echo(f"The indices of {len(derived)} states equal the bundled table.")
    else:
        typer.echo(f"The indices of {len(derived)} states differ from the bundled table.")
        raise typer.Exit(ExitCode.VIOLATIONS)
