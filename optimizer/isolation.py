"""Other programs are run in folders of their own, so that nothing in the user's folder is run or read."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

_RUN = "import json, runpy, sys; sys.path[:] = json.loads(sys.argv.pop(1)); sys.argv.pop(0); "
_RUN += "runpy.run_path(sys.argv[0], run_name='__main__')"
"""What an isolated Python does: take over our search path, then run the file."""


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
