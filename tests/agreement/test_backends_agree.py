"""Independent solvers find the same values, and the same prices where prices are unique."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from concord.algebra.matrix import MatrixForm
from concord.solving.backends import pulp_answer
from concord.solving.backends.cbc import CbcBackend
from concord.solving.backends.cp_sat import CpSatBackend
from concord.solving.backends.duals import dual_bound
from concord.solving.backends.highs import HighsBackend
from concord.solving.backends.protocol import Backend
from concord.solving.backends.pulp_worker import solve
from concord.solving.backends.scip import ScipBackend
from concord.solving.options import RunLimits
from concord.solving.result import RunResult
from concord.solving.termination import Reason
from concord.solving.testing import posed

OTHERS: list[Backend] = [ScipBackend(), CbcBackend(), CpSatBackend()]
LIMITS = RunLimits()
NONE_FOUND = {Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED}
STEP = 1e-3

unhurried = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
small = st.integers(-6, 6)


@st.composite
def programs(draw: st.DrawFn, kinds: st.SearchStrategy[bool]) -> MatrixForm:
    """Up to four columns between finite bounds and up to four rows: ranges, one-sided rows and equations."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    matrix = draw(st.lists(st.lists(small, min_size=width, max_size=width), min_size=height, max_size=height))
    centres = draw(st.lists(small, min_size=height, max_size=height))
    below = draw(st.lists(st.sampled_from([0.0, 3.0, np.inf]), min_size=height, max_size=height))
    above = draw(st.lists(st.sampled_from([0.0, 4.0, np.inf]), min_size=height, max_size=height))
    lower = np.array(draw(st.lists(small, min_size=width, max_size=width)), dtype=float)
    return posed(
        draw(st.sampled_from(["max", "min"])),
        draw(st.lists(small, min_size=width, max_size=width)),
        matrix,
        row_lower=np.array(centres) - np.array(below),
        row_upper=np.array(centres) + np.array(above),
        lower=lower,
        upper=lower + np.array(draw(st.lists(st.integers(0, 7), min_size=width, max_size=width))),
        integer=draw(st.lists(kinds, min_size=width, max_size=width)),
        offset=float(draw(small)),
    )


@pytest.mark.parametrize("other", OTHERS, ids=lambda solver: solver.name)
@given(programs(st.booleans()))
@unhurried
def test_mixed_programs_have_one_value(other: Backend, program: MatrixForm) -> None:
    assume(other.refuses(program) is None)
    expect_agreement(program, HighsBackend().solve(program, LIMITS), other.solve(program, LIMITS))


@given(programs(st.just(True)))
@unhurried
def test_integer_programs_have_one_value_for_cp_sat(program: MatrixForm) -> None:
    expect_agreement(program, HighsBackend().solve(program, LIMITS), CpSatBackend().solve(program, LIMITS))


def expect_agreement(program: MatrixForm, first: RunResult, second: RunResult) -> None:
    if first.termination.reason in NONE_FOUND:
        assert second.termination.reason in NONE_FOUND
        return
    assert first.termination.reason == second.termination.reason == Reason.OPTIMAL
    assert second.objective == pytest.approx(first.objective, abs=1e-6)
    for result in (first, second):
        assert result.bound == pytest.approx(result.objective, abs=1e-6)
        assert feasible(program, result.values)
        assert result.objective == pytest.approx(program.cost @ result.values + program.offset, abs=1e-6)


def feasible(program: MatrixForm, values: np.ndarray, tolerance: float = 1e-5) -> bool:
    activity = program.matrix @ values
    whole = np.abs(values - np.round(values))[program.integer]
    return bool(
        (activity >= program.row_lower - tolerance).all()
        and (activity <= program.row_upper + tolerance).all()
        and (values >= program.lower - tolerance).all()
        and (values <= program.upper + tolerance).all()
        and (whole <= tolerance).all()
    )


def pulp_highs(program: MatrixForm, folder: object) -> RunResult:
    """PuLP's HiGHS, whose own signs differ, in this process rather than one of its own."""
    job = pulp_answer.job("HiGHS", program, LIMITS, None)
    return pulp_answer.read("pulp:HiGHS", program, LIMITS, solve(job, folder))  # type: ignore[arg-type]


@given(programs(st.just(False)))
@unhurried
def test_duals_prove_the_optimum_whoever_finds_them(
    tmp_path_factory: pytest.TempPathFactory, program: MatrixForm
) -> None:
    first = HighsBackend().solve(program, LIMITS)
    assume(first.has_solution)
    for result in (
        first,
        CbcBackend().solve(program, LIMITS),
        pulp_highs(program, tmp_path_factory.getbasetemp()),
    ):
        assert result.row_duals is not None
        assert result.reduced_costs is not None
        proven = dual_bound(program, result.row_duals, result.reduced_costs)
        assert proven == pytest.approx(first.objective, abs=1e-5)


def gain(program: MatrixForm, row: int, step: float) -> float | None:
    """The objective after the row's right-hand side has moved by `step`; None if nothing is feasible."""
    shift = np.zeros(program.matrix.shape[0])
    shift[row] = step
    moved = replace(program, row_lower=program.row_lower + shift, row_upper=program.row_upper + shift)
    result = HighsBackend().solve(moved, LIMITS)
    return result.objective if result.has_solution else None


@given(programs(st.just(False)))
@unhurried
def test_unique_duals_are_what_a_moved_right_hand_side_gains(program: MatrixForm) -> None:
    base = HighsBackend().solve(program, LIMITS)
    assume(base.has_solution)
    cbc = CbcBackend().solve(program, LIMITS)
    assert base.row_duals is not None
    assert cbc.row_duals is not None
    for row in range(program.matrix.shape[0]):
        up, down = gain(program, row, STEP), gain(program, row, -STEP)
        if up is None or down is None:
            continue
        rises, falls = (up - base.objective) / STEP, (base.objective - down) / STEP
        if abs(rises - falls) < 1e-4:
            assert_allclose([base.row_duals[row], cbc.row_duals[row]], rises, atol=1e-3)
