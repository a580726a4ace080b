"""`concord frontier`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode

ASKED = ("frontier", "three-states", "--x", "burden.affordability", "--gap", "0.001")


def test_a_frontier_is_a_table_a_picture_and_a_page_and_is_gone_on_with(concord: Callable[..., Any]) -> None:
    answer = concord(*ASKED, "-n", "2", "-o", "f")
    assert answer.code == 0
    assert "no limit" in answer.out
    assert Path("f/frontier.png").read_bytes().startswith(b"\x89PNG")
    assert "vega" in Path("f/frontier.html").read_text()
    before = list(csv.DictReader(Path("f/frontier.csv").read_text().splitlines()))
    assert concord(*ASKED, "-n", "3", "-o", "f").code == 0
    after = list(csv.DictReader(Path("f/frontier.csv").read_text().splitlines()))
    assert len(after) == 3
    assert all(row in after for row in before)


def test_another_question_does_not_go_on_with_a_frontier(concord: Callable[..., Any]) -> None:
    assert concord(*ASKED, "-n", "2", "-o", "f").code == 0
    answer = concord(*ASKED, "-n", "2", "-o", "f", "--gap", "0.01")
    assert answer.code == ExitCode.BAD_INPUT
    assert "of another problem" in answer.err
    assert concord(*ASKED, "-n", "2", "-o", "f", "--gap", "0.01", "--overwrite").code == 0


def test_break_points_are_told_drawn_and_kept(concord: Callable[..., Any]) -> None:
    asked = (*ASKED, "--y", "minimum", "-n", "4", "-o", "f", "--break-points")
    answer = concord(*asked)
    assert answer.code == 0
    assert "break-point" in answer.out
    rows = list(csv.DictReader(Path("f/frontier.csv").read_text().splitlines()))
    assert [row["worth_looser"] != "" for row in rows] == [row["status"] == "break-point" for row in rows]
    assert "diamond" in Path("f/frontier.html").read_text()
    assert concord(*asked).code == 0
    assert list(csv.DictReader(Path("f/frontier.csv").read_text().splitlines())) == rows


def test_break_points_of_a_limit_that_multiplies_are_refused(concord: Callable[..., Any]) -> None:
    answer = concord("frontier", "three-states", "--x", "burden.gini", "--break-points")
    assert answer.code == ExitCode.BAD_INPUT
    assert "multiplies" in answer.err


def test_json_has_a_record_for_each_point(concord: Callable[..., Any]) -> None:
    answer = concord(*ASKED, "-n", "2", "--json", "--quiet")
    assert [row["limit"] for row in json.loads(answer.out)] == [0.0, None]


@pytest.mark.parametrize("arguments", [["--x", "burden.gin"], ["--y", "fairness"]])
def test_unknown_figures_are_told(concord: Callable[..., Any], arguments: list[str]) -> None:
    answer = concord("frontier", "three-states", *arguments)
    assert answer.code == ExitCode.BAD_INPUT
    assert "burden.gini" in answer.err
