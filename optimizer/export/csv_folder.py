"""A folder of CSV tables, and a README.md that says what they are."""

from __future__ import annotations

from pathlib import Path

from concord.models import DesignProblem, Plan

from .about import about
from .csv_tables import plan_tables
from .markdown import columns_section, head_sections, tail_sections
from .tables import tables

README = "README.md"


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the folder: a file per table of the plan, UTF-8, numbers with 12 significant digits."""
    path.mkdir()
    for name, text in plan_tables(plan).items():
        (path / name).write_text(text, encoding="utf-8", newline="\n")
    told = about(plan, problem)
    parts = [*head_sections(told), *columns_section(tables(plan)), *tail_sections(told)]
    (path / README).write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")
