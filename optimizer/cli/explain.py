"""`concord explain`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding

from concord.errors import BadInput, Fault

from .exit_codes import ExitCode
from .options import (
    DEFAULT_PROBLEM,
    AsJson,
    DoctrineChoice,
    Locks,
    ObjectiveChoice,
    Overlays,
    ProblemArgument,
    Settings,
    read_problem,
    solve_options,
)
from .rendering.console import console, styled
from .rendering.progress import watched
from .rendering.tables import Column, percent, table, text_column
from .solve import DEFAULTS, Quiet, Seed, Threads

if TYPE_CHECKING:
    from concord.analysis.explanation import Conflict, Explanation
    from concord.analysis.repairs import Change, Repair

NAME = "explain"

Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep", metavar="RULE", help="A rule that no repair may loosen; a path, or its beginning."
    ),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="RULE=WEIGHT", help="How dear it is to loosen a rule; 1 by default."),
]
Repairs = Annotated[int, typer.Option("--repairs", min=0, help="How many repairs to look for.")]
RepairGap = Annotated[float, typer.Option("--gap", help="Gap to which the plan of each repair is proven.")]
CheckLimit = Annotated[
    float,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Longest search for any one plan; about five times that for all.",
    ),
]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    problem: ProblemArgument = DEFAULT_PROBLEM,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    doctrine: DoctrineChoice = None,
    locks: Locks = None,
    keep: Keep = None,
    weights: Weights = None,
    repairs: Repairs = 5,
    gap: RepairGap = 0.05,
    time_limit: CheckLimit = 60.0,
    seed: Seed = DEFAULTS.seed,
    threads: Threads = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell why a problem has no plan: rules in conflict, with amounts, and the cheapest ways out."""
    options = solve_options(
        gap=gap, time_limit=time_limit, node_limit=None, seed=seed, threads=threads, solver=DEFAULTS.solver
    )
    weighed = dict(map(_weight, weights or []))
    read = read_problem(problem, settings, overlays, objective, doctrine, None, locks)
    from concord.analysis.explanation import explain  # noqa: PLC0415

    with watched(quiet=quiet) as watch:
        found = explain(read, weights=weighed, keep=keep or (), repairs=repairs, options=options, watch=watch)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False).encode())
    else:
        console().print(_page(found, asked=repairs))
    raise typer.Exit(ExitCode.SUCCESS if found.feasible else ExitCode.INFEASIBLE)


def _weight(text: str) -> tuple[str, float]:
    """A rule and its weight. Raises BadInput."""
    rule, _, figure = text.partition("=")
    try:
        weight = float(figure)
    except ValueError:
        weight = -1.0
    if not rule or not 0 < weight < float("inf"):
        fault = Fault(
            "a weight is a rule and a number above 0",
            field="--weight",
            value=text,
            remedy="write RULE=WEIGHT, such as funds.assessed.budget=10",
        )
        raise BadInput([fault])
    return rule, weight


def _page(found: Explanation, *, asked: int) -> RenderableType:
    if found.feasible:
        return styled(f"{found.problem} has a plan: its rules are in no conflict.", "green")
    parts: list[RenderableType] = [
        styled(f"No plan satisfies the rules of {found.problem} together.", "bold"),
    ]
    count = len(found.conflicts)
    alone = {
        repair.changes[0].rule: repair.changes[0] for repair in found.repairs if len(repair.changes) == 1
    }
    for number, conflict in enumerate(found.conflicts, 1):
        parts += [styled(""), styled(f"Conflict {number} of {count}" if count > 1 else "Conflict", "bold")]
        parts += [Padding(line, (0, 0, 0, 2)) for line in _conflict(conflict, alone)]
    if asked:
        parts += [styled(""), styled("Resolve", "bold"), Padding(_repairs(found.repairs), (0, 0, 0, 2))]
        if found.late and found.repairs:
            parts.append(
                styled("The search ended before further repairs were tried (--time-limit).", "yellow")
            )
    if found.kept:
        parts.append(styled(f"Kept as they are: {', '.join(found.kept)}."))
    return Group(*parts)


def _conflict(conflict: Conflict, alone: Mapping[str, Change]) -> Iterator[RenderableType]:
    columns = [
        text_column("rule"),
        Column("is"),
        Column("would do"),
        text_column("unit"),
        text_column("says"),
    ]
    rows = [
        [
            rule.rule,
            figure(rule.value),
            _remedy(alone.get(rule.rule)),
            rule.unit,
            rule.claim,
        ]
        for rule in conflict.rules
    ]
    if rows:
        yield table(columns, rows)
    yield styled(f"Because {conflict.because}.")
    if not conflict.continuous:
        yield styled(
            "Only because garrisons, organs, contingents and teams are whole, or threats respond as they do."
        )
    if rows and conflict.proven:
        yield styled("Without any one of these rules there is a plan, as far as the other rules let it.")
    elif rows:
        yield styled("Time ran out before each rule was shown to be needed for the conflict.", "yellow")


def _repairs(repairs: Sequence[Repair]) -> RenderableType:
    if not repairs:
        return styled("No repair was found within the limits, or all rules in conflict are kept.", "yellow")
    columns = [Column(""), text_column("change"), Column("cost"), Column("security"), Column("gap")]
    rows = [
        [
            f"{number}.",
            "; ".join(map(_change, repair.changes)),
            f"{repair.cost:.3g}",
            f"{repair.measure:.4f}",
            percent(repair.gap, 1),
        ]
        for number, repair in enumerate(repairs, 1)
    ]
    return table(columns, rows)


def _remedy(change: Change | None) -> str:
    """What a repair sets a rule to that changes nothing else; a dash where none of those found does."""
    if change is None:
        return "-"
    if isinstance(change.old, bool):
        return figure(not change.old)
    return "nothing" if change.new is None else figure(change.new)


def _change(change: Change) -> str:
    if isinstance(change.old, bool):
        return f"{change.rule} from {figure(change.old)} to {figure(not change.old)}"
    if change.new is None:
        return f"leave out {change.rule}"
    return f"{change.rule} from {figure(change.old)} to {figure(change.new)}"


def figure(value: object) -> str:
    """A value of a problem file as it might be written there; nothing for a thing with many fields.

    >>> figure(0.25), figure(84.0), figure(None), figure(["A", "B"]), figure(True)
    ('0.25', '84', 'stated', 'A, B', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value[:3])) + (f", ... {len(value) - 3} more" if len(value) > 3 else "")
    return "stated" if value is None else str(value)
