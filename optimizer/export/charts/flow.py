"""Where the money comes from and goes: payers, funds and heads as a flow, and spending by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt

from concord.models import DesignProblem, Plan

from ..about import head_name, state_name
from ..digests import payers, spending_by_head
from ..palette import AMBER, BLUE, BRICK, GREY, INK, OLIVE, PLUM, SKY, TEAL
from .drawing import Row, distinct, finished, nothing, rows, short

PAYERS, HEADS = 9, 11
"""Payers and heads that are shown by themselves."""
WIDTH, HEIGHT = 760.0, 480.0
BAR, SPACE = 14.0, 10.0
POINTS = 24
"""Points along the edge of a band."""
COLOURS = (BLUE, TEAL, AMBER, PLUM, BRICK, OLIVE, SKY)
REST = ("other payers", "other heads")
Flows = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Node:
    """A payer, fund or head: its column, and where its bar begins and ends."""

    name: str
    """An id, or one of `REST`, which no id is."""
    column: int
    top: float
    bottom: float


def flow_chart(plan: Plan, problem: DesignProblem) -> Any:
    """Bands from payers over funds to heads in all periods, above bars of spending by period."""
    title = "Where the money comes from and goes"
    if not plan.contributions or not plan.expenditures:
        return finished(nothing("In this plan no money flows."), plan, title)
    inward, outward = _inward(plan), _outward(plan)
    columns = _columns(inward, outward)
    scale = _scale(columns)
    nodes = [node for number, column in enumerate(columns) for node in _stacked(number, column, scale)]
    total = sum(inward.values())
    names = _names(plan, problem)
    bands = _bands(nodes, 0, inward, scale, names) + _bands(nodes, 1, outward, scale, names)
    parts = alt.vconcat(_diagram(nodes, bands, columns, names), _by_period(plan, problem), spacing=34)
    told = f"{total:,.0f} {short(plan.problem.currency, 40)} in all periods: payers, funds, heads."
    return finished(parts.resolve_scale(color="independent"), plan, title, told)


def _inward(plan: Plan) -> Flows:
    """Payer and fund to money; small payers are one."""
    largest = {payer.state for payer in payers(plan)[:PAYERS]}
    flows: dict[tuple[str, str], float] = defaultdict(float)
    for row in plan.contributions:
        flows[row.payer if row.payer in largest else REST[0], row.fund] += row.amount
    return flows


def _outward(plan: Plan) -> Flows:
    """Fund and head to money; small heads are one."""
    largest = {head for head, _ in spending_by_head(plan)[:HEADS]}
    flows: dict[tuple[str, str], float] = defaultdict(float)
    for row in plan.expenditures:
        flows[row.fund, row.head if row.head in largest else REST[1]] += row.amount
    return flows


def _columns(inward: Flows, outward: Flows) -> list[dict[str, float]]:
    """Names of the nodes of each column with their money, the largest first and what is left over last."""
    sources: dict[str, float] = defaultdict(float)
    funds: dict[str, float] = defaultdict(float)
    heads: dict[str, float] = defaultdict(float)
    for (payer, fund), amount in inward.items():
        sources[payer] += amount
        funds[fund] += amount
    for (_, head), amount in outward.items():
        heads[head] += amount
    return [
        dict(sorted(column.items(), key=lambda item: (item[0] in REST, -item[1])))
        for column in (sources, funds, heads)
    ]


def _scale(columns: Iterable[Mapping[str, float]]) -> float:
    """Points of height for a unit of money, so that the fullest column fits."""
    return min((HEIGHT - SPACE * (len(column) - 1)) / (sum(column.values()) or 1.0) for column in columns)


def _stacked(number: int, column: Mapping[str, float], scale: float) -> list[Node]:
    height = sum(column.values()) * scale + SPACE * (len(column) - 1)
    top, nodes = (HEIGHT - height) / 2, []
    for name, amount in column.items():
        nodes.append(Node(name, number, top, top + amount * scale))
        top += amount * scale + SPACE
    return nodes


def _bands(nodes: list[Node], column: int, flows: Flows, scale: float, names: Mapping[str, str]) -> list[Row]:
    """Points of the edges of bands from a column to the next, in the order of the nodes on either side."""
    left = {node.name: node for node in nodes if node.column == column}
    right = {node.name: node for node in nodes if node.column == column + 1}
    out, in_ = (
        {name: node.top for name, node in left.items()},
        {name: node.top for name, node in right.items()},
    )
    funds = list(right if column == 0 else left)
    start, end = _x(column) + BAR, _x(column + 1)
    points: list[Row] = []
    for source in left:
        for target in right:
            thickness = flows.get((source, target), 0.0) * scale
            if thickness <= 0:
                continue
            fund = target if column == 0 else source
            colour = COLOURS[funds.index(fund) % len(COLOURS)]
            for step in range(POINTS + 1):
                share = step / POINTS
                ease = share * share * (3 - 2 * share)
                top = out[source] + ease * (in_[target] - out[source])
                points.append(
                    {
                        "band": f"{column} {source} {target}",
                        "flow": f"{names.get(source, source)} to {names.get(target, target)}",
                        "amount": thickness / scale,
                        "x": start + share * (end - start),
                        "top": top,
                        "bottom": top + thickness,
                        "colour": colour,
                    }
                )
            out[source] += thickness
            in_[target] += thickness
    return points


def _x(column: int) -> float:
    return column * (WIDTH - BAR) / 2


def _names(plan: Plan, problem: DesignProblem) -> dict[str, str]:
    """What payers, funds and heads are called."""
    others = len(payers(plan)) - PAYERS
    return {
        REST[0]: f"{others} others",
        REST[1]: "Other heads",
        **{head: head_name(problem, head) for head, _ in spending_by_head(plan)},
        **{fund.id: fund.name or fund.id for fund in problem.funds},
        **{payer.state: state_name(problem, payer.state) for payer in payers(plan)},
    }


def _diagram(
    nodes: list[Node], bands: list[Row], columns: list[dict[str, float]], names: Mapping[str, str]
) -> Any:
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None)
    scale = alt.Scale(domain=[HEIGHT, 0], nice=False)
    flowing = (
        alt.Chart(rows(bands))
        .mark_area(opacity=0.38)
        .encode(
            x=x,
            y=alt.Y("top:Q", scale=scale, axis=None),
            y2="bottom:Q",
            detail="band:N",
            color=alt.Color("colour:N", scale=None),
            tooltip=["flow:N", alt.Tooltip("amount:Q", format=",.1f")],
        )
    )
    bars = [
        {
            "x": _x(node.column),
            "x2": _x(node.column) + BAR,
            "top": node.top,
            "bottom": node.bottom,
            "middle": (node.top + node.bottom) / 2,
            "side": _x(node.column) + (-6 if node.column == 0 else BAR + 6),
            "left": node.column == 0,
            "label": f"{short(names.get(node.name, node.name), 42)}  {columns[node.column][node.name]:,.0f}",
            "share": columns[node.column][node.name] / (sum(columns[node.column].values()) or 1.0),
        }
        for node in nodes
    ]
    shown = alt.Chart(rows(bars)).encode(tooltip=["label:N", alt.Tooltip("share:Q", format=".1%")])
    y = alt.Y("middle:Q", scale=scale, axis=None)
    side = alt.X("side:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None)
    texts = [
        shown.transform_filter(f"datum.left === {str(left).lower()}")
        .mark_text(align="right" if left else "left", fontSize=11, color=INK)
        .encode(x=side, y=y, text="label:N")
        for left in (True, False)
    ]
    blocks = shown.mark_rect(color=INK, opacity=0.85).encode(
        x=x, x2="x2:Q", y=alt.Y("top:Q", scale=scale, axis=None), y2="bottom:Q"
    )
    return alt.layer(flowing, blocks, *texts).properties(width=WIDTH, height=HEIGHT)


def _by_period(plan: Plan, problem: DesignProblem) -> Any:
    largest = [head for head, _ in spending_by_head(plan)[: len(COLOURS)]]
    spent: dict[tuple[int, str], float] = defaultdict(float)
    for row in plan.expenditures:
        spent[row.period, row.head if row.head in largest else REST[1]] += row.amount
    names, heads = _names(plan, problem), [*largest, REST[1]]
    order = distinct([short(names.get(head, head), 40) for head in heads])
    table = [
        {"period": str(period), "head": order[heads.index(head)], "amount": amount, "rank": heads.index(head)}
        for (period, head), amount in spent.items()
    ]
    return (
        alt.Chart(rows(table))
        .mark_bar()
        .encode(
            x=alt.X("period:N", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title=f"spent, {short(plan.problem.currency, 30)}"),
            color=alt.Color(
                "head:N",
                title="head",
                sort=order,
                scale=alt.Scale(domain=order, range=[*COLOURS[: len(largest)], GREY]),
            ),
            order=alt.Order("rank:Q"),
            tooltip=["period:N", "head:N", alt.Tooltip("amount:Q", format=",.1f")],
        )
        .properties(width=WIDTH, height=170)
    )
