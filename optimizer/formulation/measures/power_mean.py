"""Alpha-fair security: the power mean `(sum w omega S^(1 - alpha))^(1 / (1 - alpha))` for alpha above 1.

Its logarithm is the largest `mu` with `sum_(i,t) w omega exp((alpha - 1) (mu - lambda[i,t])) <= 1` (11.2),
which is concave in the log ratios. Every penalty of the sum lies between 0 and 1 whatever alpha is, and
11.1 keeps every exponent below 0, so that nothing overflows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.algebra import Expression
from optimizer.formulation.equation import Scene
from optimizer.formulation.measures.frame import (
    LogMeasure,
    Values,
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
        """By the power mean of the ratios, the largest power taken out of the sum."""
        weights, falls = self._parts(scene, point)
        top = falls.max()
        return float(-(top + np.log(weights @ np.exp(falls - top))) / (self.stated.aversion - 1))

    def settle(self, scene: Scene, point: Values) -> None:
        """`mu` as it is, the penalties by their exponentials."""
        logarithm, (weights, falls) = self.logarithm(scene, point), self._parts(scene, point)
        set_own_logarithm(scene, self.stated, point, logarithm)
        block = scene.decisions.penalty
        mine = block.index.get_level_values("measure") == self.stated.label
        point[block.columns[mine]] = weights * np.exp((self.stated.aversion - 1) * logarithm + falls)

    def _parts(self, scene: Scene, point: Values) -> tuple[Values, Values]:
        """Weights of the ratios that count, and logarithms of their powers."""
        counted = scene.aggregates.counted(self.stated)
        falls = (1 - self.stated.aversion) * log_ratios(scene, point)[counted]
        weights = np.asarray(scene.aggregates.weights.to_numpy()[counted], dtype=np.float64)
        return weights, falls
