"""Keeping what native libraries print out of our output.

They print to the C library's `stdout` and `stderr`, which are variables that may be pointed elsewhere.
Python's own `sys.stdout` and `sys.stderr` do not use them, so that our display goes on meanwhile.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

Stream = Literal["stdout", "stderr"]


@contextmanager
def discarded(stream: Stream) -> Iterator[None]:
    """Within the block, what native code of this process prints to the stream is thrown away.

    Where the C library has no such variable, as on Windows, it is printed.
    """
    variable, nowhere = _variable(stream), _nowhere()
    if variable is None or nowhere is None:
        yield
        return
    _enter(stream, variable, nowhere)
    try:
        yield
    finally:
        _leave(stream, variable)


_lock = threading.Lock()
_inside: dict[str, list[int | None]] = {"stdout": [], "stderr": []}
"""For each thread inside a block, where the stream went before the first of them came."""


def _enter(stream: Stream, variable: ctypes.c_void_p, nowhere: int) -> None:
    with _lock:
        before = _inside[stream]
        before.append(before[0] if before else variable.value)
        variable.value = nowhere


def _leave(stream: Stream, variable: ctypes.c_void_p) -> None:
    """The last thread to leave gives the stream back."""
    with _lock:
        original = _inside[stream].pop()
        if not _inside[stream]:
            variable.value = original


@cache
def _variable(stream: Stream) -> ctypes.c_void_p | None:
    """The variable that holds the stream: `stdout` on Linux, `__stdoutp` on macOS."""
    if os.name != "posix":
        return None
    library = ctypes.CDLL(None)
    for symbol in (stream, f"__{stream}p"):
        try:
            return ctypes.c_void_p.in_dll(library, symbol)
        except ValueError:
            continue
    return None


@cache
def _nowhere() -> int | None:
    """One stream into nothing, open as long as the process."""
    if os.name != "posix":
        return None
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    library.fopen.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    address: int | None = library.fopen(os.devnull.encode(), b"w")
    return address
