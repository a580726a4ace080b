"""Measures of aggregate security from logarithms of security ratios, by their definitions (11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, expm1, fsum, inf, isfinite, log1p

from concord.models.objective import StatedMeasure
from concord.models.problem import DesignProblem

from .arithmetic import exponential, logarithm

LogRatios = Mapping[tuple[str, int], float]
"""By state and period."""
Sides = Mapping[tuple[str, int], tuple[float, float]]
"""Capacity and threat by state and period, index units."""


def over_all(problem: DesignProblem, sides: Sides) -> float:
    """All capacity over all threat, with the weights and the discount of `problem`.

    Infinite without threat.
    """
    states, periods = problem.state_weights(), problem.period_weights()
    weights = {(state, period): states[state] * periods[period] for state, period in sides}
    capacity = sum(weight * sides[index][0] for index, weight in weights.items())
    threat = sum(weight * sides[index][1] for index, weight in weights.items())
    return capacity / threat if threat > 0 else inf


def aggregate(problem: DesignProblem, stated: StatedMeasure, log_ratios: LogRatios) -> float:
    """The value of a measure, index units, with the weights and the discount of `problem`.

    Infinite or not a number where the ratios are.
    """
    states, periods = problem.state_weights(), problem.period_weights()
    weighed = [
        (states[state] * periods[period], log_ratio)
        for (state, period), log_ratio in log_ratios.items()
        if states[state] > 0 and periods[period] > 0
    ]
    if stated.aversion == inf:
        return exponential(min(log_ratio for _, log_ratio in weighed))
    if stated.aversion == 1:
        return exponential(sum(weight * log_ratio for weight, log_ratio in weighed))
    return exponential(_log_power_mean(weighed, 1 - stated.aversion))


def _log_power_mean(weighed: Sequence[tuple[float, float]], exponent: float) -> float:
    """Logarithm of the power mean, from weights that add up to 1 and logarithms.

    Every power is taken over the largest, so that none overflows. What they fall short of it by adds up
    without loss where the exponent is next to 0; where most of the whole is lost, the powers themselves do.
    """
    top = max(log_ratio * exponent for _, log_ratio in weighed) / exponent
    if not isfinite(top):
        return top
    falls = [(weight, exponent * (log_ratio - top)) for weight, log_ratio in weighed]
    lost = fsum(weight * expm1(fall) for weight, fall in falls)
    if lost > -0.5:
        return top + log1p(lost) / exponent
    return top + logarithm(fsum(weight * exp(fall) for weight, fall in falls)) / exponent
