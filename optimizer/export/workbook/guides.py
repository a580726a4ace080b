"""The sheets that explain: what the plan assumes, what codes stand for, and what columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from concord.models import DesignProblem

from ..about import CAVEAT, About
from ..markdown import shown_columns
from ..palette import AMBER, MUTED
from ..tables import PlanTable
from .sheet import Book, Sheet


def write_columns(book: Book, every: Sequence[PlanTable]) -> None:
    """Add the guide to the columns of every table."""
    sheet = book.sheet("Guide to columns", colour=MUTED)
    rows = [
        (table.name, column.name, column.kind.value, column.unit, column.meaning or table.meaning)
        for table in every
        for column in shown_columns(table)
    ]
    _list(sheet, 0, ("table", "column", "kind", "unit", "meaning"), rows, (16, 22, 14, 24, 90))


def write_assumptions(book: Book, told: About) -> None:
    """Add what the figures of the problem rest on."""
    sheet = book.sheet("What is assumed", colour=AMBER)
    sheet.text(0, 0, CAVEAT)
    notes = [(note.path, note.basis, note.source, note.note) for note in told.notes]
    _list(sheet, 2, ("parameters", "basis", "source", "note"), notes, (40, 14, 30, 90))
    if told.imputed:
        first = len(notes) + 4
        sheet.text(first, 0, "Indices that rest on missing values, filled by medians", "heading")
        for row, (state, indices) in enumerate(told.imputed, start=first + 1):
            sheet.text(row, 0, state, "wrapped")
            sheet.text(row, 1, indices)


def write_names(book: Book, problem: DesignProblem) -> None:
    """Add what every code in the tables stands for."""
    sheet = book.sheet("Names of codes", colour=MUTED)
    garrisons, monitoring = problem.garrisons, problem.monitoring
    kinds: dict[str, Iterable[Any]] = {
        "state": problem.states,
        "programme": problem.programmes,
        "organ": problem.organs,
        "fund": problem.funds,
        "site": problem.sites,
        "tier of garrisons": garrisons.tiers if garrisons else (),
        "mission": problem.missions,
        "zone": monitoring.zones if monitoring else (),
        "kind of zone": monitoring.kinds if monitoring else (),
        "kind of threat": problem.threat_kinds,
    }
    rows = [(each.id, each.name or each.id, kind) for kind, every in kinds.items() for each in every]
    _list(sheet, 0, ("code", "name", "kind"), rows, (30, 60, 20))


def _list(
    sheet: Sheet,
    first: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    sheet.widths(*widths)
    sheet.header(first, heads)
    for row, cells in enumerate(rows, start=first + 1):
        sheet.wrapped(row, dict(enumerate(zip(cells, widths, strict=True))))
    sheet.made.freeze_panes(first + 1, 0)
    if rows:
        sheet.made.autofilter(first, 0, first + len(rows), len(heads) - 1)
