"""Who pays and who sends troops, against what the scales would make each state pay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from concord.models import DesignProblem, Plan

from ..about import state_name
from ..digests import payers, senders
from ..palette import AMBER, BLUE, INK
from .drawing import Row, distinct, finished, nothing, rows, short

SHOWN = 24
"""States in each part; the others are one bar."""
STEP, WIDTH = 19, 330


def burden_chart(plan: Plan, problem: DesignProblem) -> Any:
    """Shares of all payments beside shares of all troops of the last period, each from the largest down."""
    paid, sent = payers(plan), senders(plan)
    title = "Who bears the burden"
    if not paid and not sent:
        return finished(nothing("In this plan nobody pays or sends troops."), plan, title)
    troops, period = sum(number for _, number in sent), max(plan.problem.periods)
    total, currency = sum(payer.paid for payer in paid), short(plan.problem.currency, 40)
    money = [(payer.state, payer.share, payer.scale) for payer in paid]
    soldiers = [(state, number / (troops or 1.0), 0.0) for state, number in sent]
    left = _part(
        _rows(money, problem), f"share of {total:,.0f} {currency} paid in all periods", BLUE, scaled=True
    )
    right = _part(_rows(soldiers, problem), f"share of {troops:,.0f} troops stationed in {period}", AMBER)
    told = "Left: who pays; the upright line is the share by the scales. Right: who sends troops."
    return finished(alt.hconcat(left, right, spacing=36), plan, title, told)


def _rows(shares: Sequence[tuple[str, float, float]], problem: DesignProblem) -> list[Row]:
    """State, its share, and its share by the scales; those behind the first are one."""
    names = distinct([short(state_name(problem, state), 34) for state, _, _ in shares[:SHOWN]])
    table: list[Row] = [
        {"state": name, "share": share, "scale": scale}
        for name, (_, share, scale) in zip(names, shares, strict=False)
    ]
    if rest := shares[SHOWN:]:
        name = f"{len(rest)} others"
        table.append({"state": name, "share": sum(s for _, s, _ in rest), "scale": sum(s for *_, s in rest)})
    return table


def _part(table: list[Row], title: str, colour: str, *, scaled: bool = False) -> Any:
    if not table:
        return nothing(f"Nobody: {title}.")
    order = alt.Y("state:N", sort=[row["state"] for row in table], title=None)
    base = alt.Chart(rows(table)).encode(y=order)
    x = alt.X("share:Q", title=title, axis=alt.Axis(format=".0%", orient="top", tickCount=6))
    tips = ["state:N", alt.Tooltip("share:Q", format=".2%")]
    bars = base.mark_bar(color=colour, height=STEP - 6).encode(x=x, tooltip=tips)
    end = alt.X("end:Q")
    figures = (
        base.transform_calculate(end="max(datum.share, datum.scale)")
        .mark_text(align="left", dx=5, fontSize=10, color=INK)
        .encode(x=end, text=alt.Text("share:Q", format=".1%"))
    )
    layers = [bars, figures]
    if scaled:
        tick = base.mark_tick(color=INK, thickness=2.5, size=STEP - 5, opacity=1)
        layers.append(tick.encode(x="scale:Q", tooltip=["state:N", alt.Tooltip("scale:Q", format=".2%")]))
    return alt.layer(*layers).properties(width=WIDTH, height=STEP * len(table))
