"""A plan in a line of figures, for tables in which plans stand below each other."""

from __future__ import annotations

from concord.models import DesignProblem, Plan
from concord.models.base import Model


class PlanFigures(Model):
    """What most readers of a plan ask first. Money is in million USD over all periods."""

    measure: float
    bound: float
    gap: float
    gain: float
    """measure / baseline - 1"""
    worst_off: str
    """The least secure state of the region in the last period."""
    worst_ratio: float
    paid: float
    largest_burden: float
    """Largest burden of any state, in money and in kind, as a share of its GDP."""
    burden_gini: float | None
    """Of burdens relative to GDP; null where nobody can bear any."""
    organs: int
    """Organs that operate in the last period."""
    garrisons: int
    """Garrisons that stand in the last period."""
    troops: float
    """Stationed, persons, on average over the periods."""
    teams: float
    """Monitoring teams, on average over the periods."""


def figures(plan: Plan, problem: DesignProblem) -> PlanFigures:
    """The figures of `plan`, which answers `problem`."""
    last, spell = problem.periods[-1], len(problem.periods)
    worst = min((r for r in plan.security if r.period == last), key=lambda row: (row.ratio, row.state))
    even = {row.subject: row.gini for row in plan.fairness}
    return PlanFigures(
        measure=plan.measure.value,
        bound=plan.measure.bound,
        gap=plan.measure.gap,
        gain=plan.measure.value / plan.measure.baseline - 1,
        worst_off=worst.state,
        worst_ratio=worst.ratio,
        paid=sum(row.amount for row in plan.contributions),
        largest_burden=max(relative_burdens(plan, problem).values(), default=0.0),
        burden_gini=even.get("burden-to-gdp"),
        organs=sum(row.working for row in plan.organs if row.period == last),
        garrisons=sum(row.working for row in plan.garrisons if row.period == last),
        troops=sum(row.troops for row in plan.contingents) / spell,
        teams=sum(row.teams for row in plan.monitoring) / spell,
    )


def relative_burdens(plan: Plan, problem: DesignProblem) -> dict[str, float]:
    """Every bearer's burden over all periods as a share of its GDP over all periods."""
    borne: dict[str, float] = {}
    for row in plan.burdens:
        borne[row.state] = borne.get(row.state, 0.0) + row.total
    spell = len(problem.periods)
    return {state: total / (spell * problem.state_by_id[state].gdp) for state, total in borne.items()}
