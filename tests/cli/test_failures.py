"""Errors on the command line: one message, one exit code, never a traceback."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from concord.cli.app import app
from concord.cli.exit_codes import ExitCode
from concord.cli.failures import report


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("solve", "--no-such-option"),
        ("solve", "--gap", "wide"),
        ("solve", "--objective", "happiness"),
        ("verify",),
        ("write-program", "three-states", "--format", "txt"),
        ("schema", "poem"),
    ],
)
def test_a_slip_in_the_command_is_bad_input(concord: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    answer = concord(*arguments)
    assert answer.code == ExitCode.BAD_INPUT
    assert answer.out == ""
    assert "Usage: concord" in answer.err
    assert "--help" in answer.err


def test_a_slip_in_the_command_is_json_where_json_is_asked_for(concord: Callable[..., Any]) -> None:
    answer = concord("solve", "--json", "--gap", "wide")
    content = json.loads(answer.out)
    assert (answer.code, content["kind"], content["exit_code"]) == (3, "usage", 3)
    assert "--gap" in content["message"]


def test_faults_of_a_problem_reach_json_with_file_line_and_remedy(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    text = Path("mine.yaml").read_text(encoding="utf-8").replace("host: arden", "host: ardn")
    Path("mine.yaml").write_text(text, encoding="utf-8")
    answer = concord("check", "mine.yaml", "--json")
    (fault,) = json.loads(answer.out)["faults"]
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "host: ardn" in line)
    assert (fault["file"], fault["line"], fault["value"]) == ("mine.yaml", line, "ardn")
    assert "arden" in fault["remedy"]


def test_brackets_and_escapes_in_a_name_do_nothing_to_the_terminal(concord: Callable[..., Any]) -> None:
    answer = concord("check", "[red]x[/red]\x1b[31m\x07")
    assert answer.code == ExitCode.BAD_INPUT
    assert "[red]x[/red]" in answer.err
    assert not {"\x1b", "\x07"} & set(answer.err)


def test_a_traceback_is_shown_only_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONCORD_DEBUG", raising=False)
    assert report(RuntimeError("slip"), as_json=False) is ExitCode.DEFECT
    quiet = capsys.readouterr().err
    assert "RuntimeError: slip" in quiet
    assert "Traceback" not in quiet
    assert len(quiet.splitlines()) == 1
    monkeypatch.setenv("CONCORD_DEBUG", "1")
    try:
        raise RuntimeError("slip")
    except RuntimeError as error:
        report(error, as_json=False)
    assert "Traceback" in capsys.readouterr().err


def test_what_the_system_refuses_is_no_defect(capsys: pytest.CaptureFixture[str]) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert report(full, as_json=False) is ExitCode.BAD_INPUT
    assert capsys.readouterr().err == "Error: cannot write the output: no space left on device\n"


def test_help_tells_every_exit_code(concord: Callable[..., Any]) -> None:
    answer = concord("--help")
    assert answer.code == ExitCode.SUCCESS
    words = " ".join(answer.out.split())
    for code in ExitCode:
        assert f"{code.value}: {code.meaning}" in words


@pytest.mark.parametrize(
    ("option", "written", "remedy"),
    [
        ("--gap", "0,01", "write 0.01"),
        ("--gap", "1%", "write 0.01"),
        ("--gap", "\u22121", "write -1"),
        ("--time-limit", "60s", "give a number, without separators and unit"),
        ("--time-limit", "1 000", "write 1000"),
        ("--alpha", "1,234", "write 1.234 or 1234, whichever is meant"),
        ("--seed", "1.5", "give a whole number, without separators and unit"),
        ("--seed", "1.000.000", "write 1000000"),
    ],
)
def test_an_option_that_is_almost_a_number(
    concord: Callable[..., Any], option: str, written: str, remedy: str
) -> None:
    answer = concord("solve", "three-states", option, written)
    assert answer.code == ExitCode.BAD_INPUT
    assert f"Invalid value for '{option}': a " in answer.err
    assert f"number is expected\n    value:  {written}\n    remedy: {remedy}\n" in answer.err


EVERY_COMMAND = [
    (),
    *((command,) for command in vars(get_command(app))["commands"]),
    ("scale", "un"),
    ("scale", "au"),
]


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_help_shows_no_type_beside_a_flag(concord: Callable[..., Any], command: tuple[str, ...]) -> None:
    answer = concord(*command, "--help")
    assert answer.code == ExitCode.SUCCESS
    assert "bool" not in answer.out.lower()
