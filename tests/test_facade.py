"""What `concord` offers in Python."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import concord
from concord import facade
from concord.errors import BadInput
from concord.models import DesignProblem, Plan
from concord.solving.options import SolveKeywords, SolveOptions

HEAVY = ("ortools", "highspy", "pulp", "altair", "pandas")


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return concord.load("three-states")


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return concord.solve(problem)


def test_the_keywords_of_a_solve_are_the_fields_of_its_options() -> None:
    assert list(SolveKeywords.__annotations__) == [field.name for field in fields(SolveOptions)]


def test_the_package_offers_what_the_facade_has() -> None:
    assert concord.__all__ == facade.__all__


def test_errors_are_there_and_nothing_heavy_is_imported() -> None:
    code = f"import sys, concord; concord.errors.BadInput; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_without_an_organ_a_plan_is_no_better(plan: Plan, problem: DesignProblem) -> None:
    organ = next(row.organ for row in plan.organs if row.working)
    answer = concord.why(plan, problem, "organ", organ)
    assert answer.other is not None
    assert not any(row.organ == organ and row.working for row in answer.other.organs)
    assert answer.loss is not None
    assert answer.loss > 0
    with pytest.raises(BadInput, match="already"):
        concord.why_not(plan, problem, "organ", organ)
    with pytest.raises(BadInput, match="unknown subject"):
        concord.why(plan, problem, "planet", organ)


def test_what_a_plan_lacks_has_a_price(plan: Plan, problem: DesignProblem) -> None:
    idle = concord.solve(problem, gap=0.01).model_copy(update={"organs": ()})
    with pytest.raises(BadInput, match="no organ"):
        concord.why_not(idle, problem, "organ", "parliament")
    answer = concord.why_not(idle, problem, "organ", problem.organs[0].id)
    assert answer.other is not None
    assert any(row.working for row in answer.other.organs)


def test_alternatives_are_as_good_as_asked(plan: Plan, problem: DesignProblem) -> None:
    found = concord.alternatives(plan, problem, slack=0.05, number=2)
    assert len(found.plans) > 1
    assert all(each.measure.value >= 0.95 * plan.measure.value for each in found.plans)


def test_a_sweep_at_the_stated_value_is_the_solve(plan: Plan, problem: DesignProblem) -> None:
    fund = problem.funds[0]
    table = concord.sweep(problem, {f"funds.{fund.id}.budget": [fund.budget]}).table
    assert table["measure"].iloc[0] == pytest.approx(plan.measure.value, rel=1e-3)


def test_exports_and_charts_are_written(plan: Plan, problem: DesignProblem, tmp_path: Path) -> None:
    assert all(path.exists() for path in concord.export(plan, problem, ["csv"], tmp_path))
    concord.chart(plan, problem, tmp_path / "burden.svg", kind="burden")
    assert (tmp_path / "burden.svg").stat().st_size > 0
    with pytest.raises(BadInput, match="unknown format"):
        concord.export(plan, problem, ["stone"], tmp_path)
    with pytest.raises(BadInput, match="unknown kind"):
        concord.chart(plan, problem, tmp_path / "a.svg", kind="stone")
    with pytest.raises(BadInput, match="no picture"):
        concord.chart(plan, problem, tmp_path / "a.txt")


def test_plans_and_problems_show_in_a_few_lines(plan: Plan, problem: DesignProblem) -> None:
    for shown in (plan, problem):
        assert str(shown) == repr(shown)
        assert problem.id in repr(shown)
        assert len(repr(shown).splitlines()) == 3
    assert f"{plan.measure.value:.4f}" in repr(plan)
