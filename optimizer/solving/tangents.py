"""Tangents: the linear rows that stand for curves, collected while a search goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import Curve, CurveBlock, MatrixForm, Program

Values = NDArray[np.float64]
Rows = tuple[sparse.csr_array, Values, Values]
"""A matrix with lower and upper bounds."""


@dataclass(frozen=True)
class Grid:
    """Where curves get their first tangents."""

    factors: tuple[float, ...]
    """Of logarithms, as multiples of the argument at the status quo."""
    shifts: tuple[float, ...]
    """Of exponentials, as distances from the argument at the status quo; of growth at a rate below 1 as
    distances from what the rate multiplies.

    Most are shares of threats in their sum: what is not abated weighs more while the rest is abated.
    """


FINE = Grid((0.8, 0.9, 1.0, 1.4, 2.0, 3.0, 4.5, 9.0), (-0.7, -0.3, -0.1, 0.02, 0.1, 0.2, 0.35, 0.7))
"""For bounds."""
COARSE = Grid((0.9, 2.0, 4.5), (-0.2, 0.05, 0.35))
"""For plans, which need tangents where they are and nowhere else."""
OFFENCE = 1e-7
"""How far on the wrong side of a curve a solution must lie before a tangent is added there."""
STEEPEST = 34.0
"""Where exponentials are touched at the most, in logs: no solver takes what is steeper."""
NEAR = 0.005
"""Slack of a tangent, in logs or shares, beyond which it is far from touching."""


class Ceilings(Protocol):
    """What bounds a relation that is not convex from above."""

    def rows_at(self, values: Values) -> Rows:
        """Rows valid everywhere, and tight at `values` as far as such rows can be."""
        ...


@dataclass
class Tangents:
    """The tangents in use, each valid wherever it was found."""

    program: Program
    ceilings: Ceilings | None = None
    """Where there are relations that no tangent relaxes."""
    _matrix: sparse.csr_array = field(init=False)
    _lower: Values = field(init=False)
    _upper: Values = field(init=False)

    def __post_init__(self) -> None:
        self._matrix, self._lower, self._upper = self._none()

    def under(self, ceilings: Ceilings, values: Values) -> Tangents:
        """The same tangents with other ceilings, the first of them at `values`."""
        twin = self.fork()
        twin.ceilings = ceilings
        twin._keep([ceilings.rows_at(values)])
        return twin

    def fork(self) -> Tangents:
        """The same tangents, to which others will be added."""
        return self.renewed(self.program)

    def renewed(self, program: Program) -> Tangents:
        """The same tangents for another program, whose curves are the same on the same columns."""
        twin = Tangents(program, self.ceilings)
        twin._matrix, twin._lower, twin._upper = self.rows
        return twin

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._lower)

    def _none(self) -> Rows:
        return sparse.csr_array((0, self.program.width)), np.zeros(0), np.zeros(0)

    @property
    def rows(self) -> Rows:
        """All of them, in the order in which they were found."""
        return self._matrix, self._lower, self._upper

    def first(self, status_quo: Values, grid: Grid = FINE) -> Rows:
        """A first grid of tangents around the status quo."""
        matrix, batches = self.program.matrix(), []
        for curve in self.program.curves.values():
            at = curve.arguments(status_quo)
            if curve.kind is Curve.LOG:
                laid = [at * factor for factor in grid.factors]
            else:
                step = np.minimum(curve.rates, 1.0)
                laid = [at + shift * step for shift in grid.shifts]
            for points in laid:
                within = (points >= at) | curve.can_fall_below(points, matrix.lower, matrix.upper)
                which = np.flatnonzero(within)
                batches.append(curve.tangent_rows(points[which], which))
        if self.ceilings is not None:
            batches.append(self.ceilings.rows_at(status_quo))
        return self._keep(batches)

    def lay_at(self, values: Values) -> Rows:
        """New tangents wherever a curve has one at `values`."""
        batches = []
        for curve in self.program.curves.values():
            at = _touched(curve, values)
            which = np.flatnonzero(np.isfinite(at) & ((at > 0) | (curve.kind is not Curve.LOG)))
            batches.append(curve.tangent_rows(at[which], which))
        return self._keep(batches)

    def violated(self, values: Values) -> Rows:
        """New tangents wherever `values` lies on the wrong side of a curve."""
        batches = []
        for curve in self.program.curves.values():
            which = np.flatnonzero(curve.violation(values) > OFFENCE)
            if len(which):
                batches.append(curve.tangent_rows(_cut_off(curve, values)[which], which))
        if self.ceilings is not None:
            batches.append(_broken(self.ceilings.rows_at(values), values))
        return self._keep(batches)

    def near(self, values: Values, slack: float = NEAR) -> NDArray[np.bool_]:
        """Which of them have at most this slack at `values`."""
        activity = self._matrix @ values
        return np.asarray(np.minimum(activity - self._lower, self._upper - activity) <= slack)

    def drop_slack(self, values: Values, slack: float = NEAR) -> NDArray[np.int64]:
        """Forget the tangents far from touching at `values`: they come again if they are needed.

        Returns the numbers that they had.
        """
        near = self.near(values, slack)
        self._matrix = sparse.csr_array(self._matrix[np.flatnonzero(near)])
        self._lower, self._upper = self._lower[near], self._upper[near]
        return np.flatnonzero(~near)

    def take_over(self, others: Tangents, values: Values) -> Rows:
        """Add those of the others that touch at `values`, or nearly so; returns them."""
        which = np.flatnonzero(others.near(values))
        matrix, lower, upper = others.rows
        return self._keep([(sparse.csr_array(matrix[which]), lower[which], upper[which])])

    def added_to(self, matrix: MatrixForm) -> MatrixForm:
        """The program with the tangents in use."""
        return matrix.with_rows(*self.rows, "tangent")

    def _keep(self, batches: list[Rows]) -> Rows:
        """Add the batches to those in use; returns them stacked."""
        batches = [self._none(), *batches]
        matrix = sparse.csr_array(sparse.vstack([rows for rows, _, _ in batches], format="csr"))
        lower = np.concatenate([low for _, low, _ in batches])
        upper = np.concatenate([high for _, _, high in batches])
        self._matrix = sparse.csr_array(sparse.vstack([self._matrix, matrix], format="csr"))
        self._lower = np.concatenate([self._lower, lower])
        self._upper = np.concatenate([self._upper, upper])
        return matrix, lower, upper


def _touched(curve: CurveBlock, values: Values) -> Values:
    """Where each label of a curve is touched: at its argument, or below it where that is too steep."""
    at = curve.arguments(values)
    return at if curve.kind is Curve.LOG else np.minimum(at, STEEPEST)


def _cut_off(curve: CurveBlock, values: Values) -> Values:
    """Where to touch each label so that a point on the wrong side is cut off.

    A logarithm whose argument is nearly zero, or less, has no tangent there: it is touched where it attains
    the result instead.
    """
    at = _touched(curve, values)
    if curve.kind is not Curve.LOG:
        return at
    weight = np.maximum(curve.weights(values), OFFENCE)
    attained = np.exp(np.clip(curve.rates * curve.results(values) / weight, -STEEPEST, STEEPEST))
    return np.where(at > np.exp(-STEEPEST), at, attained)


def _broken(rows: Rows, values: Values) -> Rows:
    """Those of the rows that `values` does not satisfy."""
    matrix, lower, upper = rows
    which = np.flatnonzero(matrix @ values - upper > OFFENCE * np.maximum(1.0, np.abs(upper)))
    return sparse.csr_array(matrix[which]), lower[which], upper[which]
