"""Boxes: ranges of all columns, of which a search that divides looks at one after the other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm

Values = NDArray[np.float64]

MARGIN = 0.25
"""Share of a range that neither of its halves may fall short of."""


@dataclass(frozen=True, eq=False)
class Box:
    """Bounds of every column, within those of the program."""

    lower: Values
    upper: Values

    def around(self, matrix: MatrixForm) -> MatrixForm:
        """A program in the box; columns that it holds stay as they are."""
        held = matrix.lower == matrix.upper
        lower = np.where(held, matrix.lower, self.lower)
        upper = np.where(held, matrix.upper, self.upper)
        return replace(matrix, lower=lower, upper=upper)

    def halves(self, known: Box, column: int, value: float, whole: bool) -> list[Box]:
        """The box divided where `value` lies, so that neither half of the `known` range is too small."""
        low, high = known.lower[column], known.upper[column]
        cut = float(np.clip(value, low + MARGIN * (high - low), high - MARGIN * (high - low)))
        ends = (math.floor(cut), math.floor(cut) + 1.0) if whole else (cut, cut)
        boxes = []
        for side, end in zip(("upper", "lower"), ends, strict=True):
            bounds = {"lower": self.lower.copy(), "upper": self.upper.copy()}
            bounds[side][column] = end
            boxes.append(Box(**bounds))
        return boxes
