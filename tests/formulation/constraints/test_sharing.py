"""The whole burden and its rules, at points worked out by hand.

Gross domestic products are 1000, 2000, 3000 and 4000 million USD; rule `fair` looks at the mean of both
periods, rule `steady` at B, C and D in each. A soldier costs his sender 5 thousand USD, a team
0.1 million USD.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from concord.formulation.constraints.sharing import share_evenly
from concord.formulation.ranking import Wire, sorting_network
from concord.planning import solve
from concord.solving.options import SolveOptions
from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of, values
from tests.support.compact import compact


def relative(rule: str, period: int, **figures: float) -> dict[str, float]:
    return {f"relative_burden[{rule},{state},{period}]": figure for state, figure in figures.items()}


def extremes(lowest: float, highest: float) -> dict[str, float]:
    return {"lowest[fair,2]": lowest, "highest[fair,2]": highest}


def sorted_burdens(b: float, c: float, d: float) -> dict[str, float]:
    """Burdens of B, C and D in period 1, and what leaves the comparators of the rule `steady`."""
    wires: dict[Wire, float] = dict(enumerate((b, c, d)))
    point = relative("steady", 1, B=b, C=c, D=d)
    for number, pair in enumerate(sorting_network(3).comparators):
        for side, figure in zip(("lower", "higher"), sorted(wires[wire] for wire in pair), strict=True):
            wires[number, side] = figure
            point[f"ranked[steady,{number},{side},1]"] = figure
    return point


ABROAD = {"units[A,west,1]": 2.0, "units[A,east,1]": 3.0}
WATCHING = {"teams[team,C,ab,1]": 2.0}
BORNE = {
    "contribution[C,assessed,1]": 3.0, "contribution[C,regional,1]": 2.0, "sent[C,1]": 4.0, "lift[C,1]": 10.0,
    "provided[team,C,1]": 2.0,
}  # fmt: skip
HIGHER, LOWER = "ranked[steady,0,higher,1]", "ranked[steady,0,lower,1]"
FIRST = sorting_network(3).comparators[0]
ENTERING = relative("steady", 1, **{"BCD"[FIRST[0]]: 2.0, "BCD"[FIRST[1]]: 5.0})  # type: ignore[index]

CASES = [
    case("burden.sent", "A,1", ABROAD | {"sent[A,1]": 5.0}, [ABROAD, ABROAD | {"sent[A,1]": 6.0}]),
    case("burden.sent.force", "1", {"sent[A,1]": 2.0, "sent[D,1]": 1.0, "force[1]": 3.0}, {"sent[A,1]": 2.0}),
    case(
        "burden.sent.room", "A,1",
        {"garrisoned[west,1]": 5.0, "garrisoned[east,1]": 4.0, "sent[A,1]": 0.4 * 5 + 0.5 * 4},
        {"garrisoned[west,1]": 5.0, "garrisoned[east,1]": 4.0, "sent[A,1]": 4.01},
    ),
    case(
        "burden.sent.company", "A,1",
        {"garrisoned[west,1]": 5.0, "garrison[west,small,1]": 1.0, "sent[A,1]": 5.0 - 2},
        {"garrisoned[west,1]": 5.0, "garrison[west,small,1]": 1.0, "sent[A,1]": 3.01},
    ),
    case(
        "burden.provided", "team,C,1",
        WATCHING | {"provided[team,C,1]": 2.0}, [WATCHING, WATCHING | {"provided[team,C,1]": 3.0}],
    ),
    case(
        "burden.provided.together", "team,1",
        {"provided[team,C,1]": 2.0, "watching[team,ab,1]": 1.0, "watching[team,cd,1]": 1.0},
        {"provided[team,C,1]": 2.0, "watching[team,ab,1]": 1.0},
    ),
    case(
        "burden.provided.room", "team,C,1",
        {"provided[team,C,1]": 2.0, "watching[team,ab,1]": 2.0},
        {"provided[team,C,1]": 2.0, "watching[team,ab,1]": 1.0, "watching[team,cd,1]": 3.0},
    ),
    case(
        "burden.whole", "C,1", BORNE | {"burden[C,1]": 5.0 + 2.0 + 2.0 + 0.2},
        [BORNE | {"burden[C,1]": 5.0}, BORNE | {"burden[C,1]": 9.3}],
    ),
    case(
        "burden.whole", "C,1", BORNE | {"burden[C,1]": 5.0 + 1.0 + 0.5 + 0.15}, BORNE | {"burden[C,1]": 9.2},
        garrisons__contingents__reimbursed=0.5, garrisons__lift__reimbursed=0.75,
        monitoring__monitors__team__reimbursed=0.25,
    ),
    case(
        "burden.whole", "D,1", {"contribution[D,regional,1]": 10.0, "burden[D,1]": 5.0},
        {"contribution[D,regional,1]": 10.0, "burden[D,1]": 10.0}, funds__regional__delivery={"D": 0.5},
    ),
    case(
        "burden.whole.relative", "fair,B,2",
        {"burden[B,1]": 6.0, "burden[B,2]": 2.0} | relative("fair", 2, B=2.0),
        {"burden[B,1]": 6.0, "burden[B,2]": 2.0} | relative("fair", 2, B=3.0),
    ),
    case(
        "burden.whole.relative", "steady,B,1",
        {"burden[B,1]": 6.0, "burden[B,2]": 2.0} | relative("steady", 1, B=3.0),
        {"burden[B,1]": 6.0, "burden[B,2]": 2.0} | relative("steady", 1, B=2.0),
    ),
    case("burden.affordability", "fair,A,2", relative("fair", 2, A=20.0), relative("fair", 2, A=20.1)),
    case("burden.extremes.highest", "fair,A,2", relative("fair", 2, A=3.0) | extremes(1.0, 3.0),
    relative("fair", 2, A=3.1) | extremes(1.0, 3.0)),
    case("burden.extremes.lowest", "fair,A,2", relative("fair", 2, A=1.0) | extremes(1.0, 3.0),
    relative("fair", 2, A=0.9) | extremes(1.0, 3.0)),
    case("burden.spread", "fair,2", extremes(1.0, 16.0), extremes(1.0, 16.1)),
    case("burden.ratio", "fair,2", extremes(0.2, 10.0), extremes(0.2, 10.1)),
    case(
        "burden.ranking.sum", "steady,0,1", ENTERING | {HIGHER: 6.0, LOWER: 1.0},
        [ENTERING | {HIGHER: 5.0, LOWER: 1.0}, ENTERING | {HIGHER: 5.0, LOWER: 3.0}],
    ),
    case(
        "burden.ranking.higher", "steady,0,1,second",
        ENTERING | {HIGHER: 5.0, LOWER: 2.0}, ENTERING | {HIGHER: 4.9, LOWER: 2.1},
    ),
    case("burden.gini", "steady,1", sorted_burdens(4.0, 0.0, 1.0), sorted_burdens(5.0, 0.0, 0.5)),
    case(
        "burden.sacrifice.whole", "fair,2",
        relative("fair", 2, A=2.0, D=3.0) | {"shared[fair,2]": 2.0 + 12.0},
        relative("fair", 2, A=2.0, D=3.0) | {"shared[fair,2]": 13.0},
    ),
    case(
        "burden.equal_sacrifice.above", "fair,D,2",
        {"shared[fair,2]": 10.0} | relative("fair", 2, D=1.9),
        {"shared[fair,2]": 10.0} | relative("fair", 2, D=2.0),
    ),
    case(
        "burden.equal_sacrifice.below", "fair,D,2",
        {"shared[fair,2]": 10.0} | relative("fair", 2, D=0.1),
        {"shared[fair,2]": 10.0} | relative("fair", 2, D=0.09),
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def brute_gini(figures: list[float]) -> float:
    apart = sum(abs(one - other) for one in figures for other in figures)
    return apart / (2 * len(figures) * sum(figures))


@pytest.mark.parametrize("size", range(1, 40))
def test_the_network_sorts(size: int) -> None:
    for figures in (np.arange(size)[::-1], np.random.default_rng(size).permutation(size)):
        wires: dict[Wire, float] = dict(enumerate(map(float, figures)))
        network = sorting_network(size)
        for number, pair in enumerate(network.comparators):
            wires[number, "lower"], wires[number, "higher"] = sorted(wires[wire] for wire in pair)
        assert [wires[wire] for wire in network.sorted] == sorted(figures)


@given(st.lists(st.floats(0.01, 10.0), min_size=2, max_size=9))
@settings(max_examples=30, deadline=None)
def test_the_relaxed_network_comes_down_to_the_gini_coefficient_and_no_lower(figures: list[float]) -> None:
    network, size = sorting_network(len(figures)), len(figures)
    place = {
        (number, side): 2 * number + high
        for number in range(len(network.comparators))
        for high, side in enumerate(("lower", "higher"))
    }
    weights = np.zeros(len(place))
    for rank, wire in enumerate(network.sorted, start=1):
        weights[place[wire]] += (2 * rank - size - 1) / size  # type: ignore[index]
    sums, sums_to, higher, at_most = [], [], [], []
    for number, pair in enumerate(network.comparators):
        row, known = np.zeros(len(place)), 0.0
        row[[place[number, "lower"], place[number, "higher"]]] = 1.0
        for wire in pair:
            beneath = np.zeros(len(place))
            beneath[place[number, "higher"]] = -1.0
            figure = figures[wire] if isinstance(wire, int) else 0.0
            if not isinstance(wire, int):
                row[place[wire]] -= 1.0
                beneath[place[wire]] += 1.0
            known += figure
            higher.append(beneath)
            at_most.append(-figure)
        sums.append(row)
        sums_to.append(known)
    run = linprog(weights, np.array(higher), at_most, np.array(sums), sums_to, bounds=(None, None))
    assert run.fun / sum(figures) == pytest.approx(brute_gini(figures), abs=1e-9)


@given(st.lists(st.floats(0.0, 10.0), min_size=3, max_size=3))
@settings(max_examples=50, deadline=None)
def test_the_program_allows_exactly_what_the_gini_coefficient_allows(figures: list[float]) -> None:
    program = formulated({}).program
    block = program.constraints[share_evenly.name]
    row = labels_of(block.labels).index(("steady", 1))
    point = values(program, sorted_burdens(*figures))
    slack = float(block.upper[row] - (block.matrix[[row]] @ point[: block.matrix.shape[1]])[0])
    exact = 0.6 * sum(figures) - sum(abs(a - b) for a in figures for b in figures) / 6
    assert slack == pytest.approx(exact, abs=1e-9)


def test_networks_stay_small() -> None:
    assert len(sorting_network(52).comparators) < 52 * 51 / 2 / 2
    assert len(sorting_network(180).comparators) < 180 * 179 / 2 / 5


TROOPS_COUNT = {
    "garrisons/contingents/sender_cost": 40.0,
    "garrisons/contingents/max_host_share": 0.5,
    "garrisons/contingents/tolerance": 5.0,
    "garrisons/min_open": 2,
    "missions/ceasefire/effects": {"war": 3.0},
}


def test_a_rule_that_troops_decide_is_kept() -> None:
    """Of 52 units or so, each costing 4 million USD, GDP asks A for a tenth."""
    rule = {"id": "even", "spread": 0.001}
    plan = solve(compact({**TROOPS_COUNT, "burden_sharing": [rule]}), SolveOptions(gap=1e-3, threads=1))
    assert any(row.contingents for row in plan.burdens)
    share = dict.fromkeys("ABCD", 0.0)
    for row in plan.burdens:
        share[row.state] += row.share_of_gdp / 2
    assert max(share.values()) - min(share.values()) <= 0.001 + 1e-8


def test_rules_on_troops_leave_the_postings_to_the_details() -> None:
    program = formulated({}).program
    touched = {
        name
        for name, block in program.constraints.items()
        if name.startswith("burden.")
        for columns in [formulated({}).scene.decisions.units.columns]
        if np.isin(block.matrix.indices, columns).any()
    }
    assert touched == {"burden.sent"}


@pytest.mark.parametrize(
    "cheap", [{"garrisons/contingents/sender_cost": 0.0}, {"burden_sharing": []}], ids=["free", "unruled"]
)
def test_totals_of_troops_cost_nothing_where_no_rule_needs_them(cheap: dict[str, object]) -> None:
    assert not formulated(cheap).scene.decisions.sent.size
