"""Sheets of sums with charts: who pays and sends, what money is spent on, how the security of states changes.

Sums are formulas over the sheets of tables. They compare names exactly, as no criterion of SUMIF does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from concord.models import DesignProblem, Plan

from ..about import head_name, state_name
from ..digests import LastSecurity, last_security, payers, senders, spending_by_head
from ..palette import AMBER, BLUE, BRICK, GREY, SKY, TEAL, family, family_colours
from ..tables import INDEX, LOG, PERSONS, SHARE, PlanTable
from .data_sheets import cells_of
from .sheet import Book, Sheet, address, reference

CHARTED = 25
"""States in a chart."""
CHANGES = {
    "type": "data_bar",
    "bar_color": TEAL,
    "bar_negative_color": BRICK,
    "bar_solid": True,
    "data_bar_2010": True,
}


def write_payers(book: Book, plan: Plan, problem: DesignProblem, every: Sequence[PlanTable]) -> None:
    """Who pays what share of all money, what the scales would make it, and who sends troops."""
    paid, sent = payers(plan), dict(senders(plan))
    if not paid and not sent:
        return
    sheet, currency = book.sheet("By state - burden", colour=BLUE), plan.problem.currency
    last_period = max(plan.problem.periods)
    sheet.header(
        0,
        (
            "state",
            "name",
            f"paid, {currency}",
            "share",
            "by the scale",
            "difference",
            f"troops, {last_period}",
        ),
    )
    sheet.widths(10, 30, 18, 12, 12, 12, 14)
    sheet.made.freeze_panes(1, 2)
    states = [
        *(payer.state for payer in paid),
        *(state for state in sent if state not in {p.state for p in paid}),
    ]
    table = next(table for table in every if table.name == "contributions")
    last = len(paid)
    for row, state in enumerate(states, start=1):
        sheet.text(row, 0, state)
        sheet.text(row, 1, state_name(problem, state))
        sheet.cell(row, 6, sent.get(state), PERSONS)
    for row, payer in enumerate(paid, start=1):
        match = f"EXACT({cells_of(table, 'payer')},{address(row, 0)})"
        sheet.formula(row, 2, f"=SUMPRODUCT({match}*{cells_of(table, 'amount')})", payer.paid, currency)
        share = f"={address(row, 2)}/SUM($C$2:$C${last + 1})"
        sheet.formula(row, 3, share, payer.share, SHARE)
        sheet.cell(row, 4, payer.scale, SHARE)
        sheet.formula(row, 5, f"={address(row, 3)}-{address(row, 4)}", payer.share - payer.scale, SHARE)
    sheet.made.autofilter(0, 0, len(states), 6)
    sheet.bars((1, 6), (len(states), 6), SKY)
    if paid:
        sheet.bars((1, 2), (last, 2), SKY)
        sheet.made.conditional_format(1, 5, last, 5, CHANGES)
        series = [(3, "paid", BLUE), (4, "by the scale", GREY)]
        _bar_chart(sheet, min(last, CHARTED), series, "Shares of all payments", (1, 8), "0%")


def write_heads(book: Book, plan: Plan, problem: DesignProblem, every: Sequence[PlanTable]) -> None:
    """What is spent on each head in each period."""
    heads = spending_by_head(plan)
    if not heads:
        return
    sheet, periods = book.sheet("By head - spending", colour=BLUE), plan.problem.periods
    table = next(table for table in every if table.name == "expenditures")
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for entry in plan.expenditures:
        spent[entry.head, entry.period] += entry.amount
    sheet.header(0, ("head", f"name, {plan.problem.currency}"))
    for position, period in enumerate(periods, start=2):
        sheet.made.write_number(0, position, period, book.style("header", "0"))
    total_column = len(periods) + 2
    sheet.text(0, total_column, "all periods", "header-right")
    for row, (head, total) in enumerate(heads, start=1):
        sheet.text(row, 0, head)
        sheet.text(row, 1, head_name(problem, head))
        match = f"EXACT({cells_of(table, 'head')},{address(row, 0)})"
        for position, period in enumerate(periods, start=2):
            when = f"({cells_of(table, 'period')}={address(0, position)})"
            formula = f"=SUMPRODUCT({match}*{when}*{cells_of(table, 'amount')})"
            sheet.formula(row, position, formula, spent[head, period], plan.problem.currency)
        across = f"=SUM({address(row, 2)}:{address(row, total_column - 1)})"
        sheet.formula(row, total_column, across, total, plan.problem.currency)
    sheet.widths(26, 46, *(13 for _ in range(len(periods) + 1)))
    sheet.made.freeze_panes(1, 2)
    sheet.bars((1, total_column), (len(heads), total_column), SKY)
    series = [(total_column, "spent", AMBER)]
    title = f"Spent in all periods, {plan.problem.currency}"
    _bar_chart(sheet, min(len(heads), CHARTED), series, title, (len(heads) + 2, 0))


def write_states(book: Book, plan: Plan, problem: DesignProblem, every: Sequence[PlanTable]) -> None:
    """Security of each member in the last period, and the instruments behind its change."""
    changes = last_security(plan)
    if not changes:
        return
    sheet, families = book.sheet("By state - security", colour=BLUE), list(family_colours())
    heads = ("state", "name", "without", "with", "change", *families)
    sheet.header(0, heads)
    sheet.widths(10, 30, *(13 for _ in heads[2:]))
    sheet.made.freeze_panes(1, 2)
    table = next(table for table in every if table.name == "security")
    names = [column.name for column in table.columns]
    rows = {
        str(row[0]): number
        for number, row in enumerate(table.rows, start=1)
        if row[names.index("period")] == max(plan.problem.periods)
    }
    for row, change in enumerate(changes, start=1):
        sheet.text(row, 0, change.state)
        sheet.text(row, 1, state_name(problem, change.state))
        for position, name, value in ((2, "baseline_ratio", change.without), (3, "ratio", change.with_)):
            cell = address(rows[change.state], names.index(name))
            sheet.formula(row, position, f"='{table.name}'!{cell}", value, INDEX)
        without, with_ = address(row, 2), address(row, 3)
        sheet.formula(row, 4, f"=IF({without}>0,{with_}/{without}-1,0)", change.change, SHARE)
        for position, total in enumerate(_by_family(change, families), start=5):
            sheet.cell(row, position, total, LOG)
    sheet.made.autofilter(0, 0, len(changes), len(heads) - 1)
    sheet.made.conditional_format(1, 4, len(changes), 4, CHANGES)
    series = [(2, "without the institution", GREY), (3, "with it", TEAL)]
    title = f"Security in {max(plan.problem.periods)}"
    _bar_chart(sheet, min(len(changes), CHARTED), series, title, (1, len(heads) + 1))


def _by_family(change: LastSecurity, families: Sequence[str]) -> list[float]:
    """Contributions to the logarithm of the change, summed by family of instruments."""
    totals = dict.fromkeys(families, 0.0)
    for key, part in change.parts:
        totals[family(key)] += part
    return list(totals.values())


def _bar_chart(
    sheet: Sheet,
    rows: int,
    series: Sequence[tuple[int, str, str]],
    title: str,
    place: tuple[int, int],
    figures: str = "#,##0.##",
) -> None:
    """Horizontal bars of the first `rows` rows, named in the second column: column, name, colour of each."""
    chart = sheet.book.made.add_chart({"type": "bar"})
    for column, name, colour in series:
        chart.add_series(
            {
                "name": name,
                "categories": f"={reference(sheet.name, (1, 1), (rows, 1))}",
                "values": f"={reference(sheet.name, (1, column), (rows, column))}",
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
    chart.set_x_axis(
        {"min": 0, "num_format": figures, "major_gridlines": {"visible": True, "line": {"color": "#e3e6ea"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 560, "height": 120 + 18 * rows * len(series)})
    sheet.made.insert_chart(*place, chart)
