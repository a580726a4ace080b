"""The standard streams, such that nothing that happens to them costs a plan."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from typing import Any


def prepare() -> None:
    """Open what is closed into nothing, and let go unheard what nobody can hear any more.

    What goes to stderr is never worth a failure. On stdout, a terminal that was closed is none; a full disk
    and a reader that has left are for the command to report.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        _open(number, name)
    terminal = sys.stdout.isatty()
    sys.stdout = _forgiving(sys.stdout, lambda error: terminal and error.errno == errno.EIO)
    sys.stderr = _forgiving(sys.stderr, lambda _: True)


class _Forgiving(io.FileIO):
    """A file that takes what cannot be written for written, where the failure is one to forgive."""

    def __init__(self, number: int, forgives: Callable[[OSError], bool]) -> None:
        super().__init__(number, "w", closefd=False)
        self._forgives = forgives

    def write(self, data: Any) -> int:
        """Write, or do as if."""
        try:
            return super().write(data)
        except OSError as error:
            if not self._forgives(error):
                raise
            return memoryview(data).nbytes


def _open(number: int, name: str) -> None:
    """A closed descriptor would be given to the next file that is opened, and to what solvers print."""
    try:
        os.fstat(number)
    except OSError:
        os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    if getattr(sys, name) is None:
        mode = "r" if name == "stdin" else "w"
        setattr(sys, name, io.open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115, UP020


def _forgiving(stream: Any, forgives: Callable[[OSError], bool]) -> Any:
    """The same stream over a forgiving file; what is no file stays as it is."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    raw = io.BufferedWriter(_Forgiving(stream.fileno(), forgives))
    lines = stream.line_buffering
    return io.TextIOWrapper(raw, stream.encoding, errors="replace", line_buffering=lines)
