"""Fine integer columns are rounded when all else is decided: near what it was, then as cheap as can be."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.algebra import MatrixForm
from concord.solving.companies import FineColumns
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch
from concord.solving.testing import posed

LIMITS = RunLimits()
NEAR, FAR, STRENGTH, LIFT, FIRST, SECOND, MONEY = range(7)
"""Companies of two garrisons at a mission, its strength, their transport; room at either; what is paid."""
FINE = FineColumns(
    np.array([NEAR, FAR]), np.array([STRENGTH]), np.array([LIFT]), np.array([1.0, 2.0])
)  # fmt: skip


def mission(*, least: float = 0.0, most: float = 9.0, **bounds: Any) -> MatrixForm:
    """Companies of a tenth of a thousand; each of the first takes a unit of transport, of the second two."""
    return posed(
        "max", [0, 0, 1, -1, 0, 0, -1],
        [
            [-0.1, -0.1, 1, 0, 0, 0, 0],
            [1, 0, 0, 0, -1, 0, 0],
            [0, 1, 0, 0, 0, -1, 0],
            [1, 2, 0, -1, 0, 0, 0],
            [0, 0, 10, 0, 0, 0, -1],
        ],
        row_lower=[0, *[-np.inf] * 4], row_upper=[0] * 5,
        lower=[0, 0, least, 0, 0, 0, bounds.get("paid", 0.0)],
        upper=[9, 9, most, 99, 9, 9, bounds.get("paid", 99.0)],
        integer=[True, True, False, False, True, True, False],
    )  # fmt: skip


def decided(near: float, far: float, *, room: tuple[float, float] = (3.0, 3.0)) -> np.ndarray:
    """A point in which companies are broken; all is paid."""
    strength = 0.1 * (near + far)
    return np.array([near, far, strength, near + 2 * far, *room, 10 * strength])


def rounded(program: MatrixForm, values: np.ndarray, fine: FineColumns = FINE) -> np.ndarray | None:
    return fine.rounded(program, values, LIMITS, SilentWatch())


def companies(program: MatrixForm, values: np.ndarray) -> list[float] | None:
    point = rounded(program, values)
    return None if point is None else [float(point[NEAR]), float(point[FAR])]


@pytest.mark.parametrize(
    ("near", "far", "expected"),
    [
        (1.6, 2.7, [3.0, 1.0]),
        (2.7, 1.9, [3.0, 2.0]),
        (0.2, 0.1, [0.0, 0.0]),
        (2.0, 1.0, [3.0, 0.0]),
        (3.0, 3.0, [3.0, 3.0]),
    ],
)
def test_the_nearest_whole_strength_is_kept_by_the_cheapest_companies(
    near: float, far: float, expected: list[float]
) -> None:
    assert companies(mission(), decided(near, far)) == expected


def test_sums_and_followers_follow_and_everything_else_stays() -> None:
    values = decided(1.6, 2.7)
    point = rounded(mission(), values)
    assert point is not None
    assert point[STRENGTH] == pytest.approx(0.4)
    assert point[LIFT] >= 3 + 2 * 1 - 1e-9
    assert list(point[FIRST:]) == list(values[FIRST:])


@pytest.mark.parametrize(
    ("least", "most", "expected"), [(0.41, 9.0, [3.0, 2.0]), (0.0, 0.39, [3.0, 0.0]), (0.43, 0.49, None)]
)
def test_bounds_of_the_strength_are_kept(least: float, most: float, expected: list[float] | None) -> None:
    assert companies(mission(least=least, most=most), decided(1.6, 2.7)) == expected


def test_room_is_what_was_decided_but_for_rounding() -> None:
    values = decided(1.6, 2.7, room=(2.0 - 1e-7, 3.0 + 1e-7))
    assert companies(mission(), values) == [2.0, 2.0]
    assert companies(mission(least=0.43), decided(2.0, 2.4, room=(2.0, 2.0))) is None


def test_a_row_with_another_continuous_column_is_left_to_what_follows() -> None:
    """4.6 are paid for, and the nearest whole strength costs 5: what is paid is decided again."""
    point = rounded(mission(), decided(2.3, 2.3))
    assert point is not None
    assert point[STRENGTH] == pytest.approx(0.5)
    assert point[MONEY] == pytest.approx(4.6)


@pytest.mark.parametrize(("near", "far", "expected"), [(2.3, 2.3, [3.0, 1.0]), (2.0, 1.0, [3.0, 0.0])])
def test_where_nothing_may_be_rounded_up_no_strength_becomes_more(
    near: float, far: float, expected: list[float]
) -> None:
    point = FINE.rounded(mission(), decided(near, far), LIMITS, SilentWatch(), up=False)
    assert point is not None
    assert list(point[:2]) == expected
    assert FINE.rounded(mission(least=0.45), decided(2.3, 2.3), LIMITS, SilentWatch(), up=False) is None


def test_a_row_whose_other_column_is_fixed_is_kept() -> None:
    point = rounded(mission(paid=4.6), decided(2.3, 2.3))
    assert point is not None
    assert point[STRENGTH] == pytest.approx(0.4)


def test_without_fine_columns_nothing_is_rounded() -> None:
    values = decided(1.6, 2.7)
    assert rounded(mission(), values, FineColumns.none()) is values


COSTS = np.array([[1.0, 3.0], [2.0, 1.0]])
"""Of a company of each garrison (rows) at each mission (columns)."""


def transport(room: tuple[int, int], need: tuple[int, int]) -> MatrixForm:
    """Columns: companies by garrison and mission, strengths, room."""
    return posed(
        "max", [0, 0, 0, 0, 1, 1, 0, 0],
        [
            [1, 0, 1, 0, -1, 0, 0, 0],
            [0, 1, 0, 1, 0, -1, 0, 0],
            [1, 1, 0, 0, 0, 0, -1, 0],
            [0, 0, 1, 1, 0, 0, 0, -1],
        ],
        row_lower=[0, 0, -np.inf, -np.inf], row_upper=[0] * 4, upper=[9, 9, 9, 9, *need, *room],
        integer=[True, True, True, True, False, False, True, True],
    )  # fmt: skip


@given(
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.tuples(st.floats(0, 4), st.floats(0, 4)),
)
@settings(max_examples=30, deadline=None)
def test_nothing_nearer_or_as_near_and_cheaper_is_left(
    room: tuple[int, int], need: tuple[int, int], wanted: tuple[float, float]
) -> None:
    def worth(a: int, b: int, c: int, d: int) -> float:
        away = abs(a + c - wanted[0]) + abs(b + d - wanted[1])
        return 1000 * away + float(COSTS.ravel() @ [a, b, c, d])

    best = min(
        worth(a, b, c, d)
        for a, b, c, d in product(range(4), repeat=4)
        if a + b <= room[0] and c + d <= room[1] and a + c <= need[0] and b + d <= need[1]
    )
    fine = FineColumns(np.arange(4), np.array([4, 5]), np.zeros(0, np.int64), COSTS.ravel())
    values = np.array([0.0] * 4 + [*wanted, *room])
    point = rounded(transport(room, need), values, fine)
    assert point is not None
    assert worth(*map(int, point[:4])) == pytest.approx(best, abs=1e-3)
