"""What tests of formulations compare: relations by label, and programs as text."""

from __future__ import annotations

import difflib
import textwrap

import numpy as np

from concord.algebra.labels import IntArray, locate
from concord.algebra.program import Program
from concord.algebra.relation import Relation
from concord.algebra.terms import gathered
from concord.algebra.writing import write_lp

TOLERANCE = 1e-9
"""Difference up to which numbers count as equal."""


def assert_relation_equal(actual: Relation, expected: Relation) -> None:
    """Fail unless both demand the same of the same labels; rows, dimensions and terms may differ in order.

    `x >= 1` and `-x <= -1` differ: the relations are compared as they are written.
    """
    assert set(actual.dims) == set(expected.dims), f"dimensions {actual.dims}, expected {expected.dims}"
    assert actual.sense == expected.sense, f"sense {actual.sense}, expected {expected.sense}"
    at = locate(expected.labels, actual.labels)
    unexpected, missing = np.flatnonzero(at < 0), np.setdiff1d(np.arange(expected.labels.size), at)
    assert not len(unexpected), f"unexpected rows {actual.labels.show(unexpected)}"
    assert not len(missing), f"missing rows {expected.labels.show(missing)}"
    _assert_rows_equal(actual, expected, at)


def _assert_rows_equal(actual: Relation, expected: Relation, at: IntArray) -> None:
    """Fail unless row `at[k]` of the expected relation reads like row `k` of the actual one."""
    size, expected_terms = actual.labels.size, expected.terms.copied(at, np.arange(len(at)), len(at))
    width = int(np.concatenate([actual.terms.columns, expected_terms.columns, [0]]).max()) + 1
    apart = gathered([actual.terms, expected_terms.scaled(-1.0)]).matrix(size, width).tocoo()
    wrong = np.unique(apart.coords[0][np.abs(apart.data) > TOLERANCE])
    assert not len(wrong), f"coefficients differ at {actual.labels.show(wrong)}"
    unequal = np.flatnonzero(~np.isclose(actual.bound, expected.bound[at], rtol=TOLERANCE, atol=TOLERANCE))
    assert not len(unequal), f"constants differ at {actual.labels.show(unequal)}"


def assert_program_text(program: Program, expected: str) -> None:
    """Fail, showing the difference, unless the program's LP text is `expected`, whatever its indentation."""
    wanted = textwrap.dedent(expected).strip("\n").splitlines()
    found = write_lp(program).strip("\n").splitlines()
    difference = "\n".join(difflib.unified_diff(wanted, found, "expected", "actual", lineterm=""))
    assert not difference, difference
