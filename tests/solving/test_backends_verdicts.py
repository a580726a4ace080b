"""What a solver calls infeasible or unbounded as its limit strikes is not believed."""

from pathlib import Path

import pytest

from concord.solving.backends import cbc_answer
from concord.solving.backends.registry import available, backend
from concord.solving.backends.verdicts import weighed
from concord.solving.options import RunLimits
from concord.solving.result import RunResult
from concord.solving.termination import Limit, Reason, Termination
from concord.solving.testing import posed

LOG = """Welcome to the CBC MILP Solver
Continuous objective value is -1016.75 - 0.00 seconds
Cgl0000I Cut generators found to be infeasible! (or unbounded)
Pre-processing says infeasible or unbounded
Total time (CPU seconds):       0.00   (Wallclock seconds):       0.01
"""
"""What CBC wrote of a program with solutions, when its time ended during its preprocessing."""


def told(
    folder: Path, status: str, limits: RunLimits, seconds: float, interrupted: bool = False, log: str = LOG
) -> RunResult:
    (folder / "solution.txt").write_text(f"{status} - objective value -1016.75\n      0 r 0 0\n")
    (folder / "log.txt").write_text(log)
    program = posed("max", [3, 2], [[1, 1]], row_upper=4, integer=True)
    return cbc_answer.read(program, limits, folder / "solution.txt", folder / "log.txt", seconds, interrupted)


@pytest.mark.parametrize("status", ["Integer infeasible", "Infeasible", "Unbounded"])
def test_a_verdict_of_cbc_at_its_time_limit_is_not_believed(tmp_path: Path, status: str) -> None:
    result = told(tmp_path, status, RunLimits(time_limit=0.01), seconds=0.012)
    assert (result.termination.reason, result.termination.limit) == (Reason.NO_SOLUTION_FOUND, Limit.TIME)
    assert not result.termination.proven
    assert result.bound == float("inf")


def test_a_verdict_of_cbc_with_time_left_is_believed(tmp_path: Path) -> None:
    result = told(tmp_path, "Integer infeasible", RunLimits(time_limit=1.0), seconds=0.012)
    assert result.termination.reason == Reason.INFEASIBLE
    assert told(tmp_path, "Integer infeasible", RunLimits(), seconds=9.0).termination.proven


def test_a_verdict_of_cbc_after_a_stop_or_at_its_last_node_is_not_believed(tmp_path: Path) -> None:
    stopped = told(tmp_path, "Integer infeasible", RunLimits(), seconds=9.0, interrupted=True)
    assert stopped.termination.limit == Limit.INTERRUPTED
    log = f"{LOG}Enumerated nodes:               20\n"
    last = told(tmp_path, "Integer infeasible", RunLimits(node_limit=20), seconds=9.0, log=log)
    assert (last.termination.reason, last.termination.limit) == (Reason.NO_SOLUTION_FOUND, Limit.NODE)


@pytest.mark.parametrize("name", available())
def test_no_solver_proves_anything_without_time(name: str) -> None:
    bounds = [3, 0]
    program = posed(
        "max", [1, 1], [[2, 2], [1, -1]], row_lower=bounds, row_upper=bounds, upper=9, integer=True
    )
    result = backend(name).solve(program, RunLimits(time_limit=1e-9))
    assert not result.termination.proven
    assert not result.has_solution


def test_work_counts_as_time_does() -> None:
    verdict = Termination.infeasible("min", "CP-SAT: INFEASIBLE")
    spent = weighed(verdict, "min", RunLimits(work_limit=0.5), seconds=1.0, work=0.5)
    assert (spent.reason, spent.limit) == (Reason.NO_SOLUTION_FOUND, Limit.UNDETERMINED)
    assert weighed(verdict, "min", RunLimits(work_limit=0.5), seconds=1.0, work=0.4) is verdict


def test_a_verdict_before_any_node_needs_none() -> None:
    verdict = Termination.infeasible("min", "HiGHS: Infeasible")
    assert weighed(verdict, "min", RunLimits(node_limit=0), seconds=1.0, nodes=0) is verdict
