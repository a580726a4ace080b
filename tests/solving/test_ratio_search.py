"""A ratio is maximised to a proof: published linear-fractional problems, and enumeration of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
import pytest

from concord.algebra import Program
from concord.errors import SolverFailure
from concord.solving.options import SolveOptions
from concord.solving.ratio_search import BestRatio, Fraction, RatioSearch
from concord.solving.task import Aim, Task
from concord.solving.termination import Limit, Reason

GAP = 1e-7


@dataclass(frozen=True)
class LinearFraction:
    """`(n x + n0) / (d x + d0)` over `A x <= b`, `x >= 0`; constants last."""

    numerator: tuple[float, ...]
    denominator: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    limits: tuple[float, ...]

    def at(self, x: tuple[float, ...]) -> float:
        point = np.array([*x, 1.0])
        return float(point @ self.numerator / (point @ self.denominator))


SWARUP = LinearFraction((5, 3, 0), (5, 2, 1), ((3, 5), (5, 2)), (15, 10))
"""Swarup (1965), Linear fractional functionals programming; optimum 9/7 at (0, 3)."""
BAJALINOV = LinearFraction((6, 3, 6), (5, 2, 5), ((4, -2), (3, 5)), (20, 25))
"""Bajalinov (2003), Linear-Fractional Programming; optimum 7/5 at (0, 5)."""


def searched(
    problem: LinearFraction, start: tuple[float, ...] = (0, 0), integer: bool = False, **options: float
) -> BestRatio:
    program, index = Program("fraction"), pd.RangeIndex(len(problem.numerator) - 1, name="x")
    x = program.add_variables("x", index, upper=100.0, integer=integer)
    down = pd.RangeIndex(len(problem.rows), name="row")
    labels = pd.MultiIndex.from_product([down, index])
    table = pd.Series([float(number) for row in problem.rows for number in row], index=labels)
    program.add_constraints(
        "rows", (x * table).sum("x") <= pd.Series(problem.limits, index=down, dtype=float)
    )
    program.maximise(x.sum())
    none = np.zeros(0, np.int64)
    point = np.array(start, dtype=float)
    task = Task(program, np.copy, point, none, none, none, none, none, np.zeros(0))
    sides = (
        Aim(np.array(side[:-1], dtype=float), side[-1]) for side in (problem.numerator, problem.denominator)
    )
    given = SolveOptions(gap=GAP, threads=1, **options)  # type: ignore[arg-type]
    return RatioSearch(task, Fraction(*sides), given).solve()


@pytest.mark.parametrize(("problem", "optimum"), [(SWARUP, 9 / 7), (BAJALINOV, 7 / 5)])
def test_published_fractions_have_their_published_optima(problem: LinearFraction, optimum: float) -> None:
    best = searched(problem)
    assert best.outcome.termination.reason is Reason.OPTIMAL
    assert best.value == pytest.approx(optimum, abs=1e-6)
    assert optimum - 1e-9 <= best.bound <= best.value * (1 + GAP)


@pytest.mark.parametrize("problem", [SWARUP, BAJALINOV])
@pytest.mark.parametrize("limit", [3.5, 7.7])
def test_whole_numbers_are_as_good_as_the_best_enumerated(problem: LinearFraction, limit: float) -> None:
    tight = LinearFraction(
        problem.numerator, problem.denominator, (*problem.rows, (1, 1)), (*problem.limits, limit)
    )
    admitted = [
        x
        for x in product(range(9), repeat=2)
        if all(np.dot(row, x) <= most for row, most in zip(tight.rows, tight.limits, strict=True))
    ]
    best = searched(tight, integer=True)
    assert best.value == pytest.approx(max(tight.at(x) for x in admitted), abs=1e-6)
    assert best.bound >= best.value


def test_bound_holds_when_the_search_is_cut_short() -> None:
    best = searched(SWARUP, time_limit=0.0)
    assert best.outcome.termination.limit is Limit.TIME
    assert best.outcome.values is None or best.bound >= 9 / 7


def test_denominator_that_may_vanish_is_refused() -> None:
    problem = LinearFraction((1, 1, 1), (-1, 0, 1), ((1, 1),), (2,))
    with pytest.raises(SolverFailure, match="may vanish"):
        searched(problem)
