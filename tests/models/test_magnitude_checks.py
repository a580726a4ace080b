"""Logarithms beyond all bounds are refused, whether one figure or many together make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

import concord
from concord.audit import cautions
from concord.formulation.spread import wide_spread
from concord.models import DesignProblem
from concord.models.magnitude_checks import FARTHEST, reach
from concord.models.quantities import MOST_LOGS
from tests.support.compact import compact

Edit = Callable[[dict[str, Any]], None]


def three_states(edit: Edit = lambda _: None) -> DesignProblem:
    document = concord.load("three-states").model_dump(mode="json")
    document["periods"] = [1993, 1994, 1995]
    edit(document)
    return DesignProblem.model_validate(document)


def put(*path: Any, value: Any) -> Edit:
    """Writes `value` at `path`."""

    def edit(document: dict[str, Any]) -> None:
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = value

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        put("programmes", 0, "effects", "unrest", value=1000),
        put("programmes", 0, "effects", "unrest", value=-1000),
        put("programmes", 0, "posture", value=1e12),
        put("programmes", 0, "gains", value={"political-legitimacy": 1e6}),
        put("programmes", 0, "max_intensity", value=1e9),
        put("programmes", 0, "backlash", value={"unrest": 1000}),
        put("states", 0, "drift", value={"unrest": 1000}),
        put("missions", 0, "effects", "unrest", value=1000),
        put("dilemma", value={"arming_ceiling": 1000}),
        put("dilemma", value={"influences": [{"source": "A-land", "target": "B-land", "spillover": 1e6}]}),
        put("membership", value={"exclusion": 1e6}),
    ],
)
def test_a_log_of_a_thousand_is_refused(edit: Edit) -> None:
    with pytest.raises(ValidationError, match=r"27\.7"):
        three_states(edit)


def crowded(document: dict[str, Any]) -> None:
    programme = document["programmes"][0]
    programme["effects"] = {"unrest": 9.0}
    document["programmes"] += [programme | {"id": f"copy-{n}"} for n in range(3)]


def racing(document: dict[str, Any]) -> None:
    document["threat_kinds"][0]["responds_to_posture"] = True
    pairs = (("A-land", "B-land"), ("B-land", "A-land"))
    document["dilemma"] = {
        "arming_ceiling": 1.0,
        "influences": [{"source": a, "target": b, "reaction": 0.99, "spillover": 1.0} for a, b in pairs],
    }


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        (crowded, "programmes.0.effects", "may move by"),
        (racing, "dilemma.influences.", "may move by"),
        (put("missions", 0, "need", value=1e9), "missions.0.effects", "may move by"),
        (put("states", 0, "drift", value={"unrest": 20}), "states.0.drift.unrest", "in 2 periods"),
        (put("states", 0, "threats", "unrest", value=1e-13), "states.0.threats.unrest", "beyond all bounds"),
        (put("states", 0, "perceived", value={"unrest": 1e-12}), None, ""),
        (
            put("threat_kinds", 0, "relevance", value={"political-legitimacy": 1e-13}),
            "states.0.capacities",
            "",
        ),
        (put("programmes", 0, "scale", value=1e-4), "programmes.0.scale", "next to nothing"),
    ],
)
def test_what_is_beyond_all_bounds_together_is_told_with_its_place(
    edit: Edit, place: str | None, words: str
) -> None:
    if place is None:
        three_states(edit)
        return
    with pytest.raises(ValidationError) as refused:
        three_states(edit)
    findings = refused.value.errors()[0]["ctx"]["findings"]
    found = [each for each in findings if ".".join(map(str, each.path)).startswith(place)]
    assert found
    assert words in found[0].message
    assert found[0].remedy


def test_no_instrument_of_a_sound_problem_is_near_the_bounds() -> None:
    for problem in (three_states(), compact(), concord.load("euro-atlantic-1992")):
        assert max(sum(move.amount for move in moves) for moves in reach(problem).values()) < FARTHEST / 5
        assert not [caution for caution in cautions(problem) if caution.code == "effect-size"]
        assert wide_spread(concord.program(problem).matrix()) is None


def test_an_instrument_that_moves_a_threat_a_thousandfold_is_warned_of() -> None:
    problem = three_states(put("programmes", 0, "effects", "unrest", value=9))
    warned = [caution.sentence for caution in cautions(problem) if caution.code == "effect-size"]
    assert len(warned) == 1
    assert "programmes.mediation.effects on unrest by a factor of" in warned[0]


def test_figures_too_far_apart_for_a_solver_are_warned_of() -> None:
    problem = three_states(put("organs", 0, "setup_cost", value=1e11))
    told = wide_spread(concord.program(problem).matrix())
    assert told is not None
    assert "1e+11 for founded (secretariat, 1993) in funds.coverage" in told


def test_figures_may_be_further_apart_than_a_number_can_say() -> None:
    problem = three_states(put("programmes", 0, "minimum_scale", value=5e-324))
    with np.errstate(all="raise"):
        told = wide_spread(concord.program(problem).matrix())
    assert told is not None
    assert "a factor of 1e32" in told


@pytest.mark.parametrize(
    "edit",
    [
        put("programmes", 0, "effects", "unrest", value=15),
        put("programmes", 0, "effects", "unrest", value=-15),
        put("states", 0, "drift", value={"unrest": -MOST_LOGS / 2.01}),
        put("programmes", 0, "posture", value=MOST_LOGS),
        put("missions", 0, "effects", "unrest", value=18),
        put("states", 0, "gdp", value=1e-12),
        put("organs", 0, "setup_cost", value=1e12),
    ],
)
def test_what_is_just_within_the_bounds_is_solved(edit: Edit) -> None:
    problem = three_states(edit)
    plan = concord.solve(problem, gap=0.05, time_limit=30)
    assert concord.verify(plan, problem).ok
