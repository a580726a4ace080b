"""Means less averse to inequality than the geometric: `(sum w omega S^e)^(1/e)` with `e = 1 - alpha` in 0..1.

With `alpha = 0` this is the arithmetic mean. `S^e = exp(e lambda)` is an exponential of what is concave:
neither concave nor convex. The program maximises the sum of the decisions `s[i,t] <= exp(e lambda[i,t])`
(11.6), a relation that it does not hold itself; the search relaxes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from optimizer.algebra import Expression
from optimizer.formulation.equation import Scene
from optimizer.formulation.labelling import over
from optimizer.formulation.measures.frame import MeasureForm, Method, Values, log_ratios


@dataclass(frozen=True)
class SumOfPowers(MeasureForm):
    """The sum of powers, so scaled that it is the number of ratios without the institution."""

    reached: float | None = None
    """Objective of the plan found, once there is one: prices are relative to it."""

    method: ClassVar[Method] = Method.GLOBAL

    @property
    def exponent(self) -> float:
        """`e`."""
        return 1 - self.stated.aversion

    def objective(self, scene: Scene) -> Expression:
        """`sum w omega s`, scaled."""
        weights = scene.aggregates.weights.loc[scene.aggregates.rising]
        return (scene.decisions.worth * (weights * self._scale(scene))).sum()

    def argument(self, scene: Scene) -> Expression:
        """`e lambda`, of which every `s` is at most the exponential."""
        return over(scene.decisions.log_ratio, scene.aggregates.rising) * self.exponent

    def settle(self, scene: Scene, point: Values) -> None:
        """Every `s` by its exponential."""
        counted = scene.aggregates.weights.to_numpy() > 0
        point[scene.decisions.worth.columns] = np.exp(self.exponent * log_ratios(scene, point)[counted])

    def at(self, scene: Scene, point: Values) -> float:
        """The power mean of the ratios."""
        weights = scene.aggregates.weights.to_numpy()
        return float((weights @ np.exp(self.exponent * log_ratios(scene, point))) ** (1 / self.exponent))

    def value(self, scene: Scene, objective: float) -> float:
        """The mean, once the scale is taken out."""
        return float(max(objective / self._scale(scene), 0.0) ** (1 / self.exponent))

    def tolerance(self, scene: Scene, gap: float) -> float:
        """A distance that is a relative gap of what there is without the institution."""
        return float(len(scene.sets.states) * ((1 + gap) ** self.exponent - 1))

    def relative_price(self, scene: Scene, duals: Values) -> Values:
        """A relative change of the sum, times `1 / e`."""
        whole = float(len(scene.sets.states)) if self.reached is None else self.reached
        return duals / (whole * self.exponent)

    def _scale(self, scene: Scene) -> float:
        logs = scene.parameters.log_baseline_ratio.reindex(scene.sets.states).to_numpy()
        before = float(scene.aggregates.weights.to_numpy() @ np.exp(self.exponent * logs))
        return len(scene.sets.states) / before
