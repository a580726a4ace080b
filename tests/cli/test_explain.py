"""`concord explain`, and what `concord solve` says of a problem without a plan."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode

COMMITMENT = "funds.common-fund.commitment"
TOO_MUCH = ("three-states", "--set", f"{COMMITMENT}=200")


def test_conflict_amounts_and_repairs_are_shown(concord: Callable[..., Any]) -> None:
    answer = concord("explain", *TOO_MUCH)
    assert answer.code == ExitCode.INFEASIBLE, answer.err
    assert "Because funds.common-fund.budget admits at most 180 of the 200 million USD" in answer.out
    assert f"{COMMITMENT} from 200 to 180" in answer.out
    assert "funds.common-fund.budget from 180 to 200" in answer.out


def test_a_fact_that_has_to_change_is_shown_with_both_values(concord: Callable[..., Any]) -> None:
    unwelcome = ("--set", "missions.ceasefire.consent=false")
    answer = concord("explain", "three-states", *unwelcome, "--set", "benefit.ratio_floors={C-land: 1.05}")
    assert answer.code == ExitCode.INFEASIBLE, answer.err
    assert "The government in control admits no" in answer.out
    assert "missions.ceasefire.consent from false to true" in answer.out


def test_json_has_the_same(concord: Callable[..., Any]) -> None:
    answer = concord("explain", *TOO_MUCH, "--json", "--quiet", "--keep", COMMITMENT)
    found = json.loads(answer.out)
    assert [rule["rule"] for rule in found["conflicts"][0]["rules"]] == [
        "funds.common-fund.budget",
        COMMITMENT,
    ]
    assert [change["rule"] for repair in found["repairs"] for change in repair["changes"]] == [
        "funds.common-fund.budget"
    ]
    assert found["kept"] == [COMMITMENT]


def test_a_problem_with_a_plan_ends_with_0(concord: Callable[..., Any]) -> None:
    answer = concord("explain", "three-states", "--quiet")
    assert answer.code == ExitCode.SUCCESS
    assert "has a plan" in answer.out


def test_bad_weights_and_unknown_rules_are_refused(concord: Callable[..., Any]) -> None:
    for arguments in (["--weight", "x"], ["--weight", f"{COMMITMENT}=-1"], ["--keep", "funds.nothing"]):
        answer = concord("explain", *TOO_MUCH, *arguments)
        assert answer.code == ExitCode.BAD_INPUT, answer.out
        assert "remedy" in answer.err


def test_solve_names_the_conflict(concord: Callable[..., Any]) -> None:
    answer = concord("solve", *TOO_MUCH, "--quiet")
    assert answer.code == ExitCode.INFEASIBLE
    assert f"Conflict: funds.common-fund.budget, {COMMITMENT}" in answer.err
    assert "admits at most 180 of the 200 million USD" in answer.err
    assert f"{COMMITMENT} = 180" in answer.err


CONTRADICTIONS = {
    "a garrison for next to nothing": ("garrisons.min_open=1", "funds.common-fund.budget=5"),
    "a promise beyond the budget": ("funds.common-fund.commitment=200",),
    "a promise that shares bar": (
        "funds.common-fund.affordability=0.001",
        "funds.common-fund.commitment=100",
    ),
    "a ratio that money cannot buy": ("benefit.ratio_floors={C-land: 1.9}",),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_every_figure_that_would_do_does(concord: Callable[..., Any], kind: str) -> None:
    settings = CONTRADICTIONS[kind]
    refused = ("three-states", *(word for setting in settings for word in ("--set", setting)), "--quiet")
    told = concord("solve", *refused).err
    figures = re.findall(r"([a-z][\w.-]+) = ([\d.e-]+)", told[told.index("Remedy: ") :])
    shown = concord("explain", *refused).out.partition("Because")[0]
    figures += re.findall(r"^ +([a-z]+\.[\w.-]+) +[\d.]+ +([\d.]+) ", shown, re.MULTILINE)
    assert figures, told
    for number, (rule, figure) in enumerate(figures):
        answer = concord("solve", *refused, "--set", f"{rule}={figure}", "--gap", "0.1", "--out", str(number))
        assert answer.code == ExitCode.SUCCESS, (rule, figure, answer.err)
