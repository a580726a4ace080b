"""The plan as a workbook: summary, what a critic would say, sums with charts, guides, and last all tables.

Cells of text are text, also where they look like a formula. Totals are formulas over the sheets of tables and
carry the plan's figures as their values, so that readers that do not calculate show them too.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import xlsxwriter

from concord.models import DesignProblem, Plan

from ..about import about
from ..tables import tables
from .data_sheets import write_table
from .guides import write_assumptions, write_columns, write_names
from .judgement import write_critic, write_missions, write_reductions
from .sheet import Book
from .summary import write_summary
from .sums import write_heads, write_payers, write_states


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the workbook."""
    buffer = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, settings) as made:
        book = Book(made)
        told, every = about(plan, problem), tables(plan)
        made.set_properties({"title": told.title[:255], "created": _created(plan)})
        write_summary(book, told, every, plan.problem.periods)
        write_critic(book, plan, problem)
        write_missions(book, plan, problem)
        write_reductions(book, plan, problem)
        write_payers(book, plan, problem, every)
        write_heads(book, plan, problem, every)
        write_states(book, plan, problem, every)
        write_assumptions(book, told)
        write_names(book, problem)
        write_columns(book, every)
        for table in every:
            write_table(book, table)
    path.write_bytes(buffer.getvalue())


def _created(plan: Plan) -> datetime | None:
    """When the plan was made; none where its text is no date."""
    try:
        return datetime.fromisoformat(plan.provenance.created).replace(tzinfo=None)
    except ValueError:
        return None
