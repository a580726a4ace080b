"""The report on paper: the page as a browser prints it."""

from __future__ import annotations

from pathlib import Path

from models import DesignProblem, Plan

from ..browser import print_page
from .page import report_page


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the PDF. Raises BadInput where no browser is on the machine."""
    print_page(report_page(plan, problem), path)
