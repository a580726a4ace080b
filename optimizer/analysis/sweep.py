"""Sweeps: one figure or two over several values, the plan of each in a line of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from concord.analysis.figures import PlanFigures, figures
from concord.errors import BadInput, Infeasible, NoPlanFound, SolverFailure
from concord.models import DesignProblem, Plan
from concord.models.plan import TerminationReason

if TYPE_CHECKING:
    from concord.analysis.session import Session

MOST_PATHS = 2
"""A table over more parameters is read by nobody."""


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """One combination of values."""

    values: Mapping[str, Any]
    problem: DesignProblem
    plan: Plan | None
    detail: str
    """How the search ended, or why there is no plan."""
    failed: bool
    """Whether a solver broke down."""
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Sweep:
    """Every combination asked for, in order."""

    points: tuple[SweepPoint, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a combination: a column for each path, then `detail`, `seconds` and `PlanFigures`."""
        rows = []
        for point in self.points:
            told = {} if point.plan is None else figures(point.plan, point.problem).model_dump()
            rows.append({**point.values, **told, "detail": point.detail, "seconds": point.seconds})
        paths = list(self.points[0].values) if self.points else []
        return pd.DataFrame(rows, columns=[*paths, *PlanFigures.model_fields, "detail", "seconds"])


def sweep(session: Session, over: Mapping[str, Sequence[Any]]) -> Sweep:
    """Solve `session` for every combination of the values of one path or two, without changing it.

    The last path varies fastest, back and forth, so that each problem is near the one before. A combination
    without a plan, or that breaks a solver, is a point that says why; an interruption ends the sweep with
    what there is. Raises BadInput for no path, more than two, a path without values, and values that do not
    fit.
    """
    if not 1 <= len(over) <= MOST_PATHS or not all(over.values()):
        raise BadInput.single(
            f"a sweep is over one path or two, each with values; {len(over)} paths were given",
            field="over",
            remedy="such as funds.assessed.budget.1994=500,600,700",
        )
    order = _back_and_forth([len(values) for values in over.values()])
    combinations = {
        places: {path: over[path][place] for path, place in zip(over, places, strict=True)}
        for places in order
    }
    # A value that does not fit is told before the first search, not after some.
    problems = {places: session.variant(values) for places, values in combinations.items()}
    points: dict[tuple[int, ...], SweepPoint] = {}
    for places, values in combinations.items():
        found = _attempted(session, problems[places])
        plan = found if isinstance(found, Plan) else None
        detail = found.termination.reason.value if isinstance(found, Plan) else found.message
        seconds = None if plan is None else plan.termination.seconds
        points[places] = SweepPoint(
            values, session.problem, plan, detail, isinstance(found, SolverFailure), seconds
        )
        if plan is not None and plan.termination.reason is TerminationReason.INTERRUPTED:
            break
    return Sweep(tuple(points[places] for places in sorted(points)))


def _attempted(session: Session, problem: DesignProblem) -> Plan | Infeasible | NoPlanFound | SolverFailure:
    """A plan or the reason why there is none: a solver that breaks down costs no other point."""
    try:
        return session.attempt_problem(problem)
    except SolverFailure as failure:
        return failure


def _back_and_forth(counts: Sequence[int]) -> list[tuple[int, ...]]:
    """All places of a grid, each beside the one before.

    >>> _back_and_forth([2, 2])
    [(0, 0), (0, 1), (1, 1), (1, 0)]
    """
    if len(counts) == 1:
        return list(product(range(counts[0])))
    return [
        (row, column)
        for row in range(counts[0])
        for column in (range(counts[1]) if row % 2 == 0 else reversed(range(counts[1])))
    ]
