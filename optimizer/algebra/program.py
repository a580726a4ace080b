"""Program: variables, constraints, curves and an objective, all in labelled blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp

from concord.algebra.curve import Curve, CurveBlock
from concord.algebra.errors import AlgebraError, ImpossibleRelation
from concord.algebra.expression import Expression
from concord.algebra.labels import BoolArray, FloatArray, IntArray, Labels
from concord.algebra.matrix import Direction, MatrixForm
from concord.algebra.naming import Block
from concord.algebra.parameter import Number
from concord.algebra.relation import Relation
from concord.algebra.terms import ColumnSpace, Terms, summed
from concord.algebra.variables import Domain, Variables

ROUNDING = 1e-9
"""By how much, relative to the bound, constants may miss it before they count as violating it."""


@dataclass(frozen=True, eq=False)
class Constraints:
    """A labelled block of rows that were added to a program."""

    name: str
    labels: Labels
    rows: IntArray
    matrix: sp.csr_array
    lower: FloatArray
    upper: FloatArray

    @property
    def index(self) -> pd.Index:
        """The labels of the rows; those that held whatever the variables are not among them."""
        return self.labels.index

    def __repr__(self) -> str:
        return (
            f"Constraints({self.name!r}: {', '.join(self.labels.dims) or 'scalar'}; {self.labels.size} rows)"
        )


class Program:
    """A linear program with integers and curves, written block by block.

    >>> program = Program("example")
    >>> states = pd.Index(["BIH", "HRV"], name="state")
    >>> spending = program.add_variables("spending", states, upper=60.0)
    >>> program.add_constraints("budget", spending.sum("state") <= 100.0)
    Constraints('budget': scalar; 1 rows)
    >>> program.maximise((spending * pd.Series([2.0, 3.0], index=states)).sum())
    >>> program
    Program('example': 2 variables (0 integer), 1 constraints, 0 curves, 2 coefficients)
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.variables: dict[str, Variables] = {}
        self.constraints: dict[str, Constraints] = {}
        self.curves: dict[str, CurveBlock] = {}
        self._space = ColumnSpace()
        self._row_count = 0
        self._direction: Direction = "min"
        self._objective = Expression(Labels.scalar(), Terms.none(), np.zeros(1))

    def add_variables(
        self,
        name: str,
        index: pd.Index | None = None,
        lower: pd.Series[Any] | Number = 0.0,
        upper: pd.Series[Any] | Number = np.inf,
        integer: bool = False,
    ) -> Variables:
        """A new variable for each label of `index`, or a single one without an index.

        Bounds are numbers, or Series with exactly the labels of `index`. Raises `AlgebraError` on a name in
        use, on levels without a name, and on bounds that no number satisfies.
        """
        _require_new(name, self.variables, "variables")
        labels = Labels.scalar() if index is None else Labels.of(index)
        variables = Variables(name, labels, Domain.over(labels, lower, upper, integer), self._space)
        self.variables[name] = variables
        return variables

    def add_constraints(self, name: str, relation: Relation, *, allow_empty_rows: bool = True) -> Constraints:
        """The relation's rows added to the program; returns the block with its row numbers.

        A row without variables is dropped when its constants satisfy it. When they violate it, it is kept, so
        that the solver finds the program infeasible. Else raises `ImpossibleRelation`.
        """
        _require_new(name, self.constraints, "constraints")
        self._require_own(relation.terms, name)
        matrix = relation.terms.matrix(relation.labels.size, self._space.count)
        lower, upper = relation.lower, relation.upper
        empty = np.diff(matrix.indptr) == 0
        violated = empty & _violated(lower, upper)
        if violated.any() and not allow_empty_rows:
            raise ImpossibleRelation(
                f"{name!r} has no variables and cannot hold at {relation.labels.show(violated.nonzero()[0])}",
                "correct the constants, or give the row a variable",
            )
        demanding = (lower > -np.inf) | (upper < np.inf)
        kept = np.flatnonzero(violated | (~empty & demanding))
        if len(kept) < relation.labels.size:
            matrix, lower, upper = sp.csr_array(matrix[kept]), lower[kept], upper[kept]
        labels = relation.labels if len(kept) == relation.labels.size else relation.labels.take(kept)
        _require_reachable(name, labels, lower, upper)
        rows = np.arange(self._row_count, self._row_count + len(kept), dtype=np.int64)
        block = Constraints(name, labels, rows, matrix, lower, upper)
        self.constraints[name] = block
        self._row_count += len(kept)
        return block

    def add_curve(
        self,
        name: str,
        kind: Curve,
        result: Expression,
        argument: Expression,
        weight: Expression | None = None,
        rate: Expression | None = None,
    ) -> CurveBlock:
        """`result <= log(argument)` or `result >= exp(argument)` at each label of both sides.

        With a `weight` w the relation is `result <= w log(argument / w)`, or the same of the exponential.
        Growth has a `rate`, positive and without variables.
        """
        _require_new(name, self.curves, "curves")
        for side in (result, argument, weight or result):
            self._require_own(side.terms, name)
        result, argument = result.aligned(argument)
        switch = None if weight is None else result.aligned(weight)[1]
        rates = None if rate is None else result.aligned(rate)[1].constant
        curve = CurveBlock(name, kind, result, argument, self._space, switch, rates)
        self.curves[name] = curve
        return curve

    def maximise(self, objective: Expression) -> None:
        """Make a scalar expression as large as possible, instead of any earlier objective."""
        self._set_objective("max", objective)

    def minimise(self, objective: Expression) -> None:
        """Make a scalar expression as small as possible, instead of any earlier objective."""
        self._set_objective("min", objective)

    def _set_objective(self, direction: Direction, objective: Expression) -> None:
        if objective.dims:
            raise AlgebraError(
                f"the objective has the dimensions {objective.dims}", "sum them away with .sum()"
            )
        self._require_own(objective.terms, "objective")
        self._direction, self._objective = direction, objective

    @property
    def width(self) -> int:
        """How many columns there are so far."""
        return self._space.count

    def matrix(self) -> MatrixForm:
        """The program without its curves as a matrix with bounds; later additions do not change it."""
        width = self._space.count
        columns, rows = self.variables.values(), self.constraints.values()
        objective = self._objective
        return MatrixForm(
            name=self.name,
            sense=self._direction,
            cost=summed(objective.terms.columns, objective.terms.coefficients, width),
            offset=float(objective.constant[0]),
            matrix=_stacked([block.matrix for block in rows], width),
            row_lower=_joined([block.lower for block in rows]),
            row_upper=_joined([block.upper for block in rows]),
            lower=_joined([block.lower for block in columns]),
            upper=_joined([block.upper for block in columns]),
            integer=np.repeat(_flags(columns), [block.size for block in columns]),
            column_blocks=tuple(Block(block.name, block.labels) for block in columns),
            row_blocks=tuple(Block(block.name, block.labels) for block in rows),
        )

    def evaluate(self, expression: Expression, values: FloatArray) -> pd.Series[float]:
        """The value of an expression at each of its labels, at a point over all columns."""
        self._require_own(expression.terms, "expression")
        point = np.asarray(values, dtype=np.float64)
        if point.shape != (self._space.count,):
            raise AlgebraError(
                f"a point of shape {point.shape} is given for {self._space.count} columns",
                "pass one value per column of the whole program",
            )
        found = expression.constant + expression.terms.values(point, expression.size)
        return pd.Series(found, index=expression.index)

    def value(self, variables: Variables, values: FloatArray) -> pd.Series[float]:
        """The values of a block of variables by label, at a point over all columns."""
        return self.evaluate(variables, values).rename(variables.name)

    def _require_own(self, terms: Terms, where: str) -> None:
        if terms.space is not None and terms.space is not self._space:
            raise AlgebraError(
                f"{where!r} has variables of another program than {self.name!r}",
                "write it with the variables of this program",
            )

    def __repr__(self) -> str:
        integers = sum(block.size for block in self.variables.values() if block.integer)
        coefficients = sum(int(block.matrix.nnz) for block in self.constraints.values())
        curves = sum(curve.size for curve in self.curves.values())
        return (
            f"Program({self.name!r}: {self._space.count} variables ({integers} integer), "
            f"{self._row_count} constraints, {curves} curves, {coefficients} coefficients)"
        )


def _require_new(name: str, taken: dict[str, Any], kind: str) -> None:
    if not isinstance(name, str) or not name:
        raise AlgebraError(f"{kind} are named {name!r}", "give them a name of at least one letter")
    if name in taken:
        raise AlgebraError(f"{kind} named {name!r} exist already", "give each block its own name")


def _violated(lower: FloatArray, upper: FloatArray) -> BoolArray:
    """Where zero lies outside the bounds by more than rounding."""
    slack = ROUNDING * np.maximum(1.0, np.minimum(np.abs(lower), np.abs(upper)))
    return np.asarray((lower > slack) | (upper < -slack))


def _require_reachable(name: str, labels: Labels, lower: FloatArray, upper: FloatArray) -> None:
    beyond = np.flatnonzero((lower == np.inf) | (upper == -np.inf))
    if len(beyond):
        raise AlgebraError(
            f"{name!r} demands an infinite value at {labels.show(beyond)}",
            "use a finite bound; an infinite one may only be on the side that demands nothing",
        )


def _stacked(blocks: Sequence[sp.csr_array], width: int) -> sp.csr_array:
    """The blocks below each other, each widened to columns that were added after it."""
    counts = [np.diff(block.indptr) for block in blocks]
    starts = np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *counts]))])
    data = _joined([block.data for block in blocks])
    columns = np.concatenate([np.zeros(0, np.int32), *(block.indices for block in blocks)])
    matrix = sp.csr_array((data, columns, starts), shape=(len(starts) - 1, width))
    matrix.has_canonical_format = True
    return matrix


def _joined(parts: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate([np.zeros(0), *parts])


def _flags(columns: Any) -> BoolArray:
    return np.array([block.integer for block in columns], dtype=np.bool_)
