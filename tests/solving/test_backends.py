"""Every solver on programs with answers known by hand."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure, UnknownSolver
from concord.solving.backends.cp_sat import CpSatBackend
from concord.solving.backends.registry import available, backend
from concord.solving.options import RunLimits
from concord.solving.termination import Limit, Reason
from concord.solving.testing import hard_knapsacks, posed

INF = math.inf
NAMES = available()
LINEAR = [name for name in NAMES if name != "cp-sat"]
DUAL = [name for name in LINEAR if name not in {"scip", "pulp:SCIP_PY"}]
STOPPABLE = ["highs", "scip", "cp-sat", "cbc"]


def corner(sense: str, integer: bool = False) -> MatrixForm:
    """Best at x = 3, y = 1, where the first row and the bound of x meet: 3*3 + 2*1 + 10 = 21."""
    sign = 1.0 if sense == "max" else -1.0
    return posed(
        sense,
        [3 * sign, 2 * sign],
        [[1, 1], [1, 3]],
        row_upper=[4, 7],
        upper=[3, 9],
        integer=integer,
        offset=10.0,
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("sense", "best"), [("max", 21.0), ("min", -1.0)])
def test_integer_programs_are_solved_in_both_senses(name: str, sense: str, best: float) -> None:
    result = backend(name).solve(corner(sense, integer=True), RunLimits())
    assert result.termination.reason == Reason.OPTIMAL
    assert result.objective == pytest.approx(best)
    assert result.bound == pytest.approx(best)
    assert_allclose(result.values, [3, 1], atol=1e-6)
    assert result.row_duals is None
    assert result.reduced_costs is None


@pytest.mark.parametrize("name", LINEAR)
@pytest.mark.parametrize(("sense", "best"), [("max", 21.0), ("min", -1.0)])
def test_linear_programs_are_solved_in_both_senses(name: str, sense: str, best: float) -> None:
    result = backend(name).solve(corner(sense), RunLimits())
    assert result.termination.reason == Reason.OPTIMAL
    assert (result.objective, result.bound) == (pytest.approx(best), pytest.approx(best))


@pytest.mark.parametrize("name", DUAL)
@pytest.mark.parametrize(("sense", "sign"), [("max", 1.0), ("min", -1.0)])
def test_duals_are_changes_of_the_objective_as_posed(name: str, sense: str, sign: float) -> None:
    result = backend(name).solve(corner(sense), RunLimits())
    assert_allclose(result.row_duals, [2 * sign, 0], atol=1e-7)
    assert_allclose(result.reduced_costs, [1 * sign, 0], atol=1e-7)


@pytest.mark.parametrize("name", LINEAR)
def test_a_range_binds_on_either_side(name: str) -> None:
    above = backend(name).solve(posed("max", [3, 2], [[1, 1]], row_lower=1, row_upper=4), RunLimits())
    below = backend(name).solve(posed("min", [3, 2], [[1, 1]], row_lower=1, row_upper=4), RunLimits())
    assert (above.objective, below.objective) == (pytest.approx(12), pytest.approx(2))


@pytest.mark.parametrize("name", DUAL)
def test_the_dual_of_a_range_belongs_to_the_side_that_binds(name: str) -> None:
    above = backend(name).solve(posed("max", [3, 2], [[1, 1]], row_lower=1, row_upper=4), RunLimits())
    below = backend(name).solve(posed("min", [3, 2], [[1, 1]], row_lower=1, row_upper=4), RunLimits())
    assert_allclose(above.row_duals, [3], atol=1e-7)
    assert_allclose(below.row_duals, [2], atol=1e-7)


@pytest.mark.parametrize("name", LINEAR)
def test_free_fixed_and_equal_are_understood(name: str) -> None:
    program = posed(
        "min",
        [1, 1, 1],
        [[1, 0, 1], [0, 1, 1]],
        row_lower=[-5, 2],
        row_upper=[INF, 2],
        lower=[-INF, 0, 1.5],
        upper=[INF, INF, 1.5],
    )
    result = backend(name).solve(program, RunLimits())
    assert_allclose(result.values, [-6.5, 0.5, 1.5], atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_infeasible_programs_have_no_solution(name: str) -> None:
    bounds = [3, 0]
    program = posed(
        "max", [1, 1], [[2, 2], [1, -1]], row_lower=bounds, row_upper=bounds, upper=9, integer=True
    )
    result = backend(name).solve(program, RunLimits())
    assert not result.has_solution
    assert result.termination.reason in {Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED}
    assert result.termination.proven


@pytest.mark.parametrize("name", LINEAR)
@pytest.mark.parametrize("integer", [False, True])
def test_unbounded_programs_are_told(name: str, integer: bool) -> None:
    program = posed("max", [1, 1], [[1, -1]], row_upper=4, integer=integer)
    result = backend(name).solve(program, RunLimits())
    assert result.termination.reason in {Reason.UNBOUNDED, Reason.INFEASIBLE_OR_UNBOUNDED}
    assert not result.has_solution


@pytest.mark.parametrize("name", NAMES)
def test_crossing_bounds_are_infeasible(name: str) -> None:
    result = backend(name).solve(posed("max", [1], lower=2, upper=1, integer=True), RunLimits())
    assert result.termination.reason == Reason.INFEASIBLE


@pytest.mark.parametrize("name", NAMES)
def test_a_program_without_rows_goes_to_its_bounds(name: str) -> None:
    result = backend(name).solve(posed("max", [1, -1], upper=2, integer=True, offset=7.0), RunLimits())
    assert result.objective == pytest.approx(9)
    assert_allclose(result.values, [2, 0], atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_a_program_without_columns_is_its_offset_or_infeasible(name: str) -> None:
    empty = posed("max", [], offset=7.0)
    assert backend(name).solve(empty, RunLimits()).objective == 7.0
    impossible = posed("max", [], np.zeros((1, 0)), row_lower=1.0)
    assert backend(name).solve(impossible, RunLimits()).termination.reason == Reason.INFEASIBLE


@pytest.mark.parametrize("name", NAMES)
def test_a_row_without_coefficients_holds_or_makes_the_program_infeasible(name: str) -> None:
    holds = posed("max", [1, 1], [[0, 0], [1, 1]], row_lower=[-1, 0], row_upper=[1, 3], upper=5, integer=True)
    fails = posed("max", [1, 1], [[0, 0], [1, 1]], row_lower=[1, 0], row_upper=[2, 3], upper=5, integer=True)
    assert backend(name).solve(holds, RunLimits()).objective == pytest.approx(3)
    assert not backend(name).solve(fails, RunLimits()).has_solution


@pytest.mark.parametrize("name", STOPPABLE)
def test_a_time_limit_with_a_solution_leaves_an_honest_bound(name: str) -> None:
    result = backend(name).solve(hard_knapsacks(), RunLimits(time_limit=1.0))
    assert (result.termination.reason, result.termination.limit) == (Reason.FEASIBLE, Limit.TIME)
    assert result.objective <= 990 <= result.bound
    assert not result.interrupted


@pytest.mark.parametrize("name", ["highs", "cp-sat", "cbc", "pulp:HiGHS"])
def test_a_time_limit_before_any_solution_is_no_solution_found(name: str) -> None:
    result = backend(name).solve(hard_knapsacks(), RunLimits(time_limit=1e-3))
    assert (result.termination.reason, result.termination.limit) == (Reason.NO_SOLUTION_FOUND, Limit.TIME)
    assert not result.has_solution


@pytest.mark.parametrize("name", ["highs", "scip", "cbc"])
def test_a_starting_point_is_a_solution_from_the_first_moment(name: str) -> None:
    start = np.eye(60)[0]
    result = backend(name).solve(hard_knapsacks(), RunLimits(time_limit=1e-3), start)
    assert result.objective >= hard_knapsacks().cost[0]


@pytest.mark.parametrize("seconds", [1e-9, 1e-4, 3e-3, 1e-2, 3e-2])
@pytest.mark.parametrize("seed", range(4))
def test_cbc_keeps_its_start_however_little_time_it_has(seconds: float, seed: int) -> None:
    program, start = hard_knapsacks(200, 100, seed=seed), np.eye(200)[0]
    result = backend("cbc").solve(program, RunLimits(time_limit=seconds), start)
    assert result.objective >= program.cost[0]
    assert result.bound >= result.objective


@pytest.mark.parametrize("name", STOPPABLE)
def test_a_node_limit_stops_the_search(name: str) -> None:
    result = backend(name).solve(hard_knapsacks(), RunLimits(node_limit=20))
    assert (result.termination.reason, result.termination.limit) == (Reason.FEASIBLE, Limit.NODE)


@pytest.mark.parametrize("name", STOPPABLE)
def test_the_absolute_gap_is_honoured(name: str) -> None:
    result = backend(name).solve(hard_knapsacks(), RunLimits(absolute_gap=40.0))
    assert result.termination.reason == Reason.OPTIMAL
    assert 0 < result.absolute_gap <= 40.0 + 1e-3
    assert result.bound >= 990


@pytest.mark.parametrize("name", STOPPABLE)
def test_a_seed_gives_the_same_answer_again(name: str) -> None:
    limits = RunLimits(node_limit=30, seed=7, threads=2)
    first, second = (backend(name).solve(hard_knapsacks(), limits) for _ in range(2))
    assert (first.objective, first.nodes) == (second.objective, second.nodes)
    assert first.iterations == second.iterations
    assert_allclose(first.values, second.values, rtol=0, atol=0)


def test_cp_sat_says_why_it_refuses() -> None:
    solver = CpSatBackend()
    assert "2 are continuous" in str(solver.refuses(posed("max", [1, 1], upper=1)))
    assert "bounded" in str(solver.refuses(posed("max", [1, 1], integer=True)))
    third = posed("max", [1, 1], [[1 / 3, 1]], row_upper=1, upper=1, integer=True)
    assert "decimals" in str(solver.refuses(third))
    huge = posed("max", [1e12, 1], upper=1e6, integer=True)
    assert "too large" in str(solver.refuses(huge))
    assert solver.refuses(posed("max", [0.25, 1], [[0.1, 1]], row_upper=0.35, upper=3, integer=True)) is None
    with pytest.raises(SolverFailure, match="continuous"):
        solver.solve(posed("max", [1, 1], upper=1), RunLimits())


def test_cp_sat_takes_decimals_exactly() -> None:
    program = posed("max", [0.25, 0.1], [[0.1, 0.2]], row_upper=0.3, upper=3, integer=True, offset=0.5)
    result = CpSatBackend().solve(program, RunLimits())
    assert_allclose(result.values, [3, 0])
    assert result.objective == pytest.approx(1.25)


def test_an_unknown_solver_is_met_with_those_there_are_and_a_likely_spelling() -> None:
    with pytest.raises(UnknownSolver, match=r"did you mean highs\?") as caught:
        backend("hihgs")
    assert "scip" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_a_solver_knows_its_name_and_version(name: str) -> None:
    solver = backend(name)
    assert solver.name == name
    assert any(character.isdigit() for character in solver.version())
