"""A second solver agrees, disagrees, or says honestly that it cannot tell."""

import math

import pytest

from optimizer.errors import SolverFailure
from optimizer.solving.backends.registry import backend
from optimizer.solving.second_opinion import SecondOpinion, second_opinion
from optimizer.solving.testing import hard_knapsacks, posed

PROGRAM = posed("max", [3, 2], [[1, 1]], row_upper=4, upper=[3, 9], integer=True)
MIRRORED = posed("min", [-3, -2], [[1, 1]], row_upper=4, upper=[3, 9], integer=True)
IMPOSSIBLE = posed("max", [1], [[1]], row_lower=5, upper=3, integer=True)


def ask(value: float, bound: float, name: str = "cbc", gap: float = 0.01) -> SecondOpinion:
    return second_opinion(PROGRAM, backend(name), value, bound, gap)


@pytest.mark.parametrize("name", ["highs", "scip", "cbc", "cp-sat", "pulp:HiGHS"])
def test_another_solver_agrees_with_the_truth(name: str) -> None:
    opinion = ask(11.0, 11.0, name)
    assert opinion.agrees
    assert opinion.consistent
    assert opinion.objective == pytest.approx(11)
    assert opinion.solver == name
    assert opinion.detail == "agrees within the gap"


def test_a_wide_interval_around_the_truth_is_agreed_with() -> None:
    assert ask(9.0, 12.0).agrees


def test_a_bound_below_a_known_solution_is_denied() -> None:
    opinion = ask(9.0, 10.0)
    assert (opinion.agrees, opinion.consistent) == (False, False)
    assert "its solution 11 beats the bound 10" in opinion.detail


def test_a_solution_above_the_proven_bound_is_denied() -> None:
    opinion = ask(12.0, 13.0)
    assert not opinion.agrees
    assert "denies the solution 12" in opinion.detail


def test_a_miss_by_less_than_the_gap_is_agreement() -> None:
    assert ask(11.0, 11.0, gap=0.5).agrees
    assert ask(10.0, 10.6, gap=0.5).agrees
    assert not ask(10.0, 10.4, gap=0.5).agrees


def test_minimisation_turns_the_comparison_round() -> None:
    solver = backend("cbc")
    assert second_opinion(MIRRORED, solver, -11.0, -11.0, 0.01).agrees
    assert "beats the bound" in second_opinion(MIRRORED, solver, -9.0, -10.0, 0.01).detail
    assert "denies the solution" in second_opinion(MIRRORED, solver, -12.0, -13.0, 0.01).detail


def test_finding_no_solution_where_there_is_one_is_disagreement() -> None:
    opinion = second_opinion(IMPOSSIBLE, backend("highs"), 5.0, 5.0, 0.01)
    assert (opinion.agrees, opinion.consistent, opinion.objective) == (False, False, None)
    assert opinion.detail == "disagrees: calls the program infeasible"


def test_a_solver_out_of_time_says_that_it_proved_nothing() -> None:
    opinion = second_opinion(hard_knapsacks(), backend("scip"), 988.0, 1000.0, 1e-3, time_limit=0.5)
    assert (opinion.agrees, opinion.consistent) == (False, True)
    assert opinion.detail == "consistent, not proven within the time"
    assert opinion.objective is not None


def test_a_solver_out_of_time_without_a_solution_says_so() -> None:
    opinion = second_opinion(hard_knapsacks(), backend("highs"), 988.0, 1000.0, 1e-3, time_limit=1e-3)
    assert (opinion.agrees, opinion.consistent, opinion.objective) == (False, True, None)
    assert opinion.detail == "consistent, but found no solution within the time"


def test_a_solver_out_of_time_can_still_disagree() -> None:
    opinion = second_opinion(hard_knapsacks(), backend("scip"), 500.0, 600.0, 1e-3, time_limit=0.5)
    assert (opinion.agrees, opinion.consistent) == (False, False)


def test_a_start_helps_the_second_solver() -> None:
    program = hard_knapsacks()
    start = [1.0] + [0.0] * 59
    opinion = second_opinion(program, backend("highs"), 0.0, math.inf, 1e-3, start=start, time_limit=1e-3)
    assert opinion.objective == pytest.approx(program.cost[0])


def test_a_program_that_the_solver_cannot_take_is_an_error() -> None:
    with pytest.raises(SolverFailure, match="cp-sat cannot give a second opinion"):
        second_opinion(posed("max", [1.0], upper=1), backend("cp-sat"), 1.0, 1.0, 0.01)
