"""The least security ratio of any state in any period: `min over i, t of S[i,t]`; and level by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from optimizer.algebra import Expression
from optimizer.formulation.equation import Scene
from optimizer.formulation.measures.frame import (
    LogMeasure,
    Method,
    Values,
    log_ratios,
    own_logarithm,
    set_own_logarithm,
)


@dataclass(frozen=True)
class Minimum(LogMeasure):
    """`mu`, which is below every ratio (11.1)."""

    def log_measure(self, scene: Scene) -> Expression:
        """`mu[a]`."""
        return own_logarithm(scene, self.stated)

    def settle(self, scene: Scene, point: Values) -> None:
        """`mu` is the least log ratio that counts."""
        counted = log_ratios(scene, point)[scene.aggregates.counted(self.stated)]
        set_own_logarithm(scene, self.stated, point, float(counted.min()))


@dataclass(frozen=True)
class Leximin(Minimum):
    """The minimum of those that no earlier level holds."""

    method: ClassVar[Method] = Method.LEVELS
