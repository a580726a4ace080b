"""What every measure of aggregate security must be able to do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from math import log1p
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from concord.algebra import Expression
from concord.formulation.equation import Scene
from concord.models import StatedMeasure

Values = NDArray[np.float64]


class Method(StrEnum):
    """How a plan for a measure is sought; concord.methods has the search of each name."""

    DIRECT = "direct"
    """One convex program."""
    LEVELS = "levels"
    """One convex program for each level, from the worst-off upwards."""
    RATIO = "ratio"
    """One convex program for each guess of a ratio, until the guess is right."""
    GLOBAL = "global"
    """A program that is not convex, relaxed in ever smaller parts."""


@dataclass(frozen=True)
class MeasureForm(ABC):
    """A measure as programs state it: between its value and the objective of the program.

    The decisions of its own, their rows and their curves are those that `Aggregates` lists.
    """

    stated: StatedMeasure

    method: ClassVar[Method] = Method.DIRECT

    @abstractmethod
    def objective(self, scene: Scene) -> Expression:
        """What the program maximises."""

    @abstractmethod
    def settle(self, scene: Scene, point: Values) -> None:
        """Set the decisions of its own in `point`, in place, to what the ratios there make true."""

    @abstractmethod
    def at(self, scene: Scene, point: Values) -> float:
        """The measure in index units at a point of the true program."""

    @abstractmethod
    def value(self, scene: Scene, objective: float) -> float:
        """The measure in index units, from the objective of the program."""

    @abstractmethod
    def tolerance(self, scene: Scene, gap: float) -> float:
        """How far objective and bound may lie apart for a relative gap of the measure."""

    @abstractmethod
    def relative_price(self, scene: Scene, duals: Values) -> Values:
        """Relative changes of the measure, from duals of the program."""

    def guides(self, scene: Scene) -> tuple[Expression, ...]:  # noqa: ARG002 (what overrides it asks)
        """Objectives to seek whole numbers by, where the measure's own tells few of them apart."""
        return ()


@dataclass(frozen=True)
class LogMeasure(MeasureForm):
    """A measure whose logarithm is concave in what is decided: it may be maximised, and it may have a floor.

    The program maximises the logarithm times the number of ratios; so scaled, the prices of money and troops
    lie well above a solver's tolerances.
    """

    @abstractmethod
    def log_measure(self, scene: Scene) -> Expression:
        """The logarithm of the measure: a scalar."""

    @abstractmethod
    def logarithm(self, scene: Scene, point: Values) -> float:
        """The logarithm of the measure at a point of the true program."""

    def at(self, scene: Scene, point: Values) -> float:
        """The exponential of the logarithm."""
        return exponential(self.logarithm(scene, point))

    def objective(self, scene: Scene) -> Expression:
        """The logarithm, scaled."""
        return self.log_measure(scene) * self._scale(scene)

    def value(self, scene: Scene, objective: float) -> float:
        """The exponential of the objective, once the scale is taken out."""
        return exponential(objective / self._scale(scene))

    def tolerance(self, scene: Scene, gap: float) -> float:
        """A relative gap is a distance of logarithms."""
        return self._scale(scene) * log1p(gap)

    def relative_price(self, scene: Scene, duals: Values) -> Values:
        """A change of the logarithm is a relative change."""
        return duals / self._scale(scene)

    def _scale(self, scene: Scene) -> float:
        return float(len(scene.sets.states))


def exponential(logarithm: float) -> float:
    """Its exponential; infinite where that is beyond a float, as of a bound that is not proven yet.

    >>> exponential(0.0), exponential(1e3)
    (1.0, inf)
    """
    with np.errstate(over="ignore"):
        return float(np.exp(logarithm))


def log_power_mean(weights: Values, logs: Values, exponent: float) -> float:
    """Logarithm of the power mean of what has these logarithms; the weights add up to 1, none is 0.

    Where the exponent is near 0, powers are near 1, and their logarithm would lose what they differ by: they
    are taken of distances from the geometric mean, less 1. Where it is large, the largest power is taken out
    of the sum, so that nothing overflows.

    >>> round(log_power_mean(np.array([0.5, 0.5]), np.array([0.0, 2.0]), 1e-12), 6)
    1.0
    """
    middle = float(weights @ logs)
    powers = exponent * (logs - middle)
    if powers.max() < 1:
        return middle + float(np.log1p(weights @ np.expm1(powers))) / exponent
    powers = exponent * logs
    top = powers.max()
    return float(top + np.log(weights @ np.exp(powers - top))) / exponent


def log_ratios(scene: Scene, point: Values) -> Values:
    """`lambda[i,t]` at a point, in the order of the states and periods."""
    d = scene.decisions
    return np.asarray(point[d.log_capacity.columns] - point[d.log_total_threat.columns])


def own_logarithm(scene: Scene, stated: StatedMeasure) -> Expression:
    """`mu[a]`, the decision that is the measure's logarithm."""
    return scene.decisions.log_measure.select(measure=stated.label).sum()


def set_own_logarithm(scene: Scene, stated: StatedMeasure, point: Values, value: float) -> None:
    """Set `mu[a]` at a point."""
    position = scene.aggregates.logs.get_loc(stated.label)
    point[scene.decisions.log_measure.columns[position]] = value
