"""The report on paper: the page as a browser prints it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from concord.models import DesignProblem, Plan

from ..browser import print_page, require_browser
from ..publishing import Rest
from .page import report_page


def write(plan: Plan, problem: DesignProblem, path: Path) -> Rest:
    """The page, to be printed into a PDF. Raises BadInput where no browser is on the machine."""
    return partial(print_page, require_browser(), report_page(plan, problem), path)
