from __future__ import annotations

import pandas as pd
import pytest

from concord.algebra import Program, Relation, Variables
from concord.algebra.testing import assert_program_text, assert_relation_equal


@pytest.fixture
def relation(spending: Variables) -> Relation:
    return spending + spending.sum() <= 4.0


def test_relations_are_equal_whatever_their_order(spending: Variables, relation: Relation) -> None:
    shuffled = spending.index[::-1].swaplevel()
    assert_relation_equal(relation, spending.sum() + spending.on(shuffled) <= 4.0)


def test_a_difference_is_found(spending: Variables, relation: Relation, states: pd.Index) -> None:
    base = spending + spending.sum()
    for other, message in [
        (base >= 4.0, "sense"),
        (base <= 5.0, "constants differ at .*BIH, 1993"),
        (base * 2.0 <= 4.0, "coefficients differ"),
        (base.select(period=1993) <= 4.0, "dimensions"),
        (base.where(lambda at: at["period"] == 1993) <= 4.0, r"unexpected rows \(BIH, 1994\)"),
    ]:
        with pytest.raises(AssertionError, match=message):
            assert_relation_equal(relation, other)
    with pytest.raises(AssertionError, match="missing rows"):
        assert_relation_equal(base.where(lambda at: at["period"] == 1993) <= 4.0, relation)


def test_program_text_is_compared_whatever_its_indentation(program: Program, states: pd.Index) -> None:
    x = program.add_variables("x", states[:1])
    program.minimise(x.sum())
    expected = """
        \\ Program: test
        Minimize
         obj: x(BIH)
        Subject To
        End
    """
    assert_program_text(program, expected)
    program.maximise(x.sum())
    with pytest.raises(AssertionError, match=r"-Minimize\n\+Maximize"):
        assert_program_text(program, expected)
