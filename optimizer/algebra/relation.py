"""Relation: what must hold between two sides, label by label, not yet in any program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NoReturn

import numpy as np
import pandas as pd

from concord.algebra.labels import FloatArray, Labels
from concord.algebra.terms import Terms

Sense = Literal["<=", ">=", "=="]


@dataclass(frozen=True, eq=False)
class Relation:
    """`terms sense bound` in every row: all variables on the left, all constants on the right.

    Bounds may be infinite. A relation has no truth value: it is a statement for the solver.
    """

    labels: Labels
    terms: Terms
    sense: Sense
    bound: FloatArray

    @property
    def index(self) -> pd.Index:
        """The labels of the rows."""
        return self.labels.index

    @property
    def dims(self) -> tuple[str, ...]:
        """The names of the dimensions."""
        return self.labels.dims

    @property
    def lower(self) -> FloatArray:
        """The least value the terms of each row may have."""
        return self.bound if self.sense != "<=" else np.full(self.labels.size, -np.inf)

    @property
    def upper(self) -> FloatArray:
        """The greatest value the terms of each row may have."""
        return self.bound if self.sense != ">=" else np.full(self.labels.size, np.inf)

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a relation has no truth value\n  Remedy: pass it to program.add_constraints(name, relation); "
            "write a range such as 1 <= x <= 2 as two relations; test identity with `is`"
        )

    def __repr__(self) -> str:
        dims = ", ".join(self.dims) or "scalar"
        return f"Relation({dims}: {self.labels.size} rows, {self.terms.size} terms {self.sense} constants)"
