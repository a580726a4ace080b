"""The least security ratio of any state in any period: `min over i, t of S[i,t]`; and level by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from concord.algebra import Expression
from concord.formulation.equation import Scene
from concord.formulation.labelling import over
from concord.formulation.measures.frame import (
    LogMeasure,
    Method,
    Values,
    log_ratios,
    own_logarithm,
    set_own_logarithm,
)
from concord.formulation.measures.geometric import Geometric

SHARES_OF_THE_REST = (0.5, 0.1)
"""What all ratios weigh in objectives that guide to whole numbers: less and less."""


@dataclass(frozen=True)
class Minimum(LogMeasure):
    """`mu`, which is below every ratio (11.1)."""

    def guides(self, scene: Scene) -> tuple[Expression, ...]:
        """With a share of the geometric mean, so that no ratio is indifferent."""
        own, rest = self.objective(scene), Geometric(self.stated).objective(scene)
        return tuple(own * (1 - share) + rest * share for share in SHARES_OF_THE_REST)

    def log_measure(self, scene: Scene) -> Expression:
        """`mu[a]`."""
        return own_logarithm(scene, self.stated)

    def logarithm(self, scene: Scene, point: Values) -> float:
        """The least log ratio that counts."""
        return float(log_ratios(scene, point)[scene.aggregates.counted(self.stated)].min())

    def settle(self, scene: Scene, point: Values) -> None:
        """`mu` as it is."""
        set_own_logarithm(scene, self.stated, point, self.logarithm(scene, point))


@dataclass(frozen=True)
class Leximin(Minimum):
    """The minimum of those that no earlier level holds, or the mean of their logarithms."""

    method: ClassVar[Method] = Method.LEVELS

    def log_measure(self, scene: Scene) -> Expression:
        """`mu[a]`, or where the ratios are lifted together the mean of `lambda[i,t]` over them."""
        if not scene.aim.together:
            return super().log_measure(scene)
        lifted = scene.sets.states[scene.aggregates.counted(self.stated)]
        return over(scene.decisions.log_ratio, lifted).sum() * (1 / len(lifted))
