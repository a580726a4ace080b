"""Two pieces of work at once, of which one talks to the user: on this thread, and on another.

Which answers they give does not depend on which is faster: each works alone, and both are waited for.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from concord.solving.progress import Progress, Watch

POLL_SECONDS = 0.05

Here = TypeVar("Here")
There = TypeVar("There")


class Shared:
    """A watch for both sides, of which only the asking thread talks to the user's watch."""

    def __init__(self, inner: Watch) -> None:
        self._inner = inner
        self._stopped = threading.Event()
        self._owner = threading.get_ident()
        self._waiting: deque[Progress] = deque()

    def report(self, progress: Progress) -> None:
        """Pass it on, from the asking thread only."""
        self._waiting.append(progress)
        if threading.get_ident() == self._owner:
            self._relay()

    def stop_requested(self) -> bool:
        """Whether either side was stopped; the asking thread asks the user's watch as well."""
        if threading.get_ident() == self._owner:
            self._relay()
            if self._inner.stop_requested():
                self.stop()
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask both sides to stop."""
        self._stopped.set()

    def _relay(self) -> None:
        while self._waiting:
            self._inner.report(self._waiting.popleft())


class _Errand(Generic[There]):
    """Work on a thread of its own; what it raises is raised where its answer is collected."""

    def __init__(self, work: Callable[[], There]) -> None:
        self._work = work
        self._answer: list[There] = []
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="errand", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._answer.append(self._work())
        except BaseException as failure:
            self._failure = failure

    def wait(self, watch: Shared) -> None:
        while self._thread.is_alive():
            self._thread.join(POLL_SECONDS)
            watch.stop_requested()

    def answer(self) -> There:
        if self._failure is not None:
            raise self._failure
        return self._answer[0]


def side_by_side(
    here: Callable[[Shared], Here], there: Callable[[Shared], There], watch: Watch
) -> tuple[Here, There]:
    """The answers of `here`, worked out on this thread, and of `there`, on another.

    A Ctrl-C that reaches this thread asks both to stop and waits for them; the second one is raised. What
    `here` raises stops the other side first.
    """
    shared = Shared(watch)
    errand = _Errand(lambda: there(shared))
    try:
        answer = here(shared)
    except BaseException:
        shared.stop()
        errand.wait(shared)
        raise
    try:
        errand.wait(shared)
    except KeyboardInterrupt:
        shared.stop()
        errand.wait(shared)
    return answer, errand.answer()
