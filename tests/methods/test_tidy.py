"""The tidy stage changes postings and nothing else, and only for those that the problem prefers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from concord.formulation import formulate
from concord.formulation.preferences import preferred_postings
from concord.methods import direct, sequence
from concord.methods.found import Found
from concord.methods.tidy import served_by_who_is_there, tidied
from concord.planning import solve
from concord.solving.details import Details
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import CancelWatch, SilentWatch
from concord.verification import verify
from tests.support.cases import labels_of
from tests.support.compact import compact

OPTIONS = SolveOptions(gap=1e-2, threads=1)
LIVELY: dict[str, Any] = {
    "missions/ceasefire/effects": {"war": 3.0},
    "garrisons/contingents/max_state_share": 1.0,
    "garrisons/contingents/scale": None,
    "garrisons/contingents/min_nations": 1,
    "states/C/military_personnel": 15000.0,
    "states/D/latitude": 50.0,
    "burden_sharing": [],
    "hegemony": [],
}
"""Changes under which a garrison is worth while, may be of one nation, and leaves open of which."""


@pytest.fixture(scope="module")
def untidy() -> Found:
    """A plan with too many nations, and with the observers that the problem likes least."""
    problem = compact(LIVELY)
    found = sequence.search(problem, replace(OPTIONS, tidy=False), SilentWatch())
    return _with_observers_from_afar(found)


def _with_observers_from_afar(found: Found) -> Found:
    task = direct.task_of(found.formulation)
    mine = np.isin(task.details, found.formulation.scene.decisions.teams.columns)
    details = replace(task.split(), cost=np.where(mine, -task.preference, task.preference))
    assert found.outcome.values is not None
    values = details.complete(found.outcome.values, RunLimits(), SilentWatch())
    assert values is not None
    assert violation(details.program, values) <= FEASIBILITY
    return replace(found, outcome=replace(found.outcome, values=values))


def cost(found: Found) -> float:
    """What the preferences say of the postings."""
    scene, values = found.formulation.scene, found.outcome.values
    assert values is not None
    columns = np.concatenate([block.columns for block in scene.decisions.details])
    weight = scene.problem.preferences.nations
    return float(preferred_postings(scene) @ values[columns]) + weight * nations(found)


def nations(found: Found) -> int:
    """Nations in garrisons, over all periods."""
    assert found.outcome.values is not None
    return int(np.sum(found.outcome.values[found.formulation.scene.decisions.units.columns] > 0.5))


def test_postings_become_what_the_problem_prefers(untidy: Found) -> None:
    better = tidied(untidy, OPTIONS, SilentWatch())
    assert cost(better) < cost(untidy)
    assert (nations(untidy), nations(better)) == (4, 2)


@pytest.mark.parametrize(("weight", "expected"), [(5.0, 2), (0.0, 4)])
def test_nations_are_few_where_that_counts_more_than_ways(weight: float, expected: int) -> None:
    """In either period C, which lies near, can spare three companies of six, and D, far away, all."""
    problem = compact(LIVELY | {"preferences": {"nations": weight, "strain": 0.0}})
    found = sequence.search(problem, OPTIONS, SilentWatch())
    assert nations(found) == expected


@pytest.mark.parametrize(("weight", "companies_of_c"), [(0.0, True), (20.0, False)])
def test_a_small_army_stays_at_home_where_that_counts_more_than_ways(
    weight: float, companies_of_c: bool
) -> None:
    """C, which lies near, has 15,000 soldiers: its third company is beyond two per cent of them."""
    problem = compact(LIVELY | {"preferences": {"nations": 0.0, "strain": weight}})
    found = sequence.search(problem, OPTIONS, SilentWatch())
    units = found.formulation.scene.decisions.units
    assert found.outcome.values is not None
    sent = {
        (label[0], label[-1]): 0.0 for label in labels_of(units.labels)
    }  # fmt: skip
    for label, number in zip(labels_of(units.labels), found.outcome.values[units.columns], strict=True):
        sent[label[0], label[-1]] += number
    assert any(number > 2.5 for (state, _), number in sent.items() if state == "C") == companies_of_c


@pytest.mark.parametrize(("weight", "expected"), [(0.0, 4), (20.0, 2)])
def test_rivals_do_not_share_a_garrison_where_that_counts_more_than_ways(
    weight: float, expected: int
) -> None:
    """C, which lies near, and D are rivals: D sends all six companies of either period alone."""
    changes = {
        "preferences": {"nations": 0.0, "strain": 0.0, "rivals": weight},
        "relations": [{"one": "D", "other": "C", "kind": "rivals"}],
    }
    found = sequence.search(compact(LIVELY | changes), OPTIONS, SilentWatch())
    assert nations(found) == expected


def test_everything_but_postings_stays_as_it_was_and_with_it_value_and_bound(untidy: Found) -> None:
    better = tidied(untidy, OPTIONS, SilentWatch())
    one, other = untidy.outcome, better.outcome
    assert one.values is not None
    assert other.values is not None
    details = direct.task_of(untidy.formulation).details
    changed = np.flatnonzero(one.values != other.values)
    assert len(changed)
    assert set(changed) <= set(details)
    assert one.termination == other.termination
    matrix = direct.task_of(untidy.formulation).matrix()
    assert violation(matrix, other.values) <= FEASIBILITY


def test_weights_of_nothing_leave_every_posting_where_it_is(untidy: Found) -> None:
    weights = {"distance": 0.0, "arrivals": 0.0, "nations": 0.0, "strain": 0.0}
    formulation = formulate(compact(LIVELY | {"preferences": weights}))
    indifferent = replace(untidy, formulation=formulation)
    assert tidied(indifferent, OPTIONS, SilentWatch()) is indifferent


def test_no_more_serve_from_a_garrison_than_stand_in_it_though_someone_is_barred_from_every_mission() -> None:
    """Every garrison and period has a row: its units are the limit where they are held, else a part of it."""
    formulation = formulate(compact(LIVELY))
    scene, width = formulation.scene, formulation.program.width
    d, values = scene.decisions, np.random.default_rng(7).integers(0, 9, width).astype(float)
    serving = dict.fromkeys(labels_of(d.garrisoned.labels), 0.0)
    for (site, _, period), column in zip(labels_of(d.assigned.labels), d.assigned.columns, strict=True):
        serving[site, period] += values[column]
    standing = values[d.garrisoned.columns]
    held, limits = served_by_who_is_there(scene, d.assigned.columns, values)
    assert held @ values[d.assigned.columns] == pytest.approx(list(serving.values()))
    assert limits == pytest.approx(standing)
    free = np.concatenate([d.assigned.columns, d.garrisoned.columns])
    both, nothing = served_by_who_is_there(scene, free, values)
    assert both @ values[free] == pytest.approx(list(serving.values()) - standing)
    assert nothing == pytest.approx(0.0)


def test_the_stage_can_be_switched_off(untidy: Found) -> None:
    assert tidied(untidy, replace(OPTIONS, tidy=False), SilentWatch()) is untidy


def test_a_solve_that_was_stopped_is_not_tidied(untidy: Found) -> None:
    watch = CancelWatch(SilentWatch())
    watch.cancel()
    assert tidied(untidy, OPTIONS, watch) is untidy


def test_a_search_without_a_plan_has_nothing_to_tidy(untidy: Found) -> None:
    nothing = replace(untidy, outcome=replace(untidy.outcome, values=None))
    assert tidied(nothing, OPTIONS, SilentWatch()) is nothing


@pytest.mark.parametrize(
    ("taken", "limit", "most"),
    [(90.0, None, 30.0), (90.0, 110.0, 20.0), (90.0, 200.0, 30.0), (90.0, 91.0, 10.0), (1.0, None, 10.0)],
)
def test_the_stage_takes_a_third_of_the_search_and_what_is_left_but_a_few_seconds_always(
    monkeypatch: pytest.MonkeyPatch, untidy: Found, taken: float, limit: float | None, most: float
) -> None:
    given: list[RunLimits] = []
    complete = Details.complete

    def timed(details: Details, values: Any, limits: RunLimits, *more: Any, **others: Any) -> Any:
        given.append(limits)
        return complete(details, values, limits, *more, **others)

    monkeypatch.setattr(Details, "complete", timed)
    found = replace(untidy, outcome=replace(untidy.outcome, seconds=taken))
    better = tidied(found, replace(OPTIONS, time_limit=limit), SilentWatch())
    assert given
    postings = [each.time_limit or 0.0 for each in given[-3:]]
    assert postings == pytest.approx([most / 3, most / 2, most], abs=1.0)
    assert better.outcome.seconds > taken


@pytest.mark.parametrize("tidy", [True, False])
def test_a_plan_verifies_tidy_or_not(tidy: bool) -> None:
    problem = compact(LIVELY)
    plan = solve(problem, replace(OPTIONS, tidy=tidy))
    assert verify(plan, problem).ok
    assert plan.measure.gap <= OPTIONS.gap


def test_postings_that_are_best_already_stay(untidy: Found) -> None:
    better = tidied(untidy, OPTIONS, SilentWatch())
    again = tidied(better, OPTIONS, SilentWatch())
    assert cost(again) == cost(better)
