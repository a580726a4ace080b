"""Two pieces of work at once: answers, failures and stops of either."""

from __future__ import annotations

import threading
import time

import pytest

from concord.solving.progress import Progress, SilentWatch
from concord.solving.side_by_side import Shared, side_by_side


class Recorder:
    """Notes on which thread it was told what, and may ask for a stop."""

    def __init__(self, *, stop: bool = False) -> None:
        self.told: list[tuple[int, str]] = []
        self.stop = stop

    def report(self, progress: Progress) -> None:
        self.told.append((threading.get_ident(), progress.phase))

    def stop_requested(self) -> bool:
        return self.stop


def until_stopped(watch: Shared) -> bool:
    for _ in range(2000):
        if watch.stop_requested():
            return True
        time.sleep(0.005)
    return False


def report(phase: str) -> Progress:
    return Progress(phase, None, None, None, 0.0)


def test_both_answers_come_back() -> None:
    assert side_by_side(lambda _: "here", lambda _: "there", SilentWatch()) == ("here", "there")


def test_the_two_run_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=10.0)
    arrived = side_by_side(lambda _: meeting.wait() >= 0, lambda _: meeting.wait() >= 0, SilentWatch())
    assert arrived == (True, True)


def test_all_reports_reach_the_user_on_the_thread_that_asked() -> None:
    watch = Recorder()
    side_by_side(lambda w: w.report(report("here")), lambda w: w.report(report("there")), watch)
    assert {phase for _, phase in watch.told} == {"here", "there"}
    assert {thread for thread, _ in watch.told} == {threading.get_ident()}


def test_a_stop_reaches_both() -> None:
    assert side_by_side(until_stopped, until_stopped, Recorder(stop=True)) == (True, True)


def test_what_is_raised_there_is_raised_here() -> None:
    def fail(_: Shared) -> None:
        raise ValueError("there")

    with pytest.raises(ValueError, match="there"):
        side_by_side(lambda _: None, fail, SilentWatch())


def test_what_is_raised_here_stops_the_other_first() -> None:
    stopped: list[bool] = []

    def fail(_: Shared) -> None:
        raise ValueError("here")

    with pytest.raises(ValueError, match="here"):
        side_by_side(fail, lambda watch: stopped.append(until_stopped(watch)), SilentWatch())
    assert stopped == [True]
