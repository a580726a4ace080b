from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from concord.algebra.errors import AlgebraError
from concord.algebra.labels import Labels, grouped, joint_keys, locate, pairs, row_keys


def labels_of(tuples: list[tuple[object, ...]], *dims: str) -> Labels:
    return Labels.of(pd.MultiIndex.from_tuples(tuples, names=dims))


def test_labels_read_back_as_the_index_they_came_from() -> None:
    index = pd.MultiIndex.from_tuples([("B", 2), ("A", 1), ("B", 1)], names=["state", "period"])
    taken = Labels.of(index).take(np.array([2, 0]))
    pd.testing.assert_index_equal(taken.index, index[[2, 0]])


def test_a_single_dimension_reads_back_as_a_plain_index() -> None:
    index = pd.Index(["A", "B", "C"], name="state")
    taken = Labels.of(index).take(np.array([2, 1]))
    pd.testing.assert_index_equal(taken.index, index[[2, 1]])
    assert taken.label(0) == ("C",)


def test_labels_hold_python_values() -> None:
    state, period = labels_of([("A", 1993)], "state", "period").label(0)
    assert type(state) is str
    assert type(period) is int


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (pd.Index(["A"]), "level names"),
        (pd.Index(["A"], name=3), "level names"),
        (pd.MultiIndex.from_tuples([("A", "B")], names=["state", "state"]), "level names"),
        (pd.Index(["A", "B", "A"], name="state"), "more than once: A"),
        (pd.MultiIndex.from_tuples([("A", 1), ("A", 1)], names=["s", "t"]), r"more than once: \(A, 1\)"),
        (pd.Index(["A", None], name="state"), "empty label"),
        (pd.MultiIndex.from_tuples([("A", None)], names=["s", "t"]), "empty label"),
    ],
)
def test_an_index_without_clear_labels_is_refused(index: pd.Index, message: str) -> None:
    with pytest.raises(AlgebraError, match=message):
        Labels.of(index)


def test_categories_compare_by_name() -> None:
    ordered = Labels.of(pd.CategoricalIndex(["B", "A"], categories=["C", "B", "A"], name="state"))
    plain = Labels.of(pd.Index(["A", "B"], name="state"))
    assert locate(plain, ordered).tolist() == [1, 0]


def test_locate_matches_by_name_whatever_the_order_of_dimensions_and_levels() -> None:
    base = labels_of([("A", 1), ("A", 2), ("B", 1)], "state", "period")
    wanted = labels_of([(1, "B"), (2, "B"), (1, "A"), (3, "A")], "period", "state")
    assert locate(base, wanted).tolist() == [2, -1, 0, -1]


def test_locate_finds_the_same_rows_when_there_are_far_more_combinations_than_rows() -> None:
    names = [f"n{number}" for number in range(2000)]
    base = labels_of([(name, name, name) for name in names], "a", "b", "c")
    wanted = labels_of([("n7", "n7", "n7"), ("n7", "n8", "n7"), ("n1999", "n1999", "n1999")], "a", "b", "c")
    assert locate(base, wanted).tolist() == [7, -1, 1999]


def test_keys_stay_distinct_when_combinations_exceed_64_bits() -> None:
    dims = [f"d{number}" for number in range(8)]
    labels = labels_of([(name,) * 8 for name in range(3000)], *dims)
    keys, space = row_keys(labels)
    assert len(np.unique(keys)) == 3000
    assert keys.min() >= 0
    assert keys.max() < space
    other = labels.take(np.array([2999, 5]))
    base_keys, other_keys, _ = joint_keys(labels, other, dims)
    assert other_keys.tolist() == base_keys[[2999, 5]].tolist()


def test_pairs_are_all_rows_that_agree() -> None:
    left = labels_of([("A", 1), ("B", 1), ("C", 1)], "state", "period")
    right = labels_of([("y", "B"), ("x", "A"), ("z", "B"), ("x", "Q")], "programme", "state")
    mine, theirs = pairs(left, right, ["state"])
    assert list(zip(mine.tolist(), theirs.tolist(), strict=True)) == [(0, 1), (1, 0), (1, 2)]


def test_pairs_without_a_shared_dimension_are_all_pairs() -> None:
    left, right = labels_of([("A", 1), ("B", 1)], "a", "b"), labels_of([("x", 1), ("y", 1)], "c", "d")
    mine, theirs = pairs(left, right, [])
    assert list(zip(mine.tolist(), theirs.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_groups_come_in_order_of_first_appearance() -> None:
    labels = Labels(("state",), (pd.Index(["A", "B", "C"]),), (np.array([2, 0, 2, 1]),))
    distinct, numbers = grouped(labels)
    assert [distinct.label(position) for position in range(3)] == [("C",), ("A",), ("B",)]
    assert numbers.tolist() == [0, 1, 0, 2]


def test_a_message_names_three_labels_and_counts_the_rest() -> None:
    labels = Labels.of(pd.Index(list("ABCDE"), name="state"))
    assert labels.show(np.arange(5)) == "A, B, C and 2 more"
    assert labels.show(np.arange(3)) == "A, B, C"
