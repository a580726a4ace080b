"""A second solver agrees, disagrees, or says honestly that it cannot tell."""

import math
from typing import Any

import pytest

from concord.algebra import MatrixForm
from concord.models.plan import OpinionVerdict
from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits
from concord.solving.progress import Progress
from concord.solving.second_opinion import SecondOpinion, second_opinion
from concord.solving.termination import ObjectiveBounds
from concord.solving.testing import hard_knapsacks, posed

PROGRAM = posed("max", [3, 2], [[1, 1]], row_upper=4, upper=[3, 9], integer=True)
MIRRORED = posed("min", [-3, -2], [[1, 1]], row_upper=4, upper=[3, 9], integer=True)
AGREES, UNDECIDED, DISAGREES = (
    OpinionVerdict.AGREES,
    OpinionVerdict.UNDECIDED,
    OpinionVerdict.DISAGREES,
)
IMPOSSIBLE = posed("max", [1], [[1]], row_lower=5, upper=3, integer=True)


def opinion_on(
    program: MatrixForm,
    name: str,
    expected: tuple[float, float],
    gap: float = 1e-3,
    time_limit: float | None = None,
    **rest: Any,
) -> SecondOpinion:
    limits = RunLimits(absolute_gap=gap, time_limit=time_limit)
    return second_opinion(program, backend(name), ObjectiveBounds(*expected), limits, **rest)


def ask(value: float, bound: float, name: str = "cbc", gap: float = 0.01) -> SecondOpinion:
    return opinion_on(PROGRAM, name, (value, bound), gap)


@pytest.mark.parametrize("name", ["highs", "scip", "cbc", "cp-sat", "pulp:HiGHS"])
def test_another_solver_agrees_with_the_truth(name: str) -> None:
    opinion = ask(11.0, 11.0, name)
    assert opinion.verdict is AGREES
    assert opinion.objective == pytest.approx(11)
    assert opinion.solver == name
    assert opinion.detail == "agrees within the gap"


def test_a_wide_interval_around_the_truth_is_agreed_with() -> None:
    assert ask(9.0, 12.0).verdict is AGREES


def test_a_bound_below_a_known_solution_is_denied() -> None:
    opinion = ask(9.0, 10.0)
    assert opinion.verdict is DISAGREES
    assert "its solution 11 beats the bound 10" in opinion.detail


def test_a_solution_above_the_proven_bound_is_denied() -> None:
    opinion = ask(12.0, 13.0)
    assert opinion.verdict is DISAGREES
    assert "denies the solution 12" in opinion.detail


def test_a_miss_by_less_than_the_gap_is_agreement() -> None:
    assert ask(11.0, 11.0, gap=0.5).verdict is AGREES
    assert ask(10.0, 10.6, gap=0.5).verdict is AGREES
    assert ask(10.0, 10.4, gap=0.5).verdict is DISAGREES


def test_minimisation_turns_the_comparison_round() -> None:
    assert opinion_on(MIRRORED, "cbc", (-11.0, -11.0)).verdict is AGREES
    assert "beats the bound" in opinion_on(MIRRORED, "cbc", (-9.0, -10.0)).detail
    assert "denies the solution" in opinion_on(MIRRORED, "cbc", (-12.0, -13.0)).detail


def test_finding_no_solution_where_there_is_one_is_disagreement() -> None:
    opinion = opinion_on(IMPOSSIBLE, "highs", (5.0, 5.0))
    assert (opinion.verdict, opinion.objective) == (DISAGREES, None)
    assert opinion.detail == "disagrees: calls the program infeasible"


def test_a_solver_out_of_time_says_that_it_proved_nothing() -> None:
    opinion = opinion_on(hard_knapsacks(), "scip", (988.0, 1000.0), time_limit=0.5)
    assert opinion.verdict is UNDECIDED
    assert opinion.detail == "consistent, not proven within the time"
    assert opinion.objective is not None


def test_a_solver_out_of_time_without_a_solution_says_so() -> None:
    opinion = opinion_on(hard_knapsacks(), "highs", (988.0, 1000.0), time_limit=1e-3)
    assert (opinion.verdict, opinion.objective) == (UNDECIDED, None)
    assert opinion.detail == "consistent, but found no solution within the time"


def test_a_solver_out_of_time_can_still_disagree() -> None:
    opinion = opinion_on(hard_knapsacks(), "scip", (500.0, 600.0), time_limit=0.5)
    assert opinion.verdict is DISAGREES


def test_a_start_helps_the_second_solver() -> None:
    program = hard_knapsacks()
    start = [1.0] + [0.0] * 59
    opinion = opinion_on(program, "highs", (0.0, math.inf), time_limit=1e-3, start=start)
    assert opinion.objective == pytest.approx(program.cost[0])


def test_a_solver_that_cannot_take_the_program_gives_no_opinion() -> None:
    opinion = opinion_on(posed("max", [1.0], upper=1), "cp-sat", (1.0, 1.0))
    assert (opinion.verdict, opinion.objective) == (OpinionVerdict.NONE, None)
    assert opinion.detail.startswith("gives no opinion: CP-SAT cannot take this program")


class Impatient:
    """Stops at the first report, and keeps the phases that it was told of."""

    def __init__(self) -> None:
        self.phases: list[str] = []

    def report(self, progress: Progress) -> None:
        self.phases.append(progress.phase)

    def stop_requested(self) -> bool:
        return bool(self.phases)


def test_a_second_opinion_is_watched_and_can_be_stopped() -> None:
    watch = Impatient()
    opinion = opinion_on(hard_knapsacks(), "cbc", (988.0, 1000.0), time_limit=60.0, watch=watch)
    assert opinion.verdict is UNDECIDED
    assert set(watch.phases) == {"second opinion of cbc"}
