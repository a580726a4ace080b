"""The progress of a solve: one live table on a terminal, plain lines elsewhere, always on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table

from concord.cli.usual import Usual
from concord.solving.progress import CancelWatch, Progress, SilentWatch, Watch

from .console import console, styled

SECONDS_BETWEEN_LINES = 5.0
"""A log is read afterwards: a line for each phase, and now and then one in between."""
STOPPING = "stopping; the best plan so far will be written (Ctrl-C again aborts)"


@contextmanager
def watched(*, quiet: bool, expected: Usual | None = None) -> Iterator[CancelWatch]:
    """A watch that shows progress, and how long that is expected to take.

    Within the block the first Ctrl-C asks for a stop, the second aborts.
    """
    err = console(stderr=True)
    if quiet:
        inner: Watch = SilentWatch()
    elif err.is_terminal:
        inner = LiveProgress(err, expected=expected)
    else:
        inner = PlainProgress(lambda line: err.print(line, soft_wrap=True))
    if expected is not None and not quiet:
        err.print(f"A problem of this size usually takes {expected.words}.", soft_wrap=True)
    inner.report(Progress("formulation", None, None, None, 0.0))
    watch = CancelWatch(inner)
    with watch.on_interrupt():
        if not isinstance(inner, LiveProgress):
            yield watch
            return
        inner.stopping = watch.stop_requested
        with Live(inner, console=err, refresh_per_second=8, transient=True):
            yield watch


def figures(progress: Progress) -> tuple[str, str, str]:
    """Best plan, proven bound and gap as text; a dash for what is not known yet."""
    best = "-" if progress.incumbent is None else f"{progress.incumbent:.5f}"
    bound = "-" if progress.bound is None else f"{progress.bound:.5f}"
    gap = "-" if progress.gap is None else f"{progress.gap:.3%}"
    return best, bound, gap


@dataclass
class PlainProgress:
    """One line for each phase, and one every few seconds within a phase."""

    write: Callable[[str], object]
    clock: Callable[[], float] = monotonic
    _phase: str | None = None
    _started: float | None = None
    _written: float = 0.0

    def report(self, progress: Progress) -> None:
        """Write a line where the phase is new or the last line is old."""
        now = self.clock()
        self._started = now if self._started is None else self._started
        if progress.phase == self._phase and now - self._written < SECONDS_BETWEEN_LINES:
            return
        self._phase, self._written = progress.phase, now
        best, bound, gap = figures(progress)
        elapsed = now - self._started
        self.write(f"{elapsed:6.1f} s  {progress.phase:<28}  best {best}  bound {bound}  gap {gap}")

    def stop_requested(self) -> bool:
        """Never: only the user asks for a stop."""
        return False


@dataclass
class LiveProgress:
    """What is known now, drawn anew whenever the terminal is refreshed."""

    console: Console
    clock: Callable[[], float] = monotonic
    stopping: Callable[[], bool] = field(default=lambda: False)
    expected: Usual | None = None
    _latest: Progress | None = None
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self._started = self.clock()

    def report(self, progress: Progress) -> None:
        """Keep the report for the next refresh."""
        self._latest = progress

    def stop_requested(self) -> bool:
        """Never: only the user asks for a stop."""
        return False

    def __rich__(self) -> Group:
        """Draw the table."""
        latest = self._latest or Progress("start", None, None, None, 0.0)
        best, bound, gap = figures(latest)
        table = Table(box=None, padding=(0, 2, 0, 0))
        cells = {
            "phase": latest.phase,
            "best plan": best,
            "proven bound": bound,
            "gap": gap,
            "seconds": f"{self.clock() - self._started:.1f}",
            "nodes": str(latest.nodes),
        }
        if self.expected is not None:
            cells["left"] = self.expected.left(self.clock() - self._started)
        for title in cells:
            table.add_column(title, justify="left" if title == "phase" else "right", header_style="dim")
        table.add_row(*(styled(cell) for cell in cells.values()))
        return Group(table, styled(STOPPING, "yellow")) if self.stopping() else Group(table)
