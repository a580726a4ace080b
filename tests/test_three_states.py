"""The bundled problem `three-states`, solved by hand, and then by Concord.

**What is to be decided.** One period, 180 million USD, three states that count alike. With one kind of
threat the log of security of state i is `log(c_i / T_i) + Σk ε_k log(1 + x_ik / s_ik) + [i = C] 0.135
v`, v being the thousands of troops at the mission in C-land. The status quo is c / T = 2, 1, 1/2: a
geometric mean of 1.

**Fixed costs.** The secretariat (10 + 8) runs programmes and garrison. The garrison costs 1 + 1, and
each unit of 500 troops 500 * 10,000 USD for stationing and as much for deployment: 10. With n units the
programmes get P(n) = 180 - 18 - 2 - 10 n = 160 - 10 n, and without a garrison P = 162.

**The programmes, by Lagrange.** Three times the derivative of the mean is ε_k / (s_ik + x_ik) = μ
wherever x_ik > 0, and ε_k / s_ik <= μ elsewhere. Scales follow the population (1, 2, 4 million, median
2): mediation 5, 10, 20; adjudication 10, 20, 40. Suppose adjudication stays out of C-land. Then s_ik +
x_ik = ε_k / μ on the other five, whose scales sum to 65 and whose elasticities sum to 3 * 0.3 + 2 * 0.2
= 1.3, so that 1 / μ = (P + 65) / 1.3. The supposition holds while 0.2 / 40 <= μ, that is P <= 195, and
all five are active from P = 65 on.

**The troops.** Up to a constant three times the mean is G(n) = 0.0675 n + 1.3 log(P(n) + 65), concave
in n:
    G(3) - G(2) = 0.0675 - 1.3 log(205 / 195) = +0.0025
    G(4) - G(3) = 0.0675 - 1.3 log(195 / 185) = -0.0009
so n = 3, and the garrison is worth its keep: 3 * 0.0675 - 1.3 log(227 / 195) = +0.0050.

**The plan.** n = 3, P = 130, 1 / μ = 150: mediation up to 0.3 * 150 = 45, adjudication up to 0.2 * 150
= 30. Hence mediation 40, 35, 25 and adjudication 20, 10, 0, which sum to 130. The logs of security rise
by
    A: 0.3 log 9   + 0.2 log 3
    B: 0.3 log 4.5 + 0.2 log 1.5
    C: 0.3 log 2.25 + 0.135 * 1.5
and the measure is the exponential of their mean, 1.85706.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp, log

import pytest

from concord.loading import load_problem
from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions

GAP = 1e-6
SPENDING = {
    ("mediation", "A-land"): 40.0,
    ("mediation", "B-land"): 35.0,
    ("mediation", "C-land"): 25.0,
    ("adjudication", "A-land"): 20.0,
    ("adjudication", "B-land"): 10.0,
}
RISE = {
    "A-land": 0.3 * log(9) + 0.2 * log(3),
    "B-land": 0.3 * log(4.5) + 0.2 * log(1.5),
    "C-land": 0.3 * log(2.25) + 0.135 * 1.5,
}
MEASURE = exp(sum(RISE.values()) / 3)
# The measure is flat at its top: a gap g leaves the spending free by about 100 * sqrt(g).
FLATNESS = 0.2


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return load_problem("three-states")


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return solve(problem, SolveOptions(gap=GAP))


def hand_value(units: int, programmes: float) -> float:
    """Three times the mean log of security by the formula above, given the money left for programmes."""
    scales = [(0.3, 5.0), (0.3, 10.0), (0.3, 20.0), (0.2, 10.0), (0.2, 20.0), (0.2, 40.0)]
    active = scales
    while True:
        reach = (programmes + sum(s for _, s in active)) / sum(e for e, _ in active)
        kept = [(e, s) for e, s in active if e * reach > s]
        if kept == active:
            return 0.0675 * units + sum(e * log(e * reach / s) for e, s in active)
        active = kept


def test_no_other_number_of_units_is_better_by_the_closed_form() -> None:
    best = hand_value(3, 130.0)
    assert best == pytest.approx(3 * log(MEASURE), abs=1e-12)
    others = [hand_value(0, 162.0), *(hand_value(n, 160.0 - 10.0 * n) for n in (1, 2, 4, 5))]
    assert max(others) < best - 5e-4


def test_the_measure_is_that_of_the_hand(plan: Plan) -> None:
    assert plan.measure.baseline == pytest.approx(1.0, abs=1e-12)
    assert plan.measure.value == pytest.approx(MEASURE, rel=1e-6)
    assert plan.measure.bound >= MEASURE * (1 - 1e-9)


def test_the_budget_is_split_as_the_lagrange_condition_says(plan: Plan) -> None:
    spent = {(row.programme, row.state): row.spending for row in plan.programmes if row.spending > FLATNESS}
    assert spent == pytest.approx(SPENDING, abs=FLATNESS)


def test_the_marginal_use_of_money_is_equal_wherever_money_goes(plan: Plan, problem: DesignProblem) -> None:
    effect = {programme.id: programme.effects["unrest"] for programme in problem.programmes}
    scale = {
        (programme.id, state.id): problem.programme_scale(programme, state)
        for programme in problem.programmes
        for state in problem.members
    }
    for row in plan.programmes:
        if row.spending > FLATNESS:
            margin = effect[row.programme] / (scale[row.programme, row.state] + row.spending)
            assert margin == pytest.approx(1 / 150, rel=5e-3)


def test_three_units_of_two_nations_keep_the_ceasefire(plan: Plan) -> None:
    assert [row.troops for row in plan.assignments] == pytest.approx([1500.0])
    units: dict[str, float] = defaultdict(float)
    for row in plan.contingents:
        units[row.state] += row.units
    assert sorted(units) == ["A-land", "B-land"]
    assert sorted(units.values()) == pytest.approx([1.0, 2.0])


def test_every_state_gains_what_the_hand_says(plan: Plan) -> None:
    gained = {row.state: log(row.ratio / row.baseline_ratio) for row in plan.security}
    assert gained == pytest.approx(RISE, abs=1e-3)


def test_each_member_pays_a_third(plan: Plan) -> None:
    paid = {row.payer: row.amount for row in plan.contributions}
    assert paid == pytest.approx(dict.fromkeys(("A-land", "B-land", "C-land"), 60.0), rel=1e-6)
