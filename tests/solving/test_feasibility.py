"""How far a point is from satisfying a program."""

from __future__ import annotations

import numpy as np
import pytest

from concord.solving.feasibility import violation
from concord.solving.testing import posed

PROGRAM = posed(
    "max",
    [1, 1],
    [[1, 1], [1, -1]],
    row_lower=[-np.inf, 0],
    row_upper=[4, 0],
    upper=3.0,
    integer=[True, False],
)


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ([2.0, 2.0], 0.0),
        ([0.0, 0.0], 0.0),
        ([3.0, 3.0], 2.0 / 6.0),
        ([1.0, 0.5], 0.5 / 1.5),
        ([-1.0, -1.0], 1.0),
        ([1.5, 1.5], 0.5),
    ],
    ids=["tight", "slack", "row above", "equation", "bound", "fraction"],
)
def test_the_largest_violation_is_relative_to_the_size_of_its_row(
    point: list[float], expected: float
) -> None:
    assert violation(PROGRAM, np.array(point)) == pytest.approx(expected)


def test_a_promise_is_not_measured_by_the_size_of_its_row() -> None:
    assert violation(PROGRAM, np.array([1.0, 0.5]), promises=np.array([1])) == pytest.approx(0.5)


def test_fractions_may_be_let_pass() -> None:
    assert violation(PROGRAM, np.array([1.5, 1.5]), integral=False) == 0.0


def test_a_program_without_rows_and_columns_is_satisfied() -> None:
    assert violation(posed("max", []), np.zeros(0)) == 0.0
