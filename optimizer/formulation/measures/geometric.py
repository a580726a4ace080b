"""The weighted geometric mean of security ratios: `exp(sum_t omega[t] sum_i w[i] lambda[i,t])`.

An index has no natural scale; only the geometric mean ranks plans the same whatever unit each state's
index is in.
"""

from __future__ import annotations

from dataclasses import dataclass

from concord.algebra import Expression
from concord.formulation.equation import Scene
from concord.formulation.measures.frame import LogMeasure, Values, log_ratios


@dataclass(frozen=True)
class Geometric(LogMeasure):
    """Linear in the log ratios, so that it needs no decision of its own."""

    def log_measure(self, scene: Scene) -> Expression:
        """`sum_(i,t) w omega lambda`."""
        return (scene.decisions.log_ratio * scene.aggregates.weights).sum()

    def objective(self, scene: Scene) -> Expression:
        """The sum of log ratios, with weights whose mean is 1."""
        return (scene.decisions.log_ratio * (scene.aggregates.weights * self._scale(scene))).sum()

    def logarithm(self, scene: Scene, point: Values) -> float:
        """The weighted mean of the log ratios."""
        return float(scene.aggregates.weights.to_numpy() @ log_ratios(scene, point))

    def settle(self, scene: Scene, point: Values) -> None:
        """Nothing is its own."""
