"""Every break-point of a piecewise linear concave function is found, and jumps are told from curves."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from concord.analysis.successive_lines import Kink, Precision, Touch, kinks, merged

Function = Callable[[float], Touch]


def found(touch: Function, low: float, high: float, precision: Precision | None = None) -> list[Kink]:
    return merged(kinks(touch, low, high, precision), 1e-9)


def lowest_of(lines: list[tuple[float, float]]) -> Function:
    """The lowest of some lines, each a slope and a height at 0."""

    def touch(at: float) -> Touch:
        value, slope = min((slope * at + height, slope) for slope, height in lines)
        return Touch(at, value, slope)

    return touch


lines = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=7)


@settings(max_examples=200, deadline=None)
@given(lines)
def test_all_break_points_of_the_lowest_of_lines_are_found_exactly(lines: list[tuple[int, int]]) -> None:
    touch = lowest_of([(float(slope), float(height)) for slope, height in lines])
    told = found(touch, -2.0, 3.0)
    crossings = {
        (d - b) / (a - c) for n, (a, b) in enumerate(lines) for c, d in lines[n + 1 :] if a != c
    }  # fmt: skip
    expected = sorted(
        at
        for at in crossings
        if -2 < at < 3 and touch(at - 1e-6).slope > touch(at + 1e-6).slope
    )  # fmt: skip
    assert [kink.at for kink in told] == pytest.approx(expected, abs=1e-9)
    for kink in told:
        assert kink.exact
        assert (kink.before, kink.after) == (touch(kink.at - 1e-6).slope, touch(kink.at + 1e-6).slope)


def test_a_linear_program_is_told_as_a_dense_sweep_shows_it() -> None:
    """Two crops on an area and under a budget that grows: which of them pays more changes twice."""

    def touch(budget: float) -> Touch:
        run = linprog(
            [-3.0, -5.0, -1.0], A_ub=[[1, 1, 1], [1, 3, 0.2], [0, 1, 0]], b_ub=[10, budget, 4], method="highs"
        )
        return Touch(budget, -run.fun, -run.ineqlin.marginals[1])

    told = found(touch, 0.5, 30.0)
    sweep = [touch(at) for at in np.linspace(0.5, 30.0, 1181)]
    jumps = [
        (left.at, right.at)
        for left, right in pairwise(sweep)
        if abs(right.value - left.reach(right.at)) > 1e-9 or left.slope - right.slope > 1e-9
    ]
    assert told
    for kink in told:
        assert any(left - 1e-9 <= kink.at <= right + 1e-9 for left, right in jumps)
    for left, right in jumps:
        assert any(left - 1e-9 <= kink.at <= right + 1e-9 for kink in told)


def bent(at: float) -> Touch:
    """A logarithm, and from 1 on a line that rises half as fast and then a curve again."""
    if at < 1:
        return Touch(at, log(1 + at), 1 / (1 + at))
    return Touch(at, log(2) + (at - 1) / 4 - (at - 1) ** 2 / 50, 1 / 4 - (at - 1) / 25)


def test_a_jump_between_curves_is_located_and_curves_have_none() -> None:
    (only,) = found(bent, 0.0, 3.0, Precision(curved=1e-4))
    assert only.at == pytest.approx(1.0, abs=1e-5)
    assert (only.before, only.after) == pytest.approx((0.5, 0.25), abs=1e-3)
    assert not only.exact
    assert found(bent, 0.0, 0.9, Precision(curved=1e-4)) == []
