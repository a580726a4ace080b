"""`concord audit`, the warnings of `concord check`, and `concord.audit`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.audit import audit
from concord.cli.exit_codes import ExitCode
from tests.support.audited import plan_with, problem_with

UNITS = """\
format: concord/problem/1
id: pair
title: Two states
currency: million USD
periods: [2001, 2002, 2003]
threat_kinds:
  - {id: unrest, relevance: {political-legitimacy: 1.0}}
states:
  - {id: aaa, name: Aland, region: north, population: 1000000, gdp: 4000000000, latitude: 50.5,
     longitude: 10.5, capacities: {political-legitimacy: 1.0}, threats: {unrest: 1.0}}
  - {id: bbb, name: Bland, region: north, population: 2000000, gdp: 9000, latitude: 52.0, longitude: 10.25,
     capacities: {political-legitimacy: 1.0}, threats: {unrest: 2.0}}
programmes:
  - {id: mediation, name: Mediation, scale: 5, effects: {unrest: 0.1}}
funds:
  - {id: common, name: Common fund, payers: members, budget: 20000000}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan that sends nobody to a war, beside its problem."""
    problem = problem_with({"states.home.at_war": True})
    plan = plan_with(problem, assignments=[], deployments=[], contingents=[], garrisons=[])
    (tmp_path / "problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(plan.model_dump_json(), encoding="utf-8")
    return tmp_path


def test_findings_are_listed_by_code_and_nothing_fails(concord: Callable[..., Any], folder: Path) -> None:
    answer = concord("audit", str(folder))
    assert answer.code == ExitCode.SUCCESS
    lines = answer.out.splitlines()
    assert lines[:2] == ["A valley at war", "2 oddities, 1 of them serious"]
    assert lines[3] == "Nobody is sent to (conflict-unserved, check 1, serious)"
    assert lines[4].startswith("  - Valley (2,000 battle deaths")


def test_json_has_codes_and_figures(concord: Callable[..., Any], folder: Path) -> None:
    content = json.loads(concord("audit", str(folder), "--json").out)
    assert content["oddities"] == 2
    first = content["findings"][0]
    assert (first["check"], first["code"], first["severity"]) == (1, "conflict-unserved", "serious")
    assert (first["subject"], first["figures"]["deaths"]) == ("valley", 2000)


def test_a_plan_without_oddities_says_so(concord: Callable[..., Any]) -> None:
    concord("solve", "three-states", "--out", "plan", "--quiet")
    out = concord("audit", "plan").out
    assert "Nothing odd: none of the checks finds anything to object to." in out


def test_a_plan_that_is_not_there_is_bad_input(concord: Callable[..., Any]) -> None:
    assert concord("audit", "nowhere").code == ExitCode.BAD_INPUT


def test_the_facade_audits() -> None:
    problem = problem_with()
    assert audit(plan_with(problem), problem).oddities == ()


def test_check_tells_of_implausible_units(concord: Callable[..., Any]) -> None:
    Path("p.yaml").write_text(UNITS, encoding="utf-8")
    warnings = json.loads(concord("check", "p.yaml", "--json").out)["warnings"]
    assert any("aaa 4,000,000,000" in each for each in warnings)
    assert any("2,222 times the yearly GDP of its payers" in each for each in warnings)


def test_check_tells_of_a_year_that_a_budget_leaves_out(concord: Callable[..., Any]) -> None:
    text = UNITS.replace("gdp: 4000000000", "gdp: 4000").replace("20000000}", "{2001: 20, 2003: 20}}")
    Path("p.yaml").write_text(text, encoding="utf-8")
    out = concord("check", "p.yaml").out.partition("Worth knowing")[2]
    assert "the budget of fund common leaves out 2002, which counts as 0" in out
    assert "GDP" not in out
