"""The command line in an empty folder, and one small problem solved once for all tests."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from concord.cli.app import app
from concord.loading import load_plan, load_problem
from concord.models import DesignProblem, Plan

SMALL = "three-states"
COMMAND = (sys.executable, "-m", "concord")


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


Concord = Callable[..., Answer]


def run(*arguments: str | Path) -> Answer:
    result = CliRunner().invoke(app, list(map(str, arguments)), prog_name="concord")
    return Answer(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def concord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Concord:
    """Runs a command within this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("CONCORD_DEBUG", raising=False)
    return run


@pytest.fixture
def environment() -> dict[str, str]:
    """For processes of their own."""
    return {**os.environ, "COLUMNS": "120"}


@pytest.fixture
def command() -> tuple[str, ...]:
    return COMMAND


@dataclass(frozen=True)
class Solved:
    """The small problem, solved from the command line."""

    answer: Answer
    folder: Path
    plan: Plan
    problem: DesignProblem


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    home = tmp_path_factory.mktemp("solved")
    with contextlib.chdir(home):
        answer = run("solve", SMALL)
    folder = home / "plans" / SMALL
    return Solved(answer, folder, load_plan(folder / "plan.json"), load_problem(folder / "problem.json"))
