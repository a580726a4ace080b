"""The vocabulary of how runs end, and the accessors of a result."""

import math

import numpy as np
import pytest

from concord.errors import SolverFailure
from concord.solving.options import RunLimits, SolveOptions, usable_threads
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Termination

STOPPED = Termination.stopped(Limit.TIME, "time limit", ObjectiveBounds(5.0, 8.0))


def test_a_limit_with_a_solution_is_feasible_and_without_one_no_solution_found() -> None:
    without = Termination.stopped(Limit.TIME, "", ObjectiveBounds.unknown("max"))
    assert (STOPPED.reason, without.reason) == (Reason.FEASIBLE, Reason.NO_SOLUTION_FOUND)


@pytest.mark.parametrize(
    ("end", "proven"),
    [
        (STOPPED, False),
        (Termination.infeasible("max", ""), True),
        (Termination.unbounded("min", ""), True),
        (Termination.infeasible_or_unbounded("min", ""), True),
        (Termination.error("min", ""), False),
    ],
)
def test_only_answers_that_more_time_cannot_change_are_proven(end: Termination, proven: bool) -> None:
    assert end.proven is proven


@pytest.mark.parametrize(("sense", "worst"), [("max", -math.inf), ("min", math.inf)])
def test_bounds_without_knowledge_take_the_side_of_the_sense(sense: str, worst: float) -> None:
    assert ObjectiveBounds.unknown(sense) == ObjectiveBounds(worst, -worst)
    assert ObjectiveBounds.infeasible(sense) == ObjectiveBounds(worst, worst)
    assert ObjectiveBounds.unbounded(sense) == ObjectiveBounds(-worst, -worst)


def test_a_result_without_solution_raises_instead_of_returning_something() -> None:
    result = RunResult(Termination.infeasible("max", "no point"))
    assert not result.has_solution
    with pytest.raises(SolverFailure, match=r"infeasible.*no point"):
        _ = result.values
    with pytest.raises(SolverFailure, match="infeasible"):
        _ = result.objective
    assert result.absolute_gap == math.inf


def test_a_result_measures_its_gap() -> None:
    result = RunResult(STOPPED, np.zeros(2))
    assert (result.objective, result.bound, result.absolute_gap) == (5.0, 8.0, 3.0)


def test_a_solution_without_a_bound_has_an_infinite_gap() -> None:
    end = Termination.stopped(Limit.TIME, "", ObjectiveBounds(5.0, math.inf))
    assert RunResult(end, np.zeros(2)).absolute_gap == math.inf


def test_options_default_to_a_tenth_of_a_percent_on_highs() -> None:
    options = SolveOptions()
    assert (options.gap, options.solver, options.threads) == (1e-3, "highs", usable_threads())
    assert (RunLimits().time_limit, RunLimits().node_limit) == (None, None)


def test_threads_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(96)), raising=False)
    assert usable_threads() == 8
