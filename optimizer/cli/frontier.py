"""`concord frontier`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType

from concord.errors import BadInput
from concord.export import write_file

from .exit_codes import ExitCode
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
from .rendering.console import console
from .rendering.progress import watched
from .rendering.tables import Column, percent, table, text_column
from .solve import DEFAULTS, Gap, Quiet, Seed, Threads, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.frontier import FrontierPoint, Question

NAME = "frontier"
TABLE = "frontier.csv"
BREAK_POINT = "break-point"
STEP = 0.001
"""Of the limit, for which the worth of loosening it is shown."""
QUESTION = "question"
"""The column of the table that tells which frontier it belongs to."""

X = Annotated[
    str,
    typer.Option(
        "--x",
        metavar="FIGURE",
        help="burden.gini, .spread, .ratio or .affordability, or a measure: minimum, harmonic, alpha:2.",
    ),
]
Y = Annotated[
    str, typer.Option("--y", metavar="MEASURE", help="What is maximised: measure is what the file says.")
]
Count = Annotated[int, typer.Option("-n", "--points", min=2, help="Most points, both ends included.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FOLDER", help="CSV, PNG and page; points found there are kept."),
]
BreakPoints = Annotated[
    bool,
    typer.Option(
        "--break-points",
        help="Find where the price jumps between the points, whole decisions held.",
    ),
]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    problem: ProblemArgument = DEFAULT_PROBLEM,
    x: X = "burden.gini",
    y: Y = "measure",
    n: Count = 12,
    break_points: BreakPoints = False,
    settings: Settings = None,
    overlays: Overlays = None,
    doctrine: DoctrineChoice = None,
    locks: Locks = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    seed: Seed = DEFAULTS.seed,
    threads: Threads = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What fairness costs: the best plan under one limit after another on a figure of fairness."""
    options = solve_options(
        gap=gap, time_limit=time_limit, node_limit=None, seed=seed, threads=threads, solver=DEFAULTS.solver
    )
    read = read_problem(problem, settings, overlays, None, doctrine, None, locks)
    from concord.analysis import break_points as jumps  # noqa: PLC0415
    from concord.analysis import frontier  # noqa: PLC0415

    question = frontier.Question.of(read, x, y)
    options = with_default_gap(options, gap, read)
    mark = _mark(question, options.gap)
    known = [] if out is None or overwrite else _read(out / TABLE, mark)

    def keep(points: list[FrontierPoint]) -> None:
        if out is not None:
            _write(out / TABLE, points, mark)

    if break_points:
        jumps.refuse_unless_linear(question)
    with watched(quiet=quiet) as watch:
        points = frontier.frontier_points(question, n, options, watch=watch, known=known, tell=keep)
        if break_points:
            points = jumps.with_break_points(question, points, options, watch=watch, tell=keep)
    rows = json.loads(frontier.frontier_table(points).to_json(orient="records", double_precision=15))
    if out is not None:
        from concord.export.charts.frontier import write_frontier  # noqa: PLC0415

        keep(points)
        write_frontier(rows, x, read.title, out)
    if as_json:
        typer.echo(json.dumps(rows, indent=2).encode())
    elif not quiet:
        console().print(_page(rows, x))
    cut = any(point.status not in ("optimal", "infeasible", BREAK_POINT) for point in points)
    raise typer.Exit(ExitCode.LIMIT_WITH_PLAN if cut else ExitCode.SUCCESS)


def _mark(question: Question, gap: float) -> str:
    """What tells one frontier from another: problem, axes and the gap asked for."""
    text = "\n".join([question.problem.model_dump_json(), question.x, question.y, repr(gap)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(path: Path, mark: str) -> list[FrontierPoint]:
    """The points of an earlier run; none where there was none. Raises BadInput where it asked otherwise."""
    if not path.exists():
        return []
    import pandas as pd  # noqa: PLC0415

    from concord.analysis.frontier import points_of  # noqa: PLC0415

    try:
        written = pd.read_csv(io.StringIO(path.read_text("utf-8")), dtype=str)
        same = set(written[QUESTION].astype(str)) <= {mark}
        points = points_of(written) if same else []
    except (OSError, KeyError, ValueError) as error:
        remedy = "name another folder, or give --overwrite"
        raise BadInput.single("this is no frontier to go on with", field=str(path), remedy=remedy) from error
    if not same:
        message = "the frontier here is of another problem, another figure or another gap"
        remedy = "name another folder, or give --overwrite"
        raise BadInput.single(message, field=str(path), remedy=remedy)
    return [point for point in points if point.status != "interrupted"]


def _write(path: Path, points: list[FrontierPoint], mark: str) -> None:
    from concord.analysis.frontier import frontier_table  # noqa: PLC0415
    from concord.export.refusing import refusing  # noqa: PLC0415

    with refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    told = frontier_table(points)
    told[QUESTION] = mark
    write_file(path, told.to_csv(index=False), overwrite=True)


def _page(rows: list[dict[str, Any]], x: str) -> RenderableType:
    heads = ("reached", "security", "gap", "price of fairness", "at least", "at most", "seconds")
    points = [row for row in rows if row["status"] != BREAK_POINT]
    shown = table([text_column(x), *map(Column, heads)], [_cells(row) for row in points])
    if len(points) == len(rows):
        return shown
    told = ("security", f"{STEP:g} looser is worth, before", "behind")
    jumps = [_jump(row) for row in rows if row["status"] == BREAK_POINT]
    return Group(shown, "", table([text_column("break-point"), *map(Column, told)], jumps))


def _jump(row: dict[str, Any]) -> list[str]:
    worth = [percent(row[name] * STEP, 2) for name in ("worth_stricter", "worth_looser")]
    return [f"{row['limit']:.6g}", f"{row['value']:.4f}", *worth]


def _cells(row: dict[str, Any]) -> list[str]:
    limit = "no limit" if row["limit"] is None else f"{row['limit']:.4g}"
    if row["value"] is None:
        return [limit, str(row["status"]), *[""] * 6]
    reached = "-" if row["reached"] is None else f"{row['reached']:.4g}"
    prices = [percent(row[name], 2) for name in ("price", "price_least", "price_most")]
    return [limit, reached, f"{row['value']:.4f}", percent(row["gap"], 2), *prices, f"{row['seconds']:.1f}"]
