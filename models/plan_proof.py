"""What was asked, what came of it and how the search ended: the head of a plan."""

from __future__ import annotations

from enum import StrEnum
from math import inf

from .base import Model
from .objective import Measure
from .quantities import Figure, Switch, Whole


def mean_insecurity(name: Measure, value: float) -> float | None:
    """One over the harmonic mean of security ratios: the mean of threats over capacities; else none.

    >>> mean_insecurity(Measure.HARMONIC, 0.8), mean_insecurity(Measure.MEAN, 0.8)
    (1.25, None)
    """
    if name is not Measure.HARMONIC:
        return None
    return 1 / value if value > 0 else inf


class ProblemReference(Model):
    """Which problem the plan answers."""

    id: str
    title: str
    digest: str
    """`DesignProblem.digest()` of the problem as solved, overrides included."""
    currency: str
    periods: tuple[Whole, ...]
    doctrine: str | None = None
    """The doctrine that recast the problem; null: none."""
    left_out: tuple[str, ...] = ()
    """States of the region that the entry test does not admit."""


class LiftedRatio(Model):
    """A security ratio of a level."""

    state: str
    period: Whole


class SecurityLevel(Model):
    """A level of `leximin`: ratios that cannot be lifted further without lowering one below them."""

    value: Figure
    """The least ratio of the level and of those above it."""
    bound: Figure
    """No plan that keeps the levels below lifts all other ratios above this."""
    ceiling: Figure
    """No plan that keeps the levels below, and all other ratios at this level's value at least, has a higher
    geometric mean of this level's ratios."""
    ratios: tuple[LiftedRatio, ...]
    whole_decisions_held: Switch = False
    """Whether bound and ceiling are those of plans with the same organs, garrisons and contingents only."""


class NextResult(Model):
    """A measure that was maximised after those before it."""

    name: Measure
    alpha: Figure | None = None
    value: Figure
    bound: Figure
    """No plan that leaves the measures before it all but the allowed sacrifice has a higher value."""
    gap: Figure
    """(bound - value) / value."""

    @property
    def insecurity(self) -> float | None:
        """Mean of threats over capacities, which `harmonic` minimises; none of another measure."""
        return mean_insecurity(self.name, self.value)


class MeasureResult(Model):
    """Value of aggregate security and the proof of how good it is."""

    name: Measure
    alpha: Figure | None = None
    """Aversion to inequality, of the measure `alpha`."""
    value: Figure
    """Recomputed from the plan's decisions with the true functions."""
    bound: Figure
    """No plan that satisfies the rules has a higher value."""
    gap: Figure
    """(bound - value) / value."""
    baseline: Figure
    """The value without the institution."""
    levels: tuple[SecurityLevel, ...] = ()
    """From the lowest; those of `leximin` only. The first has the value and the bound of the measure."""
    then: tuple[NextResult, ...] = ()
    """Measures maximised afterwards, in this order."""

    @property
    def insecurity(self) -> float | None:
        """Mean of threats over capacities, which `harmonic` minimises; none of another measure."""
        return mean_insecurity(self.name, self.value)

    @property
    def least_insecurity(self) -> float | None:
        """What no plan brings it below."""
        return mean_insecurity(self.name, self.bound)

    @property
    def baseline_insecurity(self) -> float | None:
        """The same without the institution."""
        return mean_insecurity(self.name, self.baseline)


class TerminationReason(StrEnum):
    """Why the solve ended."""

    OPTIMAL = "optimal"
    TIME_LIMIT = "time-limit"
    NODE_LIMIT = "node-limit"
    ITERATION_LIMIT = "iteration-limit"
    INTERRUPTED = "interrupted"


class PlanTermination(Model):
    """How the solve ended: `optimal` means within the gap asked for."""

    reason: TerminationReason
    detail: str = ""
    seconds: Figure
