from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from concord.algebra import AlgebraError, Curve, ImpossibleRelation, Program, Variables, total


def test_the_matrix_holds_what_was_written(program: Program, spending: Variables, states: pd.Index) -> None:
    organ = program.add_variables("organ", upper=1, integer=True)
    program.add_constraints("budget", spending.sum("state") + 2.0 * organ.sum() <= 100.0)
    program.add_constraints("floor", spending.sum("period") >= pd.Series([1.0, 2.0, 3.0], index=states))
    program.maximise(spending.sum() - 5.0 * organ + 7.0)
    form = program.matrix()
    assert form.matrix.toarray().tolist() == [
        [1, 0, 1, 0, 1, 0, 2], [0, 1, 0, 1, 0, 1, 2],
        [1, 1, 0, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 0],
    ]  # fmt: skip
    assert form.row_lower.tolist() == [-np.inf, -np.inf, 1.0, 2.0, 3.0]
    assert form.row_upper.tolist() == [100.0, 100.0, np.inf, np.inf, np.inf]
    assert (form.sense, form.offset, form.cost.tolist()) == ("max", 7.0, [1, 1, 1, 1, 1, 1, -5])
    assert form.integer.tolist() == [False] * 6 + [True]
    assert (form.lower.tolist(), form.upper.tolist()) == ([0.0] * 7, [np.inf] * 6 + [1.0])
    assert form.matrix.has_sorted_indices
    assert form.matrix.dtype == np.float64


def test_repeated_terms_are_summed_and_cancelled_terms_vanish(program: Program, spending: Variables) -> None:
    program.add_constraints("twice", spending.sum() + spending.sum("state").select(period=1993) <= 1.0)
    program.add_constraints(
        "cancelled", spending.sum() - spending.sum() + spending.select(state="BIH", period=1993) <= 1
    )
    matrix = program.matrix().matrix
    assert matrix.toarray().tolist() == [[2, 1, 2, 1, 2, 1], [1, 0, 0, 0, 0, 0]]
    assert matrix.nnz == 7


def test_variables_may_be_added_after_constraints(
    program: Program, spending: Variables, states: pd.Index
) -> None:
    program.add_constraints("early", spending.sum() <= 1.0)
    program.minimise(spending.sum())
    program.add_variables("late", states)
    form = program.matrix()
    assert form.matrix.shape == (1, 9)
    assert form.cost.tolist() == [1.0] * 6 + [0.0] * 3


def test_a_program_without_objective_minimises_nothing(program: Program, spending: Variables) -> None:
    form = program.matrix()
    assert (form.sense, form.offset, form.cost.any(), form.matrix.shape) == ("min", 0.0, False, (0, 6))


def test_satisfied_rows_without_variables_are_dropped(
    program: Program, spending: Variables, states: pd.Index
) -> None:
    partly = total([spending.sum("period").select(state=["HRV"])], states) + 0.1 + 0.2
    block = program.add_constraints("partly", partly <= 0.3)
    assert block.index.tolist() == ["HRV"]
    assert block.rows.tolist() == [0]


def test_violated_rows_without_variables_are_kept_as_impossible(program: Program, states: pd.Index) -> None:
    program.add_variables("x", states)
    wanted = pd.Series([0.0, 2.0, -1.0], index=states)
    block = program.add_constraints("promise", total([], states) >= wanted)
    assert block.index.tolist() == ["HRV"]
    form = program.matrix()
    assert (form.matrix.nnz, form.row_lower.tolist(), form.row_upper.tolist()) == (0, [2.0], [np.inf])


def test_violated_rows_without_variables_are_refused_on_demand(program: Program, states: pd.Index) -> None:
    with pytest.raises(
        ImpossibleRelation, match="'promise' has no variables and cannot hold at BIH, HRV, SVN"
    ):
        program.add_constraints("promise", total([], states) >= 2.0, allow_empty_rows=False)
    assert not program.constraints


def test_rows_without_a_bound_are_dropped(program: Program, spending: Variables, states: pd.Index) -> None:
    ceiling = pd.Series([3.0, np.inf, 1.0], index=states)
    assert program.add_constraints("ceiling", spending.sum("period") <= ceiling).index.tolist() == [
        "BIH",
        "SVN",
    ]


def test_infinite_demands_are_refused(program: Program, spending: Variables, states: pd.Index) -> None:
    for relation in (spending.sum() >= np.inf, spending.sum() == np.inf, spending.sum() <= -np.inf):
        with pytest.raises(AlgebraError, match="infinite value"):
            program.add_constraints("endless", relation)


def test_an_empty_relation_adds_no_rows(program: Program, states: pd.Index) -> None:
    nothing = program.add_variables("nothing", states[:0])
    assert program.add_constraints("none", nothing <= 1.0).rows.tolist() == []
    assert program.matrix().matrix.shape == (0, 0)


def test_names_are_given_once(program: Program, spending: Variables, states: pd.Index) -> None:
    program.add_constraints("budget", spending.sum() <= 1.0)
    program.add_curve("curve", Curve.LOG, spending, spending)
    for again in (
        lambda: program.add_variables("spending", states),
        lambda: program.add_constraints("budget", spending.sum() <= 1.0),
        lambda: program.add_curve("curve", Curve.LOG, spending, spending),
    ):
        with pytest.raises(AlgebraError, match="exist already"):
            again()
    with pytest.raises(AlgebraError, match="at least one letter"):
        program.add_variables("", states)


def test_what_belongs_to_another_program_is_refused(spending: Variables) -> None:
    other = Program("other")
    for use in (
        lambda: other.add_constraints("c", spending.sum() <= 1.0),
        lambda: other.maximise(spending.sum()),
        lambda: other.add_curve("c", Curve.EXP, spending, spending),
        lambda: other.evaluate(spending, np.zeros(0)),
    ):
        with pytest.raises(AlgebraError, match="another program than 'other'"):
            use()


def test_the_objective_is_a_scalar(program: Program, spending: Variables) -> None:
    with pytest.raises(AlgebraError, match="sum them away"):
        program.minimise(spending)


def test_expressions_are_evaluated_by_label(program: Program, spending: Variables, states: pd.Index) -> None:
    point = np.arange(6.0)
    expected = pd.Series([2.0, 6.0, 10.0], index=states)
    pd.testing.assert_series_equal(program.evaluate(spending.sum("period") + 1.0, point), expected)
    assert program.evaluate(spending.sum(), point).tolist() == [15.0]
    pd.testing.assert_series_equal(
        program.value(spending, point), pd.Series(point, index=spending.index, name="spending")
    )
    with pytest.raises(AlgebraError, match="6 columns"):
        program.evaluate(spending, np.arange(5.0))


def test_a_program_shows_its_sizes(program: Program, spending: Variables, states: pd.Index) -> None:
    program.add_variables("organ", states, integer=True)
    program.add_constraints("budget", spending.sum("state") <= 1.0)
    program.add_curve("curve", Curve.LOG, spending, spending + 1.0)
    assert (
        repr(program) == "Program('test': 9 variables (3 integer), 2 constraints, 6 curves, 6 coefficients)"
    )
