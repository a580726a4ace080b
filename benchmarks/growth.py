"""How the time of a solve grows with states and periods, on problems of one pattern.

    python -m benchmarks.growth [--states 20 50 100 180] [--periods 3] [--gap 0.01] [--time-limit 300]

The problems are made from the bundled tables. The first n states are those whose capitals are nearest to
Vienna, so that a larger problem contains the smaller and borders stay borders. Money, garrison sites and
missions grow with the states. Prints wall and processor seconds: on a machine that is busy with other work
the second says more.
"""

from __future__ import annotations

import argparse
import resource
import time
from typing import Any

import pandas as pd

from concord import planning
from concord.baseline import CAPACITIES, THREATS, filled_values, read_tables
from concord.data.extraction.region import (
    Means,
    Region,
    influences_table,
    monitors_table,
    programmes_table,
    read,
    states_table,
    theatres,
    zones_table,
)
from concord.errors import NoPlanFound
from concord.loading.bundled import TABLES
from concord.models import DesignProblem
from concord.models.geography import great_circle_km
from concord.solving.options import SolveOptions

VIENNA = (48.2, 16.4)
FIRST_YEAR = 1993
ORGANS = ("secretariat", "peacekeeping-command")
PROGRAMMES = (
    "notification-and-observation",
    "arms-control-diplomacy",
    "mediation",
    "election-assistance",
    "human-rights-promotion",
    "economic-stabilisation",
)
BUDGET_PER_STATE = 40.0
STATES_PER_SITE = 4
TROOPS_NEEDED = 3000.0


def nearest(count: int) -> frozenset[str]:
    """The states whose capitals lie nearest to Vienna."""
    states = read("states-1992").set_index("id")
    distance = {
        str(state): great_circle_km(*VIENNA, row["latitude"], row["longitude"])
        for state, row in states.iterrows()
    }
    return frozenset(sorted(distance, key=distance.__getitem__)[:count])


def nested(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as mappings: `a.b` is field b of field a, bars separate lists, gaps are absent."""
    rows = []
    for record in table.to_dict("records"):
        row: dict[str, Any] = {}
        for column, value in record.items():
            if pd.isna(value):
                continue
            head, _, tail = str(column).partition(".")
            plain = value.item() if hasattr(value, "item") else value
            if head == "states":
                plain = str(plain).split("|")
            if tail:
                row.setdefault(head, {})[tail] = plain
            else:
                row[head] = plain
        rows.append(row)
    return rows


def states(region: Region) -> list[dict[str, Any]]:
    """The members with raw figures, gaps filled as for the indices, and the indices of 1992."""
    values, _ = filled_values(read_tables(TABLES))
    raw = read("states-1992").set_index("id")[["name", "region", "latitude", "longitude"]]
    indices = read("indices-1992").set_index("id")
    table = raw.join(
        values[["population", "gdp_musd", "military_expenditure_musd", "military_personnel"]].rename(
            columns={"gdp_musd": "gdp", "military_expenditure_musd": "military_expenditure"}
        )
    )
    table = table.join(indices[list(CAPACITIES)].add_prefix("capacities."))
    table = table.join(indices[list(THREATS)].add_prefix("threats."))
    return nested(table.join(states_table(region).set_index("id"), how="inner").reset_index())


def garrisons(members: list[dict[str, Any]]) -> dict[str, Any]:
    """A site in the capital of every fourth member."""
    sites = [
        {
            "id": f"in-{state['id']}",
            "name": state["name"],
            "host": state["id"],
            "latitude": state["latitude"],
            "longitude": state["longitude"],
        }
        for state in members[::STATES_PER_SITE]
    ]
    tier = {"id": "brigade-group", "capacity": 3000, "setup_cost": 25, "upkeep": 8}
    contingents = {"cost_per_soldier": 6, "max_state_share": 0.25, "min_nations": 4, "unit": 300}
    lift = {"speed": 100, "tonnes_per_soldier": 5, "cost": 0.3}
    return {
        "organ": "peacekeeping-command",
        "tiers": [tier],
        "sites": sites,
        "contingents": contingents,
        "lift": lift,
    }


def missions(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One in the capital of every member where a conflict was fought in 1992."""
    at_war = theatres(1992)
    return [
        {
            "id": f"truce-{state['id']}",
            "name": f"Truce: {state['name']}",
            "state": state["id"],
            "latitude": state["latitude"],
            "longitude": state["longitude"],
            "parties": [state["id"]],
            "need": TROOPS_NEEDED,
            "minimum_strength": 600,
            "deadline": 96,
            "affects": {state["id"]: 1.0},
            "effects": {"military-internal": 0.33, "transnational": 0.17},
            "cost_per_soldier": 21,
        }
        for state in members
        if state["id"] in at_war
    ]


def monitoring(region: Region) -> dict[str, Any]:
    """Disputed frontiers, watched by military observers."""
    observers = {
        "name": "Military observers",
        "kinds": ["frontier"],
        "effort": 1,
        "personnel": 6,
        "cost": 570,
    }
    return {
        "organ": "secretariat",
        "kinds": [
            {"id": "frontier", "effects": {"military-external": 0.003}, "ceiling": 10, "verifies": True}
        ],
        "zones": nested(zones_table(region)),
        "monitors": [{**observers, **row} for row in nested(monitors_table(region))],
    }


def growth_problem(count: int, periods: int) -> DesignProblem:
    """The problem of the `count` states nearest to Vienna over `periods` years."""
    region = Region(
        id=f"growth-{count}-{periods}",
        members=nearest(count),
        means=Means(observers_from_forces=30_000.0),
        disputed_frontiers_only=True,
        watched=False,
        programmes=PROGRAMMES,
    )
    members = states(region)
    catalogue = {row["id"]: row for row in nested(read("programmes"))}
    programmes = [
        {**catalogue[row["id"]], **row, "organ": "secretariat"} for row in nested(programmes_table(region))
    ]
    years = list(range(FIRST_YEAR, FIRST_YEAR + periods))
    fund = {
        "id": "assessed",
        "name": "Assessed budget",
        "payers": "members",
        "budget": BUDGET_PER_STATE * count,
        "scale": {"rule": "gdp"},
        "tolerance": 0.1,
        "ceiling": 0.25,
    }
    return DesignProblem.model_validate(
        {
            "id": region.id,
            "title": f"{count} states, {periods} periods",
            "periods": years,
            "threat_kinds": nested(read("threat-kinds")),
            "states": members,
            "dilemma": {"influences": nested(influences_table(region)), "reduction_ceiling": 0.2},
            "programmes": programmes,
            "organs": [{"id": organ, "name": organ, "setup_cost": 10, "upkeep": 15} for organ in ORGANS],
            "garrisons": garrisons(members),
            "missions": missions(members),
            "monitoring": monitoring(region),
            "funds": [fund],
        }
    )


def measure(count: int, periods: int, options: SolveOptions) -> str:
    """One line of the table: size, wall and processor seconds, and the gap that was proven."""
    problem = growth_problem(count, periods)
    wall, processor = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    try:
        plan = planning.solve(problem, options)
        gap = f"{plan.measure.gap:.2%}"
    except NoPlanFound:
        gap = "no plan"
    now = resource.getrusage(resource.RUSAGE_SELF)
    wall = time.perf_counter() - wall
    used = now.ru_utime + now.ru_stime - processor.ru_utime - processor.ru_stime
    rows, columns = planning.program(problem).matrix().matrix.shape
    parts = (count, periods, len(problem.sites), len(problem.missions), rows, columns)
    return "| " + " | ".join(map(str, (*parts, f"{wall:.0f}", f"{used:.0f}", gap))) + " |"


def main() -> None:
    """Print one row for each number of states and of periods."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--states", type=int, nargs="+", default=[20, 50, 100, 180])
    parser.add_argument("--periods", type=int, nargs="+", default=[3])
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--time-limit", type=float, default=300.0)
    given = parser.parse_args()
    options = SolveOptions(gap=given.gap, time_limit=given.time_limit)
    print(f"gap {given.gap:g}, time limit {given.time_limit:g} s, {options.threads} threads")
    print("| states | periods | sites | missions | rows | columns | wall s | processor s | gap |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for count in given.states:
        for periods in given.periods:
            print(measure(count, periods, options), flush=True)


if __name__ == "__main__":
    main()
