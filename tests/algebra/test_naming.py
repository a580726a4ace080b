from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from concord.algebra.labels import Labels
from concord.algebra.naming import LONGEST, Block, block_name, escape, names

ANY = st.text(max_size=12)


@given(ANY, ANY)
def test_different_texts_have_different_names(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) == (one == other)
    assert (block_name(one) == block_name(other)) == (one == other)


@given(st.lists(st.tuples(ANY, ANY), unique=True, min_size=1, max_size=8))
def test_different_labels_have_different_names(labels: list[tuple[str, str]]) -> None:
    index = pd.MultiIndex.from_tuples(labels, names=["a", "b"])
    found = names([Block("x", Labels.of(index)), Block("x,", Labels.scalar()), Block("x", Labels.scalar())])
    assert len(set(found)) == len(labels) + 2


@given(st.lists(st.text(alphabet="ab", min_size=90, max_size=130), unique=True, min_size=2, max_size=6))
def test_long_names_stay_distinct_and_short_enough(labels: list[str]) -> None:
    found = names([Block("x", Labels.of(pd.Index(labels, name="state")))])
    assert len(set(found)) == len(labels)
    assert max(map(len, found)) <= LONGEST


def test_long_names_end_in_their_number_over_all_blocks() -> None:
    short, long = pd.Index(["A"], name="state"), pd.Index(["B" * 200], name="state")
    assert names([Block("x", Labels.of(short)), Block("y", Labels.of(long))])[1].endswith("#1")


def test_names_follow_the_order_of_rows() -> None:
    index = pd.MultiIndex.from_product([["B", "A"], [2, 1]], names=["state", "period"])
    labels = Labels.of(index).take(np.array([3, 0]))
    assert names([Block("x", labels)]) == ["x(A,1)", "x(B,2)"]


def test_what_a_reader_takes_for_a_number_is_escaped() -> None:
    for text in ["1x", ".5", "e1", "E9", "e", "inf", "Infinity", "infeasible", "nan", "NaN_", "end", "Free"]:
        assert block_name(text).startswith("~"), text
    for text in ["spending", "expenditure", "x1", "international_", "ending"]:
        assert block_name(text) == text
