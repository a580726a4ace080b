"""What lies in the user's folder is neither run nor read by the processes of solvers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer.solving.backends.registry import available

ROOT = Path(__file__).parents[2]
HOSTILE = ("optimizer", "models", "pulp", "numpy", "json", "runpy", "sitecustomize", "usercustomize")
PROBE = """
import os, sys
from optimizer.solving.backends.registry import backend
from optimizer.solving.options import RunLimits
from optimizer.solving.testing import posed
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
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}"}
    probe = [sys.executable, "-c", PROBE, str(trap), name]
    done = subprocess.run(
        probe, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip().endswith("11.0"), done.stderr
    assert not (trap.parent / "executed").exists()
    assert {path.stem for path in trap.iterdir()} == set(HOSTILE)
