"""What is left of a plan after its last period, when the institution ends and nothing more is spent.

In the s-th period after the last, T (docs/doctrines.md):

    K[i,k,T+s] = delta[k]^s K[i,k,T]                            stocks decay
    z[i,k,T+s] = min(z[i,k,T], log(1 + K[i,k,T+s] / s[i,k]))     and intensities with them
    own, r as in T;  v = w = bonus = 0                           forces stay as agreed; troops go home

Threats drift on, postures settle anew, whoever is left out stays out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log1p

from concord.doctrine import fields_of
from concord.models import DesignProblem, Plan
from concord.verification import Decisions, Evaluation, evaluate, read_decisions


@dataclass(frozen=True, slots=True)
class LongRun:
    """Geometric mean of security over the periods after the horizon, every period counting alike."""

    value: float
    baseline: float
    """Without the institution, over the same periods."""


def long_run(plan: Plan, problem: DesignProblem, periods: int) -> LongRun:
    """Security over `periods` periods, at least 1, after the last one of `problem`, by the true functions."""
    last = problem.periods[-1]
    later = tuple(range(last + 1, last + 1 + periods))
    # Later years need no budgets, so that nothing is validated anew.
    extended = DesignProblem.model_construct(**fields_of(problem) | {"periods": (*problem.periods, *later)})
    decided = read_decisions(plan, problem)
    evaluation = evaluate(extended, _continued(decided, problem, later))
    return LongRun(
        _geometric_mean(evaluation, problem, later),
        _geometric_mean(evaluation, problem, later, baseline=True),
    )


def _continued(decided: Decisions, problem: DesignProblem, later: tuple[int, ...]) -> Decisions:
    """The decisions with what lasts of them in later periods."""
    last = problem.periods[-1]
    lasting = _lasting(decided, problem, later)
    along = {
        (k, i, j, period): min(quiet, *(lasting.get((side, k, period), 0.0) for side in (i, j)))
        for (k, i, j, t), quiet in decided.mutual.items()
        if t == last
        for period in later
    }
    return replace(
        decided,
        intensity=decided.intensity | lasting,
        mutual=decided.mutual | along,
        arming=decided.arming | _standing(decided.arming, last, later),
        reduction=decided.reduction | _standing(decided.reduction, last, later),
    )


def _lasting(
    decided: Decisions, problem: DesignProblem, later: tuple[int, ...]
) -> dict[tuple[str, str, int], float]:
    last, programmes = problem.periods[-1], {k.id: k for k in problem.programmes}
    found = {}
    for (i, k, t), stock in decided.stocks(problem).items():
        if t == last and stock > 0:
            scale = problem.programme_scale(programmes[k], problem.state_by_id[i])
            reached = decided.intensity.get((i, k, t), 0.0)
            for step, period in enumerate(later, 1):
                left = stock * programmes[k].persistence ** step
                found[i, k, period] = min(reached, log1p(left / scale))
    return found


def _standing(
    moves: Mapping[tuple[str, int], float], last: int, later: tuple[int, ...]
) -> dict[tuple[str, int], float]:
    """A change of forces made by the last period, in every later one."""
    return {(i, period): amount for (i, t), amount in moves.items() if t == last for period in later}


def _geometric_mean(
    evaluation: Evaluation, problem: DesignProblem, later: tuple[int, ...], *, baseline: bool = False
) -> float:
    weights = problem.state_weights()
    logs = (
        weights[i] * (found.log_baseline_ratio if baseline else found.log_ratio)
        for (i, t), found in evaluation.security.items()
        if t in later
    )
    return exp(sum(logs) / len(later))
