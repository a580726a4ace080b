"""Labels: the rows of a block, as integer codes into short lists of names.

A pandas index is the way in and out. In between, labels are integer arrays, so that joining, grouping and
aligning blocks never builds a tuple for a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from concord.algebra.errors import AlgebraError

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

SHOWN = 3
"""How many labels a message names before it counts the rest."""


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of rows: for each dimension a level (its distinct names) and one code per row.

    Without dimensions there is exactly one row, the scalar.

    >>> labels = Labels.of(pd.MultiIndex.from_product([["A", "B"], [1, 2]], names=["state", "period"]))
    >>> labels.dims, labels.size, labels.label(2)
    (('state', 'period'), 4, ('B', 1))
    """

    dims: tuple[str, ...]
    levels: tuple[pd.Index, ...]
    codes: tuple[IntArray, ...]
    given: pd.Index | None = field(default=None, repr=False)

    @classmethod
    def of(cls, index: pd.Index) -> Self:
        """The labels of a pandas index. Raises `AlgebraError` unless levels are named and labels unique."""
        dims = named_levels(index)
        if isinstance(index, pd.MultiIndex):
            levels = tuple(_plain(level) for level in index.levels)
            codes = tuple(np.asarray(code, dtype=np.int64) for code in index.codes)
            absent = any(bool((code < 0).any()) for code in codes)
        else:
            levels = (_plain(index),)
            codes = (np.arange(len(index), dtype=np.int64),)
            absent = bool(index.hasnans)
        if absent:
            raise AlgebraError("an index has an empty label", "drop rows whose label is missing")
        labels = cls(dims, levels, codes, index)
        labels.require_unique()
        return labels

    @classmethod
    def scalar(cls) -> Self:
        """The labels of a scalar: no dimension, one row."""
        return cls((), (), ())

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.codes[0]) if self.dims else 1

    @cached_property
    def index(self) -> pd.Index:
        """The labels as a pandas index; for a scalar, the position 0."""
        if self.given is not None:
            return self.given
        if not self.dims:
            return pd.RangeIndex(1)
        if len(self.dims) == 1:
            return self.levels[0].take(self.codes[0]).rename(self.dims[0])
        return pd.MultiIndex(
            levels=cast("Any", self.levels),
            codes=cast("Any", self.codes),
            names=self.dims,
            verify_integrity=False,
        )

    def take(self, positions: IntArray) -> Labels:
        """The labels at `positions`, in that order."""
        return Labels(self.dims, self.levels, tuple(code[positions] for code in self.codes))

    def project(self, dims: Sequence[str]) -> Labels:
        """The dimensions `dims` of every row; rows may then repeat."""
        places = [self.dims.index(dim) for dim in dims]
        if not places:
            return Labels.scalar()
        return Labels(
            tuple(dims), tuple(self.levels[p] for p in places), tuple(self.codes[p] for p in places)
        )

    def without(self, dims: Iterable[str]) -> tuple[str, ...]:
        """The dimensions other than `dims`, in order."""
        gone = set(dims)
        return tuple(dim for dim in self.dims if dim not in gone)

    def extended(self, other: Labels) -> Labels:
        """These labels with the dimensions of `other`, row by row."""
        return Labels(self.dims + other.dims, self.levels + other.levels, self.codes + other.codes)

    def replaced(self, dim: str, to: str, level: pd.Index, codes: IntArray) -> Labels:
        """These labels with one dimension exchanged for another."""
        place = self.dims.index(dim)
        return Labels(
            (*self.dims[:place], to, *self.dims[place + 1 :]),
            (*self.levels[:place], level, *self.levels[place + 1 :]),
            (*self.codes[:place], codes, *self.codes[place + 1 :]),
        )

    def renamed(self, names: dict[str, str]) -> Labels:
        """These labels with dimensions renamed. Raises `AlgebraError` if two would share a name."""
        self.require(*names)
        dims = tuple(names.get(dim, dim) for dim in self.dims)
        if len(set(dims)) < len(dims):
            raise AlgebraError(f"renaming gives the dimensions {dims}", "give each dimension its own name")
        return Labels(dims, self.levels, self.codes)

    def codes_of(self, dim: str) -> IntArray:
        """The codes of one dimension."""
        return self.codes[self.dims.index(dim)]

    def level(self, dim: str) -> pd.Index:
        """The distinct names of one dimension; some may belong to no row."""
        return self.levels[self.dims.index(dim)]

    def label(self, position: int) -> tuple[Any, ...]:
        """The label of one row as a tuple of Python values."""
        found = (level[int(code[position])] for level, code in zip(self.levels, self.codes, strict=True))
        return tuple(value.item() if isinstance(value, np.generic) else value for value in found)

    def show(self, positions: IntArray) -> str:
        """A few of the labels at `positions` for a message, and how many more there are."""
        shown = ", ".join(_readable(self.label(int(position))) for position in positions[:SHOWN])
        more = len(positions) - SHOWN
        return f"{shown} and {more} more" if more > 0 else shown

    def show_distinct(self, dim: str, positions: IntArray) -> str:
        """The names in one dimension at `positions`, each once, for a message."""
        distinct, _ = grouped(self.project([dim]).take(positions))
        return distinct.show(np.arange(distinct.size))

    def require(self, *dims: str) -> None:
        """Raise `AlgebraError` unless all of `dims` are dimensions here."""
        for dim in dims:
            if dim not in self.dims:
                raise AlgebraError(f"no dimension {dim!r} among {self.dims}", "name one of the dimensions")

    def require_unique(self) -> None:
        """Raise `AlgebraError` if two rows have the same label."""
        keys, _ = row_keys(self)
        repeated = np.flatnonzero(pd.Index(keys).duplicated()) if len(self.dims) > 1 else self._repeats()
        if len(repeated):
            raise AlgebraError(
                f"labels occur more than once: {self.show(repeated)}",
                "make labels unique, or group and sum them first",
            )

    def _repeats(self) -> IntArray:
        return np.flatnonzero(self.levels[0].take(self.codes[0]).duplicated())


def named_levels(index: pd.Index) -> tuple[str, ...]:
    """The level names of an index. Raises `AlgebraError` unless all are distinct strings."""
    names = tuple(index.names)
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
        raise AlgebraError(
            f"an index has the level names {names}",
            'name every level after its dimension, as in pd.Index(states, name="state")',
        )
    return tuple(str(name) for name in names)


def _plain(level: pd.Index) -> pd.Index:
    """A level without categories, so that equal names compare equal whatever their categories."""
    if isinstance(level, pd.CategoricalIndex):
        plain: pd.Index = pd.Index(np.asarray(level), dtype=level.categories.dtype)
        return plain
    return level


def _readable(label: tuple[Any, ...]) -> str:
    return str(label[0]) if len(label) == 1 else "(" + ", ".join(map(str, label)) + ")"


def row_keys(labels: Labels) -> tuple[IntArray, int]:
    """One integer per row, equal exactly where labels are equal, and an upper limit of these integers."""
    keys, _, space = joint_keys(labels, labels, labels.dims)
    return keys, space


def joint_keys(base: Labels, other: Labels, dims: Sequence[str]) -> tuple[IntArray, IntArray, int]:
    """Integer keys of the rows of both over the shared `dims`: equal exactly where the labels are equal.

    A row of `other` whose name is unknown to `base` has the key -1. The last value is a limit above all keys.
    """
    base_keys, other_keys = np.zeros(base.size, np.int64), np.zeros(other.size, np.int64)
    unknown = np.zeros(other.size, np.bool_)
    space = 1
    for dim in dims:
        level = base.level(dim)
        width = max(len(level), 1)
        if space > np.iinfo(np.int64).max // width:
            base_keys, other_keys, space = _compressed(base_keys, other_keys)
        codes = _recoded(level, other, dim)
        unknown |= codes < 0
        base_keys = base_keys * width + base.codes_of(dim)
        other_keys = other_keys * width + codes
        space *= width
    other_keys[unknown] = -1
    return base_keys, other_keys, space


def _recoded(level: pd.Index, other: Labels, dim: str) -> IntArray:
    """The codes of `other` in the terms of `level`, -1 where it has no such name."""
    theirs, codes = other.level(dim), other.codes_of(dim)
    if theirs is level or theirs.identical(level):
        return codes
    translation = np.asarray(level.get_indexer(theirs), dtype=np.int64)
    return translation[codes]


def _compressed(base_keys: IntArray, other_keys: IntArray) -> tuple[IntArray, IntArray, int]:
    """The same keys renumbered without holes, so that another dimension fits into 64 bits."""
    codes, uniques = pd.factorize(np.concatenate([base_keys, other_keys]))
    codes = codes.astype(np.int64)
    return codes[: len(base_keys)], codes[len(base_keys) :], len(uniques)


def locate(base: Labels, wanted: Labels) -> IntArray:
    """For each row of `wanted` the row of `base` that agrees in all dimensions of `base`, or -1.

    >>> states = Labels.of(pd.Index(["A", "B"], name="state"))
    >>> locate(states, Labels.of(pd.Index(["B", "C"], name="state"))).tolist()
    [1, -1]
    """
    keys, sought, space = joint_keys(base, wanted, base.dims)
    if space > 4 * (base.size + wanted.size) + 65536:
        return np.asarray(pd.Index(keys).get_indexer(pd.Index(sought)), dtype=np.int64)
    table = np.full(space + 1, -1, np.int64)
    table[keys] = np.arange(base.size)
    return table[sought]


def pairs(left: Labels, right: Labels, dims: Sequence[str]) -> tuple[IntArray, IntArray]:
    """All pairs of rows, one from each, that agree in `dims`; by left row, then by right row."""
    left_keys, right_keys, _ = joint_keys(left, right, dims)
    order = np.argsort(right_keys, kind="stable")
    ranked = right_keys[order]
    starts = np.searchsorted(ranked, left_keys, side="left")
    counts = np.searchsorted(ranked, left_keys, side="right") - starts
    return np.repeat(np.arange(left.size), counts), order[runs(starts, counts)]


def runs(starts: IntArray, counts: IntArray) -> IntArray:
    """The concatenation of `counts[i]` consecutive integers from each `starts[i]`.

    >>> runs(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(counts.sum(), dtype=np.int64)


def grouped(labels: Labels) -> tuple[Labels, IntArray]:
    """The distinct labels in order of first appearance, and for each row the number of its label."""
    keys, _ = row_keys(labels)
    numbers, uniques = pd.factorize(keys)
    first = np.empty(len(uniques), np.int64)
    first[numbers[::-1]] = np.arange(labels.size - 1, -1, -1)
    return labels.take(first), numbers.astype(np.int64)
