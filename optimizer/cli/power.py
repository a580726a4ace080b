"""`concord power`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput, Fault, likely
from concord.export import csv_text
from concord.loading import load_plan
from concord.models import DesignProblem, Organ, VoteRule
from concord.models.plan import VotingPower
from concord.results.votes import power_in

from .options import AsJson, Overlays, Settings, complete_problem, read_problem
from .rendering.console import console, styled
from .rendering.tables import Column, percent, table, text_column

NAME = "power"

Where = Annotated[
    str,
    typer.Argument(
        metavar="PROBLEM|PLAN",
        help="A problem, for the power that its rules give; or a plan.json or its folder.",
        autocompletion=complete_problem,
    ),
]


def command(
    where: Where,
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID", help="Only this organ.")] = None,
    settings: Settings = None,
    overlays: Overlays = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with every field.")] = False,
) -> None:
    """Show how much power votes give: Banzhaf and Shapley-Shubik, by organ, the most powerful first."""
    if as_json and as_csv:
        raise BadInput([Fault("one format at a time", field="--csv", remedy="give --json or --csv")])
    path = Path(where) / "plan.json" if Path(where).is_dir() else Path(where)
    if path.name.endswith("plan.json"):
        rows, follow_money = list(load_plan(path).power), list[str]()
    else:
        rows, follow_money = _of_problem(read_problem(where, settings, overlays))
    rows = _of_organ(rows, organ, follow_money)
    if as_json:
        typer.echo(json.dumps([row.model_dump(mode="json") for row in rows], indent=2).encode())
    elif as_csv:
        typer.echo(csv_text(rows, VotingPower).encode(), nl=False)
    else:
        _print(rows, follow_money)


def _of_problem(problem: DesignProblem) -> tuple[list[VotingPower], list[str]]:
    """Power in the first period by the rules alone, and the organs whose votes follow the money of a plan."""
    voting = [organ for organ in problem.organs if organ.votes]
    follow_money = [organ.id for organ in voting if _follows_money(organ)]
    rows = [
        row
        for organ in voting
        if not _follows_money(organ)
        for row in power_in(problem, organ, problem.periods[0], {})
    ]
    return rows, follow_money


def _follows_money(organ: Organ) -> bool:
    return organ.votes is not None and organ.votes.rule is VoteRule.MONEY


def _of_organ(rows: list[VotingPower], organ: str | None, follow_money: list[str]) -> list[VotingPower]:
    if organ is None:
        return rows
    if organ in follow_money:
        message = f"votes in {organ} follow the money that a plan raises"
        raise BadInput.single(message, field="--organ", remedy="give the folder of a plan, not the problem")
    known = sorted({row.organ for row in rows})
    if organ not in known:
        message = f"there are no votes in an organ {organ!r}{likely(organ, known)}"
        listed = ", ".join(known) or "none: give an organ `votes`"
        raise BadInput.single(message, field="--organ", remedy=f"organs with votes: {listed}")
    return [row for row in rows if row.organ == organ]


def _print(rows: Sequence[VotingPower], follow_money: Sequence[str]) -> None:
    titles = ("votes", "share", "Banzhaf", "Shapley-Shubik")
    columns = [text_column("state"), *map(Column, titles)]
    for organ, period in dict.fromkeys((row.organ, row.period) for row in rows):
        mine = [row for row in rows if (row.organ, row.period) == (organ, period)]
        total = sum(row.votes for row in mine)
        carries = f"{mine[0].votes_needed} of {total} votes carry a motion"
        ranked = sorted(mine, key=lambda row: (-row.banzhaf, -row.votes, row.state))
        console().print(styled(f"{organ}, {period}: {carries}", "bold"))
        console().print(table(columns, [_cells(row, total) for row in ranked]))
    for organ in follow_money:
        words = "votes follow the money that a plan raises; give the folder of a plan"
        console().print(styled(f"{organ}: {words}"))
    if not rows and not follow_money:
        console().print(styled("No organ has votes: give one `votes`, such as {rule: population}."))


def _cells(row: VotingPower, total: int) -> list[str]:
    votes = str(row.votes) if row.votes == row.rule_votes else f"{row.votes} (of {row.rule_votes})"
    return [row.state, votes, percent(row.votes / total), percent(row.banzhaf), percent(row.shapley_shubik)]
