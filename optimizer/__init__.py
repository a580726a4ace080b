"""Concord: institutional design, optimised, explained and proven.

>>> import optimizer
>>> problem = optimizer.load("three-states")
>>> plan = optimizer.solve(problem)
>>> optimizer.verify(plan, problem).ok
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optimizer import planning
from optimizer.loading import bundled_problems, load_plan
from optimizer.loading import load_problem as load
from optimizer.planning import program
from optimizer.solving.options import SolveOptions
from optimizer.solving.progress import Watch
from optimizer.verification import verify

if TYPE_CHECKING:
    from models import DesignProblem, Plan

__all__ = ["SolveOptions", "bundled_problems", "load", "load_plan", "program", "solve", "verify"]


def solve(
    problem: DesignProblem,
    *,
    watch: Watch | None = None,
    second_opinion: str | None = None,
    **options: Any,
) -> Plan:
    """The best plan for `problem`; `options` are the fields of `SolveOptions`, such as `gap=1e-4`.

    Raises Infeasible, NoPlanFound, SolverFailure, or BadInput (see `optimizer.errors`).
    """
    return planning.solve(problem, SolveOptions(**options), watch, second_opinion)
