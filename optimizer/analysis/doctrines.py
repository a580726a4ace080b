"""Doctrines side by side on one problem, with the same money at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from concord.analysis.long_run import long_run
from concord.doctrine import under
from concord.errors import BadInput, Infeasible, NoPlanFound, SolverFailure
from concord.models import DesignProblem, Doctrine, Plan
from concord.models.base import Model
from concord.models.quantities import in_period
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.solving.progress import SilentWatch, Watch

PERIODS_AFTER = 10
"""Periods after the horizon over which the long run is reckoned, unless another number is asked for."""


class Outcome(StrEnum):
    """What came of a doctrine."""

    PLANNED = "planned"
    INFEASIBLE = "infeasible"
    NO_PLAN = "no-plan-found"
    UNFIT = "does-not-fit"
    FAILED = "solver-failed"


class DoctrineRow(Model):
    """A doctrine in figures; null where there is no plan. Money is in million USD over all periods."""

    doctrine: str
    outcome: Outcome
    measure: float | None = None
    baseline: float | None = None
    gain: float | None = None
    """measure / baseline - 1"""
    gap: float | None = None
    worst_off: str | None = None
    """The least secure state of the region in the last period."""
    worst_ratio: float | None = None
    worst_baseline: float | None = None
    """Least security ratio of any state in the last period without the institution."""
    available: float | None = None
    """What the funds may take in."""
    paid: float | None = None
    arms: float | None = None
    """Spending on programmes that raise postures."""
    largest_payer: str | None = None
    largest_share: float | None = None
    """Share of all that is paid."""
    largest_burden: float | None = None
    """Largest burden of any state, in money and in kind, as a share of its GDP."""
    troops: float | None = None
    """Stationed, persons, on average over the periods."""
    posture: float | None = None
    """Mean posture of the region's states in the last period, in logs; above 0 where arms prevail."""
    left_out: int | None = None
    """States that the entry test leaves out."""
    long_run: float | None = None
    """Geometric mean of security over the periods after the horizon."""
    long_run_baseline: float | None = None
    seconds: float | None = None
    detail: str = ""
    """Why there is no plan."""


@dataclass(frozen=True, slots=True)
class DoctrineResult:
    """A doctrine, the problem as it recasts it, the plan, and both in figures."""

    doctrine: Doctrine
    problem: DesignProblem | None
    plan: Plan | None
    row: DoctrineRow


@dataclass(frozen=True, slots=True)
class DoctrineComparison:
    """What came of each doctrine, in the order asked for."""

    results: tuple[DoctrineResult, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row for each doctrine, one column for each figure of `DoctrineRow`."""
        rows = [result.row.model_dump(mode="json") for result in self.results]
        return pd.DataFrame(rows, columns=list(DoctrineRow.model_fields))


def compare(
    problem: DesignProblem,
    doctrines: Sequence[Doctrine],
    options: SolveOptions | None = None,
    watch: Watch | None = None,
    periods_after: int = PERIODS_AFTER,
) -> DoctrineComparison:
    """Solve and verify `problem` under each of `doctrines`, all with the same options.

    Held equal are states, threats, and the money that every fund may take in; see docs/doctrines.md. A
    doctrine that does not fit the problem, has no plan, or breaks a solver, is a row that says so. A stop
    asked for through `watch` ends the comparison with the plan in hand. Raises BadInput for no doctrine, for
    a doctrine given twice, and for fewer than one period after.
    """
    options = options or SolveOptions()
    watch = watch or SilentWatch()
    _require_sound(doctrines, periods_after)
    results: list[DoctrineResult] = []
    for doctrine in doctrines:
        if results and watch.stop_requested():
            break
        results.append(_result(problem, doctrine, options, watch, periods_after))
    return DoctrineComparison(tuple(results))


def _require_sound(doctrines: Sequence[Doctrine], periods_after: int) -> None:
    names = [doctrine.id for doctrine in doctrines]
    if not names:
        raise BadInput.single("there is nothing to compare", field="doctrines", remedy="name at least one")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput.single(f"{twice} is named twice", field="doctrines", remedy="name each once")
    if periods_after < 1:
        raise BadInput.single("the long run needs a period", field="after", remedy="give 1 or more")


def _result(
    problem: DesignProblem, doctrine: Doctrine, options: SolveOptions, watch: Watch, periods_after: int
) -> DoctrineResult:
    recast: DesignProblem | None = None
    try:
        recast = under(problem, doctrine)
        plan = solve(recast, options, watch)
    except Infeasible as error:
        outcome, detail = Outcome.INFEASIBLE, str(error)
    except NoPlanFound as error:
        outcome, detail = Outcome.NO_PLAN, str(error)
    except SolverFailure as error:
        outcome, detail = Outcome.FAILED, str(error)
    except BadInput as error:
        if recast is not None or problem.doctrine is not None:
            raise
        outcome, detail = Outcome.UNFIT, "; ".join(fault.message for fault in error.faults)
    else:
        row = _row(doctrine.id, plan, recast, periods_after)
        return DoctrineResult(doctrine, recast, plan, row)
    row = DoctrineRow(doctrine=doctrine.id, outcome=outcome, detail=detail.splitlines()[0])
    return DoctrineResult(doctrine, recast, None, row)


def _row(doctrine: str, plan: Plan, problem: DesignProblem, periods_after: int) -> DoctrineRow:
    last = [record for record in plan.security if record.period == problem.periods[-1]]
    worst = min(last, key=lambda record: (record.ratio, record.state))
    after = long_run(plan, problem, periods_after)
    burdens = _burdens(plan, problem)
    arming = {programme.id for programme in problem.programmes if programme.posture > 0}
    paid = _paid(plan)
    payer = max(sorted(paid), key=lambda state: paid[state]) if paid else None
    total = sum(paid.values())
    return DoctrineRow(
        doctrine=doctrine,
        outcome=Outcome.PLANNED,
        measure=plan.measure.value,
        baseline=plan.measure.baseline,
        gain=plan.measure.value / plan.measure.baseline - 1,
        gap=plan.measure.gap,
        worst_off=worst.state,
        worst_ratio=worst.ratio,
        worst_baseline=min(record.baseline_ratio for record in last),
        available=sum(in_period(fund.budget, t) for fund in problem.funds for t in problem.periods),
        paid=total,
        arms=sum(row.spending for row in plan.programmes if row.programme in arming),
        largest_payer=payer,
        largest_share=paid[payer] / total if payer else None,
        largest_burden=max(burdens.values(), default=0.0),
        troops=sum(row.troops for row in plan.contingents) / len(problem.periods),
        posture=_mean_posture(plan, problem),
        left_out=len(problem.left_out),
        long_run=after.value,
        long_run_baseline=after.baseline,
        seconds=plan.termination.seconds,
    )


def _paid(plan: Plan) -> dict[str, float]:
    """Million USD that each state pays, all funds and periods together."""
    paid: dict[str, float] = {}
    for row in plan.contributions:
        paid[row.payer] = paid.get(row.payer, 0.0) + row.amount
    return paid


def _burdens(plan: Plan, problem: DesignProblem) -> dict[str, float]:
    """Burden as a share of GDP over the whole horizon."""
    burden: dict[str, float] = {}
    for row in plan.burdens:
        burden[row.state] = burden.get(row.state, 0.0) + row.total
    horizon = len(problem.periods)
    return {state: total / (horizon * problem.state_by_id[state].gdp) for state, total in burden.items()}


def _mean_posture(plan: Plan, problem: DesignProblem) -> float:
    """A state without a row has not moved."""
    moved = sum(row.posture for row in plan.posture if row.period == problem.periods[-1])
    return moved / len(problem.measured)
