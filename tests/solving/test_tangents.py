"""Tangents are bounds that hold wherever they touch, however many are forgotten."""

from __future__ import annotations

from math import exp, inf, log

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.algebra import Curve, Program
from concord.solving.tangents import NEAR, Tangents

COLUMNS = 4
"""Stock, a switch, the worth of the stock, and the share of a threat whose logarithm is minus the stock."""
STOCKS = st.floats(0.0, 50.0)


def curved() -> Program:
    """One switched logarithm and one exponential."""
    program = Program("curved")
    item = pd.Index(["only"], name="item")
    stock = program.add_variables("stock", item)
    switch = program.add_variables("switch", item, upper=1.0, integer=True)
    worth = program.add_variables("worth", item, lower=-inf)
    share = program.add_variables("share", item)
    program.add_curve("worth", Curve.LOG, worth, stock * 0.2 + switch, switch + 0.0)
    program.add_curve("share", Curve.EXP, share, -1.0 * stock)
    program.maximise(worth.sum() - share.sum())
    return program


def on_curve(stock: float, switch: float = 1.0) -> np.ndarray:
    """A point on both curves."""
    worth = log(1 + 0.2 * stock) if switch else 0.0
    return np.array([stock, switch, worth, exp(-stock)])


def slack(tangents: Tangents, point: np.ndarray) -> float:
    """By how much the point satisfies all tangents in use."""
    matrix, lower, upper = tangents.rows
    activity = matrix @ point
    return float(np.minimum(activity - lower, upper - activity).min(initial=inf))


@given(st.lists(STOCKS, max_size=6), STOCKS, st.floats(0.0, 1.0), st.floats(0.0, 3.0))
@settings(max_examples=60, deadline=None)
def test_no_tangent_cuts_off_a_point_on_the_right_side(
    touched: list[float], stock: float, below: float, above: float
) -> None:
    tangents = Tangents(curved())
    tangents.first(on_curve(0.0))
    for place in touched:
        tangents.violated(on_curve(place) + np.array([0.0, 0.0, 0.5, -0.5]))
    right = on_curve(stock) + np.array([0.0, 0.0, -below, above])
    assert slack(tangents, right) >= -1e-9
    assert slack(tangents, on_curve(0.0, switch=0.0)) >= -1e-9


@given(st.floats(-10.0, 0.0), st.floats(-20.0, 20.0))
@settings(max_examples=60, deadline=None)
def test_a_point_outside_the_domain_of_a_logarithm_is_cut_off(argument: float, result: float) -> None:
    program = Program("outside")
    item = pd.Index(["only"], name="item")
    capacity = program.add_variables("capacity", item, lower=-inf)
    worth = program.add_variables("worth", item, lower=-inf)
    program.add_curve("worth", Curve.LOG, worth, capacity + 0.0)
    tangents = Tangents(program)
    tangents.violated(np.array([argument, result]))
    assert slack(tangents, np.array([argument, result])) < 0
    assert slack(tangents, np.array([exp(result / 2), result / 2])) >= -1e-9


@given(STOCKS, st.floats(1e-3, 1.0))
@settings(max_examples=30, deadline=None)
def test_a_tangent_cuts_off_the_point_that_it_is_found_at(stock: float, excess: float) -> None:
    tangents = Tangents(curved())
    wrong = on_curve(stock) + np.array([0.0, 0.0, excess, -excess])
    rows, _, _ = tangents.violated(wrong)
    assert rows.shape == (2, COLUMNS)
    assert slack(tangents, wrong) < 0
    assert abs(slack(tangents, on_curve(stock))) <= 1e-9


def test_a_point_on_the_curves_needs_no_tangent() -> None:
    rows, lower, upper = Tangents(curved()).violated(on_curve(3.0))
    assert rows.shape == (0, COLUMNS)
    assert len(lower) == len(upper) == 0


@given(STOCKS, STOCKS)
@settings(max_examples=30, deadline=None)
def test_forgetting_slack_tangents_keeps_those_that_touch_and_cuts_off_nothing(
    at: float, elsewhere: float
) -> None:
    tangents = Tangents(curved())
    tangents.first(on_curve(0.0))
    before = tangents.rows[0].shape[0]
    tangents.violated(on_curve(at) + np.array([0.0, 0.0, 0.1, -0.1]))
    added = tangents.rows[0].shape[0] - before
    tangents.drop_slack(on_curve(at))
    assert tangents.rows[0].shape[0] >= added
    assert slack(tangents, on_curve(at)) <= NEAR
    assert slack(tangents, on_curve(elsewhere)) >= -1e-9


def test_the_program_with_tangents_keeps_its_own_rows_first() -> None:
    program = curved()
    tangents = Tangents(program)
    tangents.first(on_curve(0.0))
    added = tangents.added_to(program.matrix())
    assert added.matrix.shape == (program.matrix().matrix.shape[0] + tangents.rows[0].shape[0], COLUMNS)
