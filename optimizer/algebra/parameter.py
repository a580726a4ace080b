"""Parameters: the numbers that meet expressions, alone or as a labelled Series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from concord.algebra.errors import AlgebraError
from concord.algebra.labels import FloatArray, IntArray, Labels

Number = float | int | np.floating[Any] | np.integer[Any]


def parameter_values(values: pd.Series[Any], *, infinite: bool = False) -> FloatArray:
    """The values of a parameter. Raises `AlgebraError` if one is missing, or infinite without leave."""
    numbers = np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))
    wrong = np.isnan(numbers) if infinite else ~np.isfinite(numbers)
    if wrong.any():
        raise AlgebraError(
            f"a parameter is missing or infinite at {Labels.of(values.index).show(np.flatnonzero(wrong))}",
            "fill the values, or drop these labels",
        )
    return numbers


def finite_number(value: Number, *, infinite: bool = False) -> float:
    """One number. Raises `TypeError` on another type, `AlgebraError` if it is not finite."""
    if not isinstance(value, (int, float, np.number)) or isinstance(value, np.complexfloating):
        raise TypeError(
            f"{type(value).__name__} is no operand of an expression\n"
            "  Remedy: use a number, or a pandas Series whose index levels name their dimensions"
        )
    number = float(value)
    if np.isnan(number) or (np.isinf(number) and not infinite):
        raise AlgebraError(f"{number} is used as a coefficient or constant", "use a finite number")
    return number


def image_codes(mapping: pd.Series[Any] | Mapping[Any, Any], level: pd.Index) -> tuple[IntArray, pd.Index]:
    """For each name of `level` the number of its image, -1 if it has none; and the distinct images.

    >>> codes, images = image_codes({"BIH": "south", "HRV": "south"}, pd.Index(["HRV", "SVN"]))
    >>> codes.tolist(), images.tolist()
    ([0, -1], ['south'])
    """
    given = (
        mapping if isinstance(mapping, pd.Series) else pd.Series(dict(mapping), dtype=object).infer_objects()
    )
    if given.index.has_duplicates:
        raise AlgebraError("a mapping gives one name two images", "map each name once")
    numbers, images = pd.factorize(given)
    at = np.asarray(given.index.get_indexer(level), dtype=np.int64)
    return np.append(numbers, -1).astype(np.int64)[at], pd.Index(images)
