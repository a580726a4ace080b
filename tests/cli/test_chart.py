"""`concord chart`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode


def test_a_map_is_drawn_under_the_name_of_the_problem(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("chart", solved.folder)
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert answer.out.strip() == "three-states-map.svg"
    assert b"<svg" in Path("three-states-map.svg").read_bytes()


def test_a_picture_goes_where_it_is_wanted(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("chart", solved.folder, "--kind", "burden", "-o", "new/x.PNG")
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert Path("new/x.PNG").read_bytes().startswith(b"\x89PNG")
    refused = concord("chart", solved.folder, "--kind", "burden", "-o", "new/x.PNG")
    assert refused.code == ExitCode.BAD_INPUT
    assert "--overwrite" in refused.err


@pytest.mark.parametrize("name", ["x.jpg", "x"])
def test_an_ending_that_is_no_picture_is_refused(solved: Any, concord: Callable[..., Any], name: str) -> None:
    answer = concord("chart", solved.folder, "-o", name)
    assert answer.code == ExitCode.BAD_INPUT
    assert ".svg or .png" in answer.err
    assert not Path(name).exists()


def test_an_unknown_kind_is_told_with_those_there_are(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("chart", solved.folder, "--kind", "pie")
    assert answer.code == ExitCode.BAD_INPUT
    assert "security" in answer.err
