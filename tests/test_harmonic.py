"""The measure `harmonic`: alpha 2 by name, one over the mean of threats over capacities.

**By hand.** Two states with capacity 1 and threats 4 and 1 share 40 million USD of a programme with
scale 10 and effect 1. Spending x leaves a state with the insecurity T / (1 + x / 10), and the mean of
both is least where the derivatives T 10 / (10 + x)^2 are equal, that is where 10 + x is as the square
root of T: 40 and 20, which add up to 2 * 10 + 40. So x is 30 and 10, the insecurities are 1 and 1/2,
their mean is 3/4, and the harmonic mean of security is 4/3. Without the programme it is 1 / 2.5. The
geometric mean gives both the same, 20.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

import concord
from concord.analysis.certificate import certify, held_bound
from concord.analysis.fairness_figures import fairness_figure
from concord.cli.rendering.summary import summary
from concord.export import about, markdown, workbook
from concord.export.names import Names
from concord.export.report.words import sentences
from concord.models import DesignProblem, Measure, Plan, StatedMeasure
from concord.models.plan import MeasureResult
from concord.solving.progress import SilentWatch
from concord.verification import verify
from tests.support.compact import compact

GAP = 1e-6


def by_hand(**objective: Any) -> DesignProblem:
    place = {"population": 1000000, "gdp": 40000, "region": "here", "latitude": 50.0, "longitude": 10.0}
    return DesignProblem.model_validate(
        {
            "format": "concord/problem/1", "id": "by-hand", "title": "By hand", "currency": "million USD",
            "periods": [1],
            "threat_kinds": [{"id": "unrest", "name": "unrest", "relevance": {"political-legitimacy": 1.0}}],
            "states": [
                {"id": name, "name": name, "capacities": {"political-legitimacy": 1.0},
                 "threats": {"unrest": threat}, **place}
                for name, threat in (("bad", 4.0), ("good", 1.0))
            ],
            "programmes": [
                {"id": "talks", "name": "Talks", "scale": 10.0, "max_intensity": 5.0,
                 "effects": {"unrest": 1.0}}
            ],
            "funds": [{"id": "fund", "name": "Fund", "payers": "members", "budget": 40.0}],
            "objective": objective,
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return by_hand(measure="harmonic")


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return concord.solve(problem, gap=GAP)


def test_the_plan_is_that_of_the_hand(plan: Plan) -> None:
    assert plan.measure.value == pytest.approx(4 / 3, rel=2e-6)
    assert plan.measure.bound >= 4 / 3 * (1 - 1e-9)
    assert plan.measure.baseline == pytest.approx(0.4)
    spent = {row.state: row.spending for row in plan.programmes}
    assert spent == pytest.approx({"bad": 30.0, "good": 10.0}, abs=0.1)


def test_the_geometric_mean_does_not_look_at_the_insecure_first() -> None:
    plan = concord.solve(by_hand(measure="geometric"), gap=GAP)
    assert {row.state: row.spending for row in plan.programmes} == pytest.approx(
        {"bad": 20.0, "good": 20.0}, abs=0.1
    )


def test_mean_insecurity_is_the_mean_of_threats_over_capacities(plan: Plan) -> None:
    measure = plan.measure
    ratios = [row.threat / row.capacity for row in plan.security]
    assert measure.insecurity == pytest.approx(sum(ratios) / len(ratios))
    assert measure.insecurity == pytest.approx(0.75, rel=2e-6)
    assert measure.baseline_insecurity == pytest.approx(2.5)
    assert measure.least_insecurity == pytest.approx(1 / measure.bound)


@pytest.mark.parametrize(
    "objective",
    [{}, {"weights": "population", "discount": 0.1}, {"floors": [{"measure": "minimum", "least": 0.041}]}],
    ids=["plain", "weighed", "floored"],
)
def test_it_is_alpha_2_in_value_bound_and_plan(objective: dict[str, Any]) -> None:
    one, other = (
        concord.solve(compact({"objective": {**named, **objective}}), gap=1e-4, threads=1)
        for named in ({"measure": "harmonic"}, {"measure": "alpha", "alpha": 2.0})
    )
    for figure in ("value", "bound", "gap", "baseline"):
        assert getattr(one.measure, figure) == pytest.approx(getattr(other.measure, figure), rel=1e-12)
    for table in ("programmes", "contributions", "garrisons", "contingents", "assignments", "monitoring"):
        assert getattr(one, table) == getattr(other, table)
    assert other.measure.insecurity is None


def test_the_verifier_recomputes_it_and_knows_its_name(plan: Plan, problem: DesignProblem) -> None:
    assert verify(plan, problem).ok
    insecurity = [row.threat / row.capacity for row in plan.security]
    assert verify(plan, problem).recomputed.value == pytest.approx(2 / sum(insecurity))
    for change in ({"value": plan.measure.value * 1.001}, {"name": Measure.ALPHA, "alpha": 2.0}):
        measure = plan.measure.model_copy(update=change)
        assert not verify(plan.model_copy(update={"measure": measure}), problem).ok


def test_it_has_no_alpha() -> None:
    with pytest.raises(ValueError, match="the measure harmonic has no alpha"):
        by_hand(measure="harmonic", alpha=2.0)
    assert StatedMeasure(measure=Measure.HARMONIC).label == "harmonic"


def test_it_may_have_a_floor_and_follow_another() -> None:
    asked = {
        "measure": "minimum", "floors": [{"measure": "harmonic", "least": 1.25}],
        "then": [{"measure": "harmonic", "sacrifice": 0.05}],
    }  # fmt: skip
    problem = by_hand(**asked)
    plan = concord.solve(problem, gap=1e-4)
    assert verify(plan, problem).ok
    (after,) = plan.measure.then
    assert after.value >= 1.25 * (1 - 1e-6)
    assert after.insecurity == pytest.approx(1 / after.value)
    assert plan.measure.insecurity is None
    assert "(mean insecurity " in printed(plan, problem)
    told = {fact.name: fact.value for fact in about.about(plan, problem).result}
    assert told["Mean insecurity, minimised next"] == after.insecurity
    assert any("Minimised next, mean insecurity" in text for text in sentences(plan, problem, Names(problem)))


def test_its_bound_can_be_recomputed_from_a_certificate() -> None:
    problem = by_hand(measure="harmonic")
    plan = concord.solve(problem, gap=GAP)
    certified = plan.model_copy(update={"certificate": certify(problem, plan, SilentWatch())})
    bound = held_bound(problem, certified)
    assert bound is not None
    assert 4 / 3 * (1 - 1e-9) <= bound <= 4 / 3 * (1 + 1e-4)


def printed(plan: Plan, problem: DesignProblem) -> str:
    console = Console(file=StringIO(), width=200)
    console.print(summary(plan, problem))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_summary_reports_and_workbook_tell_mean_insecurity(
    plan: Plan, problem: DesignProblem, tmp_path: Path
) -> None:
    line = (
        "Mean insecurity (threats over capacities): 2.5000 without the institution, 0.7500 with it (-70.0 %)"
    )
    assert line in printed(plan, problem)
    markdown.write(plan, problem, tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "Mean insecurity without the institution" in text
    assert "Mean insecurity with it" in text
    told = " ".join(sentences(plan, problem, Names(problem)))
    assert "Mean insecurity, threats over capacities, goes from 2.500 to 0.750" in told
    workbook.write(plan, problem, tmp_path / "plan.xlsx")
    cells = pd.read_excel(tmp_path / "plan.xlsx", sheet_name="Summary", header=None)
    figures = dict(zip(cells[0], cells[1], strict=True))
    assert figures["Mean insecurity with it"] == pytest.approx(0.75, rel=1e-5)
    assert figures["Mean insecurity without the institution"] == pytest.approx(2.5)


def test_other_measures_do_not_tell_it(problem: DesignProblem) -> None:
    plan = concord.solve(by_hand(measure="geometric"), gap=1e-3)
    assert "insecurity" not in printed(plan, problem)
    assert not [fact for fact in about.about(plan, problem).result if "insecurity" in fact.name]


@pytest.mark.parametrize("model", [Plan, DesignProblem])
def test_the_schemas_know_it(model: type[Plan | DesignProblem]) -> None:
    assert "harmonic" in model.model_json_schema()["$defs"]["Measure"]["enum"]


def test_a_frontier_may_run_over_it() -> None:
    figure = fairness_figure("harmonic")
    assert figure.measure == StatedMeasure(measure=Measure.HARMONIC)
    assert figure.at_least


def test_nothing_secure_is_endlessly_insecure() -> None:
    measure = MeasureResult(name=Measure.HARMONIC, value=0.0, bound=1.0, gap=1.0, baseline=0.5)
    assert measure.insecurity == float("inf")
    assert measure.least_insecurity == 1.0
