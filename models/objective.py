"""Measures of aggregate security, and what a plan maximises.

All measures but `ratio-of-totals` are one family: the power mean of the security ratios whose exponent is
1 - alpha, where alpha is the aversion to inequality. It is the arithmetic mean at 0, the geometric at 1, the
harmonic at 2, and tends to the minimum as alpha grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from math import inf, nan

from .base import Model
from .quantities import Identifier, NonNegative, Positive, Share


class WeightRule(StrEnum):
    """How much a state counts in the aggregate measure."""

    EQUAL = "equal"
    POPULATION = "population"
    POPULATION_SQUARE_ROOT = "population-square-root"
    TABLE = "table"


class Measure(StrEnum):
    """A measure of aggregate security."""

    GEOMETRIC = "geometric"
    """Weighted geometric mean of the ratios."""
    MINIMUM = "minimum"
    """The least ratio of any state in any period."""
    LEXIMIN = "leximin"
    """The least ratio, then the least of those that can still be lifted, and so on."""
    HARMONIC = "harmonic"
    """Weighted harmonic mean of the ratios: one over mean insecurity, threats over capacities."""
    ALPHA = "alpha"
    """Power mean with a stated aversion to inequality."""
    MEAN = "mean"
    """Weighted arithmetic mean of the ratios."""
    RATIO_OF_TOTALS = "ratio-of-totals"
    """Weighted sum of all capacities over the weighted sum of all threats."""


class StatedMeasure(Model):
    """A measure, with its parameter where it has one."""

    measure: Measure
    alpha: NonNegative | None = None
    """Aversion to inequality, for the measure `alpha` and no other: 1 is the geometric mean."""

    @property
    def aversion(self) -> float:
        """The aversion to inequality; infinite for a measure that looks at the worst-off alone.

        Not a number for the ratio of totals, which is no mean of ratios.
        """
        match self.measure:
            case Measure.MEAN:
                return 0.0
            case Measure.RATIO_OF_TOTALS:
                return nan
            case Measure.GEOMETRIC:
                return 1.0
            case Measure.HARMONIC:
                return 2.0
            case Measure.ALPHA:
                return 1.0 if self.alpha is None else self.alpha
            case _:
                return inf

    @property
    def label(self) -> str:
        """A name that tells measures apart: `minimum`, `alpha-2`, `alpha-1.0000001`."""
        if self.alpha is None:
            return self.measure.value
        short = f"{self.alpha:g}"
        return f"{self.measure.value}-{short if float(short) == self.alpha else repr(self.alpha)}"

    @property
    def plain(self) -> StatedMeasure:
        """The measure and its parameter, and nothing else."""
        return StatedMeasure(measure=self.measure, alpha=self.alpha)


class MeasureFloor(StatedMeasure):
    """A value below which a measure must not fall while another is maximised."""

    least: Positive
    """Index units."""


class NextMeasure(StatedMeasure):
    """A measure to be maximised after those that go before it."""

    sacrifice: Share = 0.001
    """Share of the value reached by each measure before it that may be given up for this one."""


class Objective(StatedMeasure):
    """What the plan maximises."""

    measure: Measure = Measure.GEOMETRIC
    weights: WeightRule = WeightRule.EQUAL
    table: dict[Identifier, NonNegative] = {}
    """Weight of each state of the region, for the rule `table`; one not given weighs nothing."""
    discount: Share = 0.0
    """Rate at which later periods count less, per period."""
    floors: tuple[MeasureFloor, ...] = ()
    """Values that other measures must keep; weights and discount are the same for all."""
    then: tuple[NextMeasure, ...] = ()
    """What is maximised next, in this order, at the allowed sacrifice of what was reached before."""


Fault = tuple[tuple[str | int, ...], str, str | None, str]
"""Path, message, value and remedy."""


def objective_faults(objective: Objective) -> Iterator[Fault]:
    """What is wrong with the measures of an objective."""
    listed = [("floors", objective.floors), ("then", objective.then)]
    yield from _alpha_faults(("objective",), objective)
    for name, several in listed:
        for n, stated in enumerate(several):
            yield from _alpha_faults(("objective", name, n), stated)
    for n, floor in enumerate(objective.floors):
        path = ("objective", "floors", n)
        if floor.measure is Measure.LEXIMIN:
            yield (*path, "measure"), "leximin has no single value", None, "put the floor under `minimum`"
        if floor.label in {other.label for other in objective.floors[:n]}:
            yield path, "the measure has two floors", floor.label, "keep the higher one"


def _alpha_faults(path: tuple[str | int, ...], stated: StatedMeasure) -> Iterator[Fault]:
    if stated.measure is Measure.ALPHA and stated.alpha is None:
        remedy = "give the aversion to inequality, such as 2 for the harmonic mean"
        yield (*path, "alpha"), "the measure alpha needs its parameter", None, remedy
    if stated.measure is not Measure.ALPHA and stated.alpha is not None:
        remedy = "remove it, or set the measure to alpha"
        yield (
            (*path, "alpha"),
            f"the measure {stated.measure.value} has no alpha",
            f"{stated.alpha:g}",
            remedy,
        )
