"""Who pays and who sends troops, against what the scales would make each state pay."""

from __future__ import annotations

from typing import Any

import altair as alt

from models import DesignProblem, Plan

from ..about import state_name
from ..digests import payers, senders
from ..palette import AMBER, BLUE, INK
from .drawing import distinct, finished, nothing, rows, short

SHOWN = 24
"""States; the others are one bar."""
STEP = 19


def burden_chart(plan: Plan, problem: DesignProblem) -> Any:
    """Shares of all payments beside shares of all troops of the last period."""
    paid, sent = payers(plan), dict(senders(plan))
    title = "Who bears the burden"
    if not paid and not sent:
        return finished(nothing("In this plan nobody pays or sends troops."), plan, title)
    troops, period = sum(sent.values()) or 1.0, max(plan.problem.periods)
    shares = {payer.state: (payer.share, payer.scale, sent.get(payer.state, 0.0) / troops) for payer in paid}
    shares |= {state: (0.0, 0.0, number / troops) for state, number in sent.items() if state not in shares}
    names = distinct([short(state_name(problem, state), 34) for state in list(shares)[:SHOWN]])
    table: list[dict[str, Any]] = [
        {"state": name, "paid": money, "scale": assessed, "troops": posted}
        for name, (money, assessed, posted) in zip(names, shares.values(), strict=False)
    ]
    if rest := list(shares.values())[SHOWN:]:
        sums = [sum(column) for column in zip(*rest, strict=True)]
        name = f"{len(rest)} others"
        table.append({"state": name, "paid": sums[0], "scale": sums[1], "troops": sums[2]})
    total = sum(payer.paid for payer in paid)
    names = [row["state"] for row in table]
    order = alt.Y("state:N", sort=names, title=None)
    money = _bars(table, order, "paid", f"share of {total:,.0f} {short(plan.problem.currency, 40)}", BLUE)
    ticks = (
        alt.Chart(rows(table))
        .mark_tick(color=INK, thickness=2.5, size=STEP - 5)
        .encode(x=alt.X("scale:Q"), y=order, tooltip=["state:N", alt.Tooltip("scale:Q", format=".2%")])
    )
    bare = alt.Y("state:N", sort=names, title=None, axis=None)
    soldiers = _bars(table, bare, "troops", f"share of {sum(sent.values()):,.0f} troops, {period}", AMBER)
    told = "Left: money paid in all periods; the tick is the share by the scales. Right: troops stationed."
    return finished(alt.hconcat(money + ticks, soldiers, spacing=24), plan, title, told)


def _bars(table: list[dict[str, Any]], order: alt.Y, field: str, title: str, colour: str) -> Any:
    axis = alt.Axis(format=".0%", orient="top", tickCount=6)
    return (
        alt.Chart(rows(table))
        .mark_bar(color=colour, height=STEP - 6)
        .encode(
            x=alt.X(f"{field}:Q", title=title, axis=axis),
            y=order,
            tooltip=["state:N", alt.Tooltip(f"{field}:Q", format=".2%")],
        )
        .properties(width=420, height=STEP * len(table))
    )
