"""`concord show`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from concord.errors import BadInput, Fault, likely
from concord.export import restorable_csv
from concord.models import DesignProblem

from .options import (
    AlphaChoice,
    AsJson,
    DoctrineChoice,
    ObjectiveChoice,
    Overlays,
    ProblemArgument,
    Settings,
    ThenChoice,
    read_problem,
)
from .rendering.console import console
from .rendering.tables import Column, table, text_column
from .views import VIEWS, View

NAME = "show"


def _complete_table(incomplete: str) -> list[str]:
    return [name for name in VIEWS if name.startswith(incomplete)]


TableArgument = Annotated[
    str | None,
    typer.Argument(metavar="[TABLE]", help="Which table; none lists them.", autocompletion=_complete_table),
]


def command(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    problem: ProblemArgument,
    which: TableArgument = None,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    doctrine: DoctrineChoice = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with every field.")] = False,
) -> None:
    """Show a problem as tables: states, programmes, sites, missions, zones, funds, ..."""
    if as_json and as_csv:
        raise BadInput([Fault("one format at a time", field="--csv", remedy="give --json or --csv")])
    view = None if which is None else _view(which)
    read = read_problem(problem, settings, overlays, objective, doctrine, alpha, then=then)
    if view is None:
        _list_tables(read, as_json=as_json)
    elif as_json:
        rows = [row.model_dump(mode="json") for row in view.rows(read)]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False).encode())
    elif as_csv:
        typer.echo(restorable_csv(view.rows(read), view.row_type).encode(), nl=False)
    else:
        console().print(table(view.columns, view.cells(read)))


def _view(name: str) -> View:
    if name not in VIEWS:
        message = f"there is no table {name!r}{likely(name, VIEWS)}"
        raise BadInput([Fault(message, field="TABLE", remedy=f"one of {', '.join(VIEWS)}")])
    return VIEWS[name]


def _list_tables(problem: DesignProblem, *, as_json: bool) -> None:
    counts = {name: len(view.rows(problem)) for name, view in VIEWS.items()}
    if as_json:
        typer.echo(json.dumps(counts, indent=2).encode())
    else:
        rows = [[name, str(number)] for name, number in counts.items()]
        console().print(table([text_column("table"), Column("rows")], rows))
