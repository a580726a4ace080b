"""What differs between plans: decisions side by side, and what each instrument makes of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log

from concord.models import DesignProblem, Plan
from concord.models.base import Model

NEGLIGIBLE = 1e-6
"""Relative difference that counts as none."""
Decisions = dict[tuple[str, str, str], float | str]
"""Table, subject and unit to what the plan decides."""


TROOPS = "troops, mean"
"""Unit of soldiers over all periods."""


class Difference(Model):
    """A decision in which plans differ; a value for each plan, null where a plan has no such thing."""

    of: str
    """Such as `garrisons`, `organs`, `programmes`, `contributions`, `contingents`, `monitors`."""
    subject: str
    unit: str
    values: tuple[float | str | None, ...]


class Effect(Model):
    """What an instrument contributes to the measure in one plan more than in the first."""

    instrument: str
    """As in the attribution of a plan, or `baseline` for other threats, capacities or weights."""
    logs: float
    """Part of log(measure of the plan / measure of the first); all parts together are exact."""


def differences(plans: Sequence[Plan]) -> tuple[Difference, ...]:
    """Every decision, summed over periods, that is not the same in all of `plans`."""
    stated = [dict(decisions(plan)) for plan in plans]
    keys = dict.fromkeys(key for each in stated for key in each)
    kinds = list(dict.fromkeys(of for of, _, _ in keys))
    rows = []
    for of, subject, unit in sorted(keys, key=lambda key: kinds.index(key[0])):
        values = tuple(each.get((of, subject, unit)) for each in stated)
        if not _alike(values):
            rows.append(Difference(of=of, subject=subject, unit=unit, values=values))
    return tuple(rows)


def decisions(plan: Plan) -> Iterator[tuple[tuple[str, str, str], float | str]]:
    """What the plan decides: whole decisions of the last period, amounts over all periods."""
    last = max(plan.problem.periods)
    for row in plan.organs:
        if row.working and row.period == last:
            yield ("organs", row.organ, ""), "operates"
    for site in plan.garrisons:
        if site.working and site.period == last:
            yield ("garrisons", site.site, ""), site.tier
    amounts: dict[tuple[str, str, str], float] = {}
    for key, amount in _amounts(plan, 1.0 / len(plan.problem.periods)):
        amounts[key] = amounts.get(key, 0.0) + amount
    yield from ((key, amount) for key, amount in amounts.items() if amount)


def _amounts(plan: Plan, each_period: float) -> Iterator[tuple[tuple[str, str, str], float]]:
    """Amounts of every period; money is summed, troops and teams are means over the periods."""
    money = plan.problem.currency
    for spent in plan.programmes:
        yield ("programmes", spent.programme, money), spent.spending
    for paid in plan.contributions:
        yield ("contributions", paid.payer, money), paid.amount
    for posted in plan.contingents:
        yield ("contingents", posted.state, TROOPS), posted.troops * each_period
    for sent in plan.assignments:
        yield ("missions", sent.mission, TROOPS), sent.troops * each_period
    for watch in plan.monitoring:
        yield ("monitors", watch.zone, "teams, mean"), watch.teams * each_period


def effects(first: tuple[Plan, DesignProblem], other: tuple[Plan, DesignProblem]) -> tuple[Effect, ...]:
    """What each instrument contributes to `log(other / first)` of the geometric mean, largest first.

    In logs the contributions of a plan to its own rise are exact, so that those of two plans can be set off
    against each other; what is left, where the problems differ, is the baseline's.
    """
    parts: dict[str, float] = {}
    for sign, (plan, problem) in ((-1.0, first), (1.0, other)):
        weights = log_weights(problem)
        for row in plan.security:
            weight = sign * weights.get((row.state, row.period), 0.0)
            parts["baseline"] = parts.get("baseline", 0.0) + weight * log(row.baseline_ratio)
            for instrument, amount in row.attribution.items():
                parts[instrument] = parts.get(instrument, 0.0) + weight * amount
    told = [Effect(instrument=name, logs=part) for name, part in parts.items() if abs(part) > 1e-9]
    return tuple(sorted(told, key=lambda effect: (-abs(effect.logs), effect.instrument)))


def log_weights(problem: DesignProblem) -> dict[tuple[str, int], float]:
    """Weight of every log ratio in the logarithm of the geometric mean."""
    states, periods = problem.state_weights(), problem.period_weights()
    return {(state, t): states[state] * periods[t] for state in states for t in periods}


def log_geometric(plan: Plan, problem: DesignProblem) -> float:
    """Logarithm of the weighted geometric mean of the plan's ratios, whatever it maximises."""
    weights: Mapping[tuple[str, int], float] = log_weights(problem)
    return sum(weights.get((row.state, row.period), 0.0) * log(row.ratio) for row in plan.security)


def _alike(values: Sequence[float | str | None]) -> bool:
    if any(isinstance(value, str) for value in values):
        return len(set(values)) == 1
    numbers = [float(value or 0.0) for value in values]
    return max(numbers) - min(numbers) <= NEGLIGIBLE * max(1.0, *map(abs, numbers))
