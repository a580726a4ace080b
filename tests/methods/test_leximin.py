"""Levels of leximin: proven from the lowest upwards, told in the plan, and checked by the verifier."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

import concord
from concord.errors import NoPlanFound
from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim
from concord.methods import direct
from concord.methods.clock import Clock
from concord.methods.found import logs_by_term
from concord.methods.held_levels import Rest
from concord.models import Plan
from concord.models.plan import TerminationReason
from concord.problem import maximising
from concord.solving.options import SolveOptions
from concord.solving.outer_approximation import Outcome
from concord.solving.progress import SilentWatch
from concord.solving.saturation import Saturation
from concord.solving.termination import Limit, ObjectiveBounds, Termination
from concord.verification import verify
from tests.support.compact import ONE_PERIOD, compact

GAP = 1e-3
HELPLESS: dict[str, Any] = ONE_PERIOD | {
    "states/D/threats": {"war": 3.0},
    "programmes/mediation/states": ["A", "B", "C"],
    "programmes/defence/states": ["A", "B", "C"],
    "objective": {"measure": "leximin"},
}
"""Nothing can raise the ratio of D."""
COMMITTED: dict[str, Any] = {"funds/assessed/commitment": 5.0}
"""Doing nothing is no plan."""


@pytest.fixture(scope="module")
def three() -> Plan:
    return concord.solve(concord.load("three-states"), measure="leximin", gap=GAP)


def test_the_two_that_cannot_rise_share_the_first_level_and_the_third_has_its_own(three: Plan) -> None:
    first, second = three.measure.levels
    assert {ratio.state for ratio in first.ratios} == {"B-land", "C-land"}
    assert {ratio.state for ratio in second.ratios} == {"A-land"}
    assert first.value < second.value
    assert three.termination.reason is TerminationReason.OPTIMAL


def test_every_level_is_proven_within_the_gap(three: Plan) -> None:
    for level in three.measure.levels:
        assert level.value <= level.bound <= level.value * (1 + GAP)
        assert level.value <= level.ceiling <= level.value * (1 + GAP)


def test_who_stays_is_proven_by_the_relaxation_without_another_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searches: list[bool] = []
    run = direct.run

    def counted(formulation: Formulation, *given: Any, **more: Any) -> Outcome:
        searches.append(formulation.scene.aim.together)
        return run(formulation, *given, **more)

    monkeypatch.setattr(direct, "run", counted)
    plan = concord.solve(concord.load("three-states"), measure="leximin", gap=0.02)
    assert searches == [False] * len(plan.measure.levels)
    assert max(level.ceiling / level.value for level in plan.measure.levels) <= 1.02


def test_the_first_level_is_the_best_minimum(three: Plan) -> None:
    minimum = concord.solve(concord.load("three-states"), measure="minimum", gap=GAP).measure
    assert three.measure.value == pytest.approx(minimum.value, rel=GAP)
    assert three.measure.bound >= minimum.value * (1 - 1e-5)
    assert three.measure.baseline == minimum.baseline


def test_a_state_whose_ratio_nothing_can_raise_does_not_hold_the_others_down() -> None:
    plan = concord.solve(compact(HELPLESS), gap=GAP)
    first, *others = plan.measure.levels
    assert [ratio.state for ratio in first.ratios] == ["D"]
    assert first.value == pytest.approx(1 / 3)
    assert others
    assert others[0].value > first.value * 1.5


def test_ratios_in_no_level_yet_are_lifted_together_with_whole_decisions_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem, options = compact(HELPLESS), SolveOptions(gap=GAP)
    poor = compact(HELPLESS | {"funds/assessed/budget": 12.0})
    weak = formulate(poor, Aim.of(poor))
    values = direct.run(weak, options, SilentWatch()).values
    assert values is not None
    before = logs_by_term(weak, values)
    monkeypatch.setattr(Saturation, "climb", lambda *_: iter(()))
    plan, levels = Rest(problem, Aim.of(problem), set(before), {}).climb(
        (weak, values), Clock(options), SilentWatch()
    )
    assert not levels
    after = logs_by_term(*plan)
    assert np.mean(list(after.values())) > np.mean(list(before.values())) + 0.01
    assert min(after.values()) >= min(before.values()) - 1e-5
    whole = weak.program.matrix().integer
    assert np.array_equal(np.round(plan[1][whole]), np.round(values[whole]))


def test_no_time_gives_a_plan_whose_levels_are_those_proven_so_far() -> None:
    problem = maximising(compact(), "leximin")
    plan = concord.solve(problem, gap=0.05, time_limit=15.0)
    assert verify(plan, problem).ok


def test_no_time_at_all_is_told_as_such() -> None:
    with pytest.raises(NoPlanFound, match="before any plan was found"):
        concord.solve(compact(HELPLESS | COMMITTED), gap=GAP, time_limit=1e-6)


def test_where_the_first_level_finds_no_plan_one_for_all_is_climbed_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on large problems: levels are those of the whole decisions of a plan by the geometric mean."""
    searches: list[bool] = []
    run = direct.run

    def first_in_vain(*given: Any, **more: Any) -> Outcome:
        searches.append(more.get("as_whole", False))
        outcome = run(*given, **more)
        bound = outcome.termination.objective_bounds.dual
        cut = Termination.stopped(Limit.TIME, "time limit", ObjectiveBounds(-inf, bound))
        return replace(outcome, termination=cut, values=None) if len(searches) == 1 else outcome

    monkeypatch.setattr(direct, "run", first_in_vain)
    problem = compact(HELPLESS | COMMITTED)
    plan = concord.solve(problem, gap=GAP, threads=1)
    assert searches == [False, False, True]
    assert plan.measure.levels
    assert all(level.whole_decisions_held for level in plan.measure.levels)
    assert verify(plan, problem).ok


def test_levels_that_no_plan_was_found_to_keep_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = compact(HELPLESS)
    formulation = formulate(problem, Aim.of(problem))
    values = direct.run(formulation, SolveOptions(gap=GAP), SilentWatch()).values
    assert values is not None
    free, clock = set(logs_by_term(formulation, values)), Clock(SolveOptions(gap=GAP))
    rest = Rest(problem, Aim.of(problem), free, {})
    assert rest.climb((formulation, values), clock, SilentWatch())[1]
    monkeypatch.setattr(Rest, "_lift_together", lambda *_: None)
    plan, levels = rest.climb((formulation, values), clock, SilentWatch())
    assert plan[1] is values
    assert not levels


EDITS: list[tuple[str, dict[str, Any]]] = [
    ("names ratios twice", {"ratios": [{"state": "B-land", "period": 1993}] * 2}),
    ("unknown ones", {"ratios": [{"state": "Z-land", "period": 1993}]}),
    ("its value is stated", {"value": 1.4, "bound": 1.5}),
    ("no ratio from there on is below", {"value": 1.0}),
    ("below its value", {"bound": 1.0}),
    ("above their ceiling", {"ceiling": 1.0}),
    ("not every ratio is in a level", {"ratios": [{"state": "B-land", "period": 1993}]}),
]


@pytest.mark.parametrize(("words", "edit"), EDITS, ids=[words for words, _ in EDITS])
def test_an_edited_level_is_named(three: Plan, words: str, edit: dict[str, Any]) -> None:
    document = three.model_dump(mode="json")
    document["measure"]["levels"][0] |= edit
    verification = verify(Plan.model_validate(document), maximising(concord.load("three-states"), "leximin"))
    messages = [v.message for v in verification.violations if v.name == "figures.levels"]
    assert any(words in message for message in messages)


def test_levels_are_of_leximin_alone(three: Plan) -> None:
    document = three.model_dump(mode="json")
    problem = maximising(concord.load("three-states"), "minimum")
    names = {v.name for v in verify(Plan.model_validate(document), problem).violations}
    assert "figures.levels" in names
