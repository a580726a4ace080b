"""How a solve is followed and stopped while it runs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

STOPPING_SIGNALS = tuple(
    signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if name in signal.Signals.__members__
)
"""What asks for an end politely: Ctrl-C, whoever manages the process, and a terminal that is closed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One report: where the solve stands. `incumbent`, `bound` and `gap` are None while unknown.

    `gap` is relative to the incumbent; `seconds` is wall clock since the phase began.
    """

    phase: str
    incumbent: float | None
    bound: float | None
    gap: float | None
    seconds: float
    nodes: int = 0


class Watch(Protocol):
    """Somebody who follows a solve and may stop it, both on the thread that asked for the solve."""

    def report(self, progress: Progress) -> None:
        """Take note of the progress; called at most about five times a second."""
        ...

    def stop_requested(self) -> bool:
        """Whether the solve should stop now with the best it has; called many times a second."""
        ...


class SilentWatch:
    """Follows nothing, stops nothing."""

    def report(self, progress: Progress) -> None:
        """Nothing."""

    def stop_requested(self) -> bool:
        """Never."""
        return False


class StopOnly:
    """Passes on the wish to stop, and no progress: a small program within a search has none to report."""

    def __init__(self, inner: Watch) -> None:
        self._inner = inner

    def report(self, progress: Progress) -> None:
        """Nothing."""

    def stop_requested(self) -> bool:
        """Whatever the inner watch says."""
        return self._inner.stop_requested()


class Deadline:
    """Passes everything on to another watch, and stops the work once so many seconds have passed.

    >>> Deadline(SilentWatch(), 0.0).stop_requested()
    True
    """

    def __init__(self, inner: Watch, seconds: float) -> None:
        self._inner = inner
        self._end = perf_counter() + seconds

    @property
    def passed(self) -> bool:
        """Whether the time is over."""
        return perf_counter() >= self._end

    def report(self, progress: Progress) -> None:
        """Pass it on."""
        self._inner.report(progress)

    def stop_requested(self) -> bool:
        """Whether the time is over, or the inner watch asks for a stop."""
        return self.passed or self._inner.stop_requested()


class CancelWatch:
    """Passes reports on to another watch, and stops the solve once `cancel` was called, from any thread.

    >>> watch = CancelWatch()
    >>> watch.stop_requested()
    False
    >>> watch.cancel()
    >>> watch.stop_requested()
    True
    """

    def __init__(self, inner: Watch | None = None) -> None:
        self._inner: Watch = SilentWatch() if inner is None else inner
        self._cancelled = threading.Event()

    def report(self, progress: Progress) -> None:
        """Pass it on."""
        self._inner.report(progress)

    def stop_requested(self) -> bool:
        """Whether this watch was cancelled, or the inner one asks for a stop."""
        return self._cancelled.is_set() or self._inner.stop_requested()

    def cancel(self) -> None:
        """Ask for a stop; there is no way back."""
        self._cancelled.set()

    @contextmanager
    def on_interrupt(self) -> Iterator[CancelWatch]:
        """Within the block the first Ctrl-C, SIGTERM or SIGHUP cancels; the next does what it always does.

        Unlike a KeyboardInterrupt caught somewhere below, the request outlives the run during which it
        came. Off the main thread, where no signal arrives, the block changes nothing.
        """
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        previous = {number: signal.getsignal(number) or signal.SIG_DFL for number in STOPPING_SIGNALS}
        hang_up = signal.Signals.__members__.get("SIGHUP")
        if hang_up is not None and previous.get(hang_up) == signal.SIG_IGN:  # what nohup asks for
            del previous[hang_up]

        def as_before() -> None:
            for number, handler in previous.items():
                signal.signal(number, handler)

        def cancel_first(*_: object) -> None:
            as_before()
            self.cancel()

        for number in previous:
            signal.signal(number, cancel_first)
        try:
            yield self
        finally:
            as_before()
