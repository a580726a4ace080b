"""`concord doctrines`, and `--doctrine` of the other commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from optimizer.cli.exit_codes import ExitCode
from optimizer.loading import load_plan


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
    shown = json.loads(concord("show", "three-states", "programmes", "--doctrine", "unipolar", "--json").out)
    assert {row["paradigm"] for row in shown} == {"realist"}
