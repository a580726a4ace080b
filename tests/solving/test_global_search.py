"""A sum of ratios is maximised to a proof: published problems with known optima, and enumeration.

The ratios of linear functions are written with logarithms, `exp(log numerator - log denominator)`. That a
denominator is no more than the exponential of its logarithm is no convex set either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import inf

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import Curve, Program
from concord.solving.global_search import GlobalSearch
from concord.solving.options import SolveOptions
from concord.solving.outer_approximation import Outcome
from concord.solving.progress import CancelWatch
from concord.solving.rising import Affine, Rising
from concord.solving.task import Task
from concord.solving.termination import Reason

Values = NDArray[np.float64]
TIGHT = 1e-4


@dataclass(frozen=True)
class SumOfRatios:
    """`sum (n x + n0) / (d x + d0)` over `lower <= A x <= upper` and a box, with its published optimum."""

    numerators: tuple[tuple[float, ...], ...]
    """Coefficients, the constant last."""
    denominators: tuple[tuple[float, ...], ...]
    rows: tuple[tuple[float, ...], ...]
    upper: tuple[float, ...]
    box: tuple[tuple[float, float], ...]
    optimum: float
    lower: tuple[float, ...] | None = None

    def value(self, x: Values) -> float:
        point = np.append(x, 1.0)
        return float(sum(np.dot(n, point) / np.dot(d, point) for n, d in self._pairs))

    @property
    def _pairs(self) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
        return list(zip(self.numerators, self.denominators, strict=True))


FALK_PALOCSAY = SumOfRatios(
    numerators=((4, 3, 3, 50), (3, 0, 4, 50), (1, 2, 5, 50), (1, 2, 4, 50)),
    denominators=((0, 3, 3, 50), (4, 4, 5, 50), (1, 5, 5, 50), (0, 5, 4, 50)),
    rows=((2, 1, 5), (1, 6, 3), (5, 9, 2), (9, 7, 3)),
    upper=(10, 10, 10, 10),
    box=((0, 10 / 9), (0, 10 / 9), (0, 2)),
    optimum=4.090703,
)
"""Falk and Palocsay (1992), Optimizing the sum of linear fractional functions; optimum at (10/9, 0, 0)."""
PHUONG_TUY = SumOfRatios(
    numerators=((3, 1, -2, 0.8), (4, -2, 1, 0)),
    denominators=((2, -1, 1, 0), (7, 3, -1, 0)),
    rows=((1, 1, -1), (-1, 1, -1), (12, 5, 12), (12, 12, 7), (-6, 1, 1)),
    upper=(1, -1, 34.8, 29.1, -4.1),
    box=((0, 2.425), (0, 2.425), (0, 2.9)),
    optimum=2.471428,
)
"""Phuong and Tuy (2003), A unified monotonic approach to generalized linear fractional programming."""
ON_A_LINE = SumOfRatios(
    numerators=((37, 73, 13), (63, -18, 39)),
    denominators=((13, 13, 13), (13, 26, 13)),
    rows=((5, -3),),
    upper=(3,),
    lower=(3,),
    box=((1.5, 3), (1.5, 4)),
    optimum=5.0,
)
"""Shen and Wang (2006), Global optimization for sum of linear ratios problem with coefficients; (3, 4)."""


def table(rows: Sequence[Sequence[float]], down: pd.Index, across: pd.Index) -> pd.Series[float]:
    """Coefficients by row and column."""
    labels = pd.MultiIndex.from_product([down, across])
    return pd.Series([float(number) for row in rows for number in row], index=labels)


def searched(problem: SumOfRatios, integer: bool = False, **options: float) -> tuple[Outcome, Program]:
    """The search on a program of the problem."""
    program = Program("ratios")
    index = pd.RangeIndex(len(problem.box), name="x")
    ratio = pd.RangeIndex(len(problem.numerators), name="ratio")
    lows, highs = (
        pd.Series([ends[side] for ends in problem.box], index=index, dtype=float) for side in (0, 1)
    )
    corners = np.array([[*corner, 1.0] for corner in product(*problem.box)])
    x = program.add_variables("x", index, lower=lows, upper=highs, integer=integer)
    ranges = []
    for name, sides in (("numerator", problem.numerators), ("denominator", problem.denominators)):
        reached = corners @ np.array(sides).T
        low = pd.Series(np.log(np.maximum(reached.min(axis=0), 0.01)), index=ratio)
        ranges.append(
            program.add_variables(name, ratio, low, pd.Series(np.log(reached.max(axis=0)), index=ratio))
        )
    value = program.add_variables("value", ratio, upper=100.0)
    rows = pd.RangeIndex(len(problem.rows), name="row")
    sums = (x * table(problem.rows, rows, index)).sum("x")
    program.add_constraints("rows", sums <= pd.Series(problem.upper, index=rows, dtype=float))
    if problem.lower is not None:
        program.add_constraints("least", sums >= pd.Series(problem.lower, index=rows, dtype=float))
    over, under = (
        (x * table([side[:-1] for side in sides], ratio, index)).sum("x")
        + pd.Series([side[-1] for side in sides], index=ratio, dtype=float)
        for sides in (problem.numerators, problem.denominators)
    )
    program.add_curve("numerator", Curve.LOG, ranges[0] + 0.0, over)
    program.maximise(value.sum())
    width = program.width
    results = [Affine.of(side - 1.0, width) for side in (value + 0.0, under)]
    arguments = [Affine.of(side, width) for side in (ranges[0] - ranges[1], ranges[1] + 0.0)]
    result, argument = (
        Affine(
            sparse.csr_array(sparse.vstack([part.matrix for part in parts])),
            np.concatenate([part.constant for part in parts]),
        )
        for parts in (results, arguments)
    )
    count = len(ratio)
    rising = Rising(result, argument, np.full(2 * count, -inf), lambda _: argument)

    def repair(point: Values) -> Values:
        settled = point.copy()
        for block, side in zip(ranges, (over, under), strict=True):
            settled[block.columns] = np.log(np.maximum(program.evaluate(side, point), 1e-9))
        ratios = settled[ranges[0].columns] - settled[ranges[1].columns]
        settled[value.columns] = np.exp(ratios)
        return settled

    none = np.zeros(0, np.int64)
    start = np.zeros(width)
    start[x.columns] = (lows + highs) / 2
    task = Task(program, repair, repair(start), none, none, none, none, none, np.zeros(0))
    given = SolveOptions(gap=TIGHT, threads=1, **options)  # type: ignore[arg-type]
    weights = np.repeat([1.0, 0.0], count)
    return GlobalSearch(task, rising, weights, given, lambda _: TIGHT, CancelWatch()).solve(), program


@pytest.mark.parametrize("problem", [FALK_PALOCSAY, PHUONG_TUY, ON_A_LINE], ids=["falk", "phuong", "line"])
def test_published_sums_of_ratios_have_their_published_optima(problem: SumOfRatios) -> None:
    outcome, program = searched(problem)
    bounds = outcome.termination.objective_bounds
    assert outcome.termination.reason is Reason.OPTIMAL
    assert outcome.values is not None
    x = outcome.values[program.variables["x"].columns]
    assert bounds.primal == pytest.approx(problem.value(x), abs=1e-7)
    assert bounds.primal >= problem.optimum - TIGHT
    assert problem.optimum - 1e-6 <= bounds.dual <= bounds.primal + TIGHT


WHOLE = SumOfRatios(
    numerators=((3, 5, 3, 20), (4, 2, 4, 20)),
    denominators=((3, 4, 5, 20), (5, 4, 3, 20)),
    rows=((2, 1, 1), (-1, 2, -1)),
    upper=(5, 3),
    box=((0, 2), (0, 3), (0, 2)),
    optimum=0.0,
)
"""Two ratios over whole numbers, the best of which is found by enumeration."""


@pytest.mark.parametrize("least", [0, 3])
def test_whole_numbers_are_as_good_as_the_best_enumerated(least: int) -> None:
    problem = replace(WHOLE, rows=(*WHOLE.rows, (-1, -1, 0)), upper=(*WHOLE.upper, -least))
    admitted = [
        np.array(x)
        for x in product(*(range(int(low), int(high) + 1) for low, high in problem.box))
        if all(np.dot(row, x) <= most for row, most in zip(problem.rows, problem.upper, strict=True))
    ]
    best = max(problem.value(x) for x in admitted)
    outcome, program = searched(problem, integer=True)
    bounds = outcome.termination.objective_bounds
    assert outcome.values is not None
    x = outcome.values[program.variables["x"].columns]
    assert problem.value(np.round(x)) == pytest.approx(best, abs=TIGHT)
    assert best - 1e-6 <= bounds.dual <= bounds.primal + TIGHT
