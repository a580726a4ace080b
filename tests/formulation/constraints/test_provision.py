"""What regions, equals and weak states are promised, at points worked out by hand.

Every state has a million inhabitants; A and B are the north, C and D the south. Threats are all alike, gross
domestic products a head are as 1 to 2 to 3 to 4.
"""

from __future__ import annotations

from math import log

import pytest

from concord.models import EqualTreatment
from concord.planning import solve
from concord.solving.options import SolveOptions
from tests.formulation.constraints.test_benefit import BEFORE, ratio
from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of
from tests.support.compact import compact

CASES = [
    case(
        "benefit.spending_floor", "everywhere,north,2",
        {"draw[assessed,mediation,north,1]": 1.0, "draw[regional,missions,north,2]": 0.2},
        [
            {"draw[assessed,mediation,north,1]": 1.0, "draw[regional,missions,north,2]": 0.19},
            {"draw[assessed,mediation,south,1]": 9.0, "draw[assessed,organs,common,1]": 9.0},
        ],
    ),
    case(
        "benefit.spending_floor", "everywhere,north,2", {"draw[assessed,mediation,north,1]": 1.4},
        {"draw[assessed,mediation,north,1]": 1.39}, states__A__population=2e6, states__B__population=1e6 / 3,
    ),
    case(
        "benefit.spending_floor.together", "talks,1",
        {"draw[assessed,mediation,north,1]": 0.04, "draw[regional,mediation,south,1]": 0.06},
        [{"draw[regional,mediation,south,1]": 0.09}, {"draw[regional,defence,south,1]": 0.2}],
    ),
    case(
        "benefit.equal_treatment.spending", "alike,A,B,2",
        {"spending[A,mediation,1]": 5.0, "spending[A,defence,2]": 3.0, "spending[B,mediation,2]": 0.2},
        {"spending[A,mediation,1]": 5.1, "spending[A,defence,2]": 3.0, "spending[B,mediation,2]": 0.2},
    ),
    case(
        "benefit.equal_treatment.gain", "as-safe,C,D,1",
        {"log_threat[C,war,1]": -log(1.5) / 0.625}, {"log_threat[C,war,1]": -(log(1.5) + 0.01) / 0.625},
    ),
    case(
        "benefit.equal_treatment.gain", "as-safe,D,C,2",
        {"capacity[D,2]": 0.8125 * log(1.5)}, {"capacity[D,2]": 0.8125 * (log(1.5) + 0.01)},
    ),
    case(
        "benefit.weak_spending", "A",
        {"spending[A,mediation,1]": 0.1, "spending[A,defence,2]": 0.1}, {"spending[A,mediation,1]": 0.19},
    ),
    case(
        "benefit.weak_gain", "A,2",
        ratio("A", 2, BEFORE + log(1.01)), ratio("A", 2, BEFORE + log(1.009)),
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_equals_are_those_within_both_bands() -> None:
    problem = compact({"states/D/threats": {"war": 1.3, "strife": 0.8}})
    rule = EqualTreatment(id="r", factor=2.0, threat_band=1.25, income_band=2.0)
    assert rule.pairs(problem.members, problem.threat_kinds) == (("A", "B"), ("B", "C"))


def test_the_weak_have_less_capacity_and_more_threat_than_the_median_member() -> None:
    weaker = {"military-prowess": 0.5, "political-legitimacy": 0.5}
    problem = compact(
        {
            "benefit/weak_states": {"zero_rated": True},
            "states/A/capacities": weaker,
            "states/B/capacities": weaker,
            "states/A/threats": {"war": 2.0, "strife": 0.6},
            "states/C/threats": {"war": 2.0, "strife": 0.6},
        }
    )
    assert problem.weak == ("A",)
    assert [payer.id for payer in problem.payers(problem.funds[0])] == ["B", "C", "D"]


def test_a_fund_that_names_its_payers_exempts_nobody() -> None:
    problem = compact({"benefit/weak_states": {"states": ["C"], "zero_rated": True}})
    assert [payer.id for payer in problem.payers(problem.funds[1])] == ["D", "C"]


def test_equals_gain_equally_in_the_best_plan() -> None:
    changes = {"benefit/equal_treatment": [{"id": "same", "of": "gain", "factor": 1.02, "income_band": 9.0}]}
    plan = solve(compact(changes), SolveOptions(gap=1e-3, threads=1))
    gains: dict[str, float] = {}
    for row in plan.security:
        abated = 0.625 * -log(row.threats["war"]) + 0.375 * log(0.6 / row.threats["strife"])
        gain = abated + row.capacity / row.baseline_capacity - 1
        gains[row.state] = gains.get(row.state, 0.0) + gain / 2
    assert max(gains.values()) - min(gains.values()) <= log(1.02) + 1e-6


def test_states_without_a_programme_hold_nobody_back() -> None:
    program = formulated(
        {"programmes/mediation/states": ["B", "C"], "programmes/defence/states": ["C"]}
    ).program
    rows = labels_of(program.constraints["benefit.equal_treatment.spending"].labels)
    assert {state for _, *pair, _ in rows for state in pair} == {"B", "C"}
