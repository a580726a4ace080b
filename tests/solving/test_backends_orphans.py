"""The processes of solvers end with ours, in whatever way that ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROBE = """
import tempfile, sys
tempfile.tempdir = sys.argv[2]
from optimizer.solving.backends.registry import backend
from optimizer.solving.options import RunLimits
from optimizer.solving.testing import hard_knapsacks
print("begun", flush=True)
backend(sys.argv[1]).solve(hard_knapsacks(), RunLimits(time_limit=60.0))
"""


def running(folder: Path) -> list[int]:
    """The processes whose command line names the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"{folder}/".encode() in command:
                found.append(int(entry.name))
    return found


def awaited(folder: Path, some: bool) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if bool(running(folder)) is some:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a process to its parent")
@pytest.mark.parametrize("name", ["cbc", "pulp:HiGHS"])
def test_a_solver_dies_with_us(tmp_path: Path, name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROBE, name, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        assert awaited(tmp_path, some=True)
        os.kill(process.pid, signal.SIGKILL)
    assert awaited(tmp_path, some=False)
