"""`concord doctrines`, and `--doctrine` of the other commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.analysis.doctrines import DoctrineComparison, compare
from concord.cli.exit_codes import ExitCode
from concord.errors import SolverFailure
from concord.loading import load_plan
from concord.models import DesignProblem, Plan
from concord.planning import solve


def test_the_doctrines_are_listed(concord: Callable[..., Any]) -> None:
    listed = json.loads(concord("doctrines", "--json").out)
    assert "balance-of-power" in {doctrine["name"] for doctrine in listed}
    assert all(doctrine["description"] for doctrine in listed)
    assert "One guarantor" in concord("doctrines").out


def test_a_plan_under_a_doctrine_says_so_and_verifies(concord: Callable[..., Any], tmp_path: Any) -> None:
    answer = concord("solve", "three-states", "--doctrine", "common-defence", "--out", "out")
    assert answer.code == ExitCode.SUCCESS
    assert load_plan(tmp_path / "out" / "plan.json").problem.doctrine == "common-defence"
    assert "Common defence" in answer.out or "common-defence" in answer.out
    assert concord("verify", "out").code == ExitCode.SUCCESS
    options = ("three-states", "--doctrine", "common-defence")
    assert concord("verify", "out/plan.json", *options).code == ExitCode.SUCCESS
    assert concord("verify", "out/plan.json", "three-states").code == ExitCode.VIOLATIONS


def test_an_unknown_doctrine_is_bad_input(concord: Callable[..., Any]) -> None:
    answer = concord("check", "three-states", "--doctrine", "hegemony")
    assert answer.code == ExitCode.BAD_INPUT
    assert "there is no such doctrine" in answer.err


def test_a_problem_is_shown_as_the_doctrine_has_it(concord: Callable[..., Any]) -> None:
    command = ("show", "euro-atlantic-1992", "programmes", "--doctrine", "unipolar", "--json")
    assert {row["paradigm"] for row in json.loads(concord(*command).out)} == {"realist"}


def test_doctrines_are_compared_in_one_table_with_their_plans(
    concord: Callable[..., Any], tmp_path: Any
) -> None:
    names = "do-nothing,collective-security"
    answer = concord("compare-doctrines", "three-states", "--doctrines", names, "--out", "both")
    assert answer.code == ExitCode.SUCCESS
    assert answer.out.index("collective-security") < answer.out.index("do-nothing")
    written = {path.name for path in (tmp_path / "both").iterdir()}
    assert written == {
        "doctrines.csv", "summary.txt", "do-nothing.plan.json", "do-nothing.problem.json",
        "collective-security.plan.json", "collective-security.problem.json",
    }  # fmt: skip
    for name in names.split(","):
        plan, problem = (f"both/{name}.{kind}.json" for kind in ("plan", "problem"))
        assert concord("verify", plan, problem).code == ExitCode.SUCCESS
    assert concord("compare-doctrines", "three-states", "--out", "both").code == ExitCode.BAD_INPUT
    again = ("--doctrines", "do-nothing", "--out", "both", "--overwrite", "--json", "--quiet")
    rows = json.loads(concord("compare-doctrines", "three-states", *again).out)
    assert [row["doctrine"] for row in rows] == ["do-nothing"]


def test_every_wrong_name_is_told(concord: Callable[..., Any]) -> None:
    answer = concord("compare-doctrines", "three-states", "--doctrines", "unipola,nonsense")
    assert answer.code == ExitCode.BAD_INPUT
    assert "2 problems with the input" in answer.err


def test_doctrines_without_any_plan_are_infeasible(concord: Callable[..., Any]) -> None:
    floor = ("--set", "benefit.ratio_floor=50")
    answer = concord("compare-doctrines", "three-states", "--doctrines", "collective-security", *floor)
    assert answer.code == ExitCode.INFEASIBLE
    assert "infeasible" in answer.out


def test_a_folder_taken_during_the_search_costs_no_comparison(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def race(*given: Any) -> DoctrineComparison:
        Path("both").mkdir()
        Path("both", "thesis.txt").touch()
        return compare(*given)

    monkeypatch.setattr("concord.analysis.doctrines.compare", race)
    asked = ("compare-doctrines", "three-states", "--doctrines", "do-nothing", "--out", "both", "--quiet")
    answer = concord(*asked)
    assert answer.code == ExitCode.ELSEWHERE
    assert [path.name for path in Path("both").iterdir()] == ["thesis.txt"]
    assert Path("both-2", "doctrines.csv").is_file()
    assert "Written to both-2" in answer.err


def test_a_solver_that_breaks_down_costs_no_other_doctrine(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(problem: DesignProblem, *given: Any) -> Plan:
        if problem.doctrine == "collective-security":
            raise SolverFailure("the solver answered nonsense")
        return solve(problem, *given)

    monkeypatch.setattr("concord.analysis.doctrines.solve", broken)
    names = "do-nothing,collective-security"
    answer = concord("compare-doctrines", "three-states", "--doctrines", names, "--out", "both")
    assert answer.code == ExitCode.SOLVER_FAILURE
    rows = {
        row["doctrine"]: row for row in csv.DictReader(Path("both", "doctrines.csv").read_text().splitlines())
    }
    assert rows["collective-security"]["outcome"] == "solver-failed"
    assert rows["collective-security"]["detail"] == "the solver answered nonsense"
    assert rows["do-nothing"]["outcome"] == "planned"
