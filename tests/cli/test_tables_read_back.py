"""What `show --csv` writes is read back as the same problem."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.views import VIEWS
from concord.export import restorable_csv
from concord.loading import bundled_problems, load_problem, problem_json
from concord.models import DesignProblem

PROBLEMS = [problem.name for problem in bundled_problems()]
SECTIONS = {
    **{name: (name.replace("-", "_"),) for name in VIEWS if name != "standing"},
    "tiers": ("garrisons", "tiers"),
    "sites": ("garrisons", "sites"),
    "zone-kinds": ("monitoring", "kinds"),
    "zones": ("monitoring", "zones"),
    "monitors": ("monitoring", "monitors"),
    "influences": ("dilemma", "influences"),
}
"""Where each table stands in a problem; `standing` is no part of one."""

RICH = """
organs:
  - id: secretariat
    votes: {rule: equal}
    headquarters: {city: Town, host: A-land, latitude: 1, longitude: 2}
programmes:
  - {id: adjudication, states: []}
  - {id: mediation, mutual: {effects: {unrest: 0.1}, pairs: [[A-land, B-land], [B-land, C-land]]}}
funds:
  - id: common-fund
    scale: {rule: table, table: {A-land: 0.25, B-land: 0.25, C-land: 0.5}}
    budget: 180.12345678901234
    earmarks: [{id: early, purposes: [mediation], share: 0.1}]
  - {id: other, name: "=Other|fund", payers: [A-land, B-land], budget: {1993: 5.5}, purposes: [mediation]}
states:
  - {id: A-land, gni: {1990: 1.5, 1991: 2}, imputed: ["gdp|by rule", "[x]"]}
  - {id: B-land, gni: 3.5}
"""


def _from_tables(problem: DesignProblem) -> DesignProblem:
    """The problem with every list of it in a table."""
    content = json.loads(problem_json(problem))
    for name, path in SECTIONS.items():
        rows = VIEWS[name].rows(problem)
        *parents, last = path
        section = content
        for parent in parents:
            section = section[parent] or {}
        if rows:
            text = restorable_csv(rows, VIEWS[name].row_type)
            Path(f"{name}.csv").write_text(text, encoding="utf-8")
            section[last] = {"table": f"{name}.csv"}
    Path("tables.json").write_text(json.dumps(content), encoding="utf-8")
    return load_problem("tables.json")


@pytest.mark.parametrize("name", PROBLEMS)
def test_all_tables_of_every_bundled_problem(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problem = load_problem(name)
    assert _from_tables(problem) == problem


def test_everything_that_a_cell_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rich.yaml").write_text(RICH, encoding="utf-8")
    problem = load_problem("three-states", overlays=["rich.yaml"])
    assert _from_tables(problem) == problem


@pytest.mark.parametrize("table", ["programmes", "organs", "funds", "states", "missions", "sites"])
def test_a_table_that_was_shown_is_an_overlay(concord: Callable[..., Any], table: str) -> None:
    shown = concord("show", "three-states", table, "--csv").out
    Path("shown.csv").write_text(shown, encoding="utf-8")
    section = json.dumps({table: {"table": "shown.csv"}})
    overlay = json.dumps({"garrisons": json.loads(section)}) if table == "sites" else section
    Path("overlay.json").write_text(overlay, encoding="utf-8")
    assert load_problem("three-states", overlays=["overlay.json"]) == load_problem("three-states")
