from __future__ import annotations

import numpy as np
import pytest

from concord.algebra import AlgebraError
from concord.algebra.terms import ColumnSpace, Terms, gathered


def terms(*entries: tuple[int, int, float], space: ColumnSpace | None = None) -> Terms:
    rows, columns, coefficients = zip(*entries, strict=True)
    return Terms(np.array(rows), np.array(columns), np.array(coefficients), space or ColumnSpace(9))


def listed(found: Terms) -> list[tuple[int, int, float]]:
    return list(zip(found.rows.tolist(), found.columns.tolist(), found.coefficients.tolist(), strict=True))


def test_columns_are_reserved_once() -> None:
    space = ColumnSpace()
    assert space.reserve(2).tolist() == [0, 1]
    assert space.reserve(1).tolist() == [2]
    assert space.count == 3


def test_scaling_by_zero_drops_terms() -> None:
    assert listed(terms((0, 5, 2.0), (1, 6, 3.0)).scaled(np.array([0.0, 2.0]))) == [(1, 6, 6.0)]


def test_rows_move_and_some_are_dropped() -> None:
    assert listed(terms((0, 5, 2.0), (1, 6, 3.0)).moved(np.array([-1, 4]))) == [(4, 6, 3.0)]


def test_rows_are_copied_as_often_as_asked() -> None:
    unordered = terms((1, 6, 3.0), (0, 5, 2.0), (1, 7, 4.0))
    copied = unordered.copied(np.array([1, 2, 1]), np.array([0, 1, 2]), 3)
    assert listed(copied) == [(0, 6, 3.0), (0, 7, 4.0), (2, 6, 3.0), (2, 7, 4.0)]


def test_the_matrix_is_sorted_and_sums_duplicates_and_drops_zeros() -> None:
    matrix = terms((1, 3, 1.0), (0, 2, 1.0), (1, 0, 5.0), (1, 3, 2.0), (0, 1, 4.0), (0, 1, -4.0)).matrix(2, 4)
    assert matrix.toarray().tolist() == [[0, 0, 1, 0], [5, 0, 0, 3]]
    assert matrix.indices.tolist() == [2, 0, 3]


def test_values_are_sums_over_terms_by_row() -> None:
    assert terms((1, 0, 2.0), (1, 1, 3.0)).values(np.array([10.0, 100.0]), 3).tolist() == [0.0, 320.0, 0.0]


def test_parts_of_one_program_are_gathered_and_of_two_refused() -> None:
    space = ColumnSpace(9)
    part = terms((0, 1, 1.0), space=space)
    assert listed(gathered([part, Terms.none(), part])) == [(0, 1, 1.0), (0, 1, 1.0)]
    assert gathered([]).size == 0
    with pytest.raises(AlgebraError, match="different programs"):
        gathered([part, terms((0, 1, 1.0))])
