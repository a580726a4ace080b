"""The security dilemma on a ring of four states, by its closed form, and then by Concord.

**The ring.** A, B, C, D each bear on both neighbours with spillover `SIGMA` and reaction `RHO`. The matrix
of reactions is circulant with eigenvalues 2 RHO, 0, -2 RHO, 0, so that the postures at which own moves `u`
settle are `p = (1 - reactions)^-1 u`, a circulant with
    itself    (1 / (1 - 2 RHO) + 2 + 1 / (1 + 2 RHO)) / 4
    neighbour (1 / (1 - 2 RHO)     - 1 / (1 + 2 RHO)) / 4
    opposite  (1 / (1 - 2 RHO) - 2 + 1 / (1 + 2 RHO)) / 4
whose sum is 1 / (1 - 2 RHO): what all do alike is multiplied by as much.

**The gain.** Half of each capacity is military, hence `log S = log(1 + p_i / 2) - SIGMA (p_left + p_right)`.
Over the ring a unit of posture is worth `1/2 / (1 + p/2) - 2 SIGMA < 0`: everybody gains by reducing as far
as the rules let them.
"""

from __future__ import annotations

from math import exp, log
from typing import Any

import numpy as np
import pytest

from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify

RING = "ABCD"
RHO, SIGMA = 0.2, 0.4
EDGES = {"ab": "AB", "bc": "BC", "cd": "CD", "da": "DA"}
HEIGHT, SIDE, ACROSS = (
    (1 / (1 - 2 * RHO) + 2 + 1 / (1 + 2 * RHO)) / 4,
    (1 / (1 - 2 * RHO) - 1 / (1 + 2 * RHO)) / 4,
    (1 / (1 - 2 * RHO) - 2 + 1 / (1 + 2 * RHO)) / 4,
)


def ring(
    watched: tuple[str, ...] = tuple(EDGES), perceived: float = 1.0, at_war: str = "", **dilemma: Any
) -> DesignProblem:
    """Two periods on the ring, with zones on some of its edges, each worth an effort of up to 4."""
    states = [
        {
            "id": name, "name": name, "region": "ring", "population": 1e6, "gdp": 1e4,
            "latitude": 0.0, "longitude": 0.0, "threats": {"war": 1.0},
            "capacities": {"military-prowess": 1.0, "political-legitimacy": 1.0}, "at_war": name in at_war,
        }
        for name in RING
    ]  # fmt: skip
    states[0]["perceived"] = {"war": perceived}
    influences = [
        {"source": RING[n], "target": RING[(n + step) % 4], "spillover": SIGMA, "reaction": RHO}
        for n in range(4)
        for step in (1, -1)
    ]
    monitoring = {
        "kinds": [{"id": "frontier", "effects": {}, "ceiling": 4.0, "verifies": True}],
        "zones": [{"id": edge, "kind": "frontier", "states": list(EDGES[edge])} for edge in watched],
        "monitors": [
            {"id": "team", "name": "Team", "kinds": ["frontier"], "effort": 1.0, "personnel": 5, "cost": 1.0,
             "stock": dict.fromkeys(RING, 20)}
        ],
    }  # fmt: skip
    return DesignProblem.model_validate(
        {
            "id": "ring",
            "title": "Ring",
            "periods": [1, 2],
            "threat_kinds": [
                {"id": "war", "relevance": {"military-prowess": 0.5, "political-legitimacy": 0.5},
                 "responds_to_posture": True}
            ],
            "states": states,
            "dilemma": {"influences": influences, "reduction_ceiling": 0.2, "posture_floor": 0.5} | dilemma,
            "monitoring": monitoring,
            "funds": [{"id": "fund", "name": "Fund", "payers": "members", "budget": 1.0}],
        }
    )  # fmt: skip


def solved(problem: DesignProblem) -> Plan:
    """The plan to a gap of a millionth, verified apart."""
    plan = solve(problem, SolveOptions(gap=1e-6, threads=1))
    assert verify(plan, problem).ok
    return plan


def postures(plan: Plan, period: int) -> list[float]:
    """Postures around the ring; 0 where the plan has no row."""
    stated = {row.state: row.posture for row in plan.posture if row.period == period}
    return [stated.get(name, 0.0) for name in RING]


def settled(own: list[float]) -> list[float]:
    """The fixed point in closed form."""
    return [
        HEIGHT * own[n] + SIDE * (own[n - 1] + own[(n + 1) % 4]) + ACROSS * own[(n + 2) % 4] for n in range(4)
    ]


def test_the_closed_form_solves_the_reactions_and_multiplies_what_all_do_alike() -> None:
    reactions = RHO * (np.roll(np.eye(4), 1, axis=0) + np.roll(np.eye(4), -1, axis=0))
    own = [-0.1, 0.0, 0.05, 0.02]
    assert settled(own) == pytest.approx(np.linalg.solve(np.eye(4) - reactions, own))
    assert pytest.approx(1 / (1 - 2 * RHO)) == HEIGHT + 2 * SIDE + ACROSS


def test_all_reduce_to_the_ceiling_and_the_dilemma_runs_backwards() -> None:
    plan = solved(ring())
    assert postures(plan, 1) == pytest.approx([-0.2 / (1 - 2 * RHO)] * 4, abs=1e-4)
    posture = -0.2 / (1 - 2 * RHO)
    assert plan.measure.value == pytest.approx((1 + posture / 2) * exp(-2 * SIGMA * posture), rel=1e-5)
    assert plan.measure.baseline == pytest.approx(1.0)


def test_a_state_at_war_is_exempt_and_the_others_reduce() -> None:
    plan = solved(ring(at_war="A", exempt_at_war=True))
    own = {row.state: row.reduction for row in plan.posture if row.period == 1}
    assert own.get("A", 0.0) == 0.0
    assert [own[name] for name in "BCD"] == pytest.approx([0.2] * 3, abs=1e-4)


def test_self_defence_stops_reductions_at_the_floor() -> None:
    plan = solved(ring(posture_floor=0.3))
    assert postures(plan, 1) == pytest.approx([-0.3] * 4, abs=1e-4)
    reductions = [row.reduction for row in plan.posture if row.period == 1]
    assert reductions == pytest.approx([0.3 * (1 - 2 * RHO)] * 4, abs=1e-4)


def test_reductions_wait_for_monitoring_and_go_no_further_than_it() -> None:
    plan = solved(ring(reduction_per_effort=0.01))
    assert postures(plan, 1) == pytest.approx([0.0] * 4, abs=1e-6)
    assert postures(plan, 2) == pytest.approx([-8 * 0.01 / (1 - 2 * RHO)] * 4, abs=1e-4)
    assert {row.zone for row in plan.monitoring if row.period == 1} == set(EDGES)


def test_where_one_border_is_watched_only_its_states_reduce_and_the_others_answer() -> None:
    plan = solved(ring(("ab",), reduction_per_effort=0.02))
    own = [-0.08, -0.08, 0.0, 0.0]
    assert postures(plan, 2) == pytest.approx(settled(own), abs=1e-4)
    rise = sum(
        log(1 + p / 2) - SIGMA * (settled(own)[n - 1] + settled(own)[(n + 1) % 4])
        for n, p in enumerate(settled(own))
    )
    assert 2 * log(plan.measure.value) == pytest.approx(rise / 4, abs=1e-5)


def test_what_is_perceived_counts_and_not_what_there_is() -> None:
    actual, feared = solved(ring()), solved(ring(perceived=2.0))
    assert feared.measure.baseline == pytest.approx(actual.measure.baseline / 2**0.25)
    assert feared.measure.value == pytest.approx(actual.measure.value / 2**0.25, rel=1e-5)
    before = {row.state: row.baseline_threat for row in feared.security if row.period == 1}
    assert before == pytest.approx({"A": 2.0, "B": 1.0, "C": 1.0, "D": 1.0})
