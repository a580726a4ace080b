"""`concord new`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.provenance import unmarked_parameters
from optimizer.cli.exit_codes import ExitCode
from optimizer.loading import load_problem


def test_the_new_problem_is_small_complete_and_sound(concord: Callable[..., Any]) -> None:
    assert concord("new", "balkans-1999").code == ExitCode.SUCCESS
    problem = load_problem("balkans-1999.yaml")
    assert problem.id == "balkans-1999"
    assert 4 <= len(problem.states) <= 5
    assert (len(problem.funds), len(problem.programmes), len(problem.missions)) == (1, 3, 1)
    assert problem.sites
    assert problem.monitoring is not None
    assert problem.monitoring.zones
    assert not unmarked_parameters(problem)


def test_a_name_that_yaml_takes_for_a_number_works(concord: Callable[..., Any]) -> None:
    concord("new", "1993")
    assert load_problem("1993.yaml").id == "1993"


def test_the_new_problem_solves_as_it_is(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    answer = concord("solve", "mine.yaml", "--gap", "0.02")
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert Path("plans/mine/plan.json").is_file()


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", ".hidden", "-x", "a b", "", "con", "LPT1", "x" * 65, "a.yaml", "a\n"]
)
def test_unsafe_names_are_refused(concord: Callable[..., Any], name: str) -> None:
    answer = concord("new", "--", name)
    assert answer.code == ExitCode.BAD_INPUT
    assert "cannot name a problem" in answer.err
    assert list(Path().iterdir()) == []


def test_the_name_of_a_bundled_problem_is_refused(concord: Callable[..., Any]) -> None:
    assert "bundled" in concord("new", "three-states").err


def test_an_existing_file_is_never_touched(concord: Callable[..., Any]) -> None:
    Path("mine.yaml").write_text("precious", encoding="utf-8")
    assert concord("new", "mine").code == ExitCode.BAD_INPUT
    assert Path("mine.yaml").read_text(encoding="utf-8") == "precious"
