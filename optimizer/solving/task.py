"""Task: a program to maximise, and what a search must know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm, Program
from concord.solving.box import Box
from concord.solving.companies import FineColumns
from concord.solving.details import Details

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Aim:
    """A linear objective: `cost @ x + offset`."""

    cost: Values
    offset: float

    def at(self, values: Values) -> float:
        """The objective at a point."""
        return float(self.cost @ values + self.offset)


@dataclass(frozen=True, eq=False)
class Task:
    """A program to maximise, and what the search must know of it."""

    program: Program
    repair: Callable[[Values], Values]
    """From a point of the relaxation to the point of the true program that has the same costly decisions."""
    status_quo: Values
    """A point around which the first tangents are laid."""
    details: NDArray[np.int64]
    """Columns that neither the objective nor a curve knows."""
    totals: NDArray[np.int64]
    """Whole columns that sums of details make up; they give way where the details cannot."""
    switches: NDArray[np.int64]
    """Columns of 0 or 1 that permit much and cost little: a first plan rounds them before all others."""
    economy: NDArray[np.int64]
    """Continuous columns at which a first plan may be held while whole numbers are sought around them."""
    guarded: NDArray[np.int64]
    """Rows with a lower bound on what curves relax, none of them with a detail."""
    preference: Values
    """What completing the details prefers: one coefficient for each, minimised."""
    fine: FineColumns = field(default_factory=FineColumns.none)
    """Integer columns that are rounded last."""
    start: Values | None = None
    """A point of the true program to begin from, where one is known beside the status quo."""
    guides: tuple[Aim, ...] = ()
    """Objectives to seek whole numbers by, one after the other, where the program's own looks at so little
    of a plan that most whole numbers are alike to it."""
    aim: Aim | None = None
    """What is maximised instead of the objective of the program."""
    box: Box | None = None
    """The part of the program that is searched; none: all of it."""

    def split(self) -> Details:
        """The program split into what is decided first and its details."""
        return Details(self.matrix(), self.details, self.preference, self.fine)

    def matrix(self) -> MatrixForm:
        """The program without its curves, with this aim, in this box; what is fixed is not called whole."""
        matrix = self.program.matrix()
        if self.aim is not None:
            matrix = replace(matrix, cost=self.aim.cost, offset=self.aim.offset)
        if self.box is not None:
            lower, upper = self.box.lower, self.box.upper
            matrix = replace(matrix, lower=lower, upper=upper, integer=matrix.integer & (lower < upper))
        return matrix
