"""The problem of by-hand.yaml, which has every family of rules, and a plan for it worked out by hand.

What it costs, in million USD: in 1993 mediation 1 (north) and 1 (south), organs 2 + 1 + 0.5 + 0.5, a team at
the frontier 0.5; in 1994 mediation 0.5 + 1 (north) and 2.5 (south), defence 6, organs 1 + (1 + 1) + 0.5, the
garrison 5 + 1 and 400 soldiers at 10 thousand each, 200 of them at the mission for another 20 thousand each,
their transport, a team at the frontier 0.5 and three at the election 0.6. The regional fund pays 2 and 8.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from math import exp, log, pi
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from concord.models import DesignProblem, Plan

KM = 6371.0088 * pi / 180
"""A degree of the equator."""
TRANSPORT = 200 * KM * 2 / 1e6
"""200 soldiers, 2 tonnes each: 0.0445 million tonne-km, at 10 million USD each."""
PAID_LAST = (1.5 + 0.5 + 3.5 + 10.0 + 4.0 + 10 * TRANSPORT + 0.5 + 0.6) - 1.5
"""Assessed in 1994: everything but the regional fund's 8, less the 1.5 carried over."""
POSTURE_A = -(0.1 + 0.05 * 0.8) / (1 - 0.5 * 0.2)
"""own = -0.1 - 0.05 * 0.8, and half of B's posture, which is a fifth of A's, comes back."""
POSTURE_B = 0.2 * POSTURE_A


def problem_data() -> dict[str, Any]:
    """The problem as an analyst would write it."""
    data = YAML(typ="safe", pure=True).load(Path(__file__).with_name("by-hand.yaml"))
    assert isinstance(data, dict)
    return data


def _contributions() -> list[dict[str, Any]]:
    amounts = {
        ("assessed", 1993): {"AAA": 2.0, "BBB": 2.0, "CCC": 2.0},
        ("assessed", 1994): {"AAA": 6.0, "BBB": 6.5, "CCC": PAID_LAST - 12.5},
        ("regional", 1993): {"OOO": 1.0, "CCC": 1.0},
        ("regional", 1994): {"OOO": 6.0, "CCC": 2.0},
    }
    return [
        {
            "payer": payer,
            "fund": fund,
            "period": period,
            "amount": amount,
            "share": amount / sum(paid.values()),
            "scale_share": 1 / 3 if fund == "assessed" else None,
        }
        for (fund, period), paid in amounts.items()
        for payer, amount in paid.items()
    ]


def _expenditures() -> list[dict[str, Any]]:
    drawn = [
        ("assessed", "organs", "common", 1993, 4.0),
        ("assessed", "monitoring", "north", 1993, 0.5),
        ("regional", "mediation", "north", 1993, 1.0),
        ("regional", "mediation", "south", 1993, 1.0),
        ("assessed", "mediation", "north", 1994, 1.5),
        ("assessed", "mediation", "south", 1994, 0.5),
        ("assessed", "organs", "common", 1994, 3.5),
        ("assessed", "garrisons", "north", 1994, 10.0),
        ("assessed", "missions", "north", 1994, 4.0),
        ("assessed", "lift", "common", 1994, 10 * TRANSPORT),
        ("assessed", "monitoring", "north", 1994, 0.5),
        ("assessed", "monitoring", "south", 1994, 0.6),
        ("regional", "defence", "north", 1994, 6.0),
        ("regional", "mediation", "south", 1994, 2.0),
    ]
    return [dict(zip(("fund", "head", "region", "period", "amount"), row, strict=True)) for row in drawn]


def _balances() -> list[dict[str, Any]]:
    fields = ("fund", "period", "carried_in", "paid", "drawn", "carried_out")
    rows = [
        ("assessed", 1993, 0.0, 6.0, 4.5, 1.5),
        ("assessed", 1994, 1.5, PAID_LAST, PAID_LAST + 1.5, 0.0),
        ("regional", 1993, 0.0, 2.0, 2.0, 0.0),
        ("regional", 1994, 0.0, 8.0, 8.0, 0.0),
    ]
    return [dict(zip(fields, row, strict=True)) for row in rows]


def _activities() -> dict[str, list[dict[str, Any]]]:
    """Stocks: half of last year's and what is spent. Defence in A: size 4 times the median, hence scale 2.

    Nothing is done along the frontier of A and B: in 1993 B has no mediation, and in 1994 it is not used.
    """
    programmes = [
        ("mediation", "AAA", 1993, 1.0, 1.0, log(2)),
        ("mediation", "CCC", 1993, 1.0, 1.0, log(2)),
        ("mediation", "AAA", 1994, 0.5, 1.0, log(2)),
        ("mediation", "BBB", 1994, 1.0, 1.0, 0.6),
        ("mediation", "CCC", 1994, 2.5, 3.0, log(4)),
        ("defence", "AAA", 1994, 6.0, 6.0, 0.8),
    ]
    organs = [
        ("secretariat", 1993, True, 3.0),
        ("observatory", 1993, True, 1.0),
        ("secretariat", 1994, False, 1.0),
        ("observatory", 1994, False, 0.5),
        ("command", 1994, True, 2.0),
    ]
    fields = ("programme", "state", "period", "spending", "stock", "intensity")
    quiet = {"programme": "mediation", "state": "AAA", "neighbour": "BBB", "period": 1993, "intensity": 0.0}
    return {
        "programmes": [dict(zip(fields, row, strict=True)) for row in programmes],
        "frontiers": [quiet],
        "organs": [
            dict(zip(("organ", "period", "founded", "cost"), row, strict=True))
            | ({"host": "AAA", "city": "Alpha"} if row[0] == "secretariat" else {})
            for row in organs
        ],
    }


def _power() -> list[dict[str, Any]]:
    """One vote each of three, two of which carry a motion; one of four pairs of votes of the others waits."""
    return [
        {
            "organ": "secretariat",
            "state": state,
            "period": period,
            "rule_votes": 1,
            "votes": 1,
            "votes_needed": 2,
            "banzhaf": 1 / 3,
            "absolute_banzhaf": 1 / 2,
            "shapley_shubik": 1 / 3,
        }
        for period in (1993, 1994)
        for state in ("AAA", "BBB", "CCC")
    ]


def _standing() -> list[dict[str, Any]]:
    """Of AAA, the median state, BBB and CCC: prowess 2, 1, 1 of three dimensions; the same in both years."""
    ranks = {
        "AAA": (2 / 3, 1, 2, "threat-poor-capacity-poor"),
        "BBB": (1 / 3, 2, 3, "threat-rich-capacity-poor"),
        "CCC": (1 / 3, 2, 1, "threat-poor-capacity-rich"),
    }
    return [
        {
            "state": state,
            "period": period,
            "power": power,
            "power_rank": power_rank,
            "baseline_security_rank": security_rank,
            "baseline_quadrant": quadrant,
            "security_rank": security_rank,
            "quadrant": quadrant,
        }
        for period in (1993, 1994)
        for state, (power, power_rank, security_rank, quadrant) in ranks.items()
    ]


def _troops() -> dict[str, list[dict[str, Any]]]:
    garrison = {
        "site": "alpha",
        "host": "AAA",
        "tier": "small",
        "period": 1994,
        "founded": True,
        "capacity": 400.0,
        "troops": 400.0,
        "cost": 6.0,
        "soldiers_cost": 4.0,
    }
    units = {"AAA": 1.0, "BBB": 2.0, "CCC": 1.0}
    return {
        "garrisons": [garrison],
        "contingents": [
            {"state": state, "site": "alpha", "period": 1994, "units": n, "troops": 100 * n}
            for state, n in units.items()
        ],
        "assignments": [
            {
                "site": "alpha",
                "mission": "border",
                "period": 1994,
                "troops": 200.0,
                "distance_km": KM,
                "hours": 24 + KM / 40,
            }
        ],
        "deployments": [
            {
                "state": state,
                "site": "alpha",
                "mission": "border",
                "period": 1994,
                "units": 1.0,
                "troops": 100.0,
            }
            for state in ("AAA", "CCC")
        ],
        "lift": [{"state": "CCC", "period": 1994, "amount": TRANSPORT}],
    }


def _watch() -> dict[str, list[dict[str, Any]]]:
    teams = [
        ("a-b", "observers", "CCC", 1993, 1.0),
        ("a-b", "observers", "CCC", 1994, 1.0),
        ("c-vote", "watchers", "AAA", 1994, 2.0),
        ("c-vote", "watchers", "BBB", 1994, 1.0),
    ]
    posture = [("AAA", 1994, 0.0, 0.1, POSTURE_A), ("BBB", 1994, 0.0, 0.0, POSTURE_B)]
    return {
        "monitoring": [
            dict(zip(("zone", "monitor", "state", "period", "teams"), row, strict=True)) for row in teams
        ],
        "posture": [
            dict(zip(("state", "period", "arming", "reduction", "posture"), row, strict=True))
            for row in posture
        ],
    }


Falls = dict[str, dict[str, float]]

MEDIATION, DEFENCE = "programme:mediation", "programme:defence"
FRONTIER, ELECTION = "zone-kind:frontier", "zone-kind:election"
BORDER, TALKS = "mission:border", "complementarity:peace-talks"
OWN, NEIGHBOURS = "posture:own", "posture:neighbours"

BEFORE = {
    "AAA": (0.5 * 2 + 0.25 * 1 + 0.5 * 1, {"military": 1.0, "political": 1.0}),
    "BBB": (2 / 3 * 1 + 1 / 3 * 1 + 1 / 3 * 1, {"military": 2.0, "political": 1.0}),
    "CCC": (2.0, {"political": 0.5}),
}
"""Capacity, each dimension by its use against the state's mix of threats; and threats."""

FALLS: dict[tuple[str, int], Falls] = {
    ("AAA", 1993): {MEDIATION: {"political": 0.5 * log(2)}, FRONTIER: {"military": 0.1}},
    ("BBB", 1993): {FRONTIER: {"military": 0.1}},
    ("CCC", 1993): {MEDIATION: {"political": 0.5 * log(2)}},
    ("AAA", 1994): {
        MEDIATION: {"political": 0.5 * log(2)},
        FRONTIER: {"military": 0.1},
        BORDER: {"military": 0.5 * 0.5 * 0.2},
        TALKS: {"political": 0.3 * log(2) / 2},
        NEIGHBOURS: {"military": -0.25 * POSTURE_B},
    },
    ("BBB", 1994): {
        MEDIATION: {"political": 0.5 * 0.6},
        FRONTIER: {"military": 0.1},
        BORDER: {"military": 0.5 * 1.0 * 0.2},
        TALKS: {"political": 0.3 * 0.6 / 2},
        NEIGHBOURS: {"military": -0.5 * POSTURE_A},
    },
    ("CCC", 1994): {MEDIATION: {"political": 0.5 * log(4)}, ELECTION: {"political": 0.2 * 1.5}},
}
"""Fall of the log of each threat. Talks: two thirds of the need is met, the intensity over 2 is less."""

GAINS: dict[tuple[str, int], dict[str, float]] = {
    ("AAA", 1994): {DEFENCE: 1.0 * 0.1 * 0.8, OWN: 1.0 * POSTURE_A},
    ("BBB", 1994): {OWN: 2 / 3 * POSTURE_B},
}
"""Change of capacity: prowess counts for 0.5 * 2 in A and 2/3 * 1 in B."""


def logarithmic_mean(one: float, other: float) -> float:
    """(a - b) / log(a / b)."""
    return one if one == other else (one - other) / log(one / other)


def _security(index: tuple[str, int]) -> dict[str, Any]:
    state, period = index
    capacity_before, initial = BEFORE[state]
    drift = 0.1 if index == ("CCC", 1994) else 0.0
    before = {kind: level * exp(drift) for kind, level in initial.items()}
    falls, gains = FALLS[index], GAINS.get(index, {})
    after = {
        kind: level * exp(-sum(fall.get(kind, 0.0) for fall in falls.values()))
        for kind, level in before.items()
    }
    capacity, threat, threat_before = (
        capacity_before + sum(gains.values()),
        sum(after.values()),
        sum(before.values()),
    )
    attribution = {
        instrument: sum(
            logarithmic_mean(after[kind], before[kind]) / logarithmic_mean(threat, threat_before) * fall
            for kind, fall in kinds.items()
        )
        for instrument, kinds in falls.items()
    }
    for instrument, gain in gains.items():
        attribution[instrument] = gain / logarithmic_mean(capacity, capacity_before)
    return {
        "state": state,
        "period": period,
        "capacity": capacity,
        "threats": after,
        "threat": threat,
        "ratio": capacity / threat,
        "baseline_capacity": capacity_before,
        "baseline_threat": threat_before,
        "baseline_ratio": capacity_before / threat_before,
        "attribution": attribution,
    }


def _capacities() -> list[dict[str, Any]]:
    """A faces as much of either kind, B twice as much of the military one, C only the political one."""
    figures = {
        "AAA": {
            "military-prowess": (0.5, 2.0),
            "economic-output": (0.25, 1.0),
            "political-legitimacy": (0.5, 1.0),
        },
        "BBB": {
            "military-prowess": (2 / 3, 1.0),
            "economic-output": (1 / 3, 1.0),
            "political-legitimacy": (1 / 3, 1.0),
        },
        "CCC": {
            "military-prowess": (0.0, 1.0),
            "economic-output": (0.0, 1.0),
            "political-legitimacy": (1.0, 2.0),
        },
    }
    with_plan = {
        ("AAA", 1994, "military-prowess"): 2.0 * (1 + 0.1 * 0.8 + POSTURE_A),
        ("BBB", 1994, "military-prowess"): 1.0 + POSTURE_B,
    }
    fields = ("state", "period", "dimension", "weight", "baseline", "value")
    return [
        dict(zip(fields, (*index, *figure, with_plan.get(index, figure[1])), strict=True))
        for state, dimensions in figures.items()
        for period in (1993, 1994)
        for dimension, figure in dimensions.items()
        for index in [(state, period, dimension)]
    ]


def _evenness(subject: str, figures: dict[str, float]) -> dict[str, Any]:
    """Gini by ranks: sum of (2 k - n - 1) x_k over n times the whole, x ascending."""
    ordered, n = sorted(figures.values()), len(figures)
    ranks = sum((2 * k - n - 1) * x for k, x in enumerate(ordered, start=1))
    return {
        "subject": subject,
        "gini": ranks / n / sum(ordered),
        "jain": sum(ordered) ** 2 / n / sum(x * x for x in ordered),
        "minimum": ordered[0],
        "maximum": ordered[-1],
        "largest": max(figures, key=lambda s: figures[s]),
        "min_max_ratio": ordered[0] / ordered[-1],
    }


BURDENS: dict[tuple[str, int], tuple[float, float, float, float]] = {
    ("AAA", 1993): (2.0, 0.0, 0.0, 0.0),
    ("AAA", 1994): (6.0, 0.4, 0.0, 0.0),
    ("BBB", 1993): (2.0, 0.0, 0.0, 0.0),
    ("BBB", 1994): (6.5, 0.8, 0.0, 0.0),
    ("CCC", 1993): (3.0, 0.0, 0.0, 0.1),
    ("CCC", 1994): (PAID_LAST - 10.5, 0.4, 5 * TRANSPORT, 0.1),
    ("OOO", 1993): (1.0, 0.0, 0.0, 0.0),
    ("OOO", 1994): (6.0, 0.0, 0.0, 0.0),
}
"""Cash, contingents (4 thousand USD a soldier), lift (5 USD a tonne-km), monitors (0.1 million a team)."""
GDP = {"AAA": 1000.0, "BBB": 2000.0, "CCC": 4000.0, "OOO": 8000.0}


def _burdens() -> list[dict[str, Any]]:
    return [
        {
            "state": state,
            "period": period,
            **dict(zip(("cash", "contingents", "lift", "monitors"), parts, strict=True)),
            "total": sum(parts),
            "share_of_gdp": sum(parts) / GDP[state],
        }
        for (state, period), parts in BURDENS.items()
    ]


def _spending() -> list[dict[str, Any]]:
    """A and B in the north have 5 million inhabitants, C in the south 1 million."""
    heads = {"north": 5.0, "south": 1.0, "common": 6.0}
    amounts = {
        ("north", 1993): 1.5,
        ("north", 1994): 22.0,
        ("south", 1993): 1.0,
        ("south", 1994): 3.1,
        ("common", 1993): 4.0,
        ("common", 1994): 3.5 + 10 * TRANSPORT,
    }
    return [
        {"region": region, "period": period, "amount": amount, "per_head": amount / heads[region]}
        for (region, period), amount in amounts.items()
    ]


def _fairness(security: list[dict[str, Any]]) -> list[dict[str, Any]]:
    assessed = {"AAA": 8.0, "BBB": 8.5, "CCC": 2.0 + PAID_LAST - 12.5}
    burden = dict.fromkeys(GDP, 0.0)
    for (state, _), parts in BURDENS.items():
        burden[state] += sum(parts)
    whole = sum(burden.values())
    beyond = sum(max(0.0, borne / whole - GDP[state] / 15000) for state, borne in burden.items())
    gain = dict.fromkeys(("AAA", "BBB", "CCC"), 1.0)
    for row in security:
        gain[row["state"]] *= (row["ratio"] / row["baseline_ratio"]) ** 0.5
    above = assessed["CCC"] / sum(assessed.values()) - 1 / 3
    return [
        {**_evenness("burden", burden), "share_above_scale": beyond},
        _evenness("burden-to-gdp", {state: borne / GDP[state] for state, borne in burden.items()}),
        {**_evenness("contributions:assessed", assessed), "share_above_scale": above},
        _evenness("contributions:regional", {"OOO": 7.0, "CCC": 3.0}),
        _evenness("troops-to-population", {"AAA": 100 / 8e6, "BBB": 200 / 2e6, "CCC": 100 / 2e6}),
        _evenness("gain", gain),
    ]


PROVENANCE = {
    "created": "1992-07-10T12:00:00Z",
    "versions": {},
    "solver": "hand",
    "options": {"gap": 1e-3},
    "seed": 0,
    "variables": 0,
    "constraints": 0,
    "assumptions": [],
    "imputed": {},
}


def plan_data(digest: str) -> dict[str, Any]:
    """The plan, every figure from the arithmetic above. Weights of the years: 1 and 0.8 of 1.8."""
    security = [_security(index) for index in FALLS]
    year = {1993: 1 / 1.8, 1994: 0.8 / 1.8}
    value = exp(sum(year[row["period"]] / 3 * log(row["ratio"]) for row in security))
    baseline = exp(sum(year[row["period"]] / 3 * log(row["baseline_ratio"]) for row in security))
    return {
        "problem": {
            "id": "by-hand",
            "title": "By hand",
            "digest": digest,
            "currency": "million USD",
            "periods": [1993, 1994],
        },
        "measure": {
            "name": "geometric",
            "value": value,
            "bound": value * 1.0005,
            "gap": 0.0005,
            "baseline": baseline,
        },
        "termination": {"reason": "optimal", "seconds": 1.0},
        "contributions": _contributions(),
        "expenditures": _expenditures(),
        "balances": _balances(),
        **_activities(),
        "power": _power(),
        **_troops(),
        **_watch(),
        "security": security,
        "capacities": _capacities(),
        "standing": _standing(),
        "burdens": _burdens(),
        "spending": _spending(),
        "fairness": _fairness(security),
        "binding": [
            {"rule": "funds.budget", "subject": "assessed, 1993", "limit": 6.0, "unit": "million USD"},
            {"rule": "garrisons.state_share", "subject": "BBB, alpha, 1994", "limit": 2.0, "unit": "units"},
        ],
        "provenance": PROVENANCE,
    }


def set_path(data: Any, path: str, value: Any) -> None:
    """Set `value` at a dotted path of keys and numbers."""
    *parents, last = path.split(".")
    for part in parents:
        data = data[int(part)] if isinstance(data, list) else data[part]
    data[int(last) if isinstance(data, list) else last] = value


Build = Callable[..., tuple[Plan, DesignProblem]]


@pytest.fixture(scope="session")
def clean() -> dict[str, Any]:
    """Data of the problem and of the plan."""
    problem = DesignProblem.model_validate(problem_data())
    return {"problem": problem_data(), "plan": plan_data(problem.digest())}


@pytest.fixture
def build(clean: dict[str, Any]) -> Build:
    """Plan and problem with changes at dotted paths, such as `{"problem": {"funds.0.floor": 0.1}}`.

    A problem that is changed has another digest, which the plan takes over, and no binding rules are stated.
    Rows can be added (`extra`, by table) and removed (`without`, such as `contingents.2`).
    """

    def changed(
        problem: dict[str, Any] | None = None,
        plan: dict[str, Any] | None = None,
        extra: dict[str, dict[str, Any]] | None = None,
        without: tuple[str, ...] = (),
    ) -> tuple[Plan, DesignProblem]:
        data = copy.deepcopy(clean)
        for path, value in (problem or {}).items():
            set_path(data["problem"], path, value)
        built = DesignProblem.model_validate(data["problem"])
        data["plan"]["problem"]["digest"] = built.digest()
        if problem:
            data["plan"]["binding"] = []
        for path, value in (plan or {}).items():
            set_path(data["plan"], path, value)
        for table, row in (extra or {}).items():
            data["plan"][table].append(row)
        for path in without:
            table, number = path.split(".")
            del data["plan"][table][int(number)]
        return Plan.model_validate(data["plan"]), built

    return changed
