"""Means less averse to inequality than the geometric: `(sum w omega S^e)^(1/e)` with `e = 1 - alpha` in 0..1.

With `alpha = 0` this is the arithmetic mean. `S^e = exp(e lambda)` is an exponential of what is concave:
neither concave nor convex. The program maximises the weighted sum of the decisions
`s[i,t] <= (exp(e (lambda[i,t] - m)) - 1) / e` (11.6), where `m` is the logarithm of the measure without the
institution: a relation that it does not hold itself; the search relaxes it. Where `e` is near 0, `s` is
`lambda - m`, so that the sum is that of the geometric mean, and no digit is lost."""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log1p
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from concord.algebra import Expression
from concord.formulation.equation import Scene
from concord.formulation.labelling import over
from concord.formulation.measures.frame import (
    MeasureForm,
    Method,
    Values,
    exponential,
    log_power_mean,
    log_ratios,
)


@dataclass(frozen=True)
class SumOfPowers(MeasureForm):
    """The sum of what ratios are worth, times their number: 0 without the institution."""

    reached: float = 0.0
    """Objective of the plan found, once there is one: prices and distances are relative to it."""

    method: ClassVar[Method] = Method.GLOBAL

    @property
    def exponent(self) -> float:
        """`e`."""
        return 1 - self.stated.aversion

    def objective(self, scene: Scene) -> Expression:
        """`sum w omega s`, scaled."""
        weights = scene.aggregates.weights.loc[scene.aggregates.rising]
        return (scene.decisions.worth * (weights * self._count(scene))).sum()

    def argument(self, scene: Scene) -> Expression:
        """`e (lambda - m)`, of which every `s` is at most the exponential, less 1 and over `e`."""
        above = over(scene.decisions.log_ratio, scene.aggregates.rising) - self.before(scene)
        return above * self.exponent

    def before(self, scene: Scene) -> float:
        """`m`."""
        logs = scene.parameters.log_baseline_ratio.reindex(scene.sets.states)
        return self._logarithm(scene, np.asarray(logs, dtype=np.float64))

    def settle(self, scene: Scene, point: Values) -> None:
        """Every `s` as high as it may be."""
        above = log_ratios(scene, point)[self._counted(scene)] - self.before(scene)
        point[scene.decisions.worth.columns] = np.expm1(self.exponent * above) / self.exponent

    def at(self, scene: Scene, point: Values) -> float:
        """The power mean of the ratios."""
        return exponential(self._logarithm(scene, log_ratios(scene, point)))

    def value(self, scene: Scene, objective: float) -> float:
        """The mean that has this objective."""
        power = self.exponent * objective / self._count(scene)
        return exponential(self.before(scene) + log1p(power) / self.exponent) if power > -1 else 0.0

    def tolerance(self, scene: Scene, gap: float) -> float:
        """The distance that is a relative gap of the mean at the objective reached."""
        exponent, count = self.exponent, self._count(scene)
        power = expm1(exponent * log1p(gap)) / exponent
        return (count + exponent * max(self.reached, 0.0)) * power

    def relative_price(self, scene: Scene, duals: Values) -> Values:
        """A change of the objective, over what a relative change of the mean makes of it."""
        return duals / (self._count(scene) + self.exponent * self.reached)

    def _count(self, scene: Scene) -> float:
        return float(len(scene.sets.states))

    def _counted(self, scene: Scene) -> NDArray[np.bool_]:
        return np.asarray(scene.aggregates.weights.to_numpy() > 0)

    def _logarithm(self, scene: Scene, logs: Values) -> float:
        counted = self._counted(scene)
        weights = np.asarray(scene.aggregates.weights.to_numpy()[counted], dtype=np.float64)
        return log_power_mean(weights, logs[counted], self.exponent)
