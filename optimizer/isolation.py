"""Other programs are run in folders of their own, so that nothing in the user's folder is run or read."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_RUN = "import json, runpy, sys; sys.path[:] = json.loads(sys.argv.pop(1)); sys.argv.pop(0); "
_RUN += "runpy.run_path(sys.argv[0], run_name='__main__')"
"""What an isolated Python does: take over our search path, then run the file."""


_PR_SET_PDEATHSIG = 1


def end_with_parent() -> Callable[[], None] | None:
    """What a new process does first, to be killed when we end in whatever way; None where there is no such.

    It counts the thread that starts the process for its parent: that thread must wait for it.
    """
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def environment() -> dict[str, str]:
    """Our environment without what tells Python to find or run other code."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("PYTHON")}


def search_path() -> list[str]:
    """Where we search for modules ourselves, without the current folder and what is relative to it."""
    here = Path.cwd()
    return [entry for entry in sys.path if os.path.isabs(entry) and not _same(Path(entry), here)]  # noqa: PTH117


def python(file: Path, *arguments: str) -> list[str]:
    """The command that runs a file by its path in an isolated Python, which searches where we do."""
    return [sys.executable, "-I", "-c", _RUN, json.dumps(search_path()), str(file.resolve()), *arguments]


def _same(path: Path, folder: Path) -> bool:
    try:
        return path.samefile(folder)
    except OSError:
        return False
