from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from concord.algebra import AlgebraError, AlignmentError, Expression, Program, Variables, constant, total


def values(expression: Expression, point: np.ndarray) -> dict[Any, float]:
    """The expression at a point by label, so that a test says what it expects in one line."""
    found = expression.constant + expression.terms.values(point, expression.size)
    labels = (expression.labels.label(position) for position in range(expression.size))
    return {
        label[0] if len(label) == 1 else label: float(value)
        for label, value in zip(labels, found, strict=True)
    }


def series(entries: dict[Any, float], *dims: str) -> pd.Series:
    found = pd.Series(entries, dtype=float)
    found.index.names = list(dims)
    return found


def test_a_single_name_drops_its_dimension(spending: Variables, point: np.ndarray) -> None:
    assert values(spending.select(state="HRV"), point) == {1993: 100.0, 1994: 1000.0}
    assert spending.select(state="HRV").dims == ("period",)


def test_a_list_of_names_keeps_its_dimension_and_what_it_matches(
    spending: Variables, point: np.ndarray
) -> None:
    chosen = spending.select(state=["SVN", "AUT"], period=1994)
    assert values(chosen, point) == {"SVN": 100000.0}
    assert chosen.dims == ("state",)


def test_all_dimensions_may_be_selected_away(spending: Variables, point: np.ndarray) -> None:
    assert values(spending.select(state="BIH", period=1994), point) == {(): 10.0}


def test_a_name_that_no_row_has_is_refused(spending: Variables) -> None:
    with pytest.raises(AlgebraError, match=r"no row of .*state='BHI'"):
        spending.select(state="BHI")


def test_where_broadcasts_its_mask(spending: Variables, point: np.ndarray) -> None:
    mask = pd.Series([True, False], index=pd.Index([1994, 1993], name="period"))
    assert set(values(spending.where(mask), point)) == {("BIH", 1994), ("HRV", 1994), ("SVN", 1994)}


def test_where_takes_a_comparison_of_labels(spending: Variables, point: np.ndarray) -> None:
    kept = spending.where(lambda at: (at["state"] == "BIH") & (at["period"] > 1993))
    assert values(kept, point) == {("BIH", 1994): 10.0}


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        (pd.Series([True], index=pd.Index(["BIH"], name="state")), "says nothing about"),
        (pd.Series([1.0], index=pd.Index(["BIH"], name="state")), "values of type float64"),
        (pd.Series([True], index=pd.Index(["BIH"], name="host")), "no dimension 'host'"),
        (lambda _: [True], "another length"),
    ],
)
def test_an_unclear_mask_is_refused(spending: Variables, mask: Any, message: str) -> None:
    with pytest.raises(AlgebraError, match=message):
        spending.where(mask)


def test_a_scalar_has_no_rows_to_choose_from(spending: Variables) -> None:
    with pytest.raises(AlgebraError, match="before summing"):
        spending.sum().where(lambda at: at.index < 0)


def test_on_repeats_over_new_dimensions_and_fills_with_zero(program: Program, states: pd.Index) -> None:
    posture = program.add_variables("posture", states[:2])
    index = pd.MultiIndex.from_product([[1, 2], ["SVN", "BIH", "HRV"]], names=["period", "state"])
    assert values((posture + 5.0).on(index), np.array([1.0, 2.0])) == {
        (1, "SVN"): 0.0, (1, "BIH"): 6.0, (1, "HRV"): 7.0, (2, "SVN"): 0.0, (2, "BIH"): 6.0, (2, "HRV"): 7.0
    }  # fmt: skip


def test_on_refuses_to_lose_a_row_with_terms_or_a_constant(spending: Variables, states: pd.Index) -> None:
    by_state = spending.sum("period")
    with pytest.raises(AlignmentError, match=r"no row for SVN.*\n.*Remedy"):
        by_state.on(states[:2])
    with pytest.raises(AlignmentError, match="no row for SVN"):
        (0.0 * by_state + 1.0).on(states[:2])


def test_on_may_leave_out_rows_that_are_zero(spending: Variables, states: pd.Index) -> None:
    zero = (0.0 * spending.sum("period")).on(states[:2])
    assert zero.size == 2


def test_on_refuses_an_index_without_the_dimensions(spending: Variables, states: pd.Index) -> None:
    with pytest.raises(AlignmentError, match="sum the other dimensions away"):
        spending.on(states)


def test_sums_go_over_the_named_dimensions_or_all(spending: Variables, point: np.ndarray) -> None:
    assert values(spending.sum("state"), point) == {1993: 10101.0, 1994: 101010.0}
    assert values(spending.sum("period", "state"), point) == {(): 111111.0}
    assert values(spending.sum(), point) == {(): 111111.0}
    with pytest.raises(AlgebraError, match="no dimension 'region'"):
        spending.sum("region")


def test_the_sum_of_no_rows_is_zero(program: Program, states: pd.Index) -> None:
    nothing = program.add_variables("nothing", states[:0])
    assert values(nothing.sum(), np.zeros(0)) == {(): 0.0}
    assert nothing.sum("state").size == 1


@pytest.mark.parametrize("as_mapping", [dict, pd.Series])
def test_group_sums_what_has_the_same_image(
    spending: Variables, point: np.ndarray, as_mapping: Callable[..., Any]
) -> None:
    mapping = as_mapping({"SVN": "north", "BIH": "south", "HRV": "south"})
    grouped = spending.group("state", mapping, to="region")
    assert grouped.dims == ("region", "period")
    assert values(grouped.sum("period"), point) == {"south": 1111.0, "north": 110000.0}


def test_group_needs_an_image_for_every_name_that_occurs(spending: Variables, point: np.ndarray) -> None:
    with pytest.raises(AlgebraError, match="lacks BIH of dimension"):
        spending.group("state", {"HRV": "south", "SVN": "north"}, to="region")
    kept = spending.where(lambda at: at["state"] != "BIH")
    assert kept.group("state", {"HRV": "south", "SVN": "north"}, to="region").size == 4
    with pytest.raises(AlgebraError, match="'period' exists already"):
        spending.group("state", {"BIH": 1, "HRV": 1, "SVN": 2}, to="period")


def test_a_missing_image_is_refused(spending: Variables) -> None:
    with pytest.raises(AlgebraError, match="lacks HRV"):
        spending.group("state", {"BIH": "south", "HRV": None, "SVN": "north"}, to="region")


def test_dimensions_are_renamed(spending: Variables) -> None:
    assert spending.rename(state="host").dims == ("host", "period")
    with pytest.raises(AlgebraError, match="own name"):
        spending.rename(state="period")
    with pytest.raises(AlgebraError, match="no dimension 'site'"):
        spending.rename(site="host")


def test_lag_is_the_value_one_period_earlier(
    spending: Variables, periods: pd.Index, point: np.ndarray
) -> None:
    assert values(spending.lag("period", 1, over=periods).select(state="HRV"), point) == {
        1993: 0.0,
        1994: 100.0,
    }
    assert values(spending.lag("period", -1, over=periods).select(state="HRV"), point) == {
        1993: 1000.0,
        1994: 0.0,
    }


def test_cumulative_is_the_sum_up_to_each_period(spending: Variables, point: np.ndarray) -> None:
    running = spending.cumulative("period", over=[1993, 1994])
    assert values(running.select(state="HRV"), point) == {1993: 100.0, 1994: 1100.0}
    reverse = spending.cumulative("period", over=[1994, 1993])
    assert values(reverse.select(state="HRV"), point) == {1993: 1100.0, 1994: 1000.0}


def test_a_sequence_must_name_every_period(spending: Variables) -> None:
    with pytest.raises(AlgebraError, match="the sequence lacks 1994"):
        spending.lag("period", 1, over=[1993])
    with pytest.raises(AlgebraError, match="names a place twice"):
        spending.cumulative("period", over=[1993, 1994, 1993])


def test_a_parameter_is_joined_on_shared_dimensions(spending: Variables, point: np.ndarray) -> None:
    effect = series({("BIH", "war"): 2.0, ("BIH", "crime"): 3.0, ("SVN", "war"): 0.0}, "state", "threat")
    product = spending * effect
    assert product.dims == ("state", "period", "threat")
    assert values(product, point) == {
        ("BIH", 1993, "war"): 2.0, ("BIH", 1993, "crime"): 3.0, ("BIH", 1994, "war"): 20.0,
        ("BIH", 1994, "crime"): 30.0, ("SVN", 1993, "war"): 0.0, ("SVN", 1994, "war"): 0.0,
    }  # fmt: skip
    assert product.terms.size == 4


def test_a_row_without_partner_vanishes(spending: Variables, point: np.ndarray) -> None:
    assert values((spending * series({"HRV": 2.0}, "state")).sum("period"), point) == {"HRV": 2200.0}


def test_a_scalar_times_a_parameter_has_its_labels(spending: Variables, point: np.ndarray) -> None:
    assert values(spending.sum() * series({"x": 2.0, "y": 3.0}, "site"), point) == {
        "x": 222222.0,
        "y": 333333.0,
    }


def test_numbers_and_series_stand_on_either_side(spending: Variables, point: np.ndarray) -> None:
    by_state = spending.sum("period")
    gift = series({"SVN": 1.0, "BIH": 2.0, "HRV": 3.0}, "state")
    assert values(gift - by_state, point) == {"BIH": 2.0 - 11, "HRV": 3.0 - 1100, "SVN": 1.0 - 110000}
    assert values(gift + by_state, point) == values(by_state + gift, point)
    assert values(gift * by_state, point) == values(by_state * gift, point)
    assert values(np.float64(2.0) * by_state, point) == values(by_state * 2, point)
    assert values(1.0 - by_state / 2, point) == {"BIH": -4.5, "HRV": -549.0, "SVN": -54999.0}
    assert values(+by_state, point) == values(by_state, point)


def test_sums_match_labels_in_any_order(spending: Variables, point: np.ndarray) -> None:
    index = spending.index[::-1].swaplevel()
    doubled = spending + spending.on(index)
    assert values(doubled, point) == values(2.0 * spending, point)


def test_a_scalar_is_added_to_every_row(spending: Variables, point: np.ndarray) -> None:
    shifted = spending.sum() - spending.sum("period")
    assert values(shifted, point) == {"BIH": 111100.0, "HRV": 110011.0, "SVN": 1111.0}


def test_different_labels_are_refused_from_both_sides(spending: Variables) -> None:
    by_state = spending.sum("period")
    fewer = by_state.select(state=["BIH", "HRV"])
    for left, right in [(by_state, fewer), (fewer, by_state)]:
        with pytest.raises(AlignmentError, match=r"only one side has SVN[\s\S]*\.on\(index\)"):
            left + right


def test_different_dimensions_are_refused(spending: Variables) -> None:
    with pytest.raises(AlignmentError, match=r"\('state', 'period'\) meets one over \('state',\)"):
        spending + spending.sum("period")


def test_variables_of_two_programs_do_not_mix(spending: Variables) -> None:
    other = Program("other").add_variables("spending", spending.index)
    with pytest.raises(AlgebraError, match="different programs"):
        spending + other


@pytest.mark.parametrize("operand", [np.ones(6), "1", None, [1.0], 1j])
def test_what_is_no_number_is_refused(spending: Variables, operand: Any) -> None:
    for operation in (lambda: spending + operand, lambda: spending * operand, lambda: spending <= operand):
        with pytest.raises(TypeError, match="is no operand"):
            operation()


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_undefined_and_infinite_numbers_are_refused(spending: Variables, number: float) -> None:
    for operation in (lambda: spending + number, lambda: spending * number):
        with pytest.raises(AlgebraError, match="finite"):
            operation()
    with pytest.raises(AlgebraError, match="missing or infinite at HRV"):
        spending * series({"BIH": 1.0, "HRV": number}, "state")


def test_products_of_expressions_are_refused(spending: Variables) -> None:
    with pytest.raises(TypeError, match="linearise"):
        spending * spending


def test_total_sums_on_an_index(
    program: Program, spending: Variables, states: pd.Index, point: np.ndarray
) -> None:
    parts = [spending.select(period=1993), spending.select(period=1994, state=["SVN"]) + 0.5]
    assert values(total(parts, states), point) == {"BIH": 1.0, "HRV": 100.0, "SVN": 110000.5}
    assert values(total([], states), point) == {"BIH": 0.0, "HRV": 0.0, "SVN": 0.0}


def test_a_parameter_is_put_on_a_larger_index(spending: Variables, point: np.ndarray) -> None:
    worth = constant(series({"BIH": 1.0, "HRV": 2.0, "SVN": 3.0}, "state"))
    assert values(worth.on(spending.index).select(period=1994), point) == {"BIH": 1.0, "HRV": 2.0, "SVN": 3.0}


def test_expressions_are_told_apart_by_identity(spending: Variables) -> None:
    assert len({spending, spending, spending + 0.0}) == 2
    with pytest.raises(TypeError, match="differ"):
        _ = spending != spending.sum()
