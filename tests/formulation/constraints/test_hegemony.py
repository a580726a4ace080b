"""Ceilings on one state's share of the whole, at points worked out by hand."""

from __future__ import annotations

import pytest

from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated
from tests.support.compact import compact

PAID = {"collected[assessed,1]": 7.0, "collected[regional,1]": 3.0}
TEAMS = {"watching[team,ab,1]": 2.0, "watching[team,cd,2]": 2.0}
TWICE = {"hegemony__no-fortress__over": "horizon", "hegemony__no-fortress__share": 0.5}
UNSCALED = {"garrisons__contingents__scale": None}

CASES = [
    case(
        "hegemony.money", "C,no-patron,1",
        PAID | {"contribution[C,assessed,1]": 3.0, "contribution[C,regional,1]": 3.0},
        PAID | {"contribution[C,assessed,1]": 3.1, "contribution[C,regional,1]": 3.0},
    ),
    case(
        "hegemony.money", "C,no-patron,horizon",
        PAID | {"collected[assessed,2]": 10.0, "contribution[C,assessed,1]": 7.0},
        PAID | {"collected[assessed,2]": 1.0, "contribution[C,assessed,1]": 7.0},
        **{"hegemony__no-patron__over": "horizon"},
    ),
    case(
        "hegemony.troops", "B,no-army,horizon",
        {"force[1]": 5.0, "force[2]": 5.0, "sent[B,1]": 4.0},
        {"force[1]": 5.0, "force[2]": 5.0, "sent[B,1]": 4.0, "sent[B,2]": 1.0},
    ),
    case(
        "hegemony.troops", "B,no-army,2",
        {"force[2]": 5.0, "sent[B,2]": 2.0}, {"force[2]": 5.0, "sent[B,2]": 3.0},
        **{"hegemony__no-army__over": "period"},
    ),
    case("hegemony.troops.together", "no-army,horizon", {"force[1]": 160.0}, {"force[1]": 161.0}, **UNSCALED),
    case(
        "hegemony.troops.together", "no-army,horizon",
        {"force[1]": 40.0, "force[2]": 40.0}, {"force[1]": 40.0, "force[2]": 41.0},
        **{"hegemony__no-army__share": 0.1, "hegemony__no-army__states": ["A"],
           "garrisons__contingents__tolerance": 0.5},
    ),
    case(
        "hegemony.troops.together", "no-army,horizon",
        {"force[1]": 30.0, "force[2]": 40.0}, {"force[1]": 140.0},
        **{"hegemony__no-army__share": 0.1, "hegemony__no-army__states": ["C"],
           "garrisons__contingents__ineligible": ["hosting"], "missions__border__start": 2},
    ),
    case(
        "hegemony.hosted_troops", "A,no-fortress,1",
        {"garrisoned[west,1]": 9.0, "force[1]": 10.0}, {"garrisoned[west,1]": 10.0, "force[1]": 10.0},
    ),
    case(
        "hegemony.hosted_troops", "A,no-fortress,horizon",
        {"garrisoned[west,1]": 10.0, "force[1]": 10.0, "force[2]": 10.0},
        {"garrisoned[west,1]": 10.0, "force[1]": 10.0, "force[2]": 9.0}, **TWICE,
    ),
    case(
        "hegemony.garrisons", "A,no-bases,horizon",
        {"garrison[east,small,1]": 1.0, "garrison[west,small,1]": 1.0, "garrison[west,large,2]": 1.0},
        {"garrison[west,small,1]": 1.0, "garrison[west,large,2]": 1.0},
    ),
    case(
        "hegemony.headquarters", "D,no-capital,1",
        {"operating[command,1]": 1.0, "operating[secretariat,1]": 1.0}, {"operating[command,1]": 1.0},
    ),
    case(
        "hegemony.headquarters", "D,no-capital,horizon",
        {"operating[command,2]": 1.0, "operating[secretariat,1]": 1.0, "operating[secretariat,2]": 1.0},
        {"operating[command,2]": 1.0, "operating[command,1]": 1.0, "operating[secretariat,1]": 1.0},
        **{"hegemony__no-capital__over": "horizon", "hegemony__no-capital__share": 0.5},
    ),
    case(
        "hegemony.monitors", "C,no-eye,horizon",
        TEAMS | {"provided[team,C,1]": 2.0}, TEAMS | {"provided[team,C,1]": 2.0, "provided[team,C,2]": 1.0},
    ),
    case(
        "hegemony.monitors.together", "no-eye,horizon",
        {"watching[team,ab,1]": 20.0}, {"watching[team,ab,1]": 21.0},
    ),
    case(
        "hegemony.monitors.together", "no-eye,2", {"watching[team,ab,2]": 8.0}, {"watching[team,ab,2]": 9.0},
        **{"hegemony__no-eye__over": "period", "hegemony__no-eye__share": 0.25},
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_a_ceiling_on_named_states_binds_nobody_else() -> None:
    rows = formulated({"hegemony/no-patron/states": ["B", "D"]}).program.constraints["hegemony.money"]
    assert set(rows.index.get_level_values("state")) == {"B", "D"}


def test_a_plan_keeps_ceilings_on_whose_troops_and_teams_they_are() -> None:
    """Details are completed under the ceilings: without them A has nearly half of all troops."""
    free = {
        "garrisons/contingents/scale": None,
        "garrisons/contingents/min_nations": 2,
        "garrisons/contingents/max_host_share": 1.0,
        "hegemony/no-army/over": "period",
    }
    for share in (0.45, 0.34, 0.26):
        problem = compact({**free, "hegemony/no-army/share": share, "hegemony/no-eye/share": share})
        plan = solve(problem, SolveOptions(gap=1e-2, threads=1))
        assert verify(plan, problem).ok
        sent: dict[str, float] = {}
        for row in plan.contingents:
            if row.period == problem.periods[-1]:
                sent[row.state] = sent.get(row.state, 0.0) + row.units
        assert 0 < max(sent.values()) <= share * sum(sent.values()) + 1e-6


def test_a_ceiling_that_details_alone_cannot_keep_is_decided_together() -> None:
    """One garrison of three units of which nobody may have a third and a bit less: four units it must be."""
    problem = compact(
        {
            "garrisons/contingents/scale": None,
            "hegemony/no-army/over": "period",
            "hegemony/no-army/share": 0.3,
            "missions": None,
            "complementarities": None,
        }
    )
    plan = solve(problem, SolveOptions(gap=1e-2, threads=1))
    assert verify(plan, problem).ok
    last = [row.units for row in plan.contingents if row.period == 2]
    assert sum(last) >= 4
