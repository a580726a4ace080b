"""What the file system refuses, as bad input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from concord.errors import BadInput, Fault


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the file system refuses at `path` into BadInput."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refusal(path, f"cannot write here: {reason}", "name another place with --out") from error


def refusal(path: Path, message: str, remedy: str) -> BadInput:
    """The error for a place that cannot be written."""
    return BadInput([Fault(message, file=str(path), remedy=remedy)])
