"""Keeping what native libraries print out of our output.

They print to the C library's `stdout` and `stderr`, which are variables that may be pointed elsewhere.
Python's own `sys.stdout` and `sys.stderr` do not use them, so that our display goes on meanwhile.
"""

from __future__ import annotations

import ctypes
import os
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
    original = variable.value
    variable.value = nowhere
    try:
        yield
    finally:
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
