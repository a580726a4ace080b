"""Measures that look at the worse-off, their floors, and levels, at points worked out by hand."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim
from concord.formulation.measures.registry import settle_measures
from concord.models import Measure, MeasureFloor, StatedMeasure
from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, values
from tests.support.compact import BARE, compact

LEVELS = Aim(StatedMeasure(measure=Measure.LEXIMIN), lifted=frozenset({("A", 2)}), held={("B", 1): -0.5})
SPREAD = {"penalty[alpha-2,A,1]": 0.5, "penalty[alpha-2,B,2]": -0.5}
"""One of the ratios of four states in two periods is below the measure, and another makes up for it."""
RATIO_B = {"log_capacity[B,1]": -0.7, "log_total_threat[B,1]": -0.3}

CASES = [
    case(
        "measures.worst_off", "minimum,B,1",
        RATIO_B | {"log_measure[minimum]": -0.4}, RATIO_B | {"log_measure[minimum]": -0.39},
    ),
    case(
        "measures.worst_off", "alpha-2,B,1",
        RATIO_B | {"log_measure[alpha-2]": -0.4 + log(8)}, RATIO_B | {"log_measure[alpha-2]": -0.39 + log(8)},
    ),
    case("measures.power_mean", "alpha-2", SPREAD, SPREAD | {"penalty[alpha-2,A,1]": 0.51}),
    case(
        "measures.floor", "minimum",
        {"log_measure[minimum]": log(0.04)}, {"log_measure[minimum]": log(0.039)},
    ),
    case(
        "measures.floor", "alpha-2",
        {"log_measure[alpha-2]": log(0.041)}, {"log_measure[alpha-2]": log(0.04)},
    ),
    case(
        "measures.floor", "geometric",
        {"log_capacity[A,1]": 8 * log(0.042)}, {"log_capacity[A,1]": 8 * log(0.041)},
    ),
    case(
        "measures.level", "B,1",
        {"log_capacity[B,1]": -0.5}, {"log_capacity[B,1]": -0.51}, aim=LEVELS,
    ),
    case(
        "measures.worst_off", "leximin,A,2",
        {"log_measure[leximin]": 0.0}, {"log_measure[leximin]": 0.01}, aim=LEVELS,
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def settled(aim: Aim, ratios: dict[str, float], formulation: Formulation | None = None) -> dict[str, float]:
    """The logarithm of each measure of `aim` at ratios of states in the first of one period."""
    written = formulation or formulate(compact({**BARE, "periods": [1]}), aim)
    point = values(written.program, {f"log_capacity[{i},1]": log(ratio) for i, ratio in ratios.items()})
    settle_measures(written.scene, point)
    logs = written.program.value(written.scene.decisions.log_measure, point)
    return {str(label): float(log_measure) for label, log_measure in logs.items()}


RATIOS = {"A": 1.0, "B": 2.0, "C": 4.0, "D": 0.5}


def test_the_measures_are_what_their_definitions_say() -> None:
    floors = tuple(
        MeasureFloor(measure=Measure.ALPHA, alpha=alpha, least=0.1) for alpha in (1.5, 2.0, 3.0, 40.0)
    )
    found = settled(Aim(StatedMeasure(measure=Measure.MINIMUM), floors), RATIOS)
    ratios = np.array(list(RATIOS.values()))
    assert found["minimum"] == pytest.approx(log(0.5))
    for alpha in (1.5, 2.0, 3.0, 40.0):
        expected = (ratios ** (1 - alpha)).mean() ** (1 / (1 - alpha))
        assert exp(found[f"alpha-{alpha:g}"]) == pytest.approx(expected)


def test_a_power_mean_with_a_huge_aversion_is_close_to_the_minimum_and_overflows_nowhere() -> None:
    found = settled(Aim(StatedMeasure(measure=Measure.ALPHA, alpha=1e6)), {**RATIOS, "D": 1e-30})
    assert found["alpha-1e+06"] == pytest.approx(log(1e-30), abs=1e-4)


def test_only_the_lifted_ratios_count_in_a_level() -> None:
    aim = Aim(StatedMeasure(measure=Measure.LEXIMIN), lifted=frozenset({("A", 1), ("B", 1)}))
    assert settled(aim, RATIOS) == {"leximin": pytest.approx(log(1.0))}


def test_penalties_lie_on_their_curves_and_make_up_for_each_other() -> None:
    formulation = formulated({})
    logs = {f"log_capacity[{state},1]": log(ratio) for state, ratio in RATIOS.items()}
    point = values(formulation.program, logs)
    settle_measures(formulation.scene, point)
    penalties = point[formulation.scene.decisions.penalty.columns]
    assert np.abs(penalties).max() > 1
    assert penalties.sum() == pytest.approx(0.0, abs=1e-9)
    curve = formulation.program.curves["measures.penalty"]
    assert curve.attained(point) == pytest.approx(penalties)


def test_a_state_without_weight_does_not_count() -> None:
    weights = {"weights": "table", "table": {"A": 1.0, "B": 1.0}}
    problem = compact({**BARE, "periods": [1], "objective": {"measure": "minimum", **weights}})
    assert settled(Aim.of(problem), RATIOS, formulate(problem)) == {"minimum": pytest.approx(log(1.0))}
