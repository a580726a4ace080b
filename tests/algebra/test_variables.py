from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from concord.algebra import AlgebraError, AlignmentError, Program


def test_columns_are_numbered_in_order(program: Program, states: pd.Index, periods: pd.Index) -> None:
    first, second = program.add_variables("first", states), program.add_variables("second", periods)
    assert first.columns.tolist() == [0, 1, 2]
    assert second.columns.tolist() == [3, 4]
    assert (second.name, second.dims) == ("second", ("period",))
    pd.testing.assert_index_equal(second.index, periods)


def test_a_single_variable_needs_no_index(program: Program) -> None:
    level = program.add_variables("level", lower=1.0)
    assert level.dims == ()
    assert level.columns.tolist() == [0]


def test_bounds_follow_labels(program: Program, states: pd.Index) -> None:
    block = program.add_variables("x", states, lower=pd.Series([-1.0, 2.0, 3.0], index=states[::-1]), upper=5)
    assert block.lower.tolist() == [3.0, 2.0, -1.0]
    assert block.upper.tolist() == [5.0, 5.0, 5.0]


def test_bounds_must_cover_exactly_the_labels(program: Program, states: pd.Index) -> None:
    with pytest.raises(AlignmentError, match="SVN"):
        program.add_variables("x", states, upper=pd.Series(1.0, index=states[:2]))
    with pytest.raises(AlignmentError, match="SVN"):
        program.add_variables("x", states[:2], upper=pd.Series(1.0, index=states))
    with pytest.raises(AlignmentError, match="one number"):
        program.add_variables("x", upper=pd.Series(1.0, index=states))


@pytest.mark.parametrize(("lower", "upper"), [(2.0, 1.0), (np.inf, np.inf), (-np.inf, -np.inf)])
def test_bounds_that_no_number_satisfies_are_refused(
    program: Program, states: pd.Index, lower: float, upper: float
) -> None:
    with pytest.raises(AlgebraError, match="no number lies within the bounds of BIH, HRV, SVN"):
        program.add_variables("x", states, lower=lower, upper=upper)
    assert not program.variables


def test_missing_bounds_are_refused(program: Program, states: pd.Index) -> None:
    with pytest.raises(AlgebraError, match="missing or infinite at HRV"):
        program.add_variables("x", states, upper=pd.Series([1.0, np.nan, 1.0], index=states))


def test_a_refused_block_leaves_no_columns(program: Program, states: pd.Index) -> None:
    with pytest.raises(AlgebraError):
        program.add_variables("x", states, lower=2.0, upper=1.0)
    assert program.add_variables("x", states).columns.tolist() == [0, 1, 2]


def test_a_block_may_be_empty(program: Program, states: pd.Index) -> None:
    nothing = program.add_variables("nothing", states[:0], integer=True)
    assert nothing.size == 0
    assert program.matrix().cost.shape == (0,)
