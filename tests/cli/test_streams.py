"""Nothing that happens to the standard streams costs a plan."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from concord.cli.exit_codes import ExitCode

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and shells of POSIX")

BEGIN = """
import sys
from concord.__main__ import main
print("begun", flush=True)
sys.argv = ["concord", "solve"]
main()
"""
SOLVE = ("solve", "three-states", "--gap", "0.02", "--out", "plan")


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_defect(
    command: tuple[str, ...], environment: dict[str, str], tmp_path: Path, closed: str
) -> None:
    shell = f'"$@" {closed}'
    done = subprocess.run(
        ["sh", "-c", shell, "sh", *command, *SOLVE], env=environment, cwd=tmp_path, check=False
    )
    assert done.returncode == ExitCode.SUCCESS
    assert json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("gone", ["terminal", "reader"])
def test_whoever_watches_may_leave_during_the_search(
    command: tuple[str, ...], environment: dict[str, str], tmp_path: Path, gone: str
) -> None:
    reader, writer = os.openpty() if gone == "terminal" else os.pipe()
    seen = subprocess.DEVNULL if gone == "reader" else writer
    arguments = [*command, *SOLVE, "--export", "markdown"]
    process = subprocess.Popen(
        arguments, env=environment, cwd=tmp_path, stdout=seen, stderr=writer, start_new_session=True
    )
    os.close(writer)
    assert os.read(reader, 1)
    os.close(reader)
    assert process.wait(timeout=120) == ExitCode.SUCCESS
    assert (tmp_path / "plan" / "three-states.md").is_file()


def test_exports_are_written_although_the_reader_of_the_summary_has_left(
    command: tuple[str, ...], environment: dict[str, str], tmp_path: Path
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        done = subprocess.run(
            [*command, *SOLVE, "--export", "csv"], env=environment, cwd=tmp_path, stdout=pipe, check=False
        )
    assert done.returncode == ExitCode.READER_GONE
    assert (tmp_path / "plan" / "three-states-csv").is_dir()


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6])
def test_an_interruption_of_the_imports_has_no_traceback(
    environment: dict[str, str], tmp_path: Path, seconds: float
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.02 + seconds)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "Error: aborted; nothing was written\n"
    assert process.returncode == ExitCode.ABORTED
    assert list(tmp_path.iterdir()) == []
