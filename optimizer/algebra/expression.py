"""Expression: one affine function of the variables for each label.

Every operation works on whole blocks. Dimensions are named, and rows are matched by label, never by position.
What does not match is an error with a remedy; the one exception is multiplication by a parameter, where an
absent coefficient means that there is no term.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, cast

import numpy as np
import pandas as pd

from concord.algebra.errors import AlgebraError, AlignmentError
from concord.algebra.labels import BoolArray, FloatArray, IntArray, Labels, grouped, locate, pairs
from concord.algebra.parameter import Number, finite_number, image_codes, parameter_values
from concord.algebra.relation import Relation, Sense
from concord.algebra.terms import Terms, gathered, summed


class Expression:
    """An affine function of a program's columns for each label: terms and a constant vector.

    >>> from concord.algebra import Program
    >>> states = pd.Index(["BIH", "HRV"], name="state")
    >>> spending = Program("example").add_variables("spending", states)
    >>> spending.sum("state") <= 100.0
    Relation(scalar: 1 rows, 2 terms <= constants)
    """

    __array_ufunc__: ClassVar[None] = None
    __pandas_priority__: ClassVar[int] = 5000  # above a Series, so that `series - expression` comes here
    __hash__ = object.__hash__

    def __init__(self, labels: Labels, terms: Terms, constant: FloatArray) -> None:
        self.labels = labels
        self.terms = terms
        self.constant = constant

    @property
    def index(self) -> pd.Index:
        """The labels as a pandas index."""
        return self.labels.index

    @property
    def dims(self) -> tuple[str, ...]:
        """The names of the dimensions; empty for a scalar."""
        return self.labels.dims

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.labels.size

    def __repr__(self) -> str:
        dims = ", ".join(self.dims) or "scalar"
        return f"{type(self).__name__}({dims}: {self.size} rows, {self.terms.size} terms)"

    # Which rows --------------------------------------------------------------------------------------------

    def select(self, **chosen: Hashable | Sequence[Hashable]) -> Expression:
        """The rows at the chosen names: a single name drops its dimension, a list keeps it.

        A list keeps whatever it matches. Raises `AlgebraError` if no row has a single name.
        """
        self.labels.require(*chosen)
        kept = np.ones(self.size, np.bool_)
        single = [dim for dim, names in chosen.items() if not pd.api.types.is_list_like(names)]
        for dim, names in chosen.items():
            wanted = [names] if dim in single else list(cast("Sequence[Hashable]", names))
            kept &= self.labels.level(dim).isin(wanted)[self.labels.codes_of(dim)]
        if single and not kept.any():
            at = ", ".join(f"{dim}={chosen[dim]!r}" for dim in single)
            raise AlgebraError(
                f"no row of {self!r} has {at}", "check the spelling, or pass a list to keep what matches"
            )
        rows = self._rows(np.flatnonzero(kept))
        return Expression(rows.labels.project(rows.labels.without(single)), rows.terms, rows.constant)

    def where(self, mask: pd.Series[Any] | Callable[[pd.DataFrame], Any]) -> Expression:
        """The rows where `mask` is true.

        A Series of booleans stands on some of the dimensions and must cover every row. A function is given a
        table with one column per dimension: `where(lambda at: at["state"] != at["host"])`.
        """
        if not self.dims:
            raise AlgebraError("a scalar has no rows to choose from", "choose rows before summing them")
        if callable(mask):
            kept = np.asarray(mask(self._table()), dtype=np.bool_)
            if kept.shape != (self.size,):
                raise AlignmentError(
                    "a mask has another length than its table", "compare columns of the table"
                )
        else:
            kept = self._broadcast_mask(mask)
        return self._rows(np.flatnonzero(kept))

    def _table(self) -> pd.DataFrame:
        return self.index.to_frame(index=False)

    def _broadcast_mask(self, mask: pd.Series[Any]) -> BoolArray:
        if mask.dtype != np.bool_:
            raise AlgebraError(
                f"a mask has values of type {mask.dtype}", "compare first, so that values are true or false"
            )
        labels = Labels.of(mask.index)
        self.labels.require(*labels.dims)
        at = locate(labels, self.labels)
        if (at < 0).any():
            raise AlignmentError(
                f"a mask says nothing about {self.labels.show(np.flatnonzero(at < 0))}",
                "mask.reindex(labels, fill_value=False) to leave them out",
            )
        return np.asarray(mask.to_numpy()[at], dtype=np.bool_)

    def _rows(self, positions: IntArray) -> Expression:
        """The rows at distinct `positions`."""
        destinations = np.full(self.size, -1, np.int64)
        destinations[positions] = np.arange(len(positions))
        return Expression(
            self.labels.take(positions), self.terms.moved(destinations), self.constant[positions]
        )

    def on(self, index: pd.Index) -> Expression:
        """This expression with exactly the rows of `index`, repeated over dimensions that only `index` has.

        Rows that only `index` has are zero. Raises `AlignmentError` if `index` lacks a dimension, or if it
        would lose a row that is not zero.
        """
        return self._on(Labels.of(index))

    def _on(self, labels: Labels) -> Expression:
        if not set(self.dims) <= set(labels.dims):
            raise AlignmentError(
                f"an expression over {self.dims} is put on an index over {labels.dims}",
                "sum the other dimensions away first, or add them to the index",
            )
        at = locate(self.labels, labels)
        if self.dims:  # a scalar is repeated, also when there is nothing to repeat it over
            self._require_kept(at)
        found = np.flatnonzero(at >= 0)
        constant = np.zeros(labels.size)
        constant[found] = self.constant[at[found]]
        if len(self.dims) == len(labels.dims):
            destinations = np.full(self.size, -1, np.int64)
            destinations[at[found]] = found
            return Expression(labels, self.terms.moved(destinations), constant)
        return Expression(labels, self.terms.copied(at[found], found, self.size), constant)

    def _require_kept(self, at: IntArray) -> None:
        """Raise unless every row that is not zero is among the rows `at`."""
        lost = self.constant != 0
        lost[self.terms.rows] = True
        lost[at[at >= 0]] = False
        if lost.any():
            raise AlignmentError(
                f"the index has no row for {self.labels.show(np.flatnonzero(lost))} of {self!r}",
                "extend the index, or leave these rows out with select or where",
            )

    # Other dimensions --------------------------------------------------------------------------------------

    def sum(self, *dims: str) -> Expression:
        """The sum over the named dimensions, or over all of them when none is named."""
        self.labels.require(*dims)
        kept = self.labels.without(dims or self.dims)
        if not kept:
            terms = self.terms.moved(np.zeros(self.size, np.int64))
            return Expression(Labels.scalar(), terms, np.array([self.constant.sum()]))
        return self._collapsed(self.labels.project(kept))

    def _collapsed(self, labels: Labels) -> Expression:
        """The sum of the rows that have the same label in `labels`."""
        distinct, numbers = grouped(labels)
        constant = summed(numbers, self.constant, distinct.size)
        return Expression(distinct, self.terms.moved(numbers), constant)

    def group(self, dim: str, mapping: pd.Series[Any] | Mapping[Any, Any], to: str) -> Expression:
        """The sum of rows whose name in `dim` has the same image, which stands in the new dimension `to`.

        Raises `AlgebraError` if the mapping lacks a name that occurs; leave such rows out with `where` first.
        """
        self.labels.require(dim)
        if to != dim and to in self.dims:
            raise AlgebraError(f"the dimension {to!r} exists already in {self!r}", "group to a new dimension")
        images, names = image_codes(mapping, self.labels.level(dim))
        images = images[self.labels.codes_of(dim)]
        lacking = np.flatnonzero(images < 0)
        if len(lacking):
            raise AlgebraError(
                f"the mapping lacks {self.labels.show_distinct(dim, lacking)} of dimension {dim!r}",
                "complete the mapping, or leave these rows out with where first",
            )
        return self._collapsed(self.labels.replaced(dim, to, names, images))

    def rename(self, **names: str) -> Expression:
        """The same rows with dimensions renamed: `contingent.rename(state="host")`."""
        return Expression(self.labels.renamed(names), self.terms, self.constant)

    def lag(self, dim: str, steps: int, over: Iterable[Hashable]) -> Expression:
        """In each row the value `steps` places earlier in the sequence `over`; zero where there is none."""
        places, sequence = self._places(dim, over)
        earlier = places - steps
        inside = np.flatnonzero((earlier >= 0) & (earlier < len(sequence)))
        wanted = self.labels.replaced(dim, dim, sequence, np.where(earlier < 0, 0, earlier)).take(inside)
        at = locate(self.labels, wanted)
        found = at >= 0
        return self._mapped(at[found], inside[found])

    def cumulative(self, dim: str, over: Iterable[Hashable]) -> Expression:
        """In each row the sum of the values at its own and all earlier places of the sequence `over`."""
        places, _ = self._places(dim, over)
        targets, sources = pairs(self.labels, self.labels, self.labels.without([dim]))
        earlier = places[sources] <= places[targets]
        return self._mapped(sources[earlier], targets[earlier])

    def _places(self, dim: str, over: Iterable[Hashable]) -> tuple[IntArray, pd.Index]:
        """The place of every row in the sequence `over`, and the sequence as an index."""
        self.labels.require(dim)
        sequence = pd.Index(list(over))
        if sequence.has_duplicates:
            raise AlgebraError(
                f"a sequence over {dim!r} names a place twice", "pass every name once, in order"
            )
        places = np.asarray(sequence.get_indexer(self.labels.level(dim)), dtype=np.int64)[
            self.labels.codes_of(dim)
        ]
        lacking = np.flatnonzero(places < 0)
        if len(lacking):
            raise AlgebraError(
                f"the sequence lacks {self.labels.show_distinct(dim, lacking)} of dimension {dim!r}",
                "pass every name of the dimension, in order",
            )
        return places, sequence

    def _mapped(self, sources: IntArray, targets: IntArray) -> Expression:
        """On the same labels, in each target row the sum of its source rows."""
        constant = summed(targets, self.constant[sources], self.size)
        return Expression(self.labels, self.terms.copied(sources, targets, self.size), constant)

    # Arithmetic --------------------------------------------------------------------------------------------

    def __neg__(self) -> Expression:
        return self * -1.0

    def __pos__(self) -> Expression:
        return self

    def __mul__(self, factor: pd.Series[Any] | Number) -> Expression:
        """The product with a number, or with a parameter: a Series joined on the dimensions that both have.

        The result has the dimensions of the expression and then the others of the parameter, and a row for
        each pair that agrees. A row without a partner in the parameter vanishes: its coefficient is absent. A
        row whose coefficient is zero stays, without terms.
        """
        if isinstance(factor, Expression):
            raise TypeError(
                "expressions are affine and cannot be multiplied\n  Remedy: linearise the product"
            )
        if isinstance(factor, pd.Series):
            return self._joined(Labels.of(factor.index), parameter_values(factor))
        number = finite_number(factor)
        return Expression(self.labels, self.terms.scaled(number), self.constant * number)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Number) -> Expression:
        return self * (1.0 / finite_number(divisor))

    def _joined(self, labels: Labels, factors: FloatArray) -> Expression:
        """One row for each row here and each factor that agree in the dimensions both have."""
        shared = [dim for dim in labels.dims if dim in self.dims]
        if len(shared) == len(labels.dims):
            at = locate(labels, self.labels)
            if (at >= 0).all():
                return Expression(self.labels, self.terms.scaled(factors[at]), self.constant * factors[at])
            found = np.flatnonzero(at >= 0)
            rows, factors = self._rows(found), factors[at[found]]
            return Expression(rows.labels, rows.terms.scaled(factors), rows.constant * factors)
        mine, theirs = pairs(self.labels, labels, shared)
        extended = _widened(self.labels, mine, labels.project(labels.without(shared)).take(theirs))
        terms = self.terms.copied(mine, np.arange(len(mine)), self.size).scaled(factors[theirs])
        return Expression(extended, terms, self.constant[mine] * factors[theirs])

    def __add__(self, other: Expression | pd.Series[Any] | Number) -> Expression:
        left, right = self.aligned(affine(other))
        return Expression(left.labels, gathered([left.terms, right.terms]), left.constant + right.constant)

    __radd__ = __add__

    def __sub__(self, other: Expression | pd.Series[Any] | Number) -> Expression:
        return self + -affine(other)

    def __rsub__(self, other: pd.Series[Any] | Number) -> Expression:
        return -self + other

    def aligned(self, other: Expression) -> tuple[Expression, Expression]:
        """Both on the same labels: a scalar is repeated, otherwise labels must be the same in any order."""
        if self.labels is other.labels:
            return self, other
        if not other.dims:
            return self, other._on(self.labels)
        if not self.dims:
            return self._on(other.labels), other
        if set(self.dims) != set(other.dims):
            raise AlignmentError(
                f"an expression over {self.dims} meets one over {other.dims}",
                "put both on one index with .on(index), or sum the other dimensions away",
            )
        at = locate(other.labels, self.labels)
        if (at < 0).any():
            raise _unmatched(self, np.flatnonzero(at < 0))
        if self.size != other.size:
            raise _unmatched(other, np.setdiff1d(np.arange(other.size), at))
        return self, other._rows(at)

    # Relations ---------------------------------------------------------------------------------------------

    def __le__(self, other: Expression | pd.Series[Any] | Number) -> Relation:
        return self._related("<=", other)

    def __ge__(self, other: Expression | pd.Series[Any] | Number) -> Relation:
        return self._related(">=", other)

    def __eq__(self, other: Expression | pd.Series[Any] | Number) -> Relation:  # type: ignore[override]
        return self._related("==", other)

    def __ne__(self, other: object) -> bool:
        raise TypeError("expressions cannot be required to differ\n  Remedy: model it with a binary variable")

    def _related(self, sense: Sense, other: Expression | pd.Series[Any] | Number) -> Relation:
        left, right = self.aligned(affine(other, infinite=True))
        terms = gathered([left.terms, right.terms.scaled(-1.0)])
        return Relation(left.labels, terms, sense, right.constant - left.constant)


def total(expressions: Iterable[Expression], index: pd.Index) -> Expression:
    """The sum of expressions, each put on `index` with `.on`; zero if there are none."""
    labels = Labels.of(index)
    parts = [expression._on(labels) for expression in expressions]
    constant = sum((part.constant for part in parts), np.zeros(labels.size))
    return Expression(labels, gathered(part.terms for part in parts), constant)


def constant(values: pd.Series[Any]) -> Expression:
    """A parameter as an expression without variables, to be put on a larger index with `.on`."""
    return affine(values)


def affine(value: Expression | pd.Series[Any] | Number, *, infinite: bool = False) -> Expression:
    """An operand as an expression. Raises as `parameter_values` and `finite_number` do."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, pd.Series):
        return Expression(Labels.of(value.index), Terms.none(), parameter_values(value, infinite=infinite))
    return Expression(Labels.scalar(), Terms.none(), np.array([finite_number(value, infinite=infinite)]))


def _widened(labels: Labels, positions: IntArray, others: Labels) -> Labels:
    """The labels at `positions` with further dimensions."""
    return labels.take(positions).extended(others) if labels.dims else others


def _unmatched(expression: Expression, positions: IntArray) -> AlignmentError:
    return AlignmentError(
        f"only one side has {expression.labels.show(positions)} of {expression.dims}",
        "put both sides on one index with .on(index), or leave rows out with select or where",
    )
