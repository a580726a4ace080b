"""What `concord` offers: the names of the package, each where it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from concord import planning
from concord.analysis import alternatives as alternatives_analysis
from concord.analysis import break_points as break_point_analysis
from concord.analysis import compare as comparison
from concord.analysis import doctrines as doctrine_analysis
from concord.analysis import explanation, pricing, revaluation
from concord.analysis import frontier as frontier_analysis
from concord.analysis import sweep as sweep_analysis
from concord.analysis import why as reasons
from concord.analysis.session import Session
from concord.audit import audit
from concord.doctrine import under
from concord.errors import BadInput
from concord.export import formats
from concord.export.display import frames, lend_to_plans, remember
from concord.export.pictures import PICTURE_ENDINGS, ChartKind
from concord.loading import bundled_doctrines, bundled_problems, load_doctrine, load_plan
from concord.loading import load_problem as load
from concord.models import Measure
from concord.planning import program
from concord.problem import Problem, maximising
from concord.solving.options import SolveKeywords, SolveOptions
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
    "alternatives",
    "audit",
    "bundled_doctrines",
    "bundled_problems",
    "chart",
    "compare",
    "compare_doctrines",
    "explain",
    "export",
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
    "sweep",
    "under",
    "verify",
    "why",
    "why_not",
]

lend_to_plans()


def solve(
    problem: DesignProblem,
    *,
    measure: str | None = None,
    alpha: float | None = None,
    watch: Watch | None = None,
    second_opinion: str | None = None,
    **options: Unpack[SolveKeywords],
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
    **options: Unpack[SolveKeywords],
) -> pd.DataFrame:
    """`problem` under each of `doctrines` (all bundled ones by default) with the same money at hand.

    One row for each, with the figures of `concord.analysis.doctrines.DoctrineRow`; `compare` there gives
    the plans as well. `options` are the fields of `SolveOptions`. Raises BadInput.
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
    **options: Unpack[SolveKeywords],
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
    **options: Unpack[SolveKeywords],
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
    plan: Plan,
    problem: DesignProblem,
    *,
    rule: str,
    step: float,
    watch: Watch | None = None,
    **options: Unpack[SolveKeywords],
) -> revaluation.Revaluation:
    """What adding `step` to a rule is truly worth: the problem solved anew, compared with `plan`.

    `rule` is a path such as `funds.assessed.ceiling`, or an equation's name, such as `burden.ceiling`, for
    all its paths. `options` are the fields of `SolveOptions`. Raises BadInput, SolverFailure.
    """
    return revaluation.revalue(plan, problem, rule, step, _sized(problem, options), watch)


def why(
    plan: Plan, problem: DesignProblem, subject: str, name: str, **options: Unpack[SolveKeywords]
) -> reasons.Answer:
    """What something in `plan` is worth: the best plan without it.

    `subject` is a value of `concord.analysis.why.Subject`, such as `organ`; `name` an id or a name. Raises
    BadInput where the plan does not have it, SolverFailure.
    """
    session = Session(problem, _sized(problem, options))
    return reasons.why(plan, problem, _subject(subject), name, session)


def why_not(
    plan: Plan, problem: DesignProblem, subject: str, name: str, **options: Unpack[SolveKeywords]
) -> reasons.Answer:
    """What it would cost to have something that `plan` lacks: the best plan with it.

    Arguments are those of `why`. Raises BadInput where the plan has it already, SolverFailure.
    """
    session = Session(problem, _sized(problem, options))
    return reasons.why_not(plan, problem, _subject(subject), name, session)


def _subject(name: str) -> reasons.Subject:
    if name not in list(reasons.Subject):
        known = ", ".join(reasons.Subject)
        raise BadInput.single(f"unknown subject {name!r}", field="subject", remedy=f"one of {known}")
    return reasons.Subject(name)


def alternatives(
    plan: Plan,
    problem: DesignProblem,
    *,
    slack: float = 0.01,
    number: int = 10,
    watch: Watch | None = None,
    **options: Unpack[SolveKeywords],
) -> alternatives_analysis.Alternatives:
    """Up to `number` plans, as different as can be, whose measure is at least `1 - slack` of the plan's.

    Raises BadInput where the slack is no share, no plan is asked for, or the measure takes several programs.
    """
    return alternatives_analysis.alternatives(plan, problem, slack, number, _sized(problem, options), watch)


def compare(named: Mapping[str, tuple[Plan, DesignProblem]]) -> comparison.PlanComparison:
    """What differs between plans, by name, each with the problem that it answers; the first is the measure.

    >>> import concord
    >>> problem = concord.load("three-states")
    >>> plan = concord.solve(problem)
    >>> concord.compare({"one": (plan, problem), "same": (plan, problem)}).totals
    (0.0,)

    Raises BadInput below two plans.
    """
    return comparison.compare_plans([(name, plan, problem) for name, (plan, problem) in named.items()])


def sweep(
    problem: DesignProblem,
    over: Mapping[str, Sequence[Any]],
    *,
    watch: Watch | None = None,
    **options: Unpack[SolveKeywords],
) -> sweep_analysis.Sweep:
    """`problem` solved for every value of one path or two; `table` of the result has a row for each.

    `over` has the values by path, such as `{"funds.assessed.budget.1994": [500, 600]}`. A combination without
    a plan, or that breaks a solver, is a row that says why. Raises BadInput.
    """
    return Session(problem, _sized(problem, options), watch).sweep(over)


def export(
    plan: Plan, problem: DesignProblem, names: Sequence[str], folder: str | Path, *, overwrite: bool = False
) -> list[Path]:
    """Write `plan` into `folder` in the formats of `names` (see `concord.export.formats`); what was written.

    Raises BadInput for an unknown format, and where files exist and are not to be overwritten.
    """
    unknown = [name for name in names if name not in formats.FORMATS]
    if unknown:
        known = ", ".join(formats.FORMATS)
        raise BadInput.single(f"unknown format {unknown[0]!r}", field="names", remedy=f"one of {known}")
    return list(formats.export(plan, problem, list(names), Path(folder), overwrite=overwrite))


def chart(
    plan: Plan, problem: DesignProblem, path: str | Path, *, kind: str = "map", overwrite: bool = False
) -> None:
    """Draw `plan` into a file that ends in .svg or .png; `kind` is what the picture shows, such as `map`.

    Raises BadInput for an unknown kind or ending, and where the file exists and is not to be overwritten.
    """
    if kind not in list(ChartKind):
        known = ", ".join(ChartKind)
        raise BadInput.single(f"unknown kind {kind!r}", field="kind", remedy=f"one of {known}")
    if Path(path).suffix.lower() not in PICTURE_ENDINGS:
        message = f"no picture is written as {Path(path).name}"
        raise BadInput.single(message, field="path", remedy="end the name in .svg or .png")
    from concord.export.charts import write_chart  # noqa: PLC0415 -- what draws takes a second to load

    write_chart(plan, problem, ChartKind(kind), Path(path), overwrite=overwrite)


def _sized(problem: DesignProblem, options: SolveKeywords) -> SolveOptions:
    """The options, and where they have no gap, the one that fits the size of `problem`."""
    chosen = SolveOptions(**options)
    return chosen if "gap" in options else replace(chosen, gap=planning.default_gap(problem))
