"""Curve: relations to a logarithm or an exponential, and the tangents that stand for them in a matrix.

A curve may be switched: with a weight `w` in 0..1 it is `result <= w log(argument / w)`, the perspective of
the logarithm, and likewise for the exponential. Where the argument holds `w` as its own constant part, this
says the same as the plain curve at `w = 1`, says `result <= 0` at `w = 0`, and in between is the tightest
convex relation (Frangioni and Gentile 2006).

Growth at a rate `r` is `result >= (exp(argument) - 1) / r`, where the argument is `r` times something: as `r`
falls to 0 it goes to that something, and loses no digit on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd
import scipy.sparse as sp

from concord.algebra.errors import AlgebraError
from concord.algebra.expression import Expression
from concord.algebra.labels import BoolArray, FloatArray, IntArray, Labels
from concord.algebra.relation import Relation
from concord.algebra.terms import ColumnSpace, Terms, gathered, summed

OFF = 1e-9
"""A weight below this is zero."""


class Curve(Enum):
    """A function of one variable, and the side of it that is a convex set."""

    LOG = "log"
    """`result <= log(argument)`, the region below a concave curve."""
    EXP = "exp"
    """`result >= exp(argument)`, the region above a convex curve."""
    GROWTH = "growth"
    """`result >= (exp(argument) - 1) / rate`, the region above a convex curve."""

    def evaluate(self, points: FloatArray) -> FloatArray:
        """The function at `points` and rate 1; the logarithm of what is not positive is minus infinity."""
        with np.errstate(divide="ignore", over="ignore"):
            if self is Curve.LOG:
                return np.asarray(np.log(np.maximum(points, 0.0)))
            return np.asarray(np.exp(points) if self is Curve.EXP else np.expm1(points))

    def slope(self, points: FloatArray) -> FloatArray:
        """The derivative at `points`, which must lie within the domain, at the rate 1."""
        return 1.0 / points if self is Curve.LOG else np.exp(points)


@dataclass(frozen=True, eq=False)
class CurveBlock:
    """`result <= log(argument)`, or `result >=` an exponential, for each label, kept outside the matrix.

    >>> from concord.algebra import Program
    >>> program = Program("example")
    >>> states = pd.Index(["BIH", "HRV"], name="state")
    >>> worth = program.add_variables("worth", states, lower=-np.inf)
    >>> spending = program.add_variables("spending", states)
    >>> curve = program.add_curve("diminishing", Curve.LOG, worth, spending + 1.0)
    >>> curve.tangents(np.array([1.0, 2.0]))
    Relation(state: 2 rows, 4 terms <= constants)
    """

    name: str
    kind: Curve
    result: Expression
    argument: Expression
    space: ColumnSpace
    weight: Expression | None = None
    """The switch of each label; none: always on."""
    rate: FloatArray | None = None
    """Of each label, for growth and nothing else."""

    @property
    def labels(self) -> Labels:
        """The labels that both sides have."""
        return self.result.labels

    @property
    def index(self) -> pd.Index:
        """The labels as a pandas index."""
        return self.labels.index

    @property
    def size(self) -> int:
        """How many labels there are."""
        return self.labels.size

    def results(self, values: FloatArray) -> FloatArray:
        """The result at each label, at a point over all columns."""
        return self._at(self.result, values)

    def weights(self, values: FloatArray) -> FloatArray:
        """The weight at each label; 1 where there is no switch."""
        return np.ones(self.size) if self.weight is None else np.maximum(self._at(self.weight, values), 0.0)

    def arguments(self, values: FloatArray) -> FloatArray:
        """The argument over the weight at each label: where the curve is touched."""
        argument, weight = self._at(self.argument, values), self.weights(values)
        off = weight < OFF
        touched = argument / np.where(off, 1.0, weight)
        return np.where(off, 1.0 if self.kind is Curve.LOG else 0.0, touched) if off.any() else touched

    @property
    def rates(self) -> FloatArray:
        """What the function of each label is divided by."""
        return np.ones(self.size) if self.rate is None else self.rate

    def can_fall_below(self, points: FloatArray, lower: FloatArray, upper: FloatArray) -> BoolArray:
        """Whether the argument can be lower than the point at each label, with every column in its bounds."""
        excess = self.argument.terms
        constant = self.argument.constant - points
        if self.weight is not None:
            excess = gathered([excess, self.weight.terms.scaled(-points)])
            constant = self.argument.constant - points * self.weight.constant
        matrix = excess.matrix(self.size, self.space.count)
        ends = np.where(matrix.data > 0, lower[matrix.indices], upper[matrix.indices])
        rows = np.repeat(np.arange(self.size), np.diff(matrix.indptr))
        return np.asarray(constant + summed(rows, matrix.data * ends, self.size) < -OFF)

    def attained(self, values: FloatArray) -> FloatArray:
        """The curve's value at each label: the most (logarithm) or least (exponential) the result may be."""
        weight = self.weights(values)
        return np.where(weight < OFF, 0.0, weight * self.kind.evaluate(self.arguments(values)) / self.rates)

    def violation(self, values: FloatArray) -> FloatArray:
        """How far each result lies on the wrong side of the curve; infinite outside the domain."""
        excess = self.results(values) - self.attained(values)
        return np.maximum(excess if self.kind is Curve.LOG else -excess, 0.0)

    def _at(self, side: Expression, values: FloatArray) -> FloatArray:
        return side.constant + side.terms.values(values, self.size)

    def tangents(self, points: FloatArray, mask: BoolArray | None = None) -> Relation:
        """The tangents at `points`, one point per label, as a relation on the labels where `mask` is true."""
        which = np.arange(self.size) if mask is None else np.flatnonzero(mask)
        chosen = np.asarray(points, dtype=np.float64)[which]
        terms, bound = self._tangents(chosen, which)
        return Relation(self.labels.take(which), terms, "<=" if self.kind is Curve.LOG else ">=", bound)

    def tangent_rows(
        self, points: FloatArray, which: IntArray
    ) -> tuple[sp.csr_array, FloatArray, FloatArray]:
        """The tangent at `points[k]` for label `which[k]`, as matrix rows with lower and upper bounds.

        Labels may repeat. The matrix is as wide as the program has columns. Raises `AlgebraError` where there
        is no tangent: a logarithm at a point that is not positive, or an exponential beyond floating point.
        """
        terms, bound = self._tangents(np.asarray(points, dtype=np.float64), np.asarray(which, dtype=np.int64))
        open_side = np.full(len(bound), np.inf)
        matrix = terms.matrix(len(bound), self.space.count)
        return (matrix, -open_side, bound) if self.kind is Curve.LOG else (matrix, bound, open_side)

    def _tangents(self, points: FloatArray, which: IntArray) -> tuple[Terms, FloatArray]:
        """The terms of `result - slope * argument` in each chosen row, and the constant that bounds them."""
        rates = self.rates[which]
        height = self.kind.evaluate(points) / rates
        wrong = np.flatnonzero(~np.isfinite(height) | ~np.isfinite(points))
        if len(wrong):
            raise AlgebraError(
                f"{self.name!r} has no tangent at {points[wrong[0]]} for {self.labels.show(which[wrong])}",
                "keep the points inside the domain",
            )
        slope = self.kind.slope(points) / rates
        rows = np.arange(len(which))
        lift = height - slope * points
        result = self.result.terms.copied(which, rows, self.size)
        argument = self.argument.terms.copied(which, rows, self.size).scaled(-slope)
        constants = self.result.constant[which] - slope * self.argument.constant[which]
        if self.weight is None:
            return gathered([result, argument]), lift - constants
        switch = self.weight.terms.copied(which, rows, self.size).scaled(-lift)
        return gathered([result, argument, switch]), lift * self.weight.constant[which] - constants
