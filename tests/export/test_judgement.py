"""What a critic would say, missions with nobody included, and reductions, in every report for readers."""

from __future__ import annotations

from math import log
from pathlib import Path

import openpyxl
import pytest

from concord.export import markdown, workbook
from concord.export.report.page import report_page
from concord.models import DesignProblem, Plan
from tests.support.audited import assignment, plan_with, problem_with, reduced

CHANGES = {"relations": [{"one": "near", "other": "west", "kind": "rivals"}], "missions.islet.consent": False}
UNSERVED = "Valley (2,000 battle deaths in the two years before 2001, 1,500 soldiers needed) gets nobody: 600"
REFUSED = (
    "Islet (100 battle deaths in the two years before 2001, 500 soldiers needed) gets nobody: the government"
)
REDUCED = "Reductions: Near and West each by 10 % from 2002."


@pytest.fixture
def problem() -> DesignProblem:
    return problem_with(CHANGES)


@pytest.fixture
def plan(problem: DesignProblem) -> Plan:
    both = reduced("near", -log(0.9), [2002, 2003]) + reduced("west", -log(0.9), [2002, 2003])
    return plan_with(problem, assignments=[], deployments=[], contingents=[], garrisons=[], posture=both)


@pytest.fixture
def sound() -> tuple[Plan, DesignProblem]:
    problem = problem_with()
    return plan_with(problem), problem


def written(plan: Plan, problem: DesignProblem, folder: Path) -> str:
    markdown.write(plan, problem, folder / "plan.md")
    return (folder / "plan.md").read_text(encoding="utf-8").replace("\\", "")


def test_markdown_names_what_is_odd_missions_and_reductions(
    plan: Plan, problem: DesignProblem, tmp_path: Path
) -> None:
    text = written(plan, problem, tmp_path)
    critic = text.partition("## What a critic would say")[2].partition("\n## ")[0]
    assert critic.index(f"- {UNSERVED}") < critic.index(f"- {REFUSED}")
    assert "| Valley | Home | 2,000 | yes | 1,500 | 0 | 0 | 0 |" in text
    assert "| Islet | Rich | 100 | no | 500 | 0 | 0 | 0 |" in text
    assert REDUCED in text
    assert "| Near | 0.0% | 10.0% | 10.0% |" in text


def test_the_report_does_too(plan: Plan, problem: DesignProblem) -> None:
    page = report_page(plan, problem)
    critic = page.partition('<section id="critic"')[2].partition("</section>")[0]
    assert critic.index(UNSERVED) < critic.index(REFUSED)
    assert page.partition('<section id="summary"')[2].partition("</section>")[0].count(REDUCED) == 1
    activity = page.partition('<section id="activity"')[2].partition("</section>")[0]
    assert activity.count("<td>Valley</td>") == 3
    assert "Reductions of forces" in activity
    assert ">10.0%</td>" in activity


def test_the_workbook_has_a_sheet_for_each(plan: Plan, problem: DesignProblem, tmp_path: Path) -> None:
    workbook.write(plan, problem, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    critic = [row[3].value for row in book["What a critic would say"].iter_rows(min_row=2)]
    assert critic[0].startswith(UNSERVED)
    assert critic[1].startswith(REFUSED)
    rows = [[cell.value for cell in row] for row in book["Missions - need and sent"].iter_rows(min_row=2)]
    assert [row[:2] for row in rows] == [
        [year, id_] for year in problem.periods for id_ in ("valley", "islet")
    ]
    refused = "the government in control admits no mission"
    assert rows[1][2:] == ["Islet", "Rich", 100, "no", 0, 500, 0, 0, None, refused]
    assert all(row[-1] for row in rows)
    reductions = [[cell.value for cell in row] for row in book["Reductions of forces"].iter_rows()]
    assert reductions[0][0] == REDUCED
    assert reductions[3][:3] == ["near", "Near", 0]
    assert reductions[3][4] == pytest.approx(0.1)


def test_missions_name_whose_soldiers_serve(sound: tuple[Plan, DesignProblem], tmp_path: Path) -> None:
    plan, problem = sound
    workbook.write(plan, problem, tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)["Missions - need and sent"]
    served = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[8]]
    assert served
    for row in served:
        mine = [each for each in plan.deployments if (each.mission, each.period) == (row[1], row[0])]
        assert mine
        for each in mine:
            assert problem.state_by_id[each.state].name in row[10]
        assert not row[11]


def test_a_plan_without_oddities_is_said_to_have_none(
    sound: tuple[Plan, DesignProblem], tmp_path: Path
) -> None:
    nothing = "Nothing odd: none of the checks finds anything to object to."
    assert nothing in written(*sound, tmp_path)
    assert nothing in report_page(*sound)
    workbook.write(*sound, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book["What a critic would say"]["D2"].value == nothing
    assert book["Reductions of forces"]["A1"].value == "No state is asked to reduce its forces."


def test_soldiers_are_whole_in_print(tmp_path: Path) -> None:
    problem = problem_with()
    plan = plan_with(problem, assignments=assignment("hill", "valley", 753.45), deployments=[])
    text = written(plan, problem, tmp_path)
    tables = text.partition("## Missions")[2].partition("## Origin")[0]
    assert "| 753 |" in tables
    assert "753.4" not in tables


def test_deployments_are_a_table_like_any_other(sound: tuple[Plan, DesignProblem], tmp_path: Path) -> None:
    page = report_page(*sound)
    own = page.partition('id="state-west"')[2].partition('id="state-')[0]
    deployments = own.partition("Deployments")[2]
    assert "<td>Hill</td><td>Valley</td>" in deployments
    text = written(*sound, tmp_path)
    assert "### Deployments" in text
