"""Measures and their floors are recomputed from the security of a plan worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import Any

import pytest

import concord
from concord.models import DesignProblem, Plan
from concord.verification import verify

Build = Callable[..., tuple[Plan, DesignProblem]]
WEIGHTS = {1993: 1 / 1.8, 1994: 0.8 / 1.8}
"""A discount of a quarter."""


def weighed(plan: Plan) -> list[tuple[float, float]]:
    """Weight and ratio of every state in every period, all states alike."""
    return [(WEIGHTS[row.period] / 3, row.ratio) for row in plan.security]


def power_mean(plan: Plan, alpha: float) -> float:
    return float(sum(w * ratio ** (1 - alpha) for w, ratio in weighed(plan)) ** (1 / (1 - alpha)))


def problem_with(floor: dict[str, Any], **measure: Any) -> dict[str, Any]:
    return {"objective": {"discount": 0.25, "floors": [floor], **measure}}


@pytest.mark.parametrize("alpha", [0.5, 2.0, 7.0])
def test_power_mean_is_recomputed(build: Build, alpha: float) -> None:
    plan, problem = build(problem={"objective": {"discount": 0.25, "measure": "alpha", "alpha": alpha}})
    assert verify(plan, problem).recomputed.value == pytest.approx(power_mean(plan, alpha), rel=1e-6)


@pytest.mark.parametrize("measure", ["minimum", "leximin"])
def test_minimum_is_recomputed(build: Build, measure: str) -> None:
    plan, problem = build(problem={"objective": {"measure": measure}})
    recomputed = verify(plan, problem).recomputed
    assert recomputed.value == pytest.approx(0.474551, abs=1e-6)
    assert recomputed.baseline == pytest.approx(4 / 9)


def test_a_plan_for_another_aversion_is_named(build: Build) -> None:
    asked = {"objective": {"discount": 0.25, "measure": "alpha", "alpha": 2.0}}
    plan, problem = build(problem=asked, plan={"measure.name": "alpha", "measure.alpha": 3.0})
    subjects = {v.subject for v in verify(plan, problem).violations if v.name == "figures.measure"}
    assert "name" in subjects
    plan, problem = build(problem=asked, plan={"measure.name": "alpha", "measure.alpha": 2.0})
    assert "name" not in {v.subject for v in verify(plan, problem).violations}


def test_a_measure_below_its_floor_is_named_with_the_distance_in_logs(build: Build) -> None:
    plan, problem = build(problem=problem_with({"measure": "minimum", "least": 0.5}))
    (violation,) = verify(plan, problem).violations
    assert (violation.name, violation.subject) == ("measures.floor", "minimum")
    assert violation.amount == pytest.approx(log(0.5 / 0.474551), abs=1e-5)


@pytest.mark.parametrize("alpha", [1.0, 3.0])
def test_a_floor_of_a_power_mean_is_held_exactly(build: Build, alpha: float) -> None:
    plan, _ = build()
    geometric = exp(sum(w * log(ratio) for w, ratio in weighed(plan)))
    value = geometric if alpha == 1 else power_mean(plan, alpha)
    for factor, kept in ((1 - 1e-4, True), (1 + 1e-4, False)):
        floor = {"measure": "alpha", "alpha": alpha, "least": value * factor}
        assert verify(*build(problem=problem_with(floor))).ok is kept


def test_levels_are_of_leximin_alone(build: Build) -> None:
    ratios = [{"state": "AAA", "period": 1993}]
    level = {"value": 1.0, "bound": 1.0, "ceiling": 1.0, "ratios": ratios}
    (violation,) = verify(*build(plan={"measure.levels": [level]})).violations
    assert violation.name == "figures.levels"


def test_a_floor_of_a_measure_that_binds_is_named_in_a_plan_that_verifies() -> None:
    most = concord.solve(concord.load("three-states"), measure="minimum", gap=1e-4).measure.value
    floor = f"objective.floors=[{{measure: minimum, least: {most * 0.999}}}]"
    problem = concord.load("three-states", settings=[floor])
    plan = concord.solve(problem, gap=1e-4)
    assert verify(plan, problem).ok
    assert ("measures.floor", "minimum") in [(row.rule, row.subject) for row in plan.binding]
