"""`concord solve`.

The solvers take most of a second to load, so that they are imported where they are needed: help, completion
and the other commands do without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import RenderableType

from concord.agreement import staying_close
from concord.errors import ConcordError, Infeasible
from concord.export import OutputFolder, columns_csv, plan_json, plan_tables
from concord.export.formats import FORMATS, export
from concord.loading import can_be_read, problem_json
from concord.models import DesignProblem, Plan
from concord.models.plan import PLAN_TABLES
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch

from .exit_codes import ExitCode, of_plan
from .export import chosen_formats, complete_format, shown_path
from .options import (
    DEFAULT_PROBLEM,
    AlphaChoice,
    AsJson,
    DoctrineChoice,
    Locks,
    MaxMoves,
    ObjectiveChoice,
    Overlays,
    Overwrite,
    ProblemArgument,
    Settings,
    StayClose,
    ThenChoice,
    read_problem,
    solve_options,
)
from .plan_reading import read_plan
from .rendering.console import as_text, console
from .rendering.progress import watched
from .rendering.summary import summary
from .rescue import filled
from .usual import usual

NAME = "solve"
PLANS = Path("plans")
DEFAULTS = SolveOptions()
LEAST_EXPLANATION = 10.0
"""Seconds in which a conflict is looked for, however little of the time limit is left."""
FILES = frozenset(
    {"plan.json", "problem.json", "summary.txt", "columns.csv", *(f"{name}.csv" for name in PLAN_TABLES)}
)
"""Every file of an output folder."""


def complete_solver(incomplete: str) -> list[str]:
    """Solvers on this machine that begin with what is typed."""
    from concord.solving.backends.registry import available  # noqa: PLC0415

    return [name for name in available() if name.startswith(incomplete)]


Gap = Annotated[
    float | None,
    typer.Option(
        "--gap", help="Relative gap to prove, such as 0.001; 0.01, or 0.0001 where the program is small."
    ),
]
TimeLimit = Annotated[
    float | None, typer.Option("--time-limit", metavar="SECONDS", help="Stop after so long.")
]
NodeLimit = Annotated[
    int | None, typer.Option("--node-limit", help="Stop after so many nodes of the search.")
]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same plan.")]
Threads = Annotated[
    int | None, typer.Option("--threads", help="Processors to use; those at hand by default.")
]
Solver = Annotated[
    str, typer.Option("--solver", help="Solver of the programs.", autocompletion=complete_solver)
]
SecondOpinion = Annotated[
    str | None,
    typer.Option(
        "--second-opinion",
        metavar="SOLVER",
        help="Solve the final program again with another solver, and say whether they agree.",
        autocompletion=complete_solver,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FOLDER", help="Where the files go; plans/ID by default."),
]
Exports = Annotated[
    list[str] | None,
    typer.Option(
        "--export",
        metavar="FORMAT",
        help=f"Export the plan as well: {', '.join(FORMATS)}; several with commas.",
        autocompletion=complete_format,
    ),
]
Certified = Annotated[
    bool,
    typer.Option("--certificate", help="Write multipliers from which concord verify --bound proves a bound."),
]
Tidy = Annotated[
    bool,
    typer.Option(
        "--tidy/--no-tidy",
        help="Choose postings by the preferences of the problem once the plan is proven: near, few nations.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Neither progress nor summary.")]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    problem: ProblemArgument = DEFAULT_PROBLEM,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    doctrine: DoctrineChoice = None,
    locks: Locks = None,
    stay_close: StayClose = None,
    max_moves: MaxMoves = 3,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    node_limit: NodeLimit = None,
    seed: Seed = DEFAULTS.seed,
    threads: Threads = None,
    solver: Solver = DEFAULTS.solver,
    second_opinion: SecondOpinion = None,
    certificate: Certified = False,
    tidy: Tidy = True,
    out: Out = None,
    exports: Exports = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find the plan with the highest aggregate security, prove how good it is, and write it down."""
    options = solve_options(
        gap=gap,
        time_limit=time_limit,
        node_limit=node_limit,
        seed=seed,
        threads=threads,
        solver=solver,
        tidy=tidy,
    )
    formats = chosen_formats(exports, "--export")
    from concord import planning  # noqa: PLC0415
    from concord.solving.backends.registry import backend  # noqa: PLC0415

    for name in filter(None, (solver, second_opinion)):
        backend(name)
    read = read_problem(problem, settings, overlays, objective, doctrine, alpha, locks, then=then)
    if stay_close is not None:
        read = staying_close(read, read_plan(stay_close)[0], max_moves)
    folder = _claim(out, overwrite, read)
    rows = len(planning.program(read).matrix().row_lower)
    options = options if gap is not None else replace(options, gap=planning.gap_of_size(rows))
    expected = None if quiet else usual(rows, options.gap, read.objective)
    begin = perf_counter()
    with watched(quiet=quiet, expected=expected) as watch:
        try:
            plan = planning.solve(read, options, watch, second_opinion)
        except Infeasible as refused:
            spent = perf_counter() - begin
            raise _explained(refused, read, _for_explanation(options, spent), watch) from None
    if certificate:
        plan = _certified(plan, read, quiet=quiet)
    overview = summary(plan, read)
    path = _write(plan, read, overview, folder)
    try:
        _present(overview, path, as_json=as_json, quiet=quiet, chosen=path == folder.path and out is not None)
    finally:  # whoever reads along may have left
        _hand_over(plan, read, formats, path, as_json=as_json, quiet=quiet)
    raise typer.Exit(of_plan(plan) if folder.asked_for(path) else ExitCode.ELSEWHERE)


def _certified(plan: Plan, problem: DesignProblem, *, quiet: bool) -> Plan:
    """The plan with a certificate, also after an interrupted search; without one where that fails."""
    from concord.analysis.certificate import certify  # noqa: PLC0415

    found, reason = None, "no multipliers were found"
    try:
        with watched(quiet=quiet) as watch:
            found = certify(problem, plan, watch)
        reason = "it was interrupted" if watch.stop_requested() else reason
    except (ConcordError, KeyboardInterrupt) as error:
        reason = str(error) or "it was interrupted"
    if found is None:
        console(stderr=True).print(f"The plan has no certificate: {reason}.", soft_wrap=True)
    return plan.model_copy(update={"certificate": found})


def _for_explanation(options: SolveOptions, spent: float) -> SolveOptions:
    """What is left of the time limit, or a few seconds, halved for the conflict and the ways out of it."""
    if options.time_limit is None:
        return options
    return replace(options, time_limit=max(LEAST_EXPLANATION, options.time_limit - spent) / 2)


def _explained(
    refused: Infeasible, problem: DesignProblem, options: SolveOptions, watch: Watch
) -> Infeasible:
    """The error with the rules in conflict, where they are found; `concord explain` finds repairs too."""
    from concord.analysis.explanation import briefly  # noqa: PLC0415
    from concord.analysis.ways_out import ways_out  # noqa: PLC0415

    conflict = briefly(problem, options, watch)
    if conflict is None or not conflict.rules:
        return refused
    changes = ways_out(problem, conflict, options, watch)
    ways = [f"no {way.rule}" if way.new is None else f"{way.rule} = {way.new:.6g}" for way in changes]
    remedy = f"{', or '.join(ways)}; concord explain finds others" if ways else "see concord explain"
    lines = (
        refused.message,
        f"  Conflict: {', '.join(rule.rule for rule in conflict.rules)}",
        f"  Because:  {conflict.because}",
    )
    return Infeasible("\n".join(lines), remedy)


def _claim(out: Path | None, overwrite: bool, problem: DesignProblem) -> OutputFolder:
    """The folder for the files, checked before the search starts, since the search takes a while."""
    if out is None:
        return OutputFolder.next_free(PLANS, problem.id)
    exports = {each.file_name(problem.id) for each in FORMATS.values()}
    return OutputFolder.named(out, overwrite=overwrite, ours=FILES | exports)


def _write(plan: Plan, problem: DesignProblem, overview: RenderableType, folder: OutputFolder) -> Path:
    """Write the plan down; where its folder was taken meanwhile, beside it, or as a last resort in /tmp."""
    files = _files(plan, problem, as_text(overview))
    for name in ("plan.json", "problem.json"):
        if not can_be_read(files[name]):
            told = f"{name} is larger than what Concord reads again; the tables (CSV) hold the same figures."
            console(stderr=True).print(told, soft_wrap=True)
    return filled(folder, files, problem.id)


def _present(overview: RenderableType, path: Path, *, as_json: bool, quiet: bool, chosen: bool) -> None:
    """Show the summary, and where the files are; quiet only where the user chose the place."""
    if not (as_json or quiet):
        console().print(overview)
    if not quiet:
        tables = f"{len(PLAN_TABLES)} tables (CSV) and columns.csv, which explains them"
        line = f"\nWritten to {shown_path(path)}: plan.json, problem.json, summary.txt, {tables}"
        console(stderr=as_json).print(line, soft_wrap=True)
    elif not chosen:
        console(stderr=True).print(f"Written to {shown_path(path)}", soft_wrap=True)


def _hand_over(
    plan: Plan, problem: DesignProblem, formats: list[str], folder: Path, *, as_json: bool, quiet: bool
) -> None:
    """Export a plan that is written down already: if an export fails, the plan is not lost."""
    for written in export(plan, problem, formats, folder):
        if not quiet:
            console(stderr=as_json).print(f"Exported to {shown_path(written)}", soft_wrap=True)
    if as_json:  # last, so that stdout holds one document also where something fails
        typer.echo(plan_json(plan).encode(), nl=False)


def _files(plan: Plan, problem: DesignProblem, overview: str) -> Mapping[str, str]:
    return {
        "plan.json": plan_json(plan),
        "problem.json": problem_json(problem),
        "summary.txt": overview,
        "columns.csv": columns_csv(plan),
        **plan_tables(plan),
    }
