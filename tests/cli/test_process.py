"""The command line as a process: streams, signals, completion."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from concord.cli.exit_codes import ExitCode

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and shells of POSIX")

SLOW_SOLVE = """
import sys, time
from pathlib import Path
from concord.models import Plan
from concord import planning
from concord.cli.app import main
from concord.solving.progress import Progress

def slow(problem, options, watch, second_opinion):
    watch.report(Progress("searching", None, None, None, 0.0))
    while not watch.stop_requested():
        time.sleep(0.01)
    watch.report(Progress("stopping", None, None, None, 0.0))
    time.sleep({after})
    plan = Plan.model_validate_json(Path({plan!r}).read_text(encoding="utf-8"))
    ended = plan.termination.model_copy(update={{"reason": "interrupted"}})
    return plan.model_copy(update={{"termination": ended}})

planning.solve = slow
sys.argv = ["concord", "solve", "three-states", *{more}]
main()
"""


@pytest.fixture
def run(command: tuple[str, ...], environment: dict[str, str], tmp_path: Path) -> Any:
    def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments],
            env={**environment, **changes},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


def test_a_process_ends_with_the_code_of_its_failure_and_without_traceback(run: Any) -> None:
    ended = run("check", "nowhere.yaml")
    assert ended.returncode == 3
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


def test_json_is_utf8_whatever_the_terminal_speaks(run: Any) -> None:
    ended = run("show", "euro-atlantic-1992", "sites", "--json", PYTHONIOENCODING="ascii")
    assert ended.returncode == 0, ended.stderr
    assert any(not site["name"].isascii() for site in json.loads(ended.stdout))


def test_a_terminal_that_lacks_letters_gets_the_others(run: Any) -> None:
    ended = run("show", "euro-atlantic-1992", "sites", PYTHONIOENCODING="ascii")
    assert ended.returncode == 0, ended.stderr
    assert "?" in ended.stdout


def test_bundled_problems_complete_in_the_shell(run: Any) -> None:
    ended = run(_CONCORD_COMPLETE="complete_bash", COMP_WORDS="concord solve euro", COMP_CWORD="2")
    assert ended.stdout.split() == ["euro-atlantic-1992"]


def test_a_reader_that_leaves_early_causes_no_traceback(
    command: tuple[str, ...], environment: dict[str, str], tmp_path: Path
) -> None:
    with subprocess.Popen(
        [*command, "schema", "problem"],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def interrupted(
    solved: Any,
    environment: dict[str, str],
    folder: Path,
    *,
    times: int,
    after: float,
    number: signal.Signals = signal.SIGINT,
    more: tuple[str, ...] = (),
) -> tuple[int, str]:
    script = SLOW_SOLVE.format(plan=str(solved.folder / "plan.json"), after=after, more=more)
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr
        told = ""
        for _, phase in zip(range(times), ("searching", "stopping"), strict=False):
            while phase not in told:
                line = process.stderr.readline()
                assert line, told
                told += line
            process.send_signal(number)
        told += process.stderr.read()
        return process.wait(timeout=60), told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_interruption_writes_the_best_plan_so_far(
    solved: Any, environment: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    code, _ = interrupted(solved, environment, tmp_path, times=1, after=0.0, number=number)
    assert code == 6
    written = json.loads((tmp_path / "plans" / "three-states" / "plan.json").read_text(encoding="utf-8"))
    assert written["termination"]["reason"] == "interrupted"


def test_an_interrupted_search_still_gets_its_certificate(
    solved: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    code, _ = interrupted(solved, environment, tmp_path, times=1, after=0.0, more=("--certificate",))
    assert code == 6
    written = json.loads((tmp_path / "plans" / "three-states" / "plan.json").read_text(encoding="utf-8"))
    assert written["certificate"]["rows"]


def test_the_second_interruption_aborts_and_writes_nothing(
    solved: Any, environment: dict[str, str], tmp_path: Path
) -> None:
    code, told = interrupted(solved, environment, tmp_path, times=2, after=60.0)
    assert code == 130
    assert "aborted" in told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def ended(
    command: list[str], stdout: IO[str], environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env=environment, text=True, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("problems",), ("check", "three-states", "--json")])
def test_a_full_disk_is_no_defect(
    command: tuple[str, ...], environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w") as full:
        run = ended([*command, *arguments], full, environment)
    assert run.returncode == ExitCode.BAD_INPUT
    assert run.stderr == "Error: cannot write the output: no space left on device\n"


@pytest.mark.parametrize("arguments", [("solve", "--help"), ("problems",)])
def test_a_reader_who_leaves_is_told_by_the_exit_code_alone(
    command: tuple[str, ...], environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        run = ended([*command, *arguments], pipe, environment)
    assert (run.returncode, run.stderr) == (ExitCode.READER_GONE, "")


def test_a_certificate_that_solve_writes_proves_the_bound(run: Any, tmp_path: Path) -> None:
    done = run("solve", "three-states", "--gap", "0.02", "--certificate", "--quiet", "--out", "proven")
    assert done.returncode == ExitCode.SUCCESS
    checked = run("verify", "proven", "--bound")
    assert checked.returncode == ExitCode.SUCCESS
    assert "no plan is better than" in checked.stdout
    assert "the word of HiGHS" in checked.stdout
    plan = tmp_path / "proven" / "plan.json"
    content = json.loads(plan.read_text(encoding="utf-8"))
    content["certificate"] = None
    plan.write_text(json.dumps(content), encoding="utf-8")
    unproven = run("verify", "proven", "--bound")
    assert unproven.returncode == ExitCode.VIOLATIONS
    assert "has no certificate" in unproven.stdout
