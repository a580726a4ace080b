"""`concord verify`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode


@pytest.fixture
def edited(solved: Any, tmp_path: Path) -> Path:
    """The folder of a plan in which somebody doubled one contribution."""
    folder = tmp_path / "edited"
    shutil.copytree(solved.folder, folder)
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    content["contributions"][0]["amount"] *= 2
    (folder / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["", "plan.json"])
def test_a_plan_that_solve_wrote_keeps_all_rules(solved: Any, concord: Callable[..., Any], name: str) -> None:
    answer = concord("verify", solved.folder / name)
    assert answer.code == ExitCode.SUCCESS
    assert "keeps all rules of three-states" in answer.out
    assert "funds.budget" in answer.out
    assert "Taken on the solver's word: the bound" in answer.out


def test_where_no_plan_is_the_error_names_both_places(concord: Callable[..., Any], tmp_path: Path) -> None:
    for nowhere in (tmp_path / "nowhere", tmp_path):
        answer = concord("verify", nowhere)
        assert answer.code == ExitCode.BAD_INPUT
        assert "neither a folder with a plan.json nor a plan file" in " ".join(answer.err.split())


def test_an_edited_plan_breaks_named_rules_by_told_amounts(edited: Path, concord: Callable[..., Any]) -> None:
    answer = concord("verify", edited)
    assert answer.code == ExitCode.VIOLATIONS
    assert "1.1 funds.budget" in answer.out
    assert "excess" in answer.out


def test_json_lists_violations_and_what_was_checked(edited: Path, concord: Callable[..., Any]) -> None:
    answer = concord("verify", edited, "--json")
    content = json.loads(answer.out)
    assert (answer.code, content["ok"]) == (ExitCode.VIOLATIONS, False)
    broken = {violation["name"]: violation for violation in content["violations"]}
    assert broken["funds.budget"]["amount"] == pytest.approx(60.0, abs=1.0)
    assert content["checked"]["1.1"] == 1


def test_a_plan_alone_is_held_against_the_bundled_problem(solved: Any, concord: Callable[..., Any]) -> None:
    shutil.copy(solved.folder / "plan.json", "alone.json")
    assert concord("verify", "alone.json").code == ExitCode.SUCCESS


def test_a_plan_alone_of_an_unknown_problem_asks_for_the_problem(
    solved: Any, concord: Callable[..., Any]
) -> None:
    text = (solved.folder / "plan.json").read_text(encoding="utf-8")
    Path("alone.json").write_text(text.replace('"id": "three-states"', '"id": "mine"'), encoding="utf-8")
    answer = concord("verify", "alone.json")
    assert answer.code == ExitCode.BAD_INPUT
    assert "concord verify PLAN PROBLEM" in answer.err


def test_a_problem_that_changed_since_is_noticed(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("verify", solved.folder, "three-states", "--set", "funds.common-fund.budget=90")
    assert answer.code == ExitCode.VIOLATIONS
    assert "problem.digest" in answer.out


def test_what_is_no_plan_is_bad_input(concord: Callable[..., Any]) -> None:
    Path("poem.json").write_text('{"verses": []}', encoding="utf-8")
    assert concord("verify", "poem.json").code == ExitCode.BAD_INPUT
