"""Details are left out, and put back so that every row holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.algebra import MatrixForm
from concord.solving.details import Details
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch
from concord.solving.testing import posed

LIMITS = RunLimits()
DETAILS = np.array([1, 2, 3])


def garrison(*, whole: bool = True, spare: int = 2) -> MatrixForm:
    """A total of at most 9 that three nations make up, none of them more than it can spare or than half."""
    half = [[-0.5, 1, 0, 0], [-0.5, 0, 1, 0], [-0.5, 0, 0, 1]]
    return posed(
        "max", [1, 0, 0, 0], [[2, 0, 0, 0], [-1, 1, 1, 1], *half],
        row_lower=[-np.inf, 0, *[-np.inf] * 3], row_upper=[18, 0, 0, 0, 0],
        upper=[np.inf, spare, spare, spare], integer=[True, whole, whole, whole],
    )  # fmt: skip


def completed(
    program: MatrixForm, total: float, preference: tuple[float, ...] = (0, 0, 0)
) -> np.ndarray | None:
    details = Details(program, DETAILS, np.array(preference, dtype=float))
    return details.complete(np.array([total, 0.0, 0.0, 0.0]), LIMITS, SilentWatch())


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("total", [0, 2, 4, 5, 6])
def test_a_completion_satisfies_every_row(total: int, whole: bool) -> None:
    program = garrison(whole=whole)
    point = completed(program, float(total))
    assert point is not None
    assert point[0] == total
    assert violation(program, point) <= FEASIBILITY


@pytest.mark.parametrize("total", [7, 9])
def test_what_cannot_be_made_up_is_not_completed(total: int) -> None:
    assert completed(garrison(), float(total)) is None


def test_whole_details_cannot_make_up_what_fractions_can() -> None:
    assert completed(garrison(whole=False), 1.0) is not None
    assert completed(garrison(), 1.0) is None


def test_the_preferred_completion_is_taken() -> None:
    point = completed(garrison(), 4.0, (1.0, 0.0, 5.0))
    assert point is not None
    assert point[1:] == pytest.approx([2.0, 2.0, 0.0])


@given(st.integers(0, 9), st.floats(-1e-7, 1e-7))
@settings(max_examples=20, deadline=None)
def test_rounding_of_what_is_decided_does_not_matter(total: int, rounding: float) -> None:
    exact, near = completed(garrison(), float(total)), completed(garrison(), total + rounding)
    assert (exact is None) == (near is None)


def test_the_program_without_details_has_fewer_rows_and_the_same_columns() -> None:
    program = garrison()
    details = Details(program, DETAILS, np.zeros(3))
    assert details.coarse.matrix.shape == (1, 4)
    assert list(details.coarse_rows) == [0]
    assert list(details.coarse.upper[DETAILS]) == [0.0, 0.0, 0.0]
    assert list(details.coarse.integer) == [True, False, False, False]


def counted_garrison(least: float = 0.0, paid: float = 0.0) -> MatrixForm:
    """As `garrison`, with a total of the first nation's, at least so large, and what it pays beside it."""
    half = [[-0.5, 1, 0, 0, 0, 0], [-0.5, 0, 1, 0, 0, 0], [-0.5, 0, 0, 1, 0, 0]]
    return posed(
        "max", [1, 0, 0, 0, 0, 0],
        [[-1, 1, 1, 1, 0, 0], *half, [0, -1, 0, 0, 1, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 1, 1]],
        row_lower=[0, *[-np.inf] * 3, 0, least, paid], row_upper=[0, 0, 0, 0, 0, np.inf, np.inf],
        upper=[np.inf, 9, 9, 9, 9, np.inf], integer=[True, True, True, True, True, False],
    )  # fmt: skip


def nearest(program: MatrixForm, total: float, counted: float) -> float | None:
    details = Details(program, DETAILS, np.zeros(3))
    point = details.nearest(np.array([total, 0, 0, 0, counted, 0]), np.array([4]), LIMITS, SilentWatch())
    return None if point is None else float(point[4])


@pytest.mark.parametrize(("counted", "found"), [(5, 3), (3, 3), (2, 2), (0, 0)])
def test_a_total_moves_only_as_far_as_the_details_demand(counted: int, found: int) -> None:
    assert nearest(counted_garrison(), 6.0, counted) == found


def test_a_total_moves_within_its_whole_rows_and_leaves_the_others_to_what_is_continuous() -> None:
    assert nearest(counted_garrison(least=1.0), 6.0, 0.0) == 1.0
    assert nearest(counted_garrison(paid=3.0), 6.0, 0.0) == 0.0
    assert nearest(counted_garrison(least=4.0), 6.0, 5.0) is None


def test_without_details_nothing_is_left_out() -> None:
    program = garrison()
    none = Details(program, DETAILS[:0], np.zeros(0))
    point = np.array([4.0, 2.0, 2.0, 0.0])
    assert none.coarse.matrix.shape == program.matrix.shape
    assert none.complete(point, LIMITS, SilentWatch()) is point


@pytest.mark.parametrize(("cost", "expected"), [(0.0, [1.0, 2.0, 1.0]), (5.0, [0.0, 0.0, 4.0])])
def test_a_switch_costs_wherever_its_column_is_not_nothing(cost: float, expected: list[float]) -> None:
    """Nations can spare 1, 2 and 4 of the 4 needed; a unit of the last is dear, and so is each nation."""
    program = posed(
        "max", [1, 0, 0, 0], [[-1, 1, 1, 1]], row_lower=0, row_upper=0, upper=[9, 1, 2, 4], integer=True
    )
    details = Details(program, DETAILS, np.array([1.0, 1.0, 3.0])).with_switches(DETAILS, cost)
    point = details.complete(np.array([4.0, *[0.0] * 6]), LIMITS, SilentWatch())
    assert point is not None
    assert violation(details.program, point) <= FEASIBILITY
    assert list(point[:4]) == [4.0, *expected]
    assert all(switch == 1.0 for units, switch in zip(point[1:4], point[4:], strict=True) if units)
    assert cost == 0.0 or list(point[4:]) == [0.0, 0.0, 1.0]
