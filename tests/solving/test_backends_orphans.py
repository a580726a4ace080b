"""The processes of solvers end with ours, in whatever way that ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROBE = """
import tempfile, sys
tempfile.tempdir = sys.argv[2]
from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits
from concord.solving.testing import hard_knapsacks
print("begun", flush=True)
backend(sys.argv[1]).solve(hard_knapsacks(), RunLimits(time_limit=60.0))
"""


SOLVERS = {"cbc": "cbc", "pulp:HiGHS": "pulp_worker", "pulp:PULP_CBC_CMD": "cbc"}
"""Which process is at work."""


def running(folder: Path, of: str = "") -> list[int]:
    """The processes whose command line names the folder, and begins with a program or names a file `of`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            words = [] if "keeper.py" in command.decode() and of else command.decode().split("\0")
            if f"{folder}/" in command.decode() and any(of in Path(word).name for word in words):
                found.append(int(entry.name))
    return found


def emptied(folder: Path) -> bool:
    end = time.monotonic() + 30
    while any(folder.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(folder.iterdir())


def awaited(folder: Path, some: bool, of: str = "") -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if bool(running(folder, of)) is some:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
@pytest.mark.parametrize("name", ["cbc", "pulp:HiGHS", "pulp:PULP_CBC_CMD"])
def test_a_solver_dies_with_us_and_leaves_no_files(tmp_path: Path, name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROBE, name, str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        assert awaited(tmp_path, some=True, of=SOLVERS[name])
        os.kill(process.pid, signal.SIGKILL)
    assert awaited(tmp_path, some=False)
    assert emptied(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_what_a_killed_worker_has_started_ends_too(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROBE, "pulp:PULP_CBC_CMD", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr
        assert awaited(tmp_path, some=True, of="cbc")
        (worker,) = running(tmp_path, "pulp_worker")
        os.kill(worker, signal.SIGKILL)
        assert b"left no answer" in process.stderr.read()
    assert awaited(tmp_path, some=False)
    assert emptied(tmp_path)
