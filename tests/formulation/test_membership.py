"""Those whom the entry test leaves out are measured, and neither served nor asked for anything."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from concord.formulation import formulate
from concord.models import DesignProblem
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import compact

SPENT = {"A": 30.0, "B": 10.0, "C": 20.0, "D": 40.0}
ENTRY_TEST: dict[str, Any] = {
    "membership": {"named": ["B", "C", "D"], "exclusion": 0.2},
    **{f"states/{state}/military_expenditure": spent for state, spent in SPENT.items()},
    "monitoring/zones/ab/minimum": 0.0,
    "benefit": {"nobody_worse_off": True},
}
"""A, which hosts a site and shares a frontier with B, is left out."""


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact(ENTRY_TEST)


def test_a_threshold_and_a_list_must_both_be_passed() -> None:
    changes = {
        "membership": {"named": ["A", "B"], "least": {"political-legitimacy": 0.8}},
        "states/B/capacities": {"military-prowess": 1.0, "political-legitimacy": 0.9},
        "states/C/capacities": {"military-prowess": 1.0, "political-legitimacy": 0.9},
        "garrisons/contingents/min_nations": 1,
        "garrisons/min_open": 0,
        "funds/assessed/ceiling": 1.0,
        "funds/regional/payers": "members",
    }
    found = compact(changes)
    assert [state.id for state in found.members] == ["B"]
    assert found.left_out == ("A", "C", "D")
    assert [state.id for state in found.measured] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("block", "level"),
    [
        ("contribution", "payer"),
        ("spending", "state"),
        ("units", "state"),
        ("lift", "state"),
        ("teams", "state"),
    ],
)
def test_no_decision_is_made_for_a_state_left_out(problem: DesignProblem, block: str, level: str) -> None:
    decided = getattr(formulate(problem).scene.decisions, block).index.get_level_values(level)
    assert "A" not in decided
    assert "B" in decided or block == "teams"


def test_sites_missions_and_zones_of_a_state_left_out_are_closed(problem: DesignProblem) -> None:
    assert [site.id for site in problem.sites] == ["east"]
    assert [zone.id for zone in problem.open_zones] == ["cd"]
    assert [mission.id for mission in problem.open_missions] == ["ceasefire", "border"]
    closed = compact({**ENTRY_TEST, "membership": {"named": ["A", "C", "D"]}})
    assert [mission.id for mission in closed.open_missions] == ["border"]


def test_being_left_out_raises_the_threats_that_respond_to_posture(problem: DesignProblem) -> None:
    rows = formulate(problem).program.constraints["security.threats"]
    right = dict(zip(map(rows.labels.label, range(rows.labels.size)), rows.lower, strict=True))
    assert right["A", "war", 1] == pytest.approx(log(1.0) + 0.2 * (10 + 20 + 40) / (10 + 20 + 40))
    assert right["A", "strife", 1] == pytest.approx(log(0.6))
    assert right["B", "war", 1] == pytest.approx(log(1.0))


def test_the_weight_inside_counts_only_those_inside() -> None:
    problem = compact({**ENTRY_TEST, "membership": {"named": ["B", "C"], "exclusion": 0.2},
                       "garrisons/contingents/min_nations": 2})  # fmt: skip
    rows = formulate(problem).program.constraints["security.threats"]
    right = dict(zip(map(rows.labels.label, range(rows.labels.size)), rows.lower, strict=True))
    assert right["A", "war", 1] == pytest.approx(0.2 * 30 / 70)
    assert right["D", "war", 1] == pytest.approx(0.2 * 30 / 60)


def test_a_plan_with_an_entry_test_verifies_and_its_baseline_is_nobodys_exclusion(
    problem: DesignProblem,
) -> None:
    plan = solve(problem, SolveOptions(gap=1e-4))
    assert verify(plan, problem).ok
    assert plan.problem.left_out == ("A",)
    records = {(row.state, row.period): row for row in plan.security}
    assert records["A", 1].attribution["exclusion"] < -0.1
    assert records["A", 1].ratio < records["A", 1].baseline_ratio
    inclusive = solve(compact({**ENTRY_TEST, "membership": {}}), SolveOptions(gap=1e-4))
    assert plan.measure.baseline == pytest.approx(inclusive.measure.baseline, rel=1e-12)
    assert plan.measure.value < inclusive.measure.value
    assert "exclusion" not in {key for row in inclusive.security for key in row.attribution}
