"""`concord check`."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer
from rich.console import Group, RenderableType

from concord.models import DesignProblem
from concord.models.quantities import in_period

from .digest import Overview, overview
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
from .rendering.console import console, styled
from .rendering.tables import Column, amount, table, text_column

NAME = "check"


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    problem: ProblemArgument,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    doctrine: DoctrineChoice = None,
    as_json: AsJson = False,
) -> None:
    """Validate a problem and summarise it: counts, money, troops, and what its figures rest on."""
    read = read_problem(problem, settings, overlays, objective, doctrine, alpha, then=then)
    found = overview(read)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False).encode())
    else:
        console().print(_page(read, found))


def _page(problem: DesignProblem, found: Overview) -> RenderableType:
    counts = ", ".join(f"{noun} {number}" for noun, number in found.counts.items() if number)
    parts: list[RenderableType] = [styled(f"{found.title} ({found.id})", "bold"), styled(f"Valid; {counts}")]
    if problem.funds:
        parts += [styled(""), _budgets(problem)]
    if problem.garrisons:
        parts += [
            styled(""),
            styled(
                f"Troops that members may station: {amount(found.troops_available, 0)}; "
                f"that missions need at most at a time: {amount(found.troops_needed, 0)}."
            ),
        ]
    if found.warnings:
        parts += [
            styled(""),
            styled("Worth knowing", "bold"),
            *(styled(f"- {line}") for line in found.warnings),
        ]
    return Group(*parts)


def _budgets(problem: DesignProblem) -> RenderableType:
    columns = [
        text_column(f"Budget, {problem.currency}"),
        Column("payers"),
        *(Column(str(period)) for period in problem.periods),
    ]
    rows = [
        [
            fund.name,
            str(len(problem.payers(fund))),
            *(amount(in_period(fund.budget, period)) for period in problem.periods),
        ]
        for fund in problem.funds
    ]
    return table(columns, rows)
