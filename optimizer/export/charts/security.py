"""Security of each member without and with the institution, and the instruments behind the change."""

from __future__ import annotations

from typing import Any

import altair as alt

from concord.models import DesignProblem, Plan

from ..about import state_name
from ..digests import LastSecurity, last_security
from ..palette import GREY, TEAL, family, family_colours
from .drawing import distinct, finished, nothing, rows, short

SHOWN = 54
STEP = 15


def security_chart(plan: Plan, problem: DesignProblem) -> Any:
    """Before and after beside the logarithm of the change, split by family of instruments."""
    period, every = max(plan.problem.periods), last_security(plan)
    title = f"Security of each state, {period}"
    if not every:
        return finished(nothing("This plan has no records of security."), plan, title)
    shown = sorted(every, key=lambda change: -abs(change.log_change))[:SHOWN]
    shown.sort(key=lambda change: (-change.log_change, change.state))
    told = ["Left: capacities over threats, without (grey) and with the institution (green); logarithmic."]
    told.append("Right: what the instruments add to the logarithm of security; 0.1 is about 10 %.")
    if len(every) > len(shown):
        told.append(f"{len(shown)} of {len(every)} states, those that change most.")
    order = distinct([short(state_name(problem, change.state), 34) for change in shown])
    labels = dict(zip((change.state for change in shown), order, strict=True))
    panels = alt.hconcat(_before_after(shown, labels, order), _parts(shown, labels, order), spacing=22)
    return finished(panels.resolve_scale(color="independent"), plan, title, *told)


def _before_after(shown: list[LastSecurity], labels: dict[str, str], order: list[str]) -> Any:
    table = [
        {
            "state": labels[change.state],
            "without": change.without,
            "with": change.with_,
            "change": change.change,
        }
        for change in shown
        if change.without > 0 and change.with_ > 0
    ]
    y = alt.Y("state:N", sort=order, title=None)
    scale = alt.Scale(type="log", nice=False, padding=14)
    axis = alt.Axis(orient="top", format="~g", tickCount=6)
    base = alt.Chart(rows(table)).encode(y=y)
    x = alt.X("without:Q", scale=scale, axis=axis, title="security, index")
    tips = ["state:N", "without:Q", "with:Q", alt.Tooltip("change:Q", format="+.1%")]
    return alt.layer(
        base.mark_rule(color=TEAL, opacity=0.45, strokeWidth=3).encode(x=x, x2="with:Q"),
        base.mark_circle(color=GREY, size=46, opacity=1).encode(x=x, tooltip=tips),
        base.mark_circle(color=TEAL, size=58, opacity=1).encode(x=alt.X("with:Q"), tooltip=tips),
    ).properties(width=400, height=STEP * len(order))


def _parts(shown: list[LastSecurity], labels: dict[str, str], order: list[str]) -> Any:
    table: list[dict[str, Any]] = []
    for change in shown:
        totals: dict[str, float] = {}
        for key, part in change.parts:
            totals[family(key)] = totals.get(family(key), 0.0) + part
        table += [
            {"state": labels[change.state], "instrument": name, "part": part} for name, part in totals.items()
        ]
    used = {row["instrument"] for row in table if abs(row["part"]) > 1e-6}
    colours = {name: colour for name, colour in family_colours().items() if name in used}
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return (
        alt.Chart(rows(row for row in table if row["instrument"] in used))
        .mark_bar(height=STEP - 5)
        .encode(
            x=alt.X("part:Q", title="change of the logarithm", axis=alt.Axis(orient="top", tickCount=6)),
            y=alt.Y("state:N", sort=order, title=None, axis=None),
            color=alt.Color("instrument:N", scale=scale, sort=list(colours), title="instruments"),
            tooltip=["state:N", "instrument:N", alt.Tooltip("part:Q", format="+.3f")],
        )
        .properties(width=400, height=STEP * len(order))
    )
