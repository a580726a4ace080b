"""The ratio of totals: `sum w omega C / sum w omega T`, all capacities over all threats.

`C` is affine in what is decided and `T` is at least the exponential of its logarithm (11.5), so that
`C - ratio T` is concave for any ratio: the search maximises that, with one ratio after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from concord.algebra import Expression
from concord.formulation.equation import Scene
from concord.formulation.labelling import over
from concord.formulation.measures.frame import MeasureForm, Method, Values


@dataclass(frozen=True)
class RatioOfTotals(MeasureForm):
    """`capacity - ratio threat` with a given ratio, so scaled that capacity is the number of states."""

    ratio: float = 1.0
    """What the program takes for the measure."""
    reached: float = 1.0
    """All threat, weighted and scaled, in the plan found, once there is one."""

    method: ClassVar[Method] = Method.RATIO

    def capacity(self, scene: Scene) -> Expression:
        """`sum w omega C`, scaled."""
        return self._weighed(scene, over(scene.decisions.capacity, scene.aggregates.totals))

    def threat(self, scene: Scene) -> Expression:
        """`sum w omega T`, scaled."""
        return self._weighed(scene, over(scene.decisions.threat, scene.aggregates.totals))

    def objective(self, scene: Scene) -> Expression:
        """What is left of all capacity."""
        return self.capacity(scene) - self.threat(scene) * self.ratio

    def settle(self, scene: Scene, point: Values) -> None:
        """Every `T` by its exponential."""
        d, counted = scene.decisions, scene.aggregates.weights.to_numpy() > 0
        point[d.threat.columns] = np.exp(point[d.log_total_threat.columns][counted])

    def value(self, scene: Scene, objective: float) -> float:  # noqa: ARG002
        """The ratio at which the plan's objective is 0."""
        return self.ratio + objective / self.reached

    def at(self, scene: Scene, point: Values) -> float:
        """All capacity over all threat."""
        d, weights = scene.decisions, scene.aggregates.weights.to_numpy()
        capacity, threat = np.exp(point[d.log_capacity.columns]), np.exp(point[d.log_total_threat.columns])
        return float((weights @ capacity) / (weights @ threat))

    def tolerance(self, scene: Scene, gap: float) -> float:  # noqa: ARG002
        """A relative gap of the ratio, times the threat that it is over."""
        return gap * self.ratio * self.reached

    def relative_price(self, scene: Scene, duals: Values) -> Values:  # noqa: ARG002
        """A change of what is left, over all threat, is a change of the ratio."""
        return duals / (self.reached * self.ratio)

    def _weighed(self, scene: Scene, values: Expression) -> Expression:
        weights = scene.aggregates.weights
        before = scene.parameters.initial_capacity.reindex(scene.sets.states, level="state").to_numpy()
        scale = len(scene.sets.states) / float(weights.to_numpy() @ before)
        return (values * (weights.loc[scene.aggregates.totals] * scale)).sum()
