"""`concord power`: by organ, of a problem and of a plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from concord.cli.app import app
from concord.cli.exit_codes import ExitCode

POPULATION = ["--set", "organs.secretariat.votes.rule=population"]
MONEY = ["--set", "organs.secretariat.votes.rule=money"]


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def test_it_ranks_states_by_power(runner: CliRunner) -> None:
    result = runner.invoke(app, ["power", "three-states", *POPULATION])
    assert result.exit_code == 0
    lines = [line.split() for line in result.output.splitlines()]
    assert lines[0] == ["secretariat,", "1993:", "501", "of", "1000", "votes", "carry", "a", "motion"]
    assert lines[2] == ["C-land", "571", "57.1", "%", "100.0", "%", "100.0", "%"]


def test_it_shows_votes_under_a_bound_beside_those_of_the_rule(runner: CliRunner) -> None:
    bound = ["--set", "organs.secretariat.votes.max_power=0.4"]
    result = runner.invoke(app, ["power", "three-states", *POPULATION, *bound, "--json"])
    rows = json.loads(result.output)
    assert max(row["banzhaf"] for row in rows) <= 0.4
    assert any(row["votes"] < row["rule_votes"] for row in rows)


def test_votes_by_money_ask_for_a_plan(runner: CliRunner) -> None:
    told = " ".join(runner.invoke(app, ["power", "three-states", *MONEY]).output.split())
    assert "give the folder of a plan" in told
    result = runner.invoke(app, ["power", "three-states", *MONEY, "--organ", "secretariat"])
    assert result.exit_code == ExitCode.BAD_INPUT


def test_an_unknown_organ_is_bad_input(runner: CliRunner) -> None:
    result = runner.invoke(app, ["power", "three-states", *POPULATION, "--organ", "secretary"])
    assert result.exit_code == ExitCode.BAD_INPUT


def test_a_plan_shows_the_votes_that_its_money_gave(runner: CliRunner, tmp_path: Path) -> None:
    folder = str(tmp_path / "plan")
    solved = runner.invoke(app, ["solve", "three-states", *MONEY, "--out", folder, "--quiet"])
    assert solved.exit_code == 0
    result = runner.invoke(app, ["power", folder, "--organ", "secretariat", "--csv"])
    assert result.exit_code == 0
    assert result.output.startswith("organ,state,period,rule_votes,votes,votes_needed,banzhaf,")
    assert "secretariat,A-land,1993,333,333,500," in result.output
