"""`concord solve`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord import planning
from concord.cli import solve as solve_command
from concord.cli.exit_codes import ExitCode
from concord.cli.solve import FILES
from concord.errors import BadInput, Infeasible, NoPlanFound, SolverFailure
from concord.export import plan_json
from concord.loading import load_plan, load_problem
from concord.models import Plan
from concord.models.plan import OpinionVerdict, TerminationReason

SMALL = "three-states"


@pytest.fixture
def _answered(solved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search is skipped: its answer is known."""
    monkeypatch.setattr(planning, "solve", lambda *_: solved.plan)


def test_a_plan_within_the_gap_ends_with_0_and_names_its_folder(solved: Any) -> None:
    assert solved.answer.code == ExitCode.SUCCESS, solved.answer.err
    assert f"Written to plans/{SMALL}" in solved.answer.out
    assert {path.name for path in solved.folder.iterdir()} == FILES


def test_the_plan_answers_the_problem_beside_it(solved: Any) -> None:
    assert solved.plan.problem.digest == solved.problem.digest()
    assert solved.problem == load_problem(SMALL)


def test_progress_goes_to_stderr_in_plain_lines(solved: Any) -> None:
    assert "formulation" in solved.answer.err
    assert "\x1b" not in solved.answer.err + solved.answer.out


def test_the_summary_is_in_the_folder_too(solved: Any) -> None:
    first = (solved.folder / "summary.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first == "Three states, solved by hand, 1993"
    assert first in solved.answer.out


@pytest.mark.usefixtures("_answered")
def test_json_is_all_there_is_on_stdout(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("solve", SMALL, "--json")
    assert Plan.model_validate_json(answer.out) == solved.plan
    assert "Written to" in answer.err


@pytest.mark.usefixtures("_answered")
def test_quiet_says_nothing_where_the_user_names_the_folder(concord: Callable[..., Any]) -> None:
    answer = concord("solve", SMALL, "--quiet", "--out", "here")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert Path("here", "plan.json").is_file()


@pytest.mark.usefixtures("_answered")
def test_quiet_tells_which_folder_was_taken_where_nobody_named_one(concord: Callable[..., Any]) -> None:
    answer = concord("solve", SMALL, "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", f"Written to plans/{SMALL}\n")


@pytest.mark.parametrize("show", ["--json", "--quiet"])
def test_a_folder_taken_during_the_search_costs_no_plan(
    solved: Any, concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, show: str
) -> None:
    def race(*_: object) -> Plan:
        Path("here").mkdir()
        Path("here", "thesis.txt").touch()
        return solved.plan

    monkeypatch.setattr(planning, "solve", race)
    answer = concord("solve", SMALL, "--out", "here", show)
    assert answer.code == ExitCode.ELSEWHERE
    assert load_plan(Path("here-2", "plan.json")) == solved.plan
    assert [path.name for path in Path("here").iterdir()] == ["thesis.txt"]
    assert "Written to here-2" in answer.err
    assert answer.out == (plan_json(solved.plan) if show == "--json" else "")


@pytest.mark.usefixtures("_answered")
def test_an_export_that_fails_leaves_one_document_on_stdout_and_the_plan_in_its_folder(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BadInput.single("no room")

    monkeypatch.setattr(solve_command, "export", fail)
    answer = concord("solve", SMALL, "--out", "here", "--json", "--export", "csv")
    assert answer.code == ExitCode.BAD_INPUT
    assert json.loads(answer.out)["kind"] == "bad-input"
    assert Path("here", "plan.json").is_file()


def test_a_second_opinion_that_disagrees_is_told_on_a_line_of_its_own_and_ends_with_8(
    solved: Any, concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"second_opinion": "CBC 2: disagrees: ...", "second_opinion_verdict": OpinionVerdict.DISAGREES}
    made = solved.plan.provenance.model_copy(update=told)
    doubted = solved.plan.model_copy(update={"provenance": made})
    monkeypatch.setattr(planning, "solve", lambda *_: doubted)
    answer = concord("solve", SMALL, "--out", "here")
    assert answer.code == ExitCode.DISAGREEMENT
    assert "THE PROOF IS IN DOUBT: two solvers contradict each other." in answer.out.splitlines()
    assert Path("here", "plan.json").is_file()


@pytest.mark.usefixtures("_answered")
def test_a_second_plan_takes_the_next_folder(concord: Callable[..., Any]) -> None:
    for _ in range(2):
        concord("solve", SMALL, "--quiet")
    assert sorted(path.name for path in Path("plans").iterdir()) == [SMALL, f"{SMALL}-2"]


@pytest.mark.usefixtures("_answered")
def test_out_is_overwritten_only_on_request(concord: Callable[..., Any]) -> None:
    assert concord("solve", SMALL, "--out", "here").code == ExitCode.SUCCESS
    refused = concord("solve", SMALL, "--out", "here")
    assert refused.code == ExitCode.BAD_INPUT
    assert "--overwrite" in refused.err
    assert concord("solve", SMALL, "--out", "here", "--overwrite").code == ExitCode.SUCCESS


def test_a_folder_that_cannot_be_written_is_told_before_the_search(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "solve", lambda *_: pytest.fail("the search began"))
    Path("file").touch()
    answer = concord("solve", SMALL, "--out", "file/below")
    assert answer.code == ExitCode.BAD_INPUT
    assert "cannot write here" in answer.err


@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        (Infeasible("no plan", "loosen"), 2, "infeasible"),
        (SolverFailure("broke"), 4, "solver-failure"),
        (NoPlanFound("too short"), 5, "no-plan-found"),
        (KeyboardInterrupt(), 130, "aborted"),
        (RuntimeError("slip"), 70, "defect"),
    ],
)
def test_every_failure_has_its_exit_code_and_kind_and_writes_nothing(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, kind: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(planning, "solve", fail)
    answer = concord("solve", SMALL, "--json", "--quiet")
    assert answer.code == code
    assert json.loads(answer.out)["kind"] == kind
    assert "Traceback" not in answer.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("reason", [reason for reason in TerminationReason if reason != "optimal"])
def test_a_limit_with_a_plan_ends_with_6_and_the_plan_is_written(
    solved: Any, concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, reason: TerminationReason
) -> None:
    ended = solved.plan.termination.model_copy(update={"reason": reason})
    cut_short = solved.plan.model_copy(update={"termination": ended})
    monkeypatch.setattr(planning, "solve", lambda *_: cut_short)
    assert concord("solve", SMALL, "--out", "here").code == ExitCode.LIMIT_WITH_PLAN
    assert Path("here", "plan.json").is_file()


def test_what_is_put_over_the_problem_reaches_the_search(
    solved: Any, concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(planning, "solve", lambda *given: seen.append(given) or solved.plan)
    Path("more.yaml").write_text("title: Changed\n", encoding="utf-8")
    options = ("--gap", "0.05", "--seed", "7", "--threads", "1", "--time-limit", "9", "--node-limit", "5")
    put_over = ("--set", "funds.common-fund.budget=90", "--overlay", "more.yaml", "--objective", "geometric")
    answer = concord("solve", SMALL, *options, *put_over, "--second-opinion", "scip", "--quiet")
    assert answer.code == ExitCode.SUCCESS, answer.err
    ((problem, given, _, opinion),) = seen
    assert (problem.title, problem.funds[0].budget) == ("Changed", 90)
    assert (given.gap, given.seed, given.threads, given.time_limit, given.node_limit) == (0.05, 7, 1, 9.0, 5)
    assert opinion == "scip"


@pytest.mark.parametrize(("given", "asked"), [((), 1e-4), (("--gap", "0.3"), 0.3)])
def test_a_small_problem_is_solved_closely_unless_another_gap_is_asked_for(
    solved: Any,
    concord: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    given: tuple[str, ...],
    asked: float,
) -> None:
    seen = []
    monkeypatch.setattr(planning, "solve", lambda *given: seen.append(given[1]) or solved.plan)
    assert concord("solve", SMALL, *given, "--quiet").code == ExitCode.SUCCESS
    assert [options.gap for options in seen] == [asked]


def test_all_options_out_of_range_are_told_together(concord: Callable[..., Any]) -> None:
    wrong = ("--gap", "nan", "--time-limit", "0", "--node-limit", "0", "--seed", "-1", "--threads", "0")
    answer = concord("solve", SMALL, *wrong, "--json")
    assert answer.code == ExitCode.BAD_INPUT
    fields = {fault["field"] for fault in json.loads(answer.out)["faults"]}
    assert fields == {"--gap", "--time-limit", "--node-limit", "--seed", "--threads"}


@pytest.mark.parametrize("option", ["--solver", "--second-opinion"])
def test_an_unknown_solver_is_told_with_a_likely_spelling(concord: Callable[..., Any], option: str) -> None:
    answer = concord("solve", SMALL, option, "scp")
    assert answer.code == ExitCode.BAD_INPUT
    assert "did you mean scip?" in answer.err


def test_a_lock_holds_a_decision_and_goes_with_the_plan(concord: Callable[..., Any]) -> None:
    answer = concord("solve", SMALL, "--lock", "garrisons.border-town=closed", "--quiet", "--out", "here")
    assert answer.code == 0
    plan = json.loads(Path("here", "plan.json").read_text())
    assert plan["garrisons"] == []
    assert concord("verify", "here").code == 0
    assert concord("verify", "here", SMALL).code == ExitCode.VIOLATIONS


def test_a_lock_that_fits_nothing_is_bad_input(concord: Callable[..., Any]) -> None:
    answer = concord("solve", SMALL, "--lock", "garrisons.border-twon=closed")
    assert answer.code == ExitCode.BAD_INPUT
    assert "did you mean border-town?" in answer.err


@pytest.mark.usefixtures("_answered")
def test_a_plan_too_large_to_be_read_again_is_written_and_told(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.loading.json_text.MAX_JSON_NODES", 100)
    answer = concord("solve", SMALL, "--out", "here")
    assert answer.code == ExitCode.SUCCESS
    assert "plan.json is larger than what Concord reads again" in answer.err
    assert "more than 100 values" in concord("verify", "here").err
