from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from concord.algebra import AlgebraError, MatrixForm, Program, Variables


@pytest.fixture
def form(program: Program, spending: Variables) -> MatrixForm:
    program.add_constraints("budget", spending.sum("state") <= 1.0)
    return program.matrix()


def test_names_are_those_of_blocks_and_labels(form: MatrixForm) -> None:
    assert form.column_names[:2] == ["spending(BIH,1993)", "spending(BIH,1994)"]
    assert form.row_names == ["budget(1993)", "budget(1994)"]
    assert repr(form) == "MatrixForm('test': 2 rows, 6 columns, 6 coefficients)"


def test_further_rows_stand_below_and_have_names_of_their_own(form: MatrixForm) -> None:
    row = sp.csr_array(np.array([[0.0, 2.0, 0.0, 0.0, 0.0, 1.0]]))
    once = form.with_rows(row, np.array([-np.inf]), np.array([3.0]))
    twice = once.with_rows(row, np.array([1.0]), np.array([np.inf]))
    assert twice.matrix.shape == (4, 6)
    assert twice.matrix.toarray()[3].tolist() == [0, 2, 0, 0, 0, 1]
    assert twice.row_names[2:] == ["cuts(2)", "cuts(3)"]
    assert (twice.row_lower.tolist()[2:], twice.row_upper.tolist()[2:]) == ([-np.inf, 1.0], [3.0, np.inf])
    assert form.matrix.shape == (2, 6)


def test_further_rows_must_fit(form: MatrixForm) -> None:
    with pytest.raises(AlgebraError, match="5 columns are added to a program of 6"):
        form.with_rows(sp.csr_array((1, 5)), np.zeros(1), np.zeros(1))
    with pytest.raises(AlgebraError, match="'budget' already"):
        form.with_rows(sp.csr_array((1, 6)), np.zeros(1), np.zeros(1), name="budget")


def test_the_objective_has_a_value_where_columns_without_a_cost_are_infinite(
    program: Program, spending: Variables
) -> None:
    organ = program.add_variables("organ", pd.Index(["seat"], name="organ"))
    program.maximise((2.0 * organ).sum() + 1.0)
    point = np.array([-np.inf, np.inf, 0.0, 0.0, 0.0, 0.0, 3.0])
    assert program.matrix().value(point) == 7.0


def test_columns_are_fixed_in_a_copy(form: MatrixForm) -> None:
    fixed = form.fixed(np.array([1, 4]), np.array([2.0, 3.0]))
    assert fixed.lower.tolist() == [0, 2, 0, 0, 3, 0]
    assert fixed.upper[[1, 4]].tolist() == [2, 3]
    assert np.isinf(form.upper).all()


def test_later_additions_leave_a_matrix_alone(
    program: Program, spending: Variables, form: MatrixForm
) -> None:
    program.add_constraints("more", spending <= 1.0)
    assert form.matrix.shape == (2, 6)
    assert program.matrix().matrix.shape == (8, 6)
