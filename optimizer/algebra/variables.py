"""Variables: a labelled block of columns, itself an expression with one term per label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from concord.algebra.errors import AlgebraError, AlignmentError
from concord.algebra.expression import Expression, affine
from concord.algebra.labels import FloatArray, IntArray, Labels
from concord.algebra.parameter import Number
from concord.algebra.terms import ColumnSpace, Terms


@dataclass(frozen=True, slots=True)
class Domain:
    """What values a block of variables may take: bounds per label, and whether only integers."""

    lower: FloatArray
    upper: FloatArray
    integer: bool

    @classmethod
    def over(
        cls, labels: Labels, lower: pd.Series[Any] | Number, upper: pd.Series[Any] | Number, integer: bool
    ) -> Domain:
        """Bounds put on `labels`. Raises `AlgebraError` where they are missing or exclude all numbers."""
        domain = cls(bounds(lower, labels), bounds(upper, labels), integer)
        crossed = np.flatnonzero(
            (domain.lower > domain.upper) | (domain.lower == np.inf) | (domain.upper == -np.inf)
        )
        if len(crossed):
            raise AlgebraError(
                f"no number lies within the bounds of {labels.show(crossed)}",
                "correct the bounds, or demand them as a constraint so that the solver reports the conflict",
            )
        return domain


class Variables(Expression):
    """A block of decision variables: column numbers, bounds and kind for each label."""

    def __init__(self, name: str, labels: Labels, domain: Domain, space: ColumnSpace) -> None:
        self.name = name
        self.columns: IntArray = space.reserve(labels.size)
        self.lower = domain.lower
        self.upper = domain.upper
        self.integer = domain.integer
        rows = np.arange(labels.size, dtype=np.int64)
        super().__init__(
            labels, Terms(rows, self.columns, np.ones(labels.size), space), np.zeros(labels.size)
        )

    def __repr__(self) -> str:
        kind = "integer" if self.integer else "continuous"
        return f"Variables({self.name!r}: {', '.join(self.dims) or 'scalar'}; {self.size} {kind})"


def bounds(bound: pd.Series[Any] | Number, labels: Labels) -> FloatArray:
    """A bound for each label. Raises `AlignmentError` unless a Series has exactly the labels."""
    zero = Expression(labels, Terms.none(), np.zeros(labels.size))
    given = affine(bound, infinite=True)
    if given.dims and not labels.dims:
        raise AlignmentError("a single variable is given a bound for each label", "give it one number")
    return zero.aligned(given)[1].constant
