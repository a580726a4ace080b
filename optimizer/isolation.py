"""Other programs are run in folders of their own, so that nothing in the user's folder is run or read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from concord import keeper

_RUN = "import json, runpy, sys; sys.path[:] = json.loads(sys.argv.pop(1)); sys.argv.pop(0); "
_RUN += "runpy.run_path(sys.argv[0], run_name='__main__')"
"""What an isolated Python does: take over our search path, then run the file."""


class Kept:
    """Another program at work in a folder; it ends with us in whatever way we end, and the folder goes then.

    A process between us and it sees to that (`keeper`). In a session of its own, it does not hear the Ctrl-C
    on the terminal that is meant for us.
    """

    def __init__(self, command: Sequence[str], folder: Path, *, output: IO[Any]) -> None:
        """Start the command; what it prints goes to `output`. Raises OSError."""
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", keeper.__file__, str(folder), *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=environment(),
            start_new_session=True,
        )

    def wait(self, seconds: float | None = None) -> int:
        """Wait for its end; gives its exit code, 128 more than the signal that killed it.

        Raises subprocess.TimeoutExpired where it does not end in time.
        """
        return self._keeper.wait(seconds)

    def stop(self) -> None:
        """Ask it to stop, as Ctrl-C does."""
        with suppress(OSError):
            if self._keeper.stdin:
                self._keeper.stdin.write(b".")
                self._keeper.stdin.flush()

    def end(self) -> None:
        """End it and all that it has started, at once."""
        with suppress(OSError):
            if self._keeper.stdin:
                self._keeper.stdin.close()
        self._keeper.wait()


def environment() -> dict[str, str]:
    """Our environment without what tells Python, or the search for programs, to find other code."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("PYTHON")}
    return {**kept, "PATH": programs_path()}


def programs_path() -> str:
    """Where we search for programs: without the current folder, and what is relative to it."""
    entries = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(entry for entry in entries if Path(entry).is_absolute())


def find_program(name: str) -> str | None:
    """The absolute path of a program of this machine; None where there is none of that name.

    A name with a folder in it stands for that file, wherever it is.
    """
    found = shutil.which(name, path=programs_path())
    if found is None:
        return None
    looked_here = not Path(found).is_absolute() and name == Path(name).name  # as Windows does
    return None if looked_here else str(Path(found).absolute())


@contextmanager
def searching_elsewhere() -> Iterator[None]:
    """Within the block, no library finds programs in the current folder."""
    before = os.environ.get("PATH")
    os.environ["PATH"] = programs_path()
    try:
        yield
    finally:
        if before is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = before


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
