"""`concord why`, `why-not` and `compare`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from concord.analysis.alternatives import Alternatives, alternatives
from concord.analysis.differences import Difference
from concord.cli.exit_codes import ExitCode
from concord.cli.questions import difference_table
from concord.cli.rendering.console import as_text
from concord.export import plan_json
from concord.loading import problem_json
from concord.models import Plan

SMALL = "three-states"


@pytest.fixture
def plan(solved: Any, concord: Callable[..., Any]) -> str:
    """A folder with the plan and its problem."""
    Path("mine").mkdir()
    Path("mine", "plan.json").write_text(plan_json(solved.plan))
    Path("mine", "problem.json").write_text(problem_json(solved.problem))
    return "mine"


def test_why_tells_the_loss_and_what_takes_its_place(concord: Callable[..., Any], plan: str) -> None:
    answer = concord("why", plan, "--site", "border-town", "--quiet")
    assert answer.code == 0
    assert "The best plan without border-town has" in answer.out
    assert "mission:ceasefire" in answer.out
    told = json.loads(concord("why", plan, "--site", "border-town", "--json").out)
    assert told["loss"] > 0
    assert told["locks"] == ["garrisons.border-town=closed"]


def test_the_page_of_a_state_needs_no_search(concord: Callable[..., Any], plan: str) -> None:
    answer = concord("why", plan, "--state", "C-land")
    assert answer.code == 0
    assert "C-land: what it gives and gets" in answer.out
    assert json.loads(concord("why", plan, "--state", "C-land", "--json").out)["row"]["state"] == "C-land"


def test_why_not_of_what_is_there_points_to_why(concord: Callable[..., Any], plan: str) -> None:
    answer = concord("why-not", plan, "--site", "border-town")
    assert answer.code == ExitCode.BAD_INPUT
    assert "concord why PLAN --site border-town" in answer.err


@pytest.mark.parametrize("command", ["why", "why-not"])
def test_a_name_is_checked_before_anything_is_searched(
    concord: Callable[..., Any], plan: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("concord.analysis.session.Session", None)
    answer = concord(command, plan, "--site", "border-twon")
    assert answer.code == ExitCode.BAD_INPUT
    assert "--site: the problem has no site border-twon" in answer.err
    assert "did you mean border-town" in answer.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "nothing is asked about"),
        (["--site", "x", "--organ", "y"], "one thing can be asked about at a time"),
    ],
)
def test_one_thing_is_asked_at_a_time(
    concord: Callable[..., Any], plan: str, options: list[str], told: str
) -> None:
    answer = concord("why", plan, *options)
    assert answer.code == ExitCode.BAD_INPUT
    assert told in answer.err


def test_why_not_and_compare_on_a_plan_without_the_garrison(concord: Callable[..., Any], plan: str) -> None:
    poor = ["solve", SMALL, "--set", "funds.common-fund.budget=150", "--quiet", "--out", "poor"]
    assert concord(*poor).code == 0
    answer = concord("why-not", "poor", "--site", "border-town", "--quiet")
    assert answer.code == 0
    assert "The best plan with border-town has" in answer.out
    answer = concord("compare", plan, "poor")
    assert answer.code == 0
    assert "border-town" in answer.out
    assert "What makes poor another than mine" in answer.out
    told = json.loads(concord("compare", plan, "poor", "--json").out)
    assert sum(effect["logs"] for effect in told["effects"][0]) == pytest.approx(told["totals"][0])


def test_why_not_a_mission_without_consent_is_answered_by_the_fact(concord: Callable[..., Any]) -> None:
    unwelcome = ["solve", SMALL, "--set", "missions.ceasefire.consent=false", "--quiet", "--out", "none"]
    assert concord(*unwelcome).code == 0
    answer = concord("why-not", "none", "--mission", "Cease-fire in C-land", "--quiet")
    assert answer.code == 0
    assert "Nobody may go to ceasefire: the government in control of the place does not" in answer.out
    assert "missions.ceasefire.consent: true" in answer.out
    told = json.loads(concord("why-not", "none", "--mission", "ceasefire", "--json").out)
    assert told["fact"]["remedy"] == {"missions.ceasefire.consent": True}
    assert (told["locks"], told["loss"]) == ([], None)


def test_why_a_mission_is_the_best_plan_with_nobody_there(concord: Callable[..., Any], plan: str) -> None:
    told = json.loads(concord("why", plan, "--mission", "ceasefire", "--json").out)
    assert told["locks"] == ["missions.ceasefire=closed"]
    assert told["loss"] > 0
    assert told["fact"] is None
    answer = concord("why-not", plan, "--zone", "border")
    assert answer.code == ExitCode.BAD_INPUT
    assert "--zone: the problem has no zone border" in answer.err


def test_compare_leads_one_problem_into_another(concord: Callable[..., Any], plan: str) -> None:
    text = Path(plan, "problem.json").read_text().replace('"budget": 180.0', '"budget": 150.0')
    Path("poor.json").write_text(text)
    answer = concord("compare", SMALL, "poor.json", "--quiet")
    assert answer.code == 0
    assert "budget: 180.0 -> 150.0" in answer.out


def test_compare_refuses_a_plan_beside_a_problem(concord: Callable[..., Any], plan: str) -> None:
    answer = concord("compare", plan, SMALL)
    assert answer.code == ExitCode.BAD_INPUT
    assert "cannot be laid side by side" in answer.err


def test_alternatives_are_told_and_written(concord: Callable[..., Any], plan: str) -> None:
    answer = concord("alternatives", plan, "--slack", "0.02", "-n", "1", "--out", "others")
    assert answer.code == 0
    assert "Negotiable: garrisons border-town (battalion)." in answer.out
    assert concord("verify", "others/alternatives-1.json").code == 0


def test_a_folder_taken_during_the_search_costs_no_alternative(
    concord: Callable[..., Any], plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def race(*given: Any) -> Alternatives:
        Path("others").mkdir()
        Path("others", "thesis.txt").touch()
        return alternatives(*given)

    monkeypatch.setattr("concord.analysis.alternatives.alternatives", race)
    answer = concord("alternatives", plan, "--slack", "0.02", "-n", "1", "--out", "others")
    assert answer.code == ExitCode.ELSEWHERE
    assert [path.name for path in Path("others").iterdir()] == ["thesis.txt"]
    assert concord("verify", "others-2/alternatives-1.json").code == 0


def test_an_alternative_that_is_better_than_the_plan_is_offered(
    concord: Callable[..., Any], plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surpassed(of: Plan, *given: Any) -> Alternatives:
        found = alternatives(of, *given)
        poor = of.measure.model_copy(update={"value": found.plans[1].measure.value / 1.005})
        return replace(found, plans=(of.model_copy(update={"measure": poor}), *found.plans[1:]))

    monkeypatch.setattr("concord.analysis.alternatives.alternatives", surpassed)
    asked = ["alternatives", plan, "--slack", "0.02", "-n", "1"]
    told = concord(*asked)
    assert "Alternative 1 is better than the plan by 0.500 %" in told.out
    assert "ask again with `--out FOLDER`" in told.out
    assert json.loads(concord(*asked, "--json").out)["better"] == 1
    written = concord(*asked, "--out", "others")
    assert "others/alternatives-1.json" in written.out
    assert concord("export", "others/alternatives-1.json", "--to", "markdown").code == 0


def test_a_plan_stays_close_to_another_and_verifies(concord: Callable[..., Any], plan: str) -> None:
    shock = [
        "solve",
        SMALL,
        "--set",
        "funds.common-fund.budget=150",
        "--stay-close",
        plan,
        "--max-moves",
        "0",
    ]
    assert concord(*shock, "--quiet", "--out", "close").code == 0
    assert json.loads(Path("close", "plan.json").read_text())["garrisons"]
    assert concord("verify", "close").code == 0


def test_soldiers_are_whole_in_tables_of_differences() -> None:
    rows = [
        Difference(of="missions", subject="valley", unit="troops, mean", values=(753.45, 600.0)),
        Difference(of="programmes", subject="mediation", unit="million USD", values=(1.25, None)),
    ]
    lines = as_text(difference_table(rows, ("first", "second"))).splitlines()
    assert lines[1].split()[2:4] == ["753", "600"]
    assert lines[2].split()[2:4] == ["1.2", "-"]
