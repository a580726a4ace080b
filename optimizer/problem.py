"""The ways from files and tables to a problem, and back to a file, in one place."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from concord.errors import BadInput
from concord.loading import load_problem, problem_from_tables, problem_json, write_problem
from concord.models import DesignProblem, Measure


class Problem:
    """Ways to a problem and back. There are no instances: a problem is a `concord.models.DesignProblem`."""

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


def maximising(problem: DesignProblem, measure: str, alpha: float | None = None) -> DesignProblem:
    """`problem` with another measure to maximise; weights, discount, floors and what is next stay.

    `alpha` is the aversion to inequality of the measure `alpha`. Raises BadInput for an unknown measure, and
    for a parameter that does not belong to it.
    """
    if measure not in list(Measure):
        known = ", ".join(Measure)
        raise BadInput.single(f"unknown measure {measure!r}", field="measure", remedy=f"one of {known}")
    try:
        objective = problem.objective.model_dump() | {"measure": Measure(measure), "alpha": alpha}
        return DesignProblem.model_validate(problem.model_dump() | {"objective": objective})
    except ValidationError as error:
        raise BadInput.single(error.errors()[0]["msg"], field="objective") from error
