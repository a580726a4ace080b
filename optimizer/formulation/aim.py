"""What one program maximises, and what it must keep of other measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from concord.models import DesignProblem, MeasureFloor, StatedMeasure

Term = tuple[str, int]
"""State and period: what a security ratio belongs to."""


@dataclass(frozen=True)
class Aim:
    """The measure that one program maximises, and floors under measures and under single ratios.

    A search of several programs (level by level, one measure after the other) writes each with its own aim.
    """

    stated: StatedMeasure
    floors: tuple[MeasureFloor, ...] = ()
    lifted: frozenset[Term] | None = None
    """Which ratios `minimum` and `leximin` look at; None: all that weigh anything."""
    held: Mapping[Term, float] = field(default_factory=dict)
    """Least logarithm of single ratios."""
    together: bool = False
    """Whether `leximin` lifts the mean logarithm of the lifted ratios instead of the least of them."""

    @classmethod
    def of(cls, problem: DesignProblem) -> Aim:
        """The first program's aim."""
        return cls(problem.objective.plain, problem.objective.floors)

    @cached_property
    def measures(self) -> dict[str, StatedMeasure]:
        """Every measure in the program by label: the one maximised first, then those with floors."""
        return {stated.label: stated.plain for stated in (self.stated, *self.floors)}
