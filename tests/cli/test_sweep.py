"""`concord sweep`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode

SMALL, BUDGET = "three-states", "funds.common-fund.budget"


def test_a_sweep_is_a_table_a_file_and_a_picture(concord: Callable[..., Any]) -> None:
    answer = concord("sweep", SMALL, "--over", f"{BUDGET}=120,180", "-o", "x.csv", "--chart", "x.svg")
    assert answer.code == 0
    assert "+62.3 %" in answer.out
    header, *lines = Path("x.csv").read_text().splitlines()
    assert header.startswith(f"{BUDGET},measure,bound,gap,gain,worst_off")
    assert [line.split(",")[0] for line in lines] == ["120", "180"]
    assert Path("x.svg").read_text().startswith("<svg")


def test_json_has_a_record_for_each_combination(concord: Callable[..., Any]) -> None:
    answer = concord("sweep", SMALL, "--over", f"{BUDGET}=120,180", "--json", "--quiet")
    assert [row[BUDGET] for row in json.loads(answer.out)] == [120, 180]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--over", BUDGET], "a path and its values"),
        (["--over", f"{BUDGET}=1", "--over", f"{BUDGET}=2"], "each path once"),
        (["--over", "funds.common-fund.bugdet=1"], "the path is unknown"),
        (["--over", f"{BUDGET}=120,180,-5"], f"--over {BUDGET}: the number is negative"),
        (["--over", f"{BUDGET}=120,180,12x"], f"--over {BUDGET}: a number is expected"),
        (["--over", f"{BUDGET}=1", "--chart", "x.gif"], "no picture is written as .gif"),
    ],
)
def test_bad_input_is_told(concord: Callable[..., Any], arguments: list[str], told: str) -> None:
    answer = concord("sweep", SMALL, *arguments)
    assert answer.code == ExitCode.BAD_INPUT
    assert told in answer.err
    assert "relaxation" not in answer.err, "a search began before all values were checked"
