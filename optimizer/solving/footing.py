"""Footing: what one search leaves to the next, on the same program or on one that differs from it.

Tangents are valid wherever they touch, so that they are laid again at the points that the last search ended
at, or taken over as they are where the curves are the same. The basis is carried over by the names of columns
and rows; what is not known to it begins as slack. The whole numbers of the last plan are
the first plan tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concord.algebra import CurveBlock, MatrixForm, Program
from concord.algebra.labels import locate
from concord.algebra.naming import Block
from concord.solving.relaxation import Relaxation
from concord.solving.tangents import Tangents

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Footing:
    """The end of a search: its relaxations with tangents and basis, and the points that it found."""

    relaxation: Relaxation
    """That of the bound, without regard to whole numbers."""
    polished: Relaxation
    """That of plans, last solved with the whole numbers of a plan held."""
    continuous: Values
    """The last solution without regard to whole numbers."""
    plan: Values | None
    """The best plan."""
    in_detail: bool = False
    """Whether the details had to be decided with everything else."""

    @property
    def program(self) -> Program:
        """The program that was searched."""
        return self.relaxation.tangents.program

    def for_bounds(self, coarse: MatrixForm, program: Program, status_quo: Values) -> Relaxation:
        """A relaxation of `program` for bounds, which `coarse` is without its curves and details."""
        return self._renewed(self.relaxation, coarse, program, status_quo)

    def for_plans(self, coarse: MatrixForm, program: Program, status_quo: Values) -> Relaxation:
        """A relaxation of `program` for plans, likewise."""
        return self._renewed(self.polished, coarse, program, status_quo)

    def _renewed(
        self, last: Relaxation, coarse: MatrixForm, program: Program, status_quo: Values
    ) -> Relaxation:
        same = self._same_curves(program)
        tangents = last.tangents.renewed(program) if same else self._tangents(program, status_quo)
        relaxation = Relaxation(coarse, tangents)
        if (basis := last.basis) is not None:
            columns = _positions(last.program.column_blocks, coarse.column_blocks)
            rows = _positions(last.program.row_blocks, coarse.row_blocks)
            laid = (
                np.arange(tangents.count) + len(last.program.row_lower)
                if same
                else np.full(tangents.count, -1)
            )
            relaxation.basis = basis.carried(columns, np.concatenate([rows, laid]))
        return relaxation

    def _tangents(self, program: Program, status_quo: Values) -> Tangents:
        """First tangents, and others where the last search ended."""
        tangents = Tangents(program)
        tangents.first(status_quo)
        for point in (self.continuous, self.plan):
            if point is not None:
                tangents.lay_at(self.carried(point, program))
        return tangents

    def carried(self, point: Values, program: Program) -> Values:
        """The point in the columns of `program`; 0 in those that are new."""
        columns = _positions(self.relaxation.program.column_blocks, program.matrix().column_blocks)
        return np.where(columns >= 0, point[columns], 0.0)

    def _same_curves(self, program: Program) -> bool:
        mine, theirs = self.program.curves, program.curves
        blocks = zip(self.program.matrix().column_blocks, program.matrix().column_blocks, strict=False)
        if mine.keys() != theirs.keys() or self.program.width != program.width:
            return False
        if not all(a.name == b.name and _same_labels(a, b) for a, b in blocks):
            return False
        return all(_same_curve(mine[name], theirs[name]) for name in mine)


def _positions(old: Sequence[Block], new: Sequence[Block]) -> Numbers:
    """For each column or row of the new blocks its number among the old ones; -1 where it is new."""
    starts: dict[str, tuple[int, Block]] = {}
    count = 0
    for block in old:
        starts[block.name] = (count, block)
        count += block.labels.size
    found = [np.zeros(0, np.int64)]
    for block in new:
        first, known = starts.get(block.name, (0, None))
        if known is None or set(known.labels.dims) != set(block.labels.dims) or not known.labels.size:
            found.append(np.full(block.labels.size, -1, np.int64))
        else:
            at = (
                locate(known.labels, block.labels)
                if block.labels.dims
                else np.zeros(block.labels.size, np.int64)
            )
            found.append(np.where(at >= 0, at + first, -1))
    return np.concatenate(found)


def _same_labels(one: Block, other: Block) -> bool:
    return one.labels.size == other.labels.size and bool(one.labels.index.equals(other.labels.index))


def _same_curve(one: CurveBlock, other: CurveBlock) -> bool:
    """Whether both say the same of the same columns."""
    if one.kind is not other.kind or one.size != other.size or (one.weight is None) != (other.weight is None):
        return False
    sides = [(one.result, other.result), (one.argument, other.argument)]
    if one.weight is not None and other.weight is not None:
        sides.append((one.weight, other.weight))
    if not np.array_equal(one.rates, other.rates):
        return False
    width = one.space.count
    for a, b in sides:
        difference = a.terms.matrix(a.size, width) - b.terms.matrix(b.size, width)
        if abs(difference).sum() > 0 or not np.array_equal(a.constant, b.constant):
            return False
    return True
