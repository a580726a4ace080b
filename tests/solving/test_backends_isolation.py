"""What lies in the user's folder is neither run nor read by the processes of solvers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concord.isolation import find_program
from concord.solving.backends.registry import available

HOSTILE = ("concord", "pulp", "numpy", "json", "runpy", "sitecustomize", "usercustomize")
PROBE = """
import os, sys
from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits
from concord.solving.testing import posed
os.chdir(sys.argv[1])
solver = backend(sys.argv[2])
program = posed("max", [3, 2], [[1, 1]], row_upper=4, upper=3, integer=True)
print(solver.version(), solver.solve(program, RunLimits()).objective)
"""


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder in which every module that a worker may import writes down that it was run."""
    folder = tmp_path / "trap"
    folder.mkdir()
    for name in HOSTILE:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'executed')!r}, 'a').write({name!r})\n")
    return folder


@pytest.mark.parametrize("name", ["cbc", *(name for name in available() if name.startswith("pulp:"))])
def test_nothing_of_the_users_folder_is_run(trap: Path, name: str) -> None:
    # Of `-c` and of the empty end of the variable, the search path begins and ends with the working folder.
    environment = os.environ | {"PYTHONPATH": os.pathsep}
    probe = [sys.executable, "-c", PROBE, str(trap), name]
    done = subprocess.run(
        probe, cwd=trap.parent, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip().endswith("11.0"), done.stderr
    assert not (trap.parent / "executed").exists()
    assert {path.stem for path in trap.iterdir()} == set(HOSTILE)


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of POSIX")
@pytest.mark.parametrize("path", ["", ".", "bin", f".{os.pathsep}{os.defpath}", f"{os.defpath}{os.pathsep}"])
def test_no_program_of_the_users_folder_is_run(tmp_path: Path, path: str) -> None:
    names = ("cbc", "gurobi_cl", "scip", "highs", "glpsol", "cplex", "chromium", "google-chrome")
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        for name in names:
            (folder / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'executed'}\n")
            (folder / name).chmod(0o755)
    probe = """
import pulp
pulp.PULP_CBC_CMD.pulp_cbc_path = "/nowhere/cbc"
from concord.export.browser import find_browser
from concord.solving.backends.cbc import executable
from concord.isolation import find_program
from concord.solving.backends.registry import available
print([found for found in (find_browser(), executable()) if found and found.startswith(%r)])
available()
"""
    environment = {**os.environ, "PATH": path}
    run = [sys.executable, "-c", probe % str(tmp_path)]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
    assert not (tmp_path / "executed").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of POSIX")
def test_a_program_is_found_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("browser").touch(mode=0o755)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "")))
    assert find_program("browser") is None
    assert find_program("./browser") == str(tmp_path / "browser")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program("browser") == str(tmp_path / "browser")
