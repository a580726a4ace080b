"""Every command of the README works, run in order in one folder, as a reader would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from concord.cli.exit_codes import ExitCode

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:<!-- (?P<note>[a-z ]+) -->\n)?```(?P<language>\w+)\n(?P<code>.*?)```", re.DOTALL)
INSTALLS, LONG = "in a new environment", "takes a while"


@dataclass(frozen=True)
class Block:
    """A fenced block, and the note in front of it that tells how to try it."""

    language: str
    code: str
    note: str


BLOCKS = [
    Block(found["language"], found["code"].strip(), found["note"] or "") for found in BLOCK.finditer(README)
]
COMMANDS = [block.code for block in BLOCKS if block.language == "sh" and not block.note]
LONG_COMMANDS = [block.code for block in BLOCKS if block.note == LONG]
INSTALLATIONS = [block.code for block in BLOCKS if block.note == INSTALLS]


def shell(code: str, folder: Path, path: Path) -> None:
    """Run `code` in `folder` with the programs of `path` first; its output is told where it fails."""
    environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    run = subprocess.run(
        ["bash", "-eu", "-c", code],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{code}\n{run.stdout[-3000:]}\n{run.stderr[-3000:]}"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `concord` for this Python."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "concord"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m concord "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, programs: Path) -> Path:
    """A folder in which the quick commands have been run, in the order of the README."""
    folder = tmp_path_factory.mktemp("reader")
    for code in COMMANDS:
        shell(code, folder, programs)
    return folder


def test_the_commands_work_in_order(workspace: Path) -> None:
    assert (workspace / "plans" / "three-states" / "summary.txt").is_file()
    assert (workspace / "plans" / "valley" / "plan.json").is_file()
    assert len(list((workspace / "plans").glob("valley*"))) == 2, "one plan for each solve of the problem"


@pytest.mark.parametrize("code", LONG_COMMANDS)
def test_the_long_commands_work(code: str, workspace: Path, programs: Path) -> None:
    shell(code, workspace, programs)
    assert len(list(workspace.glob("sweep/*/summary.txt"))) == 3


@pytest.mark.parametrize("code", [block.code for block in BLOCKS if block.language == "python"])
def test_the_python_works(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


def test_every_file_that_is_linked_exists() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_exit_codes_are_those_of_the_program() -> None:
    rows = dict(re.findall(r"^\| (\d+) \| (.*) \|$", README, re.MULTILINE))
    assert rows == {str(code.value): code.meaning for code in ExitCode}


def test_ci_runs_both_commands() -> None:
    script = re.sub(r" --quiet", "", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert [code for code in INSTALLATIONS[:2] if code not in script] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", INSTALLATIONS[:2])
def test_both_commands_work_in_a_new_environment(code: str, checkout: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "environment", with_pip=True)
    shell(code, checkout, tmp_path / "environment" / "bin")
