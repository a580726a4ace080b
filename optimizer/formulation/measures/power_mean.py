"""Alpha-fair security: the power mean `(sum w omega S^(1 - alpha))^(1 / (1 - alpha))` for alpha above 1.

The harmonic mean, alpha 2, is a measure by name as well: one over the mean of threats over capacities.

Its logarithm is the largest `mu` with `sum_(i,t) w omega exp((alpha - 1) (mu - lambda[i,t])) <= 1` (11.2),
which is concave in the log ratios. 11.2 takes 1 from every exponential and divides by `alpha - 1`, so that it
goes to the geometric mean where alpha goes to 1, and no digit is lost; 11.1 keeps every exponential below
`1 / (w omega)`, so that nothing overflows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from concord.algebra import Expression
from concord.formulation.equation import Scene
from concord.formulation.measures.frame import (
    LogMeasure,
    Values,
    log_power_mean,
    log_ratios,
    own_logarithm,
    set_own_logarithm,
)


@dataclass(frozen=True)
class PowerMean(LogMeasure):
    """`mu` and the penalties of 11.2."""

    def log_measure(self, scene: Scene) -> Expression:
        """`mu[a]`."""
        return own_logarithm(scene, self.stated)

    def logarithm(self, scene: Scene, point: Values) -> float:
        """By the power mean of the ratios that count."""
        counted = scene.aggregates.counted(self.stated)
        weights = np.asarray(scene.aggregates.weights.to_numpy()[counted], dtype=np.float64)
        return log_power_mean(weights, log_ratios(scene, point)[counted], 1 - self.stated.aversion)

    def settle(self, scene: Scene, point: Values) -> None:
        """`mu` as it is, the penalties by their exponentials."""
        logarithm, excess = self.logarithm(scene, point), self.stated.aversion - 1
        set_own_logarithm(scene, self.stated, point, logarithm)
        block = scene.decisions.penalty
        mine = block.index.get_level_values("measure") == self.stated.label
        falls = logarithm - log_ratios(scene, point)[scene.aggregates.counted(self.stated)]
        point[block.columns[mine]] = np.expm1(excess * falls) / excess
