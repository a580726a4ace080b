"""Index sets and parameters as pandas objects with named levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from concord.algebra import Expression, constant

Labels = Iterable[tuple[Any, ...]]


def index_of(labels: Labels, *names: str) -> pd.Index:
    """An index with the named levels; empty where there are no labels.

    >>> index_of([("BIH", 1994)], "state", "period").names
    FrozenList(['state', 'period'])
    """
    rows = list(labels)
    if len(names) == 1:
        index: pd.Index = pd.Index([row[0] for row in rows], name=names[0])
        return index
    if not rows:
        return pd.MultiIndex.from_arrays([[] for _ in names], names=names)
    return pd.MultiIndex.from_tuples(rows, names=names)


def parameter(values: Mapping[Any, float], *names: str) -> pd.Series[float]:
    """A parameter from a mapping; keys are tuples, or plain labels where there is one level."""
    keys = [key if isinstance(key, tuple) else (key,) for key in values]
    return pd.Series([float(value) for value in values.values()], index=index_of(keys, *names), dtype=float)


def over(values: Expression | pd.Series[float], index: pd.Index) -> Expression:
    """`values` on the labels of `index` that they have, repeated over dimensions that only `index` has."""
    expression = values if isinstance(values, Expression) else constant(values)
    return expression * pd.Series(1.0, index=index)


def spread(values: pd.Series[float], index: pd.Index) -> pd.Series[float]:
    """A parameter repeated over the labels of `index`, all of whose names it must have."""
    at = pd.MultiIndex.from_arrays([index.get_level_values(str(name)) for name in values.index.names])
    wanted = at if values.index.nlevels > 1 else at.get_level_values(0)
    return pd.Series(values.reindex(wanted).to_numpy(), index=index)


def without_level(index: pd.Index, name: str) -> pd.MultiIndex:
    """The index without the level of that name; at least one other level must remain."""
    kept = [str(level) for level in index.names if level != name]
    return pd.MultiIndex.from_arrays([index.get_level_values(level) for level in kept], names=kept)


def entries(values: pd.Series[Any]) -> Iterator[tuple[Any, float]]:
    """Label and number of every entry, in plain Python types."""
    return zip(values.index.tolist(), values.to_numpy(dtype=float).tolist(), strict=True)


def members(index: pd.Index) -> list[Any]:
    """The labels of an index in plain Python types."""
    return list(index.tolist())
