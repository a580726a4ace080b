"""Expressions against arithmetic with dictionaries, from label to coefficient by column."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from concord.algebra import Expression, Program, total

DIMS = {"state": ["A", "B", "C"], "programme": ["m", "t"], "period": [1, 2, 3]}
WHOLE = st.integers(-3, 3).map(float)

Row = dict[int | None, float]
"""Coefficient by column; the key None holds the constant."""
Naive = dict[tuple[Any, ...], Row]


def read(expression: Expression) -> Naive:
    """What an expression says, in the order of the sorted dimensions and without zeros."""
    order = sorted(range(len(expression.dims)), key=lambda place: expression.dims[place])
    found: Naive = {}
    for position in range(expression.size):
        label = expression.labels.label(position)
        found[tuple(label[place] for place in order)] = defaultdict(
            float, {None: expression.constant[position]}
        )
    labels = list(found)
    terms = expression.terms
    for row, column, coefficient in zip(terms.rows, terms.columns, terms.coefficients, strict=True):
        found[labels[row]][int(column)] += float(coefficient)
    return tidy(found)


def tidy(naive: Naive) -> Naive:
    return {label: {key: value for key, value in row.items() if value} for label, row in naive.items()}


def summed(pairs: list[tuple[tuple[Any, ...], Row]]) -> Naive:
    found: Naive = {}
    for label, row in pairs:
        target = found.setdefault(label, defaultdict(float))
        for key, value in row.items():
            target[key] += value
    return tidy(found)


def times(row: Row, factor: float) -> Row:
    return {key: value * factor for key, value in row.items()}


@st.composite
def labels(draw: st.DrawFn, dims: tuple[str, ...], least: int = 0) -> pd.Index:
    """Some of the combinations of names, in any order."""
    combinations = list(product(*(DIMS.get(dim, ["x", "y"]) for dim in dims)))
    chosen = draw(st.lists(st.sampled_from(combinations), unique=True, min_size=least))
    if len(dims) == 1:
        return pd.Index([label[0] for label in chosen], name=dims[0], dtype=object)
    columns = list(zip(*chosen, strict=True)) or [[] for _ in dims]
    return pd.MultiIndex.from_arrays([list(column) for column in columns], names=list(dims))


@st.composite
def expressions(draw: st.DrawFn, dims: tuple[str, ...] = ("period", "programme", "state")) -> Expression:
    """Two blocks of variables with random coefficients, and random constants."""
    index = draw(labels(dims))
    return on_index(draw, index)


def on_index(draw: st.DrawFn, index: pd.Index) -> Expression:
    program = Program("random")
    first, second = program.add_variables("first", index), program.add_variables("second", index)

    def numbers() -> pd.Series:
        return pd.Series(
            draw(st.lists(WHOLE, min_size=len(index), max_size=len(index))), index=index, dtype=float
        )

    return first * numbers() + second * numbers() + numbers()


@given(expressions(), st.sets(st.sampled_from(sorted(DIMS)), min_size=1))
def test_sum(expression: Expression, over: set[str]) -> None:
    kept = [place for place, dim in enumerate(expression.dims) if dim not in over]
    expected = summed([(tuple(label[p] for p in kept), row) for label, row in read(expression).items()])
    if not kept:
        expected = expected or {(): {}}
    assert read(expression.sum(*sorted(over))) == expected


@given(st.data(), expressions())
def test_product_with_a_parameter(data: st.DataObject, expression: Expression) -> None:
    dims = data.draw(st.sampled_from([("state",), ("state", "threat"), ("threat",), ("programme", "state")]))
    index = data.draw(labels(dims))
    factors = pd.Series(
        data.draw(st.lists(WHOLE, min_size=len(index), max_size=len(index))), index=index, dtype=float
    )
    threats = "threat" in dims
    expected: Naive = {}
    for label, row in read(expression).items():
        names = dict(zip(expression.dims, label, strict=True))
        for key, factor in factors.items():
            partner = dict(zip(dims, key if isinstance(key, tuple) else (key,), strict=True))
            if all(names[dim] == name for dim, name in partner.items() if dim in names):
                expected[(*label, partner["threat"]) if threats else label] = times(row, float(factor))
    assert read(expression * factors) == tidy(expected)


@given(
    expressions(), st.fixed_dictionaries({name: st.sampled_from(["east", "west"]) for name in DIMS["state"]})
)
def test_group(expression: Expression, regions: dict[str, str]) -> None:
    moved = [((label[0], label[1], regions[label[2]]), row) for label, row in read(expression).items()]
    expected = summed(moved)  # period, programme, region: sorted as well
    assert read(expression.group("state", regions, to="region")) == expected


@given(expressions(), st.integers(-2, 2), st.permutations(DIMS["period"]))
def test_lag(expression: Expression, steps: int, order: list[int]) -> None:
    rows = read(expression)
    expected: Naive = {}
    for period, *others in rows:
        place = order.index(period) - steps
        source = (order[place], *others) if 0 <= place < len(order) else None
        expected[(period, *others)] = rows.get(source, {}) if source else {}
    assert read(expression.lag("period", steps, over=order)) == expected


@given(expressions(), st.permutations(DIMS["period"]))
def test_cumulative(expression: Expression, order: list[int]) -> None:
    rows = read(expression)
    expected = summed(
        [
            ((period, *others), row)
            for period, *others in rows
            for (earlier, *same), row in rows.items()
            if same == others and order.index(earlier) <= order.index(period)
        ]
    )
    assert read(expression.cumulative("period", over=order)) == expected


@given(st.data(), expressions(("state",)))
def test_on_a_larger_index(data: st.DataObject, expression: Expression) -> None:
    states = data.draw(st.permutations(DIMS["state"]))
    periods = data.draw(st.lists(st.sampled_from(DIMS["period"]), unique=True, min_size=1))
    index = pd.MultiIndex.from_product([states, periods], names=["state", "period"])
    rows = read(expression)
    expected = {(period, state): rows.get((state,), {}) for state in states for period in periods}
    assert read(expression.on(index)) == expected


@given(st.data(), labels(("period", "state")))
def test_sum_of_two_in_any_order(data: st.DataObject, index: pd.Index) -> None:
    left = data.draw(st.composite(lambda draw: on_index(draw, index))())
    order = data.draw(st.permutations(range(len(index))))
    shuffled = index[list(order)].swaplevel()
    right = left.on(shuffled) * 2.0 + 1.0
    expected = summed([*read(left).items(), *read(right).items()])
    assert read(left + right) == expected
    assert read(right + left) == expected
    difference = summed(
        [*read(left).items(), *((label, times(row, -1.0)) for label, row in read(right).items())]
    )
    assert read(left - right) == difference


@given(expressions(("state",)))
def test_total_is_the_sum_of_its_parts(expression: Expression) -> None:
    everywhere = pd.Index(DIMS["state"], name="state")
    expected = {(state,): times(read(expression).get((state,), {}), 2.0) for state in DIMS["state"]}
    assert read(total([expression, expression], everywhere)) == expected


@given(expressions())
def test_select_and_where_agree(expression: Expression) -> None:
    selected = expression.select(state=["A", "C"], period=[1])
    filtered = expression.where(lambda at: at["state"].isin(["A", "C"]) & (at["period"] == 1))
    expected = {label: row for label, row in read(expression).items() if label[2] in "AC" and label[0] == 1}
    assert read(selected) == read(filtered) == expected


@given(expressions(), st.sampled_from(["<=", ">=", "=="]))
def test_a_relation_holds_where_its_rows_do(expression: Expression, sense: str) -> None:
    bound = 1.0
    relation = {"<=": expression <= bound, ">=": expression >= bound, "==": expression == bound}[sense]
    point = np.arange(1.0, 1 + 2 * expression.size)
    activity = relation.terms.values(point, expression.size)
    found = expression.constant + expression.terms.values(point, expression.size)
    holds = {"<=": found <= bound, ">=": found >= bound, "==": found == bound}[sense]
    assert ((relation.lower <= activity) & (activity <= relation.upper)).tolist() == holds.tolist()
