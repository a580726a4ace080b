"""One run of HiGHS, followed and stopped through its callbacks."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable

import highspy
import numpy as np
from highspy import cb
from numpy.typing import NDArray

from concord.solving.backends.attend import Attended
from concord.solving.progress import Progress, Watch
from concord.solving.termination import Sense

Incumbent = Callable[[NDArray[np.float64]], None]

REPORT_SECONDS = 0.2

_KINDS = cb.HighsCallbackType
_MIP_INTERRUPT = int(_KINDS.kCallbackMipInterrupt)
_INTERRUPTS = {
    int(_KINDS.kCallbackSimplexInterrupt),
    int(_KINDS.kCallbackIpmInterrupt),
    _MIP_INTERRUPT,
}
_LOGGING = int(_KINDS.kCallbackMipLogging)
_IMPROVING = int(_KINDS.kCallbackMipImprovingSolution)


class WatchedRun:
    """Runs a HiGHS object once, reporting to `watch` and handing every new incumbent to `on_incumbent`."""

    def __init__(
        self,
        highs: highspy.Highs,
        sense: Sense,
        phase: str,
        watch: Watch,
        on_incumbent: Incumbent | None,
        bound_limit: float | None,
    ) -> None:
        self._highs = highs
        self._sense = sense
        self._phase = phase
        self._watch = watch
        self._on_incumbent = on_incumbent
        self._bound_limit = bound_limit
        self._stop = threading.Event()
        self.interrupted = False
        self._latest: Progress | None = None
        self._incumbents: deque[NDArray[np.float64]] = deque()
        self._last_report = -math.inf

    def execute(self) -> None:
        """Run to the end or to a stop. What the watch or `on_incumbent` raises stops the run first."""
        self._listen()
        attended = Attended(self._work, self._watch, self._stop.set)
        attended.run(self._deliver)
        self.interrupted = attended.interrupted
        self._deliver()

    def _listen(self) -> None:
        self._highs.setCallback(self._heard, None)
        for kind in (*_INTERRUPTS, _LOGGING):
            self._highs.startCallback(_KINDS(kind))
        if self._on_incumbent is not None:
            self._highs.startCallback(_KINDS(_IMPROVING))

    def _work(self) -> None:
        self._highs.run()
        # HiGHS keeps a pool of threads for each thread that ever ran it; this one will not come back.
        highspy.Highs.resetGlobalScheduler(False)

    def _heard(
        self,
        kind: int,
        _message: str,
        told: cb.HighsCallbackOutput,
        answer: cb.HighsCallbackInput,
        _data: object,
    ) -> None:
        """Called by HiGHS on its own thread."""
        if kind in _INTERRUPTS:
            enough = kind == _MIP_INTERRUPT and self._is_enough(told.mip_dual_bound)
            answer.user_interrupt = enough or self._stop.is_set()
        elif kind == _LOGGING:
            self._latest = self._progress(told)
        elif kind == _IMPROVING:
            self._incumbents.append(np.array(told.mip_solution, dtype=np.float64))

    def _is_enough(self, bound: float) -> bool:
        limit = self._bound_limit
        if limit is None or finite(bound) is None:
            return False
        return bound <= limit if self._sense == "max" else bound >= limit

    def _progress(self, told: cb.HighsCallbackOutput) -> Progress:
        incumbent, bound = finite(told.mip_primal_bound), finite(told.mip_dual_bound)
        gap = None
        if incumbent is not None and bound is not None:
            gap = abs(bound - incumbent) / max(abs(incumbent), 1e-12)
        return Progress(self._phase, incumbent, bound, gap, told.running_time, told.mip_node_count)

    def _deliver(self) -> None:
        while self._incumbents and self._on_incumbent is not None:
            self._on_incumbent(self._incumbents.popleft())
        now = time.monotonic()
        latest = self._latest
        if latest is not None and now - self._last_report >= REPORT_SECONDS:
            self._latest = None
            self._last_report = now
            self._watch.report(latest)


def finite(value: float) -> float | None:
    """The value, or None for the infinities by which HiGHS says that it knows nothing yet."""
    return value if abs(value) < highspy.kHighsInf else None
