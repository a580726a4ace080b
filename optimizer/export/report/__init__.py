"""The report: one page that needs nothing beside itself, for the screen, the telephone and the printer."""

from __future__ import annotations

from pathlib import Path

from concord.models import DesignProblem, Plan

from .page import report_page


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the page, UTF-8."""
    path.write_text(report_page(plan, problem), encoding="utf-8", newline="\n")


__all__ = ["report_page", "write"]
