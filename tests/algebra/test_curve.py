from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.algebra import AlgebraError, AlignmentError, Curve, CurveBlock, Program, constant

STATES = pd.Index(["A", "B"], name="state")
POSITIVE = st.floats(1e-3, 1e3)
MODERATE = st.floats(-20.0, 20.0)


def block(kind: Curve) -> CurveBlock:
    """Columns 0 and 1 are results; the argument is twice columns 2 and 3 plus one half."""
    program = Program("curves")
    result = program.add_variables("result", STATES, lower=-np.inf)
    argument = program.add_variables("argument", STATES, lower=-np.inf)
    rate = constant(pd.Series([1e-9, 2.0], index=STATES)) if kind is Curve.GROWTH else None
    curve = program.add_curve("curve", kind, result, 2.0 * argument + 0.5, rate=rate)
    program.add_variables("later", STATES)
    return curve


def on_curve(kind: Curve, arguments: list[float]) -> np.ndarray:
    match kind:
        case Curve.LOG:
            found = np.log(arguments)
        case Curve.EXP:
            found = np.exp(arguments)
        case Curve.GROWTH:
            found = np.expm1(arguments) / [1e-9, 2.0]
    return np.concatenate([found, (np.array(arguments) - 0.5) / 2.0, [0.0, 0.0]])


@given(st.lists(POSITIVE, min_size=2, max_size=2), st.lists(POSITIVE, min_size=2, max_size=2))
def test_tangents_to_a_logarithm_cut_off_nothing(points: list[float], arguments: list[float]) -> None:
    matrix, lower, upper = block(Curve.LOG).tangent_rows(np.array(points), np.arange(2))
    assert np.isneginf(lower).all()
    assert (
        matrix @ on_curve(Curve.LOG, arguments) <= upper + 1e-9 * (1 + np.array(arguments) / points)
    ).all()


@given(st.lists(MODERATE, min_size=2, max_size=2), st.lists(MODERATE, min_size=2, max_size=2))
def test_tangents_to_an_exponential_cut_off_nothing(points: list[float], arguments: list[float]) -> None:
    matrix, lower, upper = block(Curve.EXP).tangent_rows(np.array(points), np.arange(2))
    assert np.isposinf(upper).all()
    scale = np.exp(np.maximum(points, arguments)) * (1 + np.abs(points) + np.abs(arguments))
    assert (matrix @ on_curve(Curve.EXP, arguments) >= lower - 1e-9 * scale).all()


@pytest.mark.parametrize("kind", list(Curve))
def test_tangents_touch_the_curve(kind: Curve) -> None:
    points = np.array([0.5, 2.0])
    matrix, lower, upper = block(kind).tangent_rows(points, np.arange(2))
    bound = upper if kind is Curve.LOG else lower
    assert matrix @ on_curve(kind, points.tolist()) == pytest.approx(bound)


def test_tangent_rows_may_repeat_labels_and_span_all_columns() -> None:
    matrix, _, upper = block(Curve.LOG).tangent_rows(np.array([1.0, 2.0, 4.0]), np.array([1, 1, 0]))
    assert matrix.toarray().tolist() == [[0, 1, 0, -2, 0, 0], [0, 1, 0, -1, 0, 0], [1, 0, -0.5, 0, 0, 0]]
    assert upper == pytest.approx([0.5 - 1.0, np.log(2.0) - 1.0 + 0.25, np.log(4.0) - 1.0 + 0.125])


def test_tangents_are_the_same_rows_as_a_relation() -> None:
    curve = block(Curve.EXP)
    relation = curve.tangents(np.array([0.0, 1.0]), mask=np.array([False, True]))
    matrix, lower, _ = curve.tangent_rows(np.array([1.0]), np.array([1]))
    assert relation.index.tolist() == ["B"]
    assert relation.lower.tolist() == lower.tolist()
    assert relation.terms.matrix(1, 6).toarray().tolist() == matrix.toarray().tolist()


def test_there_is_no_tangent_outside_the_domain() -> None:
    for kind, point in [(Curve.LOG, 0.0), (Curve.LOG, -1.0), (Curve.EXP, 1000.0), (Curve.EXP, np.nan)]:
        with pytest.raises(AlgebraError, match=r"'curve' has no tangent at .* for B"):
            block(kind).tangents(np.array([1.0, point]))


def test_values_and_violation_come_from_the_true_function() -> None:
    curve, point = block(Curve.LOG), np.array([1.0, -1.0, 0.25, 0.25, 0.0, 0.0])
    assert curve.results(point).tolist() == [1.0, -1.0]
    assert curve.arguments(point).tolist() == [1.0, 1.0]
    assert curve.violation(point).tolist() == [1.0, 0.0]
    assert block(Curve.EXP).violation(point) == pytest.approx([np.e - 1.0, np.e + 1.0])


def test_outside_the_domain_the_violation_is_infinite() -> None:
    assert block(Curve.LOG).violation(np.array([0.0, 0.0, -1.0, 1.0, 0.0, 0.0])).tolist() == [np.inf, 0.0]


def test_both_sides_share_their_labels_in_any_order() -> None:
    program = Program("curves")
    result, argument = program.add_variables("r", STATES), program.add_variables("a", STATES[::-1])
    curve = program.add_curve("c", Curve.EXP, result, argument)
    assert curve.index.tolist() == ["A", "B"]
    assert curve.arguments(np.array([0.0, 0.0, 3.0, 4.0])).tolist() == [4.0, 3.0]
    with pytest.raises(AlignmentError):
        program.add_curve("d", Curve.EXP, result, argument.select(state=["A"]))
