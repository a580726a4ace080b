"""`concord sweep`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.analysis.session import Session
from concord.cli.exit_codes import ExitCode
from concord.errors import SolverFailure
from concord.models import DesignProblem

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


def test_a_solver_that_breaks_down_costs_no_other_row(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Session.attempt_problem

    def broken(self: Session, problem: DesignProblem) -> Any:
        if problem.funds[0].budget == 150:
            raise SolverFailure("the solver answered nonsense")
        return once(self, problem)

    monkeypatch.setattr(Session, "attempt_problem", broken)
    answer = concord("sweep", SMALL, "--over", f"{BUDGET}=120,150,180", "-o", "x.csv")
    assert answer.code == ExitCode.SOLVER_FAILURE
    rows = list(csv.DictReader(Path("x.csv").read_text().splitlines()))
    assert [row["detail"] for row in rows] == ["optimal", "the solver answered nonsense", "optimal"]
    assert "the solver answered nonsense" in answer.out


def test_a_file_that_exists_is_refused_before_the_search(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "attempt_problem", lambda *_: pytest.fail("the search began"))
    for option, name in (("-o", "x.csv"), ("--chart", "x.svg")):
        Path(name).write_text("mine")
        answer = concord("sweep", SMALL, "--over", f"{BUDGET}=120", option, name)
        assert answer.code == ExitCode.BAD_INPUT
        assert "this exists already" in answer.err
        assert Path(name).read_text() == "mine"


def test_a_file_taken_during_the_search_costs_no_row(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Session.attempt_problem

    def race(self: Session, problem: DesignProblem) -> Any:
        Path("x.csv").write_text("mine")
        return once(self, problem)

    monkeypatch.setattr(Session, "attempt_problem", race)
    answer = concord("sweep", SMALL, "--over", f"{BUDGET}=120", "-o", "x.csv", "--quiet")
    assert answer.code == ExitCode.ELSEWHERE
    assert Path("x.csv").read_text() == "mine"
    assert Path("x-2.csv").read_text().startswith(f"{BUDGET},measure")
    assert "Written to x-2.csv" in answer.err
