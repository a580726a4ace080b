"""The ways from files and tables to a problem, and back to a file, in one place."""

from __future__ import annotations

from typing import Any

from models import DesignProblem
from optimizer.loading import load_problem, problem_from_tables, problem_json, write_problem


class Problem:
    """Where problems come from and go to. There are no instances: a problem is a `models.DesignProblem`."""

    from_file = staticmethod(load_problem)
    to_yaml = staticmethod(write_problem)
    to_json = staticmethod(problem_json)

    @staticmethod
    def from_tables(**sections: Any) -> DesignProblem:
        """A problem from pandas frames and plain values, judged as a file is.

        Keywords are the sections of a problem file, and the lists inside a single section by their own name
        (`sites` and `tiers` of garrisons, `zones` and `monitors` of monitoring, `influences` of the dilemma).
        A list may be a frame with one row for each thing: columns are dotted field paths such as
        `capacities.readiness`, levels of a hierarchy of columns are joined, a named index is a column, and a
        missing value is an absent field. Text in a cell is read as in a CSV table; a cell may hold a list or
        a mapping. Everything else is a plain value or mapping, in which lists may be frames again.

        Raises BadInput with all faults, each with the table, the row counted from 1, field and remedy.
        """
        return problem_from_tables(**sections)
