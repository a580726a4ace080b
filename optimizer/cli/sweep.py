"""`concord sweep`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType

from concord.errors import BadInput, Fault
from concord.export.folder import require_free
from concord.export.pictures import PICTURE_ENDINGS

from .exit_codes import ExitCode, of_plan
from .options import (
    DEFAULT_PROBLEM,
    AsJson,
    DoctrineChoice,
    Locks,
    Overlays,
    Overwrite,
    ProblemArgument,
    Settings,
    read_problem,
    solve_options,
    with_default_gap,
)
from .rendering.console import console, styled
from .rendering.progress import watched
from .rendering.tables import Column, amount, percent, signed_percent, table, text_column
from .rescue import written
from .solve import DEFAULTS, Gap, Quiet, Seed, Threads, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.sweep import Sweep

NAME = "sweep"

Over = Annotated[
    list[str],
    typer.Option(
        "--over",
        metavar="PATH=A,B,C",
        help="A figure and its values, such as funds.assessed.budget.1994=500,600,700; at most two.",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the table as CSV.")]
ChartFile = Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw it, as .svg or .png.")]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    problem: ProblemArgument = DEFAULT_PROBLEM,
    over: Over,
    settings: Settings = None,
    overlays: Overlays = None,
    doctrine: DoctrineChoice = None,
    locks: Locks = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    seed: Seed = DEFAULTS.seed,
    threads: Threads = None,
    out: Out = None,
    chart: ChartFile = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Solve a problem for every value of one figure or two, each from where the search before ended."""
    options = solve_options(
        gap=gap, time_limit=time_limit, node_limit=None, seed=seed, threads=threads, solver=DEFAULTS.solver
    )
    paths = _paths(over)
    if chart is not None and chart.suffix.lower() not in PICTURE_ENDINGS:
        message = f"no picture is written as {chart.suffix or 'a file without an ending'}"
        raise BadInput([Fault(message, field="--chart", value=str(chart), remedy="end it in .svg or .png")])
    for target in filter(None, (out, chart)):
        require_free(target, overwrite=overwrite)
    read = read_problem(problem, settings, overlays, None, doctrine, None, locks)
    options = with_default_gap(options, gap, read)
    from concord.analysis.session import Session  # noqa: PLC0415

    with watched(quiet=quiet) as watch, _told_of_over():
        swept = Session(read, options, watch).sweep(paths)
    rows = json.loads(swept.table.to_json(orient="records"))
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False).encode())
    elif not quiet:
        console().print(_page(rows, list(paths)))
    there = out is None or written(out, swept.table.to_csv(index=False), overwrite=overwrite)
    if chart is not None:
        from concord.export.charts.sweep import write_sweep_chart  # noqa: PLC0415

        write_sweep_chart(rows, list(paths), read.title, chart, overwrite=overwrite)
    raise typer.Exit(_exit_code(swept) if there else ExitCode.ELSEWHERE)


@contextmanager
def _told_of_over() -> Iterator[None]:
    """Name the option that was given in faults of its values."""
    try:
        yield
    except BadInput as error:
        raise BadInput([replace(fault, file="--over") for fault in error.faults]) from None


def _paths(over: list[str]) -> dict[str, list[Any]]:
    """Path to its values. Raises BadInput."""
    found: dict[str, list[Any]] = {}
    for text in over:
        path, _, values = text.partition("=")
        parts = [part.strip() for part in values.split(",") if part.strip()]
        if not path.strip() or not parts or path.strip() in found:
            message = "a sweep needs a path and its values, each path once"
            remedy = "write PATH=A,B,C, such as --over funds.assessed.budget.1994=500,600,700"
            raise BadInput([Fault(message, "--over", value=text, remedy=remedy)])
        found[path.strip()] = [_value(part) for part in parts]
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _page(rows: list[dict[str, Any]], paths: list[str]) -> RenderableType:
    columns = [
        *(text_column(_broken(path)) for path in paths),
        *map(Column, ("security", "change", "worst off", "paid", "garrisons")),
    ]
    lines = [[*(str(row[path]) for path in paths), *_cells(row)] for row in rows]
    note = "In brackets: the gap to which each plan is proven. Smaller differences between rows mean nothing."
    return Group(table([*columns, Column("seconds")], lines), styled(note))


def _broken(path: str) -> str:
    """The path in two lines, so that two of them fit beside the figures."""
    section, _, name = path.rpartition(".")
    return f"{section}.\n{name}" if section else name


def _cells(row: dict[str, Any]) -> list[str]:
    if row["measure"] is None:
        return [str(row["detail"]), *[""] * 5]
    return [
        f"{row['measure']:.4f} ({percent(row['gap'], 2)})",
        signed_percent(row["gain"]),
        f"{row['worst_off']} {row['worst_ratio']:.3f}",
        amount(row["paid"], 0),
        str(int(row["garrisons"])),
        f"{row['seconds']:.1f}",
    ]


def _exit_code(swept: Sweep) -> ExitCode:
    """The worst that happened at any point, where there is a plan at all."""
    if any(point.failed for point in swept.points):
        return ExitCode.SOLVER_FAILURE
    plans = [point.plan for point in swept.points if point.plan is not None]
    if not plans:
        return ExitCode.INFEASIBLE
    return ExitCode.LIMIT_WITH_PLAN if ExitCode.LIMIT_WITH_PLAN in map(of_plan, plans) else ExitCode.SUCCESS
