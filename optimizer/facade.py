"""What `concord` offers: the names of the package, each where it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from concord import planning
from concord.analysis import break_points as break_point_analysis
from concord.analysis import doctrines as doctrine_analysis
from concord.analysis import explanation, pricing, revaluation
from concord.analysis import frontier as frontier_analysis
from concord.analysis.session import Session
from concord.audit import audit
from concord.doctrine import under
from concord.export.display import frames, lend_to_plans, remember
from concord.loading import bundled_doctrines, bundled_problems, load_doctrine, load_plan
from concord.loading import load_problem as load
from concord.models import Measure
from concord.planning import program
from concord.problem import Problem, maximising
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch
from concord.verification import verify
from concord.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from concord.models import DesignProblem, Doctrine, Plan

__all__ = [
    "Problem",
    "Session",
    "SolveOptions",
    "__version__",
    "audit",
    "bundled_doctrines",
    "bundled_problems",
    "compare_doctrines",
    "explain",
    "frames",
    "frontier",
    "load",
    "load_doctrine",
    "load_plan",
    "maximising",
    "price",
    "prices",
    "program",
    "solve",
    "under",
    "verify",
]

lend_to_plans()


def solve(
    problem: DesignProblem,
    *,
    measure: str | None = None,
    alpha: float | None = None,
    watch: Watch | None = None,
    second_opinion: str | None = None,
    **options: Any,
) -> Plan:
    """The best plan for `problem`; `options` are the fields of `SolveOptions`, such as `gap=1e-4`.

    Without a `gap` a small program is solved to 0.01 % and any other to 1 %, as by the command.

    `measure` is maximised instead of what the problem says, with `alpha` where it is `alpha`; the plan then
    answers `maximising(problem, measure, alpha)`, against which it is verified.

    Raises Infeasible, NoPlanFound, SolverFailure, or BadInput (see `concord.errors`).
    """
    if measure is not None or alpha is not None:
        problem = maximising(problem, measure or Measure.ALPHA, alpha)
    remember(problem)
    return planning.solve(problem, _sized(problem, options), watch, second_opinion)


def compare_doctrines(
    problem: DesignProblem,
    doctrines: Sequence[str | Doctrine] | None = None,
    *,
    periods_after: int = 10,
    watch: Watch | None = None,
    **options: Any,
) -> pd.DataFrame:
    """`problem` under each of `doctrines` (all bundled ones by default) with the same money at hand.

    One row for each, with the figures of `concord.analysis.doctrines.DoctrineRow`; `compare` there gives
    the plans as well. `options` are the fields of `SolveOptions`. Raises BadInput, SolverFailure.
    """
    names = [doctrine.name for doctrine in bundled_doctrines()] if doctrines is None else doctrines
    chosen = [load_doctrine(name) if isinstance(name, str) else name for name in names]
    return doctrine_analysis.compare(problem, chosen, _sized(problem, options), watch, periods_after).table


def frontier(
    problem: DesignProblem,
    *,
    x: str = "burden.gini",
    y: str = "measure",
    n: int = 12,
    break_points: bool = False,
    watch: Watch | None = None,
    **options: Any,
) -> pd.DataFrame:
    """The best values of `y` under limits on the figure of fairness `x`, at most `n` of them.

    One row a point, from the fairest to the plan that answers to no limit, with value, bound, gap and the
    price of fairness; see `concord.analysis.frontier`. Limits that admit no plan have the status
    `infeasible`. With `break_points`, further rows of that status tell where the price jumps in between
    (`concord.analysis.break_points`). `options` are the fields of `SolveOptions`. Raises BadInput,
    SolverFailure, and Infeasible and NoPlanFound where there is no plan without a limit.
    """
    question, chosen = frontier_analysis.Question.of(problem, x, y), _sized(problem, options)
    if break_points:
        break_point_analysis.refuse_unless_linear(question)
    points = frontier_analysis.frontier_points(question, n, chosen, watch=watch)
    if not break_points:
        return frontier_analysis.frontier_table(points).drop(columns=frontier_analysis.OF_BREAK_POINTS)
    points = break_point_analysis.with_break_points(question, points, chosen, watch=watch)
    return frontier_analysis.frontier_table(points)


def explain(
    problem: DesignProblem,
    *,
    weights: Mapping[str, float] | None = None,
    keep: Collection[str] = (),
    repairs: int = explanation.MOST_REPAIRS,
    watch: Watch | None = None,
    **options: Any,
) -> explanation.Explanation:
    """Why `problem` has no plan: conflicts among the rules of the file, with amounts, and repairs that work.

    `weights` say how dear it is to loosen a rule (a path, or its beginning), `keep` names those that are
    not loosened. `options` are the fields of `SolveOptions` for each search for a plan: by default a gap of
    5 % and a minute. Raises BadInput, and NoPlanFound where the limits came before an answer.
    """
    chosen = replace(explanation.DEFAULTS, **options)
    return explanation.explain(
        problem, weights=weights, keep=keep, repairs=repairs, options=chosen, watch=watch
    )


def prices(plan: Plan, problem: DesignProblem, *, most: int = pricing.MOST_RULES) -> pricing.Prices:
    """What the rules that bind `plan` cost, at most so many, with its whole decisions held.

    Raises BadInput where the problem does not admit the plan.
    """
    return pricing.prices(plan, problem, most)


def price(
    plan: Plan, problem: DesignProblem, *, rule: str, step: float, watch: Watch | None = None, **options: Any
) -> revaluation.Revaluation:
    """What adding `step` to a rule is truly worth: the problem solved anew, compared with `plan`.

    `rule` is a path such as `funds.assessed.ceiling`, or an equation's name, such as `burden.ceiling`, for
    all its paths. `options` are the fields of `SolveOptions`. Raises BadInput, SolverFailure.
    """
    return revaluation.revalue(plan, problem, rule, step, _sized(problem, options), watch)


def _sized(problem: DesignProblem, options: Mapping[str, Any]) -> SolveOptions:
    """The options, and where they have no gap, the one that fits the size of `problem`."""
    if "gap" in options:
        return SolveOptions(**options)
    return SolveOptions(gap=planning.default_gap(problem), **options)
