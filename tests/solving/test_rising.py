"""Ceilings lie above the exponential everywhere in their box, and touch it where they are laid."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.algebra import Curve, Program
from concord.solving.box import Box
from concord.solving.propagation import implied_bounds
from concord.solving.rising import Affine, Rising, RisingCeilings

DRIVERS = pd.Index(["a", "b", "c"], name="driver")


def written() -> tuple[Program, Rising]:
    """A power of spending times the exponential of three drivers, two that raise and one that lowers."""
    program = Program("rise")
    worth = program.add_variables("worth")
    spent = program.add_variables("spent", upper=8.0)
    intensity = program.add_variables("intensity", upper=2.0)
    driver = program.add_variables("driver", DRIVERS, upper=1.0)
    program.add_curve("intensity", Curve.LOG, intensity + 0.0, spent + 1.0)
    effect = pd.Series([0.4, 0.2, -0.3], index=DRIVERS)
    argument = Affine.of(intensity * 0.6 + (driver * effect).sum(), program.width)
    result = Affine.of(worth - 1.0, program.width)
    return program, Rising(result, argument, np.array([-inf]), lambda _: argument)


def point(spent: float, drivers: list[float]) -> np.ndarray:
    intensity = min(np.log1p(spent), 2.0)
    worth = np.exp(0.6 * intensity + np.dot([0.4, 0.2, -0.3], drivers))
    return np.array([worth, spent, intensity, *drivers])


shares = st.lists(st.floats(0, 1), min_size=3, max_size=3)


@given(st.floats(0, 8), shares, st.floats(0, 8), shares)
@settings(max_examples=200, deadline=None)
def test_no_point_of_the_box_is_cut_off(
    at: float, where: list[float], spent: float, drivers: list[float]
) -> None:
    program, rising = written()
    matrix = program.matrix()
    ceilings = RisingCeilings(program, rising, Box(matrix.lower, matrix.upper))
    rows, _, upper = ceilings.rows_at(point(at, where))
    assert (rows @ point(spent, drivers) <= upper + 1e-9).all()


@pytest.mark.parametrize("spent", [0.0, 2.0, 6.0])
@pytest.mark.parametrize("drivers", [[0, 0, 0], [1, 0, 1], [1, 1, 0]])
def test_a_ceiling_is_tight_where_every_driver_is_at_an_end(spent: float, drivers: list[float]) -> None:
    program, rising = written()
    matrix = program.matrix()
    here = point(spent, drivers)
    rows, _, upper = RisingCeilings(program, rising, Box(matrix.lower, matrix.upper)).rows_at(here)
    assert min(upper - rows @ here) == pytest.approx(0.0, abs=1e-9)


def test_a_smaller_box_has_a_lower_ceiling() -> None:
    program, rising = written()
    matrix = program.matrix()
    middle = point(2.0, [0.5, 0.5, 0.5])
    slack = []
    for lower, upper in ((0.0, 1.0), (0.4, 0.6)):
        low, high = matrix.lower.copy(), matrix.upper.copy()
        low[3:], high[3:] = lower, upper
        rows, _, bound = RisingCeilings(program, rising, Box(low, high)).rows_at(middle)
        slack.append(min(bound - rows @ middle))
    assert 0 < slack[1] < slack[0] / 5


def test_an_intensity_held_below_its_curve_does_not_count_as_if_it_were_on_it() -> None:
    program, rising = written()
    matrix = program.matrix()
    idle = point(6.0, [0, 0, 0])
    idle[2] = 0.0
    rows, _, upper = RisingCeilings(program, rising, Box(matrix.lower, matrix.upper)).rows_at(idle)
    idle[0] = 1.01
    assert (rows @ idle > upper).any()


def test_bounds_follow_from_rows() -> None:
    program = Program("bounds")
    x = program.add_variables("x", DRIVERS, integer=True)
    y = program.add_variables("y", lower=-inf)
    program.add_constraints("sum", x.sum() <= 3.5)
    program.add_constraints("defined", y - x.sum() == 1.0)
    lower, upper = implied_bounds(program.matrix())
    assert lower.tolist() == pytest.approx([0, 0, 0, 1], abs=1e-5)
    assert upper.tolist() == pytest.approx([3, 3, 3, 4.5], abs=6)
    assert upper[:3].tolist() == [3, 3, 3]
