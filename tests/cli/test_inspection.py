"""`concord check`, `show`, `problems`, `schema`, `write-program`, `derive-indices`, `--version`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from math import exp
from pathlib import Path
from typing import Any

import highspy
import pytest

from concord import baseline
from concord.algebra.writing import write_lp
from concord.cli.exit_codes import ExitCode
from concord.cli.views import VIEWS
from concord.loading import load_problem
from concord.loading.bundled import TABLES
from concord.models import DesignProblem, Plan
from concord.planning import relaxation

REAL = "euro-atlantic-1992"


def test_check_counts_and_adds_up(concord: Callable[..., Any]) -> None:
    content = json.loads(concord("check", REAL, "--json").out)
    problem = load_problem(REAL)
    assert content["counts"]["members"] == 52
    assert content["counts"]["missions"] == len(problem.missions)
    assert content["money"].keys() == {"assessed", "regional-security"}
    assert content["imputed"]["LIE"]


def test_check_adds_up_money_and_troops_of_the_scaffold(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    content = json.loads(concord("check", "mine.yaml", "--json").out)
    assert content["money"] == {"assessed": 3 * 80.0}
    # 2 % of 60,000, 50,000, 20,000 and 40,000 soldiers, all multiples of 50.
    assert content["troops_available"] == 1200 + 1000 + 400 + 800
    assert content["troops_needed"] == 1000


def test_check_warns_of_imputed_indices_assumptions_and_too_few_troops(concord: Callable[..., Any]) -> None:
    out = concord("check", REAL, "--set", "garrisons.contingents.availability=0.001").out
    assert "rest on missing values" in out
    assert "mark parameters as assumptions" in out
    assert "members may station" in out.partition("Worth knowing")[2]


def test_check_warns_of_a_commitment_above_the_budget(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    out = concord("check", "mine.yaml", "--set", "funds.assessed.commitment=90").out
    assert "the commitment of fund assessed exceeds its budget in 2001, 2002, 2003" in out


def test_show_lists_the_tables_with_their_rows(concord: Callable[..., Any]) -> None:
    counts = json.loads(concord("show", REAL, "--json").out)
    assert list(counts) == list(VIEWS)
    assert counts["states"] == 53
    assert "zone-kinds" in concord("show", REAL).out


@pytest.mark.parametrize("name", VIEWS)
def test_every_table_shows_all_rows_in_every_format(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    number = len(VIEWS[name].rows(load_problem(REAL)))
    assert len(concord("show", REAL, name).out.splitlines()) == number + 1
    assert len(json.loads(concord("show", REAL, name, "--json").out)) == number
    assert len(list(csv.DictReader(io.StringIO(concord("show", REAL, name, "--csv").out)))) == number


FACTS = """
periods: [1993, 1994, 1995]
states: [{id: A-land, at_war: true, sanctioned: true}]
relations: [{one: A-land, other: C-land, kind: rivals}]
missions:
  - {id: ceasefire, consent_from: 1994, standing: 1500, standing_until: 1995, start: 1994, deaths: 1200}
monitoring:
  kinds: [{id: polls, effects: {unrest: 0.1}, ceiling: 2, stays: true}]
  zones: [{id: vote, name: Vote, kind: polls, states: [C-land], periods: [1994, 1995]}]
  monitors: []
"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("states", "at war, sanctioned"),
        ("relations", "A-land C-land rivals"),
        ("missions", "1994-1995 from 1994 1,500 to 1995 1,200"),
        ("zone-kinds", "polls 2 yes unrest 0.1"),
        ("zones", "vote Vote polls 0 1994 1995 C-land"),
    ],
)
def test_facts_on_who_may_go_where_are_shown(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    Path("facts.yaml").write_text(FACTS, encoding="utf-8")
    answer = concord("show", "three-states", name, "--overlay", "facts.yaml")
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert words in " ".join(answer.out.split())


def test_a_mission_that_no_government_admits_is_shown_as_that(concord: Callable[..., Any]) -> None:
    answer = concord("show", "three-states", "missions", "--set", "missions.ceasefire.consent=false")
    (row,) = [line.split() for line in answer.out.splitlines() if line.startswith("ceasefire")]
    assert "no" in row


def test_show_names_the_tables_where_one_is_misspelt(concord: Callable[..., Any]) -> None:
    answer = concord("show", REAL, "stats")
    assert answer.code == ExitCode.BAD_INPUT
    assert "did you mean states?" in answer.err


def test_show_gives_one_format_at_a_time(concord: Callable[..., Any]) -> None:
    assert concord("show", REAL, "states", "--json", "--csv").code == ExitCode.BAD_INPUT


def test_names_in_a_problem_are_printed_literally(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    hostile = text.replace("name: Arden", r'name: "[red]x:smile:\e[31m\a"')
    Path("mine.yaml").write_text(hostile, encoding="utf-8")
    out = concord("show", "mine.yaml", "states").out
    assert "[red]x:smile:[31m" in out
    assert not {"\x1b", "\x07"} & set(out)


def test_problems_lists_the_bundled_ones(concord: Callable[..., Any]) -> None:
    listed = json.loads(concord("problems", "--json").out)
    assert {REAL, "three-states"} <= {problem["name"] for problem in listed}
    assert "three-states" in concord("problems").out


@pytest.mark.parametrize(("name", "model"), [("plan", Plan), ("problem", DesignProblem)])
def test_schema_prints_the_published_schema(
    concord: Callable[..., Any], name: str, model: type[Plan]
) -> None:
    schema = json.loads(concord("schema", name).out)
    assert schema["title"] == model.__name__
    assert schema["properties"].keys() == model.model_fields.keys()


def test_the_program_is_written_as_lp_to_stdout_and_as_mps_to_a_file(concord: Callable[..., Any]) -> None:
    lp = concord("write-program", "three-states", "--format", "lp").out
    assert "Maximize" in lp
    answer = concord("write-program", "three-states", "--format", "mps", "--out", "program.mps")
    assert answer.code == ExitCode.SUCCESS
    assert "ROWS" in Path("program.mps").read_text(encoding="utf-8")


def test_the_program_written_is_that_of_the_problem(concord: Callable[..., Any]) -> None:
    assert concord("write-program", "three-states", "--format", "lp").out == write_lp(
        relaxation(load_problem("three-states"))
    )


def test_the_program_written_has_a_finite_optimum_that_bounds_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "program.lp"
    path.write_text(write_lp(relaxation(load_problem("three-states"))), encoding="utf-8")
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.readModel(str(path))
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    assert exp(highs.getInfo().objective_function_value / 3) >= 1.85706


def test_a_program_file_is_replaced_only_on_request(concord: Callable[..., Any]) -> None:
    Path("program.lp").touch()
    into = ("write-program", "three-states", "--format", "lp", "--out", "program.lp")
    assert concord(*into).code == ExitCode.BAD_INPUT
    assert concord(*into, "--overwrite").code == ExitCode.SUCCESS


def test_the_bundled_indices_can_be_derived_again(concord: Callable[..., Any]) -> None:
    answer = concord("derive-indices")
    assert answer.code == ExitCode.SUCCESS
    assert "equal the bundled table" in answer.out
    assert concord("derive-indices", "--out", "indices.csv").code == ExitCode.SUCCESS
    assert Path("indices.csv").read_bytes() == (TABLES / "indices-1992.csv").read_bytes()


def test_indices_that_differ_are_told(concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    derived = baseline.derive_indices(TABLES)
    monkeypatch.setattr(baseline, "derive_indices", lambda _: derived.head(3))
    answer = concord("derive-indices")
    assert answer.code == ExitCode.VIOLATIONS
    assert "differ" in answer.out


def test_a_folder_without_raw_tables_is_bad_input(concord: Callable[..., Any]) -> None:
    answer = concord("derive-indices", "--tables", ".")
    assert answer.code == ExitCode.BAD_INPUT
    assert "raw tables" in answer.err


def test_the_version_is_told(concord: Callable[..., Any]) -> None:
    answer = concord("--version")
    assert answer.code == ExitCode.SUCCESS
    assert answer.out.startswith("concord")


def test_without_a_command_the_help_is_shown(concord: Callable[..., Any]) -> None:
    answer = concord()
    assert answer.code == ExitCode.SUCCESS
    assert "write-program" in answer.out


def test_on_a_narrow_terminal_words_wrap_and_no_column_is_lost(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = concord("show", REAL, "programmes").out
    assert out.splitlines()[0].split() == ["id", "scale", "organ", "lasting", "effects", "gains"]
    assert "notification-and-observation" in out
    assert "…" not in out


def test_check_tells_figures_whose_basis_no_note_tells(concord: Callable[..., Any]) -> None:
    assert not json.loads(concord("check", REAL, "--json").out)["unmarked"]
    concord("new", "mine")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    Path("mine.yaml").write_text(text.partition("provenance:\n")[0], encoding="utf-8")
    out = concord("check", "mine.yaml").out
    assert "no note tells what" in out
