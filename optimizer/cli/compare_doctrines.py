"""`concord compare-doctrines`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType
from rich.constrain import Constrain

from concord.errors import BadInput, Fault
from concord.export import OutputFolder, csv_text, plan_json
from concord.loading import bundled_doctrines, load_doctrine, problem_json

from .exit_codes import ExitCode, of_plan
from .export import shown_path
from .options import (
    DEFAULT_PROBLEM,
    AlphaChoice,
    AsJson,
    ObjectiveChoice,
    Overlays,
    Overwrite,
    ProblemArgument,
    Settings,
    ThenChoice,
    read_problem,
    solve_options,
    with_default_gap,
)
from .rendering.console import SUMMARY_WIDTH, as_text, console, styled
from .rendering.progress import watched
from .rendering.tables import Column, amount, percent, signed_percent, table, text_column
from .rescue import filled
from .solve import DEFAULTS, PLANS, Gap, Out, Quiet, Seed, Threads, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.doctrines import DoctrineComparison, DoctrineRow
    from concord.models import DesignProblem, Doctrine

NAME = "compare-doctrines"
TABLE, SUMMARY = "doctrines.csv", "summary.txt"

Doctrines = Annotated[
    str | None,
    typer.Option("--doctrines", metavar="A,B", help="Which, separated by commas; all bundled by default."),
]
After = Annotated[
    int, typer.Option("--after", metavar="PERIODS", help="Periods after the horizon that the long run has.")
]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    problem: ProblemArgument = DEFAULT_PROBLEM,
    doctrines: Doctrines = None,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    seed: Seed = DEFAULTS.seed,
    threads: Threads = None,
    after: After = 10,
    out: Out = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Solve a problem under several doctrines with the same money at hand, and lay them side by side."""
    options = solve_options(
        gap=gap, time_limit=time_limit, node_limit=None, seed=seed, threads=threads, solver=DEFAULTS.solver
    )
    chosen = _chosen(doctrines)
    read = read_problem(problem, settings, overlays, objective, alpha=alpha, then=then)
    folder = _claim(out, overwrite, read, chosen)
    from concord.analysis.doctrines import compare  # noqa: PLC0415

    options = with_default_gap(options, gap, read)
    with watched(quiet=quiet) as watch:
        comparison = compare(read, chosen, options, watch, after)
    path = _present(comparison, read, folder, after, as_json=as_json, quiet=quiet)
    raise typer.Exit(_exit_code(comparison, len(chosen)) if folder.asked_for(path) else ExitCode.ELSEWHERE)


def _chosen(names: str | None) -> list[Doctrine]:
    """The doctrines named. Raises BadInput with everything wrong about all of them."""
    if names is None:
        return [load_doctrine(doctrine.path) for doctrine in bundled_doctrines()]
    found: list[Doctrine] = []
    faults: list[Fault] = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        try:
            found.append(load_doctrine(name))
        except BadInput as error:
            faults.extend(error.faults)
    if faults:
        raise BadInput(faults)
    return found


def _claim(out: Path | None, overwrite: bool, problem: DesignProblem, chosen: list[Doctrine]) -> OutputFolder:
    if out is None:
        return OutputFolder.next_free(PLANS, f"{problem.id}-doctrines")
    known = {doctrine.id for doctrine in chosen} | {doctrine.name for doctrine in bundled_doctrines()}
    ours = {TABLE, SUMMARY, *(f"{name}.{kind}.json" for name in known for kind in ("plan", "problem"))}
    return OutputFolder.named(out, overwrite=overwrite, ours=ours)


def _present(
    comparison: DoctrineComparison,
    problem: DesignProblem,
    folder: OutputFolder,
    after: int,
    *,
    as_json: bool,
    quiet: bool,
) -> Path:
    page = _page(comparison, problem, after)
    if as_json:
        rows = [result.row.model_dump(mode="json") for result in comparison.results]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False).encode())
    elif not quiet:
        console().print(page)
    path = filled(folder, _files(comparison, as_text(page)), f"{problem.id}-doctrines")
    if not quiet or not folder.asked_for(path):
        what = f"{TABLE}, {SUMMARY}, and DOCTRINE.plan.json with DOCTRINE.problem.json"
        line = f"\nWritten to {shown_path(path)}: {what}"
        console(stderr=as_json or quiet).print(line, soft_wrap=True)
    return path


def _files(comparison: DoctrineComparison, page: str) -> Mapping[str, str]:
    from concord.analysis.doctrines import DoctrineRow  # noqa: PLC0415

    files = {TABLE: csv_text([result.row for result in comparison.results], DoctrineRow), SUMMARY: page}
    for result in comparison.results:
        if result.plan is not None and result.problem is not None:
            files[f"{result.doctrine.id}.plan.json"] = plan_json(result.plan)
            files[f"{result.doctrine.id}.problem.json"] = problem_json(result.problem)
    return files


def _page(comparison: DoctrineComparison, problem: DesignProblem, after: int) -> RenderableType:
    """The table, best doctrine first."""
    ranked = sorted(comparison.results, key=lambda result: -(result.row.measure or 0.0))
    columns = [
        text_column("doctrine"),
        *map(Column, ("security", "change", "worst off", "paid", "arms", "burden", "troops", "posture")),
        Column("long run"),
    ]
    rows = [_cells(result.row) for result in ranked]
    first, last = problem.periods[0], problem.periods[-1]
    notes = (
        f"security: the measure, and its change. worst off: the least secure state of {last}, and its ratio. "
        f"paid: {problem.currency}, all periods, of which arms. burden: the largest of any state, of its "
        f"GDP. troops: stationed, mean of all periods. posture: mean change of forces by {last}. long run: "
        f"change of security in the {after} periods after {last}, when the institution has ended."
    )
    span = f"{first}-{last}" if last > first else f"{first}"
    title = problem.title if span in problem.title else f"{problem.title}, {span}"
    page = Group(styled(title, "bold"), table(columns, rows, expand=True), styled(""), styled(notes))
    return Constrain(page, SUMMARY_WIDTH)


def _cells(row: DoctrineRow) -> list[str]:
    if row.measure is None or row.baseline is None:
        return [row.doctrine, row.outcome.value, *[""] * 8]
    return [
        row.doctrine,
        f"{row.measure:.4f}",
        signed_percent(row.gain or 0.0),
        f"{row.worst_off} {row.worst_ratio or 0.0:.3f}",
        amount(row.paid or 0.0, 0),
        amount(row.arms or 0.0, 0),
        percent(row.largest_burden or 0.0, 2),
        amount(row.troops or 0.0, 0),
        signed_percent(row.posture or 0.0),
        signed_percent((row.long_run or 0.0) / (row.long_run_baseline or 1.0) - 1),
    ]


def _exit_code(comparison: DoctrineComparison, asked: int) -> ExitCode:
    """The worst that happened to any doctrine; a search cut short counts."""
    from concord.analysis.doctrines import Outcome  # noqa: PLC0415

    if any(result.row.outcome is Outcome.FAILED for result in comparison.results):
        return ExitCode.SOLVER_FAILURE
    plans = [result.plan for result in comparison.results]
    if not any(plans):
        return ExitCode.INFEASIBLE
    codes = {of_plan(plan) for plan in plans if plan is not None}
    cut_short = len(plans) < asked or ExitCode.LIMIT_WITH_PLAN in codes
    return ExitCode.LIMIT_WITH_PLAN if cut_short else ExitCode.SUCCESS
