"""How instruments move threats and capacities, at points worked out by hand."""

from __future__ import annotations

from math import exp, log

import pytest

from tests.support.cases import (
    Case,
    assert_admits,
    assert_forbids,
    case,
    formulated,
    label,
    labels_of,
    values,
)

CAPACITY = 0.625 * 1.0 + 0.375 * 0.5
"""Of threats 1 and 0.6 the shares 0.625 and 0.375 call for prowess 1 and legitimacy 0.5."""
POSTURE_A = {
    "arming[A,1]": 0.2, "reduction[A,1]": 0.1, "intensity[A,defence,1]": 2.0, "posture[B,1]": -0.5,
}  # fmt: skip
"""0.2 - 0.1 - 0.05 * 2 + 0.2 * -0.5 = -0.1"""
INSTRUMENTS_B = {
    "intensity[B,mediation,1]": 1.0, "strength[ceasefire,1]": 0.5, "effort[ab,1]": 2.0,
    "bonus[settlement,B,1]": 1.0, "posture[A,1]": -0.2, "mutual[mediation,A,B,1]": 0.4,
}  # fmt: skip
"""0 - 0.2 - 0.4 * 0.5 - 0.05 * 2 - 0.1 + 0.5 * -0.2 - 0.05 * 0.4 = -0.72"""
CAPACITY_A = {"intensity[A,mediation,1]": 2.0, "intensity[A,defence,1]": 2.0, "posture[A,1]": -0.1}
RAISED = CAPACITY + 0.1875 * 0.05 * 2 + 0.625 * (0.05 * 2 - 0.1)

CASES = [
    case(
        "programmes.stock", "A,defence,2",
        {"spending[A,defence,2]": 3.0, "stock[A,defence,1]": 4.0, "stock[A,defence,2]": 5.0},
        [
            {"spending[A,defence,2]": 3.0, "stock[A,defence,1]": 4.0, "stock[A,defence,2]": 5.1},
            {"spending[A,defence,2]": 3.0, "stock[A,defence,1]": 4.0, "stock[A,defence,2]": 4.9},
        ],
    ),
    case(
        "programmes.stock", "A,mediation,2",
        {"spending[A,mediation,2]": 3.0, "stock[A,mediation,1]": 4.0, "stock[A,mediation,2]": 3.0},
        {"spending[A,mediation,2]": 3.0, "stock[A,mediation,1]": 4.0, "stock[A,mediation,2]": 3.1},
    ),
    case(
        "programmes.stock", "A,mediation,2",
        {"spending[A,mediation,1]": 3.0, "stock[A,mediation,2]": 3.0},
        {"spending[A,mediation,2]": 3.0, "stock[A,mediation,2]": 3.0},
        programmes__mediation__lead=1,
    ),
    case(
        "security.threats", "A,war,2",
        {"intensity[A,defence,1]": 2.0, "log_threat[A,war,2]": 0.2},
        {"intensity[A,defence,2]": 2.0, "log_threat[A,war,2]": 0.2},
        programmes__defence__backlash={"war": 0.1},
    ),
    case(
        "dilemma.posture", "A,1",
        POSTURE_A | {"posture[A,1]": -0.1},
        [POSTURE_A | {"posture[A,1]": -0.11}, POSTURE_A | {"posture[A,1]": -0.09}],
    ),
    case("dilemma.posture", "C,1", {}, {"posture[C,1]": 0.1}),
    case(
        "security.threats", "B,war,1",
        INSTRUMENTS_B | {"log_threat[B,war,1]": -0.72},
        [INSTRUMENTS_B | {"log_threat[B,war,1]": -0.73}, INSTRUMENTS_B | {"log_threat[B,war,1]": -0.71}],
    ),
    case(
        "security.threats", "B,strife,1",
        INSTRUMENTS_B | {"log_threat[B,strife,1]": log(0.6) - 0.1},
        INSTRUMENTS_B | {"log_threat[B,strife,1]": log(0.6) - 0.2},
    ),
    case(
        "security.threats", "A,war,1",
        {"strength[ceasefire,1]": 0.5, "log_threat[A,war,1]": -0.1},
        {"strength[ceasefire,1]": 0.5, "log_threat[A,war,1]": -0.2},
    ),
    case(
        "security.threats", "B,war,1",
        [
            {"strength[ceasefire,1]": 0.5, "log_threat[B,war,1]": -0.08},
            {"strength[ceasefire,1]": 0.3},
            {"log_threat[B,war,1]": 0.12},
        ],
        [{"strength[ceasefire,1]": 0.5, "log_threat[B,war,1]": -0.2}, {}],
        missions__ceasefire__standing=300.0,
    ),
    case(
        "security.threats", "B,war,1",
        [{"strength[ceasefire,1]": 0.5, "log_threat[B,war,1]": -0.2}, {}],
        [{"strength[ceasefire,1]": 0.5, "log_threat[B,war,1]": -0.08}, {"log_threat[B,war,1]": 0.12}],
        missions__ceasefire__standing=300.0, missions__ceasefire__measured_with_standing=False,
    ),
    case(
        "security.threats", "B,war,1", {}, {"log_threat[B,war,1]": 0.12},
        missions__ceasefire__standing=300.0, missions__ceasefire__start=2,
    ),
    case(
        "security.threats", "A,war,2", {"log_threat[A,war,2]": 0.1}, {},
        states__A__drift={"war": 0.1},
    ),
    case("security.threats", "A,war,1", {}, {"log_threat[A,war,1]": 0.1}, states__A__drift={"war": 0.1}),
    case(
        "security.threats", "A,war,1", {"log_threat[A,war,1]": log(3.0)}, {},
        states__A__perceived={"war": 3.0},
    ),
    case(
        "security.threat", "A,1",
        {"threat_share[A,war,1]": 0.6, "threat_share[A,strife,1]": 0.4},
        {"threat_share[A,war,1]": 0.6, "threat_share[A,strife,1]": 0.41},
    ),
    case(
        "security.capacity", "A,1",
        [{"capacity[A,1]": CAPACITY}, CAPACITY_A | {"capacity[A,1]": RAISED}],
        [{"capacity[A,1]": CAPACITY + 0.01}, CAPACITY_A | {"capacity[A,1]": RAISED - 0.01}],
    ),
    case(
        "security.complementarity.peacekeepers", "settlement,B,1",
        {"strength[ceasefire,1]": 0.4, "bonus[settlement,B,1]": 0.5},
        {"strength[ceasefire,1]": 0.4, "bonus[settlement,B,1]": 0.51},
    ),
    case(
        "security.complementarity.programme", "settlement,B,1",
        {"intensity[B,mediation,1]": 1.5, "bonus[settlement,B,1]": 0.5},
        {"intensity[B,mediation,1]": 1.5, "bonus[settlement,B,1]": 0.51},
    ),
    case(
        "security.threats", "A,war,1",
        {"mutual[mediation,A,B,1]": 2.0, "log_threat[A,war,1]": -0.1},
        {"mutual[mediation,A,B,1]": 2.0, "log_threat[A,war,1]": 0.0},
    ),
    case(
        "security.frontier.one", "mediation,A,B,1",
        {"intensity[A,mediation,1]": 0.5, "mutual[mediation,A,B,1]": 0.5},
        {"intensity[A,mediation,1]": 0.5, "intensity[B,mediation,1]": 2.0, "mutual[mediation,A,B,1]": 0.51},
    ),
    case(
        "security.frontier.other", "mediation,A,B,1",
        {"intensity[B,mediation,1]": 0.5, "mutual[mediation,A,B,1]": 0.5},
        {"intensity[B,mediation,1]": 0.5, "intensity[A,mediation,1]": 2.0, "mutual[mediation,A,B,1]": 0.51},
    ),
]  # fmt: skip

CURVES = [
    ("security.intensity", "A,mediation,1", "intensity", log(2), +1,
     {"stock[A,mediation,1]": 5.0, "operating[secretariat,1]": 1.0}),
    ("security.intensity", "A,mediation,1", "intensity", 0.0, +1, {"stock[A,mediation,1]": 5.0}),
    ("security.intensity", "A,defence,1", "intensity", log(3), +1,
     {"stock[A,defence,1]": 10.0, "running[defence,1]": 1.0}),
    ("security.threat_share", "A,war,1", "threat_share", exp(-0.4), -1,
     {"log_threat[A,war,1]": -0.5, "log_total_threat[A,1]": -0.1}),
    ("security.log_capacity", "A,1", "log_capacity", log(0.7), +1, {"capacity[A,1]": 0.7}),
]  # fmt: skip
"""Curve, label, its result, where the curve lies, and the side that it forbids, at a point."""


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


@pytest.mark.parametrize(("name", "at", "result", "height", "side", "point"), CURVES)
def test_curves_forbid_one_side_and_admit_the_other(
    name: str, at: str, result: str, height: float, side: int, point: dict[str, float]
) -> None:
    program = formulated({}).program
    curve = program.curves[name]
    position = labels_of(curve.labels).index(label(at))

    def violation(value: float) -> float:
        return float(curve.violation(values(program, point | {f"{result}[{at}]": value}))[position])

    assert violation(height) == pytest.approx(0.0, abs=1e-12)
    assert violation(height - side * 0.01) == 0.0
    assert violation(height + side * 0.01) == pytest.approx(0.01)


def test_the_log_ratio_is_log_capacity_less_log_total_threat() -> None:
    formulation = formulated({})
    point = values(formulation.program, {"log_capacity[A,1]": 0.3, "log_total_threat[A,1]": -0.2})
    ratios = formulation.program.evaluate(formulation.scene.decisions.log_ratio, point)
    assert ratios["A", 1] == pytest.approx(0.5)
    assert ratios["B", 1] == 0.0


def test_the_scale_grows_with_the_size_of_the_state() -> None:
    by_gdp = {"programmes/mediation/scaling": {"by": "gdp", "exponent": 0.5}}
    program = formulated(by_gdp).program
    curve = program.curves["security.intensity"]
    stock = {f"stock[{i},mediation,1]": 5.0 for i in "AD"} | {"operating[secretariat,1]": 1.0}
    attained = curve.attained(values(program, stock))
    for i, gdp in (("A", 1000.0), ("D", 4000.0)):
        position = labels_of(curve.labels).index((i, "mediation", 1))
        assert attained[position] == pytest.approx(log(1 + 1 / (gdp / 2500.0) ** 0.5))


@pytest.mark.parametrize("needs", ["secretariat", None], ids=["organ", "no organ"])
def test_no_intensity_exceeds_its_largest(needs: str | None) -> None:
    changes = {"programmes/mediation/organ": needs, "programmes/mediation/max_intensity": 0.6}
    formulation = formulated(changes)
    intensity = formulation.scene.decisions.intensity
    largest = dict(zip(labels_of(intensity.labels), intensity.upper, strict=True))
    assert largest["A", "mediation", 1] == 0.6
    assert largest["A", "defence", 1] == 3.0


def test_a_threat_that_is_absent_has_no_row() -> None:
    program = formulated({"states/C/threats": {"war": 1.0}}).program
    kinds = labels_of(program.constraints["security.threats"].labels)
    assert ("C", "war", 1) in kinds
    assert ("C", "strife", 1) not in kinds
