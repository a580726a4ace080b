from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from concord.algebra import AlignmentError, Variables


def test_constants_move_to_the_right(spending: Variables) -> None:
    relation = 2.0 * spending.sum() + 3.0 <= 10.0
    assert relation.upper.tolist() == [7.0]
    assert relation.lower.tolist() == [-np.inf]
    assert relation.terms.coefficients.tolist() == [2.0] * 6


def test_each_sense_bounds_its_side(spending: Variables) -> None:
    total = spending.sum()
    assert ((total >= 4.0).lower.tolist(), (total >= 4.0).upper.tolist()) == ([4.0], [np.inf])
    assert ((total == 4.0).lower.tolist(), (total == 4.0).upper.tolist()) == ([4.0], [4.0])
    assert (np.float64(4.0) <= total).sense == ">="


def test_a_series_stands_on_either_side(spending: Variables, states: pd.Index) -> None:
    ceiling = pd.Series([3.0, 2.0, 1.0], index=states[::-1])
    by_state = spending.sum("period")
    assert (by_state <= ceiling).upper.tolist() == [1.0, 2.0, 3.0]
    assert (ceiling >= by_state).upper.tolist() == [1.0, 2.0, 3.0]


def test_bounds_may_be_infinite(spending: Variables, states: pd.Index) -> None:
    ceiling = pd.Series([3.0, np.inf, 1.0], index=states)
    assert (spending.sum("period") <= ceiling).upper.tolist() == [3.0, np.inf, 1.0]


def test_terms_of_both_sides_stand_on_the_left(spending: Variables) -> None:
    relation = spending.select(period=1994) <= spending.select(period=1993)
    matrix = relation.terms.matrix(3, 6).toarray()
    assert matrix[0].tolist() == [-1.0, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_sides_with_different_labels_are_refused(spending: Variables, states: pd.Index) -> None:
    with pytest.raises(AlignmentError, match="only one side has SVN"):
        _ = spending.sum("period") <= pd.Series(1.0, index=states[:2])


def test_a_relation_has_no_truth_value(spending: Variables) -> None:
    with pytest.raises(TypeError, match="add_constraints"):
        bool(spending <= 1.0)
    with pytest.raises(TypeError, match="two relations"):
        _ = 0.0 <= spending <= 1.0
    with pytest.raises(TypeError, match="no truth value"):
        _ = spending in [spending.sum()]
