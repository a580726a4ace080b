"""`concord compare`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType

from concord.errors import BadInput

from .options import AsJson, complete_problem, read_problem, solve_options, with_default_gap
from .questions import asked, difference_table, effect_table
from .rendering.console import console, styled
from .rendering.progress import watched
from .rendering.tables import Column, percent, table, text_column
from .solve import DEFAULTS, Gap, Quiet, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.compare import PlanComparison, ProblemComparison

NAME = "compare"

Things = Annotated[
    list[str],
    typer.Argument(
        metavar="A B [C ...]",
        help="Plans (a folder or plan.json), or two problems.",
        autocompletion=complete_problem,
    ),
]


def command(
    things: Things,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Lay plans, or two problems, side by side: only what differs, and what each difference does."""
    if len(things) < 2:
        raise BadInput.single(
            "one thing cannot be compared", remedy="name two plans or more, or two problems"
        )
    if all(_is_plan(thing) for thing in things):
        _plans(things, as_json=as_json)
        return
    if len(things) > 2 or any(_is_plan(thing) for thing in things):
        remedy = "name plans alone, or exactly two problems"
        raise BadInput.single("these cannot be laid side by side", remedy=remedy)
    first, last = (read_problem(thing) for thing in things)
    options = solve_options(
        gap=gap,
        time_limit=time_limit,
        node_limit=None,
        seed=DEFAULTS.seed,
        threads=None,
        solver=DEFAULTS.solver,
    )
    options = with_default_gap(options, gap, first)
    from concord.analysis.compare import compare_problems  # noqa: PLC0415
    from concord.analysis.session import Session  # noqa: PLC0415

    with watched(quiet=quiet or as_json) as watch:
        found = compare_problems(first, last, Session(first, options, watch))
    if as_json:
        content = [change.model_dump() for change in found.changes]
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
    else:
        console().print(_of_problems(found))


def _is_plan(thing: str) -> bool:
    path = Path(thing)
    if path.is_dir():
        return True
    return path.suffix == ".json" and path.is_file() and '"concord/plan/' in path.read_text("utf-8")[:400]


def _plans(things: list[str], *, as_json: bool) -> None:
    from concord.analysis.compare import compare_plans  # noqa: PLC0415

    questions = [asked(Path(thing), None, NAME) for thing in things]
    names = [Path(thing).name if things.count(thing) < 2 else f"{n}" for n, thing in enumerate(things, 1)]
    named = [(name, q.plan, q.problem) for name, q in zip(names, questions, strict=True)]
    found = compare_plans(named)
    if as_json:
        content = {
            "names": found.names,
            "measures": found.measures,
            "differences": [row.model_dump() for row in found.differences],
            "effects": [[effect.model_dump() for effect in each] for each in found.effects],
            "totals": found.totals,
        }
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
    else:
        console().print(_of_plans(found))


def _of_plans(found: PlanComparison) -> RenderableType:
    security = table(
        [text_column("plan"), Column("security")],
        [[name, f"{value:.4f}"] for name, value in zip(found.names, found.measures, strict=True)],
    )
    if not found.differences:
        return Group(security, styled("They decide the same."))
    parts = [security, styled(""), difference_table(found.differences, found.names)]
    for name, effects, total in zip(found.names[1:], found.effects, found.totals, strict=True):
        parts += [styled(""), styled(f"What makes {name} another than {found.names[0]}", "bold")]
        parts.append(effect_table(effects, total))
    return Group(*parts)


def _of_problems(found: ProblemComparison) -> RenderableType:
    lines = [
        [
            change.path,
            "\n".join(change.fields[:6]) + ("\n…" if len(change.fields) > 6 else ""),
            "no plan" if change.measure is None else f"{change.measure:.4f}",
            "" if change.logs is None else f"{100 * change.logs:+.3f}",
        ]
        for change in found.changes
    ]
    columns = [text_column("change"), text_column("what differs"), Column("security"), Column("log points")]
    first, last = found.first.measure.value, found.last.measure.value
    head = f"From {first:.4f} to {last:.4f}, one change on top of the other:"
    note = (
        f"Each plan is proven to a gap, the last to {percent(found.last.measure.gap, 2)}: effects that are "
        "smaller are not proven (--gap)."
    )
    return Group(styled(head, "bold"), table(columns, lines), styled(note))
