"""`concord alternatives`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType

from concord.export import OutputFolder, plan_json
from concord.loading import problem_json

from .exit_codes import ExitCode
from .export import shown_path
from .options import AsJson, Overwrite
from .plan_reading import PlanArgument, ProblemOfPlan
from .questions import SameGap, asked, same_options
from .rendering.console import console, styled
from .rendering.progress import watched
from .rendering.tables import Column, percent, table, text_column
from .rescue import filled
from .solve import Quiet, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.alternatives import Alternatives

NAME = "alternatives"
MOST_STATES = 20
UNPROVEN = (
    "Where it is not proven, plans farther away may be as good, and more may be negotiable than is told."
)

Slack = Annotated[float, typer.Option("--slack", help="Share of the measure that may be given up.")]
Number = Annotated[int, typer.Option("--number", "-n", help="Most alternatives.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FOLDER", help="Write every alternative there, each as a plan."),
]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    slack: Slack = 0.01,
    number: Number = 10,
    gap: SameGap = None,
    time_limit: TimeLimit = 60.0,
    out: Out = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find plans nearly as good and as different as can be: what they share, and what is negotiable.

    The time limit is for each of them. Where one is better than the plan, it is told how to take it.
    """
    question = asked(plan, problem, NAME)
    names = [f"{NAME}-{n}.json" for n in range(1, number + 1)]
    ours = {*names, "problem.json"}
    folder = None if out is None else OutputFolder.named(out, overwrite=overwrite, ours=ours)
    options = same_options(question.plan, gap, time_limit)
    from concord.analysis.alternatives import alternatives  # noqa: PLC0415

    with watched(quiet=quiet or as_json) as watch:
        found = alternatives(question.plan, question.problem, slack, number, options, watch)
    path, code = out, ExitCode.SUCCESS
    if folder is not None:
        files = {name: plan_json(each) for name, each in zip(names, found.plans[1:], strict=False)}
        path = filled(folder, files | {"problem.json": problem_json(question.problem)}, question.problem.id)
        console(stderr=True).print(f"Written to {shown_path(path)}", soft_wrap=True)
        code = ExitCode.SUCCESS if folder.asked_for(path) else ExitCode.ELSEWHERE
    if as_json:
        content = {
            "better": found.better,
            "measures": [each.measure.value for each in found.plans],
            "distances": found.distances,
            "proven": found.proven,
            "shared": found.shared,
            "negotiable": found.negotiable,
            "states": [row.model_dump() for row in found.states],
        }
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
    elif not quiet:
        console().print(_page(found, slack))
        if found.better is not None:
            console().print(styled(f"\n{_offer(found, found.better, path)}", "bold"))
    raise typer.Exit(code)


def _offer(found: Alternatives, better: int, out: Path | None) -> str:
    """That an alternative is better than the plan, by how much, and how to take it."""
    plan, other = found.plans[0].measure, found.plans[better].measure
    where = out or Path("FOLDER")
    file = where / f"{NAME}-{better}.json"
    had = "" if out else f"ask again with `--out {where}`, then "
    return (
        f"Alternative {better} is better than the plan by {percent(found.rise, 3)}: {other.value:.5g} "
        f"against {plan.value:.5g}; the gap of the plan is {percent(plan.gap, 3)}.\n"
        f"To take it: {had}`concord export {file} --to html`; every command reads it as a plan. "
        "For the best of all, solve again with a smaller --gap."
    )


def _page(found: Alternatives, slack: float) -> RenderableType:
    if len(found.plans) == 1:
        where = f"Within {percent(slack, 1)} of the measure"
        if found.exhausted:
            return styled(f"{where} no other plan decides otherwise.", "bold")
        late = "no plan that decides otherwise was found before the limit; there may be some (--time-limit)."
        return styled(f"{where} {late}", "bold")
    lines = [
        [str(n), f"{plan.measure.value:.4f}", str(distance), "yes" if proven else "no"]
        for n, (plan, distance, proven) in enumerate(
            zip(found.plans[1:], found.distances, found.proven, strict=True), 1
        )
    ]
    columns = [text_column("alternative"), Column("security"), Column("decides otherwise"), Column("proven")]
    wide = sorted(found.states, key=lambda row: row.least_burden - row.most_burden)[:MOST_STATES]
    ranges = [
        [
            row.state,
            f"{percent(row.least_burden, 3)} to {percent(row.most_burden, 3)}",
            f"{row.least_security:.3f} to {row.most_security:.3f}",
        ]
        for row in wide
    ]
    return Group(
        table(columns, lines),
        *([] if all(found.proven) else [styled(UNPROVEN)]),
        styled(""),
        styled(f"All of them have: {_listed(found.shared)}."),
        styled(f"Negotiable: {_listed(found.negotiable)}."),
        styled(""),
        table([text_column("state"), Column("burden, of GDP"), Column("security, last period")], ranges),
    )


def _listed(choices: tuple[tuple[str, str], ...]) -> str:
    """Kinds of decisions with what they are about; tiers of a garrison behind its site.

    >>> _listed((("garrisons", "A, large"), ("garrisons", "A, small"), ("organs", "office")))
    'garrisons A (large, small); organs office'
    """
    kinds: dict[str, dict[str, list[str]]] = {}
    for kind, name in choices:
        thing, _, tier = name.partition(", ")
        kinds.setdefault(kind, {}).setdefault(thing, []).extend([tier] if tier else [])
    parts = [f"{kind} {', '.join(map(_with_tiers, of.keys(), of.values()))}" for kind, of in kinds.items()]
    return "; ".join(parts) or "nothing"


def _with_tiers(thing: str, tiers: Sequence[str]) -> str:
    return f"{thing} ({', '.join(tiers)})" if tiers else thing
