"""A problem whose plan must stay close to another plan."""

from __future__ import annotations

from concord.models import Agreement, DesignProblem, Plan


def staying_close(problem: DesignProblem, plan: Plan, max_moves: int) -> DesignProblem:
    """`problem` with at most `max_moves` sites and organs otherwise than in the last period of `plan`."""
    last = max(plan.problem.periods)
    standing = (row for row in plan.garrisons if row.working and row.period == last)
    agreement = Agreement(
        garrisons={row.site: row.tier for row in standing},
        organs=tuple(row.organ for row in plan.organs if row.working and row.period == last),
        max_moves=max_moves,
    )
    return problem.model_copy(update={"agreement": agreement})
