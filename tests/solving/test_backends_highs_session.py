"""A program kept inside HiGHS: changed, solved again, and warm."""

import ctypes
import subprocess
import sys
from typing import Any

import highspy
import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import sparse

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.solving.backends.c_output import discarded
from concord.solving.backends.highs import HighsBackend, HighsSession
from concord.solving.options import RunLimits
from concord.solving.termination import Limit, Reason
from concord.solving.testing import hard_knapsacks, posed

INF = np.inf
LIMITS = RunLimits()


def row(*coefficients: float) -> sparse.csr_array:
    return sparse.csr_array(np.array([coefficients]))


@pytest.fixture
def session() -> HighsSession:
    """max 3x + 2y with x + y <= 4 and x <= 3: best at (3, 1), worth 11."""
    return HighsSession(posed("max", [3, 2], [[1, 1]], row_upper=4, upper=[3, 9]))


@pytest.mark.parametrize(
    ("sense", "cost", "upper", "method"),
    [
        ("max", [0.0, 0.0], INF, "choose"),
        ("max", [3.0, -2.0], [1.0, INF], "choose"),
        ("min", [3.0, 0.0], INF, "choose"),
        ("max", [3.0, 2.0], INF, "ipm"),
        ("min", [-1.0, 0.0], INF, "ipm"),
    ],
)
def test_a_large_program_goes_to_the_simplex_method_where_that_can_begin_at_once(
    sense: str, cost: list[float], upper: object, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no column gains anything beyond its bounds, the slack basis is dual feasible."""
    monkeypatch.setattr("concord.solving.backends.highs._LARGE", 0)
    session = HighsSession(posed(sense, cost, [[1, 1]], row_upper=4, upper=upper))  # type: ignore[arg-type]
    session.run(LIMITS)
    assert session._highs.getOptionValue("solver")[1] == method


def test_a_basis_given_to_a_session_that_has_one_takes_its_place(session: HighsSession) -> None:
    session.run(LIMITS)
    best = session.basis
    assert best is not None
    session.change_objective(np.array([-1.0, 0.0]), 0.0)
    assert session.run(LIMITS).iterations > 0
    session.change_objective(np.array([3.0, 2.0]), 0.0)
    session.basis = best
    again = session.run(LIMITS)
    assert again.objective == pytest.approx(11)
    assert again.iterations == 0


def test_added_rows_change_the_answer_and_deleted_ones_change_it_back(session: HighsSession) -> None:
    assert session.run(LIMITS).objective == pytest.approx(11)
    added = session.add_rows(row(1, 0), np.array([-INF]), np.array([1.0]))
    assert (added.tolist(), session.rows) == ([1], 2)
    assert session.run(LIMITS).objective == pytest.approx(9)
    session.delete_rows(added)
    assert session.rows == 1
    assert session.run(LIMITS).objective == pytest.approx(11)


def test_an_added_row_has_its_dual(session: HighsSession) -> None:
    session.run(LIMITS)
    session.add_rows(row(1, 0), np.array([-INF]), np.array([1.0]))
    assert_allclose(session.run(LIMITS).row_duals, [2, 1], atol=1e-7)


def test_no_rows_may_be_added(session: HighsSession) -> None:
    assert session.add_rows(sparse.csr_array((0, 2)), np.zeros(0), np.zeros(0)).tolist() == []
    assert session.run(LIMITS).objective == pytest.approx(11)


def test_row_bounds_can_be_moved(session: HighsSession) -> None:
    session.change_row_bounds(np.array([0]), np.array([-INF]), np.array([2.0]))
    assert session.run(LIMITS).objective == pytest.approx(6)


def test_fixed_columns_are_held_until_their_bounds_are_restored(session: HighsSession) -> None:
    session.fix(np.array([0]), np.array([1.0]))
    assert session.run(LIMITS).objective == pytest.approx(9)
    session.restore_bounds(np.array([0]))
    assert session.run(LIMITS).objective == pytest.approx(11)


def test_integrality_can_be_set_and_lifted() -> None:
    session = HighsSession(posed("max", [1], [[2]], row_upper=5, integer=True))
    assert session.run(LIMITS).objective == pytest.approx(2)
    session.set_integrality(np.array([0]), False)
    relaxed = session.run(LIMITS)
    assert relaxed.objective == pytest.approx(2.5)
    assert_allclose(relaxed.row_duals, [0.5])
    session.set_integrality(np.array([0]), True)
    held = session.run(LIMITS)
    assert held.objective == pytest.approx(2)
    assert held.row_duals is None


def cuts(columns: int, capacity: float) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    return sparse.csr_array(np.ones((1, columns))), np.array([-INF]), np.array([capacity])


def relaxation() -> HighsSession:
    session = HighsSession(hard_knapsacks(300, 150))
    session.set_integrality(np.arange(300), False)
    return session


def test_after_added_rows_the_session_starts_warm() -> None:
    session = relaxation()
    first = session.run(LIMITS)
    rows = cuts(300, first.values.sum() * 0.99)
    session.add_rows(*rows)
    warm = session.run(LIMITS)
    fresh = relaxation()
    fresh.add_rows(*rows)
    cold = fresh.run(LIMITS)
    assert warm.objective == pytest.approx(cold.objective)
    assert warm.iterations < cold.iterations / 2


def test_the_basis_outlives_a_run_with_integers() -> None:
    session = relaxation()
    first = session.run(LIMITS)
    rows = cuts(300, first.values.sum() * 0.99)
    session.set_integrality(np.arange(300), True)
    session.run(RunLimits(time_limit=0.2))
    session.add_rows(*rows)
    session.set_integrality(np.arange(300), False)
    undisturbed = relaxation()
    undisturbed.run(LIMITS)
    undisturbed.add_rows(*rows)
    assert session.run(LIMITS).iterations == undisturbed.run(LIMITS).iterations


def test_deleting_binding_rows_between_runs_with_integers_does_no_harm() -> None:
    session = relaxation()
    first = session.run(LIMITS)
    rows = session.add_rows(*cuts(300, first.values.sum() * 0.9))
    session.run(LIMITS)
    session.set_integrality(np.arange(300), True)
    session.run(RunLimits(time_limit=0.2))
    session.delete_rows(rows)
    session.set_integrality(np.arange(300), False)
    assert session.run(LIMITS).objective == pytest.approx(first.objective)


def test_incumbents_are_handed_on_as_they_improve() -> None:
    program = hard_knapsacks()
    values: list[float] = []
    HighsSession(program).run(
        RunLimits(node_limit=1), on_incumbent=lambda point: values.append(float(program.cost @ point))
    )
    assert values
    assert values == sorted(values)


def test_a_start_is_used_once_and_only_with_integers() -> None:
    program = hard_knapsacks()
    session = HighsSession(program)
    best = HighsBackend().solve(program, RunLimits(absolute_gap=30.0))
    session.set_start(best.values)
    stopped = session.run(RunLimits(time_limit=1e-3))
    assert (stopped.termination.reason, stopped.termination.limit) == (Reason.FEASIBLE, Limit.TIME)
    assert stopped.objective == pytest.approx(best.objective)


def test_each_run_has_its_own_time_limit() -> None:
    session = HighsSession(hard_knapsacks())
    runs = [session.run(RunLimits(time_limit=0.4)) for _ in range(3)]
    assert [run.termination.limit for run in runs] == [Limit.TIME] * 3
    assert all(run.nodes + run.iterations > 0 for run in runs)


def test_runs_without_integers_do_not_share_one_time_limit() -> None:
    """HiGHS itself counts the time of all of them together."""
    session = HighsSession(hard_knapsacks())
    session.run(RunLimits(time_limit=0.5))
    session.set_integrality(np.arange(session.columns), False)
    ends = [session.run(RunLimits(time_limit=0.3)).termination.reason for _ in range(3)]
    assert ends == [Reason.OPTIMAL] * 3


def test_a_fork_goes_on_from_the_same_basis_and_goes_its_own_way(session: HighsSession) -> None:
    first = session.run(LIMITS)
    twin = session.fork()
    again = twin.run(LIMITS)
    assert again.objective == pytest.approx(first.objective)
    assert again.iterations == 0
    columns = np.arange(session.columns)
    twin.fix(columns, np.zeros(len(columns)))
    assert session.run(LIMITS).objective == pytest.approx(first.objective)


def test_rows_of_what_is_not_a_number_are_an_error(session: HighsSession) -> None:
    with pytest.raises(SolverFailure, match="not a number"):
        session.add_rows(row(np.nan, 1), np.array([0.0]), np.array([1.0]))
    with pytest.raises(SolverFailure, match="not a number"):
        HighsSession(posed("max", [np.nan]))


def test_what_highs_cannot_take_is_an_error(session: HighsSession) -> None:
    with pytest.raises(SolverFailure, match="refused to add rows"):
        session.add_rows(row(1, 1), np.array([INF]), np.array([INF]))


def tie(whole: float, part: float) -> MatrixForm:
    """One whole unit, or part of one that costs twice as much."""
    return posed("min", [1, 2], [[whole, part]], row_lower=1, row_upper=5, upper=1, integer=[True, False])


@pytest.mark.parametrize("whole", [2.0, 3.0, 4.0])
def test_a_tie_within_tolerances_is_no_error(whole: float) -> None:
    result = HighsBackend().solve(tie(whole, 2.0), LIMITS)
    assert result.termination.reason == Reason.OPTIMAL
    assert result.objective == pytest.approx(1.0, abs=1e-6)


def test_an_impossible_equation_between_integers_is_infeasible_and_no_error() -> None:
    program = posed(
        "max", [0, 0, 0, 0], [[0, -5, 1, 5]], row_lower=1, row_upper=1, upper=[0, 0, 0, 2], integer=True
    )
    assert HighsBackend().solve(program, LIMITS).termination.reason == Reason.INFEASIBLE


def test_a_solve_that_ends_in_an_error_is_tried_anew_without_its_basis(
    session: HighsSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, attempts = session.run(RunLimits()).objective, list[bool]()
    attempt, status = HighsSession._attempt, highspy.Highs.getModelStatus

    def counted(self: HighsSession, *given: Any, **more: Any) -> None:
        attempts.append(self.basis is not None)
        attempt(self, *given, **more)

    def failing(highs: highspy.Highs) -> highspy.HighsModelStatus:
        return highspy.HighsModelStatus.kSolveError if len(attempts) < 2 else status(highs)

    monkeypatch.setattr(HighsSession, "_attempt", counted)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", failing)
    assert session.run(RunLimits()).objective == pytest.approx(best)
    assert attempts == [True, False]


def test_nothing_reaches_standard_output() -> None:
    """HiGHS prints a line of its debugging when it repairs the solution of this program."""
    code = (
        "from concord.solving.backends.highs import HighsBackend\n"
        "from concord.solving.options import RunLimits\n"
        "from concord.solving.testing import posed\n"
        "program = posed('min', [1, 2], [[3, 3]], row_lower=1, row_upper=5, upper=1, integer=[True, False])\n"
        "print(HighsBackend().solve(program, RunLimits()).termination.reason)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("optimal\n", "")


def test_our_own_output_goes_on_while_native_output_is_discarded(capfd: pytest.CaptureFixture[str]) -> None:
    library = ctypes.CDLL(None)
    with discarded("stdout"):
        library.puts(b"theirs")
        print("ours", flush=True)
    library.fflush(None)
    assert capfd.readouterr().out == "ours\n"
