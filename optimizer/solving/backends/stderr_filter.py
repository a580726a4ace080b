"""Keeping a native library's known noise off the terminal.

Native code writes to file descriptor 2, past `sys.stderr`. While the filter is on, the descriptor leads
into a pipe from which everything but the unwanted lines goes on to where it led before.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def without_lines(unwanted: tuple[bytes, ...]) -> Iterator[None]:
    """Within the block, lines on standard error that contain one of the fragments are dropped."""
    try:
        original = os.dup(_STDERR)
    except OSError:  # there is no standard error to keep clean
        yield
        return
    reading, writing = os.pipe()
    os.dup2(writing, _STDERR)
    os.close(writing)
    sieve = threading.Thread(target=_sieve, args=(reading, original, unwanted), daemon=True)
    sieve.start()
    try:
        yield
    finally:
        os.dup2(original, _STDERR)
        sieve.join()
        os.close(original)


def _sieve(reading: int, original: int, unwanted: tuple[bytes, ...]) -> None:
    """Copy until the pipe's last writer is gone; what does not end in a newline is passed on at once too."""
    with os.fdopen(reading, "rb", buffering=0) as source:
        while chunk := source.read(65536):
            lines = chunk.splitlines(keepends=True)
            kept = b"".join(line for line in lines if not any(fragment in line for fragment in unwanted))
            if kept:
                os.write(original, kept)
