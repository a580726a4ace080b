"""Attending to a solver at work on another thread: progress, stops, Ctrl-C.

The solver runs on a thread of its own with the GIL released; the thread that asked for the solve waits, and
is the only one to talk to the watch. Ctrl-C reaches a waiting main thread at once: the first asks the
solver to stop and waits for its best solution, the second gives up waiting and raises.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from concord.solving.progress import Progress, Watch

POLL_SECONDS = 0.05
HEARTBEAT_SECONDS = 1.0

Answer = TypeVar("Answer")


class Attended(Generic[Answer]):
    """A solver's work and what came of it; `answer` is None until it has ended."""

    def __init__(self, work: Callable[[], Answer], watch: Watch, stop: Callable[[], None]) -> None:
        """`stop` makes the work end soon; it is called once, on the attending thread."""
        self._work = work
        self._watch = watch
        self._stop = stop
        self._finished = threading.Event()
        self._failure: BaseException | None = None
        self.answer: Answer | None = None
        self.interrupted = False

    def run(self, deliver: Callable[[], None]) -> None:
        """Do the work, calling `deliver` many times a second.

        What the watch or `deliver` raises stops the work and is raised here, as is what the work raises.
        """
        threading.Thread(target=self._labour, name="solver", daemon=True).start()
        try:
            self._wait(deliver)
        except KeyboardInterrupt:
            self._interrupt()
            self._wait(deliver)
        except Exception:
            self._interrupt()
            self._wait(lambda: None)
            raise
        if self._failure is not None:
            raise self._failure

    def _labour(self) -> None:
        try:
            self.answer = self._work()
        except BaseException as error:
            self._failure = error
        finally:
            self._finished.set()

    def _wait(self, deliver: Callable[[], None]) -> None:
        while not self._finished.wait(POLL_SECONDS):
            deliver()
            if self._watch.stop_requested():
                self._interrupt()

    def _interrupt(self) -> None:
        if not self.interrupted:
            self.interrupted = True
            self._stop()


class Heartbeat:
    """Tells the watch once a second that a solver without progress reports is still at work."""

    def __init__(self, watch: Watch, phase: str) -> None:
        self._watch = watch
        self._phase = phase
        self._begin = self._last = time.monotonic()

    def beat(self) -> None:
        """Report, if a second has passed since the last report."""
        now = time.monotonic()
        if now - self._last >= HEARTBEAT_SECONDS:
            self._last = now
            self._watch.report(Progress(self._phase, None, None, None, now - self._begin))
