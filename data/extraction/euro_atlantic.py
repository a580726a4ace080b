"""The tables beside `euro-atlantic-1992.yaml`, made from the bundled tables by stated rules.

`python -m data.extraction.euro_atlantic [--out FOLDER]` writes states, zones, influences and monitors.
"""

from __future__ import annotations

import argparse
from math import ceil, sqrt
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parents[1]
FOLDER = DATA / "problems" / "euro-atlantic-1992"

# Million tonne-km a year that a state pledges per million USD of its military expenditure.
LIFT_PER_EXPENDITURE = 0.0005

# Soviet and Yugoslav successor states: their economies went on shrinking, and their foreign garrisons stayed.
SOVIET_REGIONS = frozenset(["baltic", "caucasus", "central-asia", "eastern-europe"])
YUGOSLAV_STATES = frozenset(["BIH", "HRV", "SVN", "YUG"])
UNWANTED_GARRISONS = frozenset(["AZE", "EST", "GEO", "LTU", "LVA", "MDA", "POL"])
UNWANTED_GARRISON_PERCEIVED = 1.25
DRIFT_INTERNAL_AT_WAR = 0.04
DRIFT_INTERNAL_SUCCESSOR = 0.02
DRIFT_ECONOMIC_SUCCESSOR = 0.03

LAND = 1
NARROW_WATER = 3
# What a state's neighbours together make it feel and do, as elasticities; shared out among them.
SPILLOVER = 0.9
REACTION = 0.5
# Two settled democracies hardly fear each other; two rivals all the more.
SETTLED_DEMOCRACY = 0.75
BETWEEN_DEMOCRACIES = 0.2
BETWEEN_RIVALS = 3.0

# Below this index of electoral democracy a state's elections and human rights are watched.
WATCHED_BELOW = 0.7

# Teams come from states with the means: military observers by their forces, civilians by their population.
MEANS_MUSD = 150_000.0
OBSERVERS_FROM_FORCES = 13_000.0
CIVILIANS_FROM_POLYARCHY = 0.8
FORCES_PER_TEAM = 60.0
PEOPLE_PER_TEAM = 1000.0


def read(name: str) -> pd.DataFrame:
    """A bundled table; `NA` is no gap in it."""
    return pd.read_csv(DATA / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


def participants() -> pd.DataFrame:
    """The states that took part in the Helsinki summit of July 1992, by id."""
    states = read("states-1992")
    return states[states["helsinki_1992"].notna()].set_index("id").sort_index()


def borders(farthest: int) -> pd.DataFrame:
    """Pairs of participants no farther apart than a Correlates of War contiguity type."""
    known = participants().index
    pairs = read("contiguity-1992")
    near = pairs["type"] <= farthest
    return pairs[near & pairs["state_a"].isin(known) & pairs["state_b"].isin(known)]


def theatres(year: int) -> set[str]:
    """States on whose territory an armed conflict was fought in or after `year`."""
    conflicts = read("conflicts-1988-1992")
    return set(conflicts.loc[conflicts["year"] >= year, "theatre"].dropna())


def states_table() -> pd.DataFrame:
    """What the bundled tables do not hold of the participants: lift, perception, drift."""
    at_war = theatres(1992)
    rows = []
    for state, row in participants().iterrows():
        successor = row["region"] in SOVIET_REGIONS or state in YUGOSLAV_STATES
        expenditure = row["military_expenditure_musd"]
        internal = DRIFT_INTERNAL_AT_WAR if state in at_war else DRIFT_INTERNAL_SUCCESSOR
        driven = state in at_war or successor
        rows.append(
            {
                "id": state,
                "lift": 0.0 if pd.isna(expenditure) else round(LIFT_PER_EXPENDITURE * expenditure, 3),
                "perceived.military-external": UNWANTED_GARRISON_PERCEIVED
                if state in UNWANTED_GARRISONS
                else None,
                "drift.military-internal": internal if driven else None,
                "drift.economic": DRIFT_ECONOMIC_SUCCESSOR if successor else None,
            }
        )
    return pd.DataFrame(rows)


def zones_table() -> pd.DataFrame:
    """A zone on every land border, and two in every state that is not a settled democracy at peace."""
    names = participants()["name"]
    rows = [
        (f"{a}-{b}", f"{names[a]} - {names[b]}", "frontier", f"{a}|{b}")
        for a, b in borders(LAND)[["state_a", "state_b"]].itertuples(index=False)
    ]
    watched = participants()["polyarchy"] < WATCHED_BELOW
    troubled = watched | names.index.isin(sorted(theatres(1988)))
    for kind, chosen, title in (
        ("elections", watched, "elections"),
        ("human-rights", troubled, "human rights"),
    ):
        rows += [(f"{kind}-{s}", f"{names[s]}: {title}", kind, s) for s in names.index[chosen]]
    return pd.DataFrame(rows, columns=["id", "name", "kind", "states"])


def _bond(a: str, b: str, polyarchy: pd.Series, rivals: set[frozenset[str]]) -> float:
    """How much more, or less, one of a pair heeds the other's forces than their size alone says."""
    if frozenset((a, b)) in rivals:
        return BETWEEN_RIVALS
    settled = min(polyarchy.get(a, 0.0), polyarchy.get(b, 0.0)) >= SETTLED_DEMOCRACY
    return BETWEEN_DEMOCRACIES if settled else 1.0


def influences_table() -> pd.DataFrame:
    """Spillover and reaction between neighbours and rivals, shared by the square root of the expenditure.

    The shares of a state's neighbours sum to at most 1, less where the neighbours are fellow democracies, so
    that no row of the reactions sums to more than `REACTION` and the spectral radius stays below it.
    """
    table = participants()
    force = table["military_expenditure_musd"].fillna(0.0)
    rivalries = read("rivalries-1992")
    rivalries = rivalries[rivalries["state_a"].isin(table.index) & rivalries["state_b"].isin(table.index)]
    rivals = {frozenset(pair) for pair in zip(rivalries["state_a"], rivalries["state_b"], strict=True)}
    near = borders(NARROW_WATER)
    pairs = rivals | {frozenset(pair) for pair in zip(near["state_a"], near["state_b"], strict=True)}
    rows = []
    for target in table.index[force > 0]:
        sources = sorted(s for pair in pairs if target in pair for s in pair - {target} if force[s] > 0)
        bond = {s: _bond(s, target, table["polyarchy"], rivals) for s in sources}
        whole = sum(max(1.0, bond[s]) * sqrt(force[s]) for s in sources)
        for source in sources:
            share = bond[source] * sqrt(force[source]) / whole
            rows.append((source, target, round(SPILLOVER * share, 4), round(REACTION * share, 4)))
    return pd.DataFrame(rows, columns=["source", "target", "spillover", "reaction"])


def monitors_table() -> pd.DataFrame:
    """Teams by nationality, a column each; the square root keeps the large from crowding out the small."""
    table = participants()
    table = table[table["gdp_musd"] >= MEANS_MUSD]
    forces = table.loc[table["military_personnel"] >= OBSERVERS_FROM_FORCES, "military_personnel"]
    people = table.loc[table["polyarchy"] >= CIVILIANS_FROM_POLYARCHY, "population"]
    observers = {s: ceil(sqrt(n) / FORCES_PER_TEAM) for s, n in forces.items()}
    civilians = {s: ceil(sqrt(n) / PEOPLE_PER_TEAM) for s, n in people.items()}
    stocks = {
        "military-observers": observers,
        "election-observers": civilians,
        "human-rights-monitors": civilians,
    }
    rows = [{"id": name, **{f"stock.{s}": n for s, n in stock.items()}} for name, stock in stocks.items()]
    return pd.DataFrame(rows).astype({f"stock.{s}": "Int64" for s in observers | civilians})


TABLES = {
    "states": states_table,
    "zones": zones_table,
    "influences": influences_table,
    "monitors": monitors_table,
}


def main() -> None:
    """Write the four tables."""
    parser = argparse.ArgumentParser(prog="python -m data.extraction.euro_atlantic", description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the tables go")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, make in TABLES.items():
        make().to_csv(out / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    main()
