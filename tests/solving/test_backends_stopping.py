"""Following a solve and stopping it: by the watch, by Ctrl-C, by an error."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits
from concord.solving.progress import CancelWatch, Progress, SilentWatch
from concord.solving.termination import Limit, Reason
from concord.solving.testing import hard_knapsacks, posed

STOPPABLE = ["highs", "scip", "cp-sat", "cbc"]
LONG = RunLimits(time_limit=60.0)


class StopAtReport:
    """Asks for a stop at its first report."""

    def __init__(self) -> None:
        self.reports: list[Progress] = []
        self.threads: set[threading.Thread] = set()

    def report(self, progress: Progress) -> None:
        self.reports.append(progress)
        self.threads.add(threading.current_thread())

    def stop_requested(self) -> bool:
        self.threads.add(threading.current_thread())
        return bool(self.reports)


@pytest.mark.parametrize("name", STOPPABLE)
def test_a_stop_by_the_watch_returns_the_best_so_far_with_its_bound(name: str) -> None:
    watch = StopAtReport()
    result = backend(name).solve(hard_knapsacks(), LONG, watch=watch)
    assert (result.termination.reason, result.termination.limit) == (Reason.FEASIBLE, Limit.INTERRUPTED)
    assert result.interrupted
    assert 0 < result.objective <= 990 <= result.bound


@pytest.mark.parametrize("name", [*STOPPABLE, "pulp:HiGHS"])
def test_the_watch_is_spoken_to_on_the_calling_thread_only(name: str) -> None:
    watch = StopAtReport()
    backend(name).solve(hard_knapsacks(), LONG, watch=watch)
    assert watch.threads == {threading.current_thread()}


def test_a_solver_that_pulp_cannot_stop_is_ended_without_a_result() -> None:
    result = backend("pulp:SCIP_PY").solve(hard_knapsacks(), LONG, watch=StopAtReport())
    assert (result.termination.reason, result.termination.limit) == (
        Reason.NO_SOLUTION_FOUND,
        Limit.INTERRUPTED,
    )
    assert result.interrupted


def test_highs_reports_incumbent_bound_and_gap() -> None:
    watch = StopAtReport()
    watch.stop_requested = lambda: len(watch.reports) > 2  # type: ignore[method-assign]
    backend("highs").solve(hard_knapsacks(), LONG, watch=watch)
    last = watch.reports[-1]
    assert last.phase == "highs"
    assert last.incumbent is not None
    assert last.bound is not None
    assert last.incumbent <= 990 <= last.bound
    assert last.gap == pytest.approx((last.bound - last.incumbent) / last.incumbent)
    assert last.seconds > 0


def test_highs_ends_where_a_bound_is_good_enough_always_at_the_same_point() -> None:
    limits = RunLimits(time_limit=60.0, bound_limit=1010.0)
    first, again = (backend("highs").solve(hard_knapsacks(), limits) for _ in range(2))
    assert first.termination.reason is Reason.FEASIBLE
    assert 990 <= first.bound <= 1010
    assert not first.interrupted
    assert (first.bound, first.nodes, first.iterations) == (again.bound, again.nodes, again.iterations)


@pytest.mark.parametrize("name", STOPPABLE)
def test_what_the_watch_raises_stops_the_solver_and_is_raised(name: str) -> None:
    class Failing(SilentWatch):
        def report(self, progress: Progress) -> None:
            raise LookupError(f"the display broke at {progress.seconds}")

    with pytest.raises(LookupError, match="the display broke"):
        backend(name).solve(hard_knapsacks(), LONG, watch=Failing())


SOLVE_AND_PRINT = """
import sys, threading
from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits
from concord.solving.testing import hard_knapsacks

class Announce:
    def report(self, progress):
        print("ready", flush=True)
    def stop_requested(self):
        return False

result = backend(sys.argv[1]).solve(hard_knapsacks(), RunLimits(time_limit=60.0), watch=Announce())
end = result.termination
print(end.reason, end.limit, result.interrupted, result.objective <= 990 <= result.bound, flush=True)
"""


@pytest.mark.parametrize("name", STOPPABLE)
def test_ctrl_c_returns_the_best_so_far(name: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SOLVE_AND_PRINT, name],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.splitlines()[-1] == "feasible interrupted True True"
    assert err == ""


def test_the_first_ctrl_c_cancels_the_watch_and_the_second_raises() -> None:
    watch = CancelWatch()
    with watch.on_interrupt():
        os.kill(os.getpid(), signal.SIGINT)
        assert watch.stop_requested()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_cancelled_watch_still_passes_reports_on() -> None:
    inner = StopAtReport()
    watch = CancelWatch(inner)
    watch.report(Progress("phase", None, None, None, 0.0))
    assert len(inner.reports) == 1
    assert watch.stop_requested()


def test_off_the_main_thread_signals_are_left_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def enter() -> None:
        with CancelWatch().on_interrupt():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.mark.parametrize("order", ["highspy, ortools", "ortools, highspy"])
def test_highs_and_ortools_share_a_process_in_either_order(order: str) -> None:
    first, second = (f"import {name}" for name in order.split(", "))
    linear = "from ortools.linear_solver import pywraplp" if "ortools" in first else ""
    code = f"""
{linear}
{first}
{second}
from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits
from concord.solving.testing import posed
program = posed("max", [3, 2], [[1, 1]], row_upper=4, upper=[3, 9], integer=True)
names = ["highs", "scip", "cp-sat"] if {order.startswith("highspy")} else ["cp-sat", "scip", "highs"]
print([backend(name).solve(program, RunLimits()).objective for name in names])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "[11.0, 11.0, 11.0]\n"), done.stderr


def test_scip_leaves_standard_error_clean(capfd: pytest.CaptureFixture[str]) -> None:
    backend("scip").solve(posed("max", [3, 2], [[1, 1]], row_upper=4, integer=True), RunLimits())
    os.write(2, b"ours\n")
    assert capfd.readouterr().err == "ours\n"
