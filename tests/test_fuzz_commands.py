"""Ten thousand problem files with slips: a plain answer to each, never a defect, and nothing left behind."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import concord
from concord.cli.app import app
from concord.cli.exit_codes import ExitCode
from tests.support.compact import DOCUMENT
from tests.support.mutants import mutant

pytestmark = pytest.mark.slow
CHECKED, SOLVED, BATCHES = 10_000, 200, 10
BASES = (DOCUMENT, concord.load("three-states").model_dump(mode="json"))
PLAN = {ExitCode.SUCCESS, ExitCode.LIMIT_WITH_PLAN}
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a mutant, in a folder and with a folder for temporary files of its own."""
    (tmp_path / "here").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))

    def once(seed: int, *arguments: str, gentle: bool = False) -> tuple[int, str]:
        suffix = ("json", "yaml")[seed // len(BASES) % 2]
        path = Path(f"mutant.{suffix}")
        path.write_bytes(
            mutant(BASES[seed % len(BASES)], seed, gentle=gentle).encode("utf-8", "surrogatepass")
        )
        command, *more = arguments
        result = CliRunner().invoke(app, [command, str(path), *more], prog_name="concord")
        path.unlink()
        assert not list((tmp_path / "tmp").iterdir())
        return result.exit_code, result.output

    return once


@pytest.mark.parametrize("batch", range(BATCHES))
def test_check_answers_any_file(run: Run, batch: int) -> None:
    codes = Counter[int]()
    for seed in range(batch, CHECKED, BATCHES):
        code, told = run(seed, "check")
        codes[code] += 1
        assert code in {ExitCode.SUCCESS, ExitCode.BAD_INPUT}, (seed, told)
        assert "Traceback" not in told, seed
        assert not list(Path().iterdir()), seed
    assert min(codes[ExitCode.SUCCESS], codes[ExitCode.BAD_INPUT]) > 50


@pytest.mark.parametrize("batch", range(BATCHES))
def test_solve_answers_any_file(run: Run, batch: int) -> None:
    for seed in range(batch, SOLVED, BATCHES):
        code, told = run(seed, "solve", "--time-limit", "5", "--quiet", "--out", "out", gentle=True)
        assert code != ExitCode.DEFECT, (seed, told)
        assert "Traceback" not in told, seed
        assert Path("out").exists() is (code in PLAN), (seed, told)
        for path in Path("out").glob("*"):
            path.unlink()
        if Path("out").exists():
            Path("out").rmdir()
        assert not list(Path().iterdir()), seed
