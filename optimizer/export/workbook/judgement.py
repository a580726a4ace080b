"""Sheets to judge the plan by: what is odd, missions with nobody included, reductions of forces."""

from __future__ import annotations

from concord.audit import NOTHING_ODD, audit, mission_years, reduction_rows, reductions_sentence
from concord.models import DesignProblem, Plan

from ..about import state_name
from ..palette import AMBER, BLUE, SKY
from ..tables import PERSONS, SHARE
from .sheet import Book, address

CRITIC, MISSIONS, REDUCTIONS = "What a critic would say", "Missions - need and sent", "Reductions of forces"


def write_critic(book: Book, plan: Plan, problem: DesignProblem) -> None:
    """Add what an expert would find odd, who gets nobody first."""
    found = audit(plan, problem)
    sheet = book.sheet(CRITIC, colour=AMBER)
    sheet.header(0, ("about", "weight", "check", "what", "code", "subject"))
    sheet.widths(34, 10, 8, 110, 32, 30)
    sheet.made.freeze_panes(1, 0)
    if not found.oddities:
        sheet.text(1, 3, NOTHING_ODD)
    first = 1 if found.oddities else 2
    for row, finding in enumerate(found.findings, start=first):
        texts = (finding.code.heading, finding.severity.value, finding.sentence, finding.subject)
        sheet.wrapped(row, dict(zip((0, 1, 3, 5), zip(texts, (34, 10, 110, 30), strict=True), strict=True)))
        sheet.cell(row, 2, finding.check)
        sheet.text(row, 4, finding.code.value)
    if found.oddities:
        sheet.made.autofilter(0, 0, len(found.findings), 5)


def write_missions(book: Book, plan: Plan, problem: DesignProblem) -> None:
    """Add every mission in every year: deaths, consent, need, whose soldiers come, or why nobody does."""
    rows = mission_years(plan, problem)
    if not rows:
        return
    sheet = book.sheet(MISSIONS, colour=BLUE)
    heads = (
        "period", "mission", "name", "in", "deaths in the two years before", "consent", "standing", "need",
        "troops", "share of the need", "soldiers of", "why nobody",
    )  # fmt: skip
    sheet.header(0, heads)
    widths = (7, 18, 34, 20, 14, 9, 10, 10, 10, 11, 60, 50)
    sheet.widths(*widths)
    sheet.made.freeze_panes(1, 3)
    for row, year in enumerate(rows, start=1):
        sheet.cell(row, 0, year.period, "year")
        sheet.cell(row, 4, year.deaths, PERSONS)
        sheet.text(row, 5, "yes" if year.consent else "no")
        for column, figure in ((6, year.standing), (7, year.need), (8, year.troops)):
            sheet.cell(row, column, figure, PERSONS)
        sheet.formula(row, 9, f"={address(row, 8)}/{address(row, 7)}", year.met, SHARE)
        senders = (f"{state_name(problem, state)} {troops:,.0f}" for state, troops in year.senders)
        texts = {1: year.mission, 2: year.name, 3: state_name(problem, year.state)}
        texts |= {10: ", ".join(senders), 11: year.why_nobody}
        sheet.wrapped(row, {column: (text, widths[column]) for column, text in texts.items() if text})
    sheet.made.autofilter(0, 0, len(rows), len(heads) - 1)
    sheet.bars((1, 9), (len(rows), 9), SKY)


def write_reductions(book: Book, plan: Plan, problem: DesignProblem) -> None:
    """Add who is asked to reduce forces, by what share by then; or that nobody is."""
    sheet, rows, periods = book.sheet(REDUCTIONS, colour=BLUE), reduction_rows(plan, problem), problem.periods
    sheet.text(0, 0, reductions_sentence(plan, problem))
    if not rows:
        return
    sheet.header(2, ("state", "name"))
    for position, period in enumerate(periods, start=2):
        sheet.made.write_number(2, position, period, book.style("header", "0"))
    for row, reduction in enumerate(rows, start=3):
        sheet.text(row, 0, reduction.state)
        sheet.text(row, 1, reduction.name)
        for position, period in enumerate(periods, start=2):
            sheet.cell(row, position, reduction.by_year.get(period, 0.0), SHARE)
    sheet.widths(10, 30, *(10 for _ in periods))
    sheet.made.freeze_panes(3, 2)
