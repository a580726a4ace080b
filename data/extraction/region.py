"""The tables beside a regional problem, made from the bundled tables by stated rules.

Every function takes a `Region`, the facts and judgements in which regions differ, and returns one table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import ceil, sqrt
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from concord.baseline import THREATS, filled_values, indices_from, read_tables

DATA = Path(__file__).resolve().parents[1]

# Million tonne-km a year that a state pledges per million USD of its military expenditure.
LIFT_PER_EXPENDITURE = 0.0005

# Lorries and coasters hired where armies have few of their own: million tonne-km a year per soldier.
HIRED_LIFT_PER_SOLDIER = 0.0001

# What a war left alone does to the threat of rebellion, and a shrinking economy to the economic one, a year.
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
# Below this one no election is a contest that anybody could assist.
CLOSED_BELOW = 0.1
# All trade with these was forbidden at the end of 1992: resolutions 661 of the Security Council, and 757.
CUT_OFF = frozenset({"IRQ", "YUG"})
# The first year of the bundled table of conflicts, the year of its indices.
FIRST_YEAR, LAST_YEAR = 1988, 1992

# A state is at war at home from so many battle deaths a year on its territory, and so many per million
# inhabitants: a large state with an insurgency in one corner is not.
DEATHS_OF_WAR, DEATHS_PER_MILLION_OF_WAR = 25, 10.0
# From such a share of the people driven from home, a war spills over every frontier.
FLIGHT = 0.1
# For so many years after it, a war marks the frontiers around it.
YEARS_OF_TENSION = 2
# Contiguity up to 24 miles of water makes neighbours.
NEIGHBOURING_WATER = 2
# A settled democracy with this income a head, USD, needs no assistance.
RICH_INCOME = 8_000.0
# Programmes that move postures are arms control between states, not assistance to one.
ARMS_CONTROL = ("arms-control-diplomacy", "non-offensive-defence")


@dataclass(frozen=True)
class Means:
    """What makes a state able to send monitors: military observers by forces, civilians by population."""

    gdp_musd: float = 0.0
    observers_from_forces: float = 5_000.0
    civilians_from_polyarchy: float = 0.4
    forces_per_team: float = 60.0
    people_per_team: float = 1000.0


@dataclass(frozen=True)
class Organisation:
    """A body that runs the programmes of a part of the members, and what they cost there."""

    members: frozenset[str]
    title: str
    """The part of the world, for the names of its programmes."""
    price_level: float = 1.0


@dataclass(frozen=True)
class Region:
    """What the rules need to know of a regional problem."""

    id: str
    members: frozenset[str]
    year: int = LAST_YEAR
    """The last year whose conflicts count."""
    successors: frozenset[str] = frozenset()
    """States of broken federations: economies that went on shrinking, armies that were being divided."""
    perceived_external: Mapping[str, float] = field(default_factory=dict)
    """Factor from the actual to the perceived military threat from outside."""
    means: Means = Means()
    hires_lift: bool = True
    """Whether transport is hired where armies have little of their own."""
    periods: tuple[int, ...] = ()
    """The years that the problem plans for."""
    imputes_suspect_income: bool = False
    """Whether a GDP marked suspect gives way to the median per head of the state's subregion."""
    least_developed: frozenset[str] = frozenset()
    """States on the list of the least developed, where a scale of the problem relieves them."""
    disputed_frontiers_only: bool = False
    """Whether a frontier is watched only where rivals meet, both are at war, or a tenth of a people fled."""
    watched: bool = True
    """Whether elections and human rights are zones to be watched."""
    price_level: float = 1.0
    """Cost of programmes against that in the Euro-Atlantic problem."""
    programmes: tuple[str, ...] = ()
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    """Where given, each runs its own edition of the programmes, named `programme-organisation`."""

    @property
    def folder(self) -> Path:
        """Where the problem's tables lie."""
        return DATA / "problems" / self.id


@cache
def read(name: str) -> pd.DataFrame:
    """A bundled table; `NA` is no gap in it."""
    return pd.read_csv(DATA / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


def members(region: Region) -> pd.DataFrame:
    """The rows of the members in `states-1992`, by id."""
    states = read("states-1992").set_index("id").sort_index()
    return states.loc[states.index.isin(region.members)]


def borders(region: Region, farthest: int) -> pd.DataFrame:
    """Pairs of members no farther apart than a Correlates of War contiguity type."""
    pairs = read("contiguity-1992")
    near = pairs["type"] <= farthest
    return pairs[near & pairs["state_a"].isin(region.members) & pairs["state_b"].isin(region.members)]


def battle_deaths(region: Region, year: int) -> pd.Series:
    """Battle deaths on the territory of each member in a year."""
    table = read("battle-deaths-1988-1992")
    deaths = table[table["year"] == year].set_index("state")["best"]
    return deaths.reindex(members(region).index, fill_value=0)


def at_war(region: Region, year: int) -> set[str]:
    """Members with a war on their own territory in a year."""
    deaths = battle_deaths(region, year)
    per_million = deaths / members(region)["population"] * 1e6
    return set(deaths.index[(deaths >= DEATHS_OF_WAR) & (per_million >= DEATHS_PER_MILLION_OF_WAR)])


def lately_at_war(region: Region) -> set[str]:
    """Members with a war at home in the last year or the years of tension before it."""
    years = range(max(FIRST_YEAR, region.year - YEARS_OF_TENSION), region.year + 1)
    return set[str]().union(*(at_war(region, year) for year in years))


def flown_from(region: Region) -> set[str]:
    """Members that a tenth of their people or more have been driven from, at the end of the last year."""
    displaced = read("displaced-1990-1992")
    people = displaced[displaced["year"] == region.year].set_index("state")["persons"]
    share = people.reindex(members(region).index, fill_value=0) / members(region)["population"]
    return set(share.index[share >= FLIGHT])


def sanctioned(region: Region) -> set[str]:
    """Members under an arms embargo of the Security Council at the end of the last year."""
    embargoes, day = read("embargoes-1990-1993"), f"{region.year}-12-31"
    alive = (embargoes["imposed"] <= day) & (embargoes["ended"] > day)
    return set(embargoes.loc[alive, "state"]) & region.members


def elections(region: Region) -> dict[str, list[int]]:
    """Years of the plan in which each member elects its government or parliament."""
    table = read("elections-1990-1997")
    held = table[table["year"].isin(region.periods) & table["state"].isin(region.members)]
    return {str(state): sorted(years) for state, years in held.groupby("state")["year"]}


def settled(region: Region) -> pd.Series:
    """Whether a member is a settled democracy."""
    return members(region)["polyarchy"].fillna(0.0) >= SETTLED_DEMOCRACY


def rich(region: Region) -> pd.Series:
    """Whether a member has a GDP per head that nobody assists in peace."""
    table = members(region)
    return table["gdp_musd"].fillna(0.0) * 1e6 / table["population"] >= RICH_INCOME


def needs_no_assistance(region: Region) -> pd.Series:
    """Whether a member is rich, and a settled democracy or lately at peace."""
    calm = settled(region)
    return rich(region) & (calm | ~calm.index.isin(sorted(lately_at_war(region))))


def democratising(region: Region) -> pd.Series:
    """Whether a member is no settled democracy, and has elections to assist, now or in the plan."""
    index, held = members(region)["polyarchy"].fillna(0.0), elections(region)
    return (index < WATCHED_BELOW) & ((index >= CLOSED_BELOW) | index.index.isin(sorted(held)))


def in_transition(region: Region) -> pd.Series:
    """Whether a member's economy may be helped: no settled democracy, not rich, and open to trade."""
    return (members(region)["polyarchy"].fillna(0.0) < WATCHED_BELOW) & ~rich(region) & trading(region)


def trading(region: Region) -> pd.Series:
    """Whether the Security Council allows trade with a member."""
    states = members(region).index
    return pd.Series(~states.isin(sorted(CUT_OFF)), index=states)


def with_refugees(region: Region) -> pd.Series:
    """Whether a hundredth of the people were driven from home in a member, or in one beside it."""
    table, displaced = members(region), read("displaced-1990-1992")
    people = displaced[displaced["year"] == region.year].set_index("state")["persons"]
    fled = set(
        (people.reindex(table.index, fill_value=0) / table["population"]).loc[lambda s: s >= 0.01].index
    )
    near = borders(region, LAND)
    pairs = list(zip(near["state_a"], near["state_b"], strict=True))
    beside = {a for a, b in pairs if b in fled} | {b for a, b in pairs if a in fled}
    return pd.Series(table.index.isin(sorted(fled | beside)), index=table.index)


def theatres(since: int, until: int = LAST_YEAR) -> set[str]:
    """States on whose territory an armed conflict was fought from `since` to `until`."""
    conflicts = read("conflicts-1988-1992")
    return set(conflicts.loc[conflicts["year"].between(since, until), "theatre"].dropna())


def rivals(region: Region) -> set[frozenset[str]]:
    """Pairs of members in a strategic rivalry."""
    pairs = read("rivalries-1992")
    both = pairs["state_a"].isin(region.members) & pairs["state_b"].isin(region.members)
    return {frozenset(pair) for pair in pairs.loc[both, ["state_a", "state_b"]].itertuples(index=False)}


def threats_in(year: int) -> pd.DataFrame:
    """The threats of every state with the conflicts, battle deaths and displaced people of a year.

    One answer for a year, whatever the problem; that of 1992 is the one in `indices-1992`.
    """
    indices = indices_from(read_tables(DATA / "tables"), year).set_index("id")
    return indices[list(THREATS)].add_prefix("threats.")


def lift(region: Region, state: pd.Series) -> float:
    """Million tonne-km a year that a state can pledge: its forces' own, or hired."""
    own = LIFT_PER_EXPENDITURE * float(state["military_expenditure_musd"])
    hired = HIRED_LIFT_PER_SOLDIER * float(state["military_personnel"]) if region.hires_lift else 0.0
    return round(float(np.nanmax([own, hired, 0.0])), 3)


def imputed_incomes(region: Region) -> pd.DataFrame:
    """GDP of the members whose published one is suspect, and the indices that rest on it."""
    tables = read_tables(DATA / "tables")
    gaps = read("states-1992-gaps").query("indicator == 'gdp_musd' and what == 'suspect'")
    suspect = sorted(set(gaps["state"]) & region.members)
    unknown = tables.states.assign(gdp_musd=tables.states["gdp_musd"].drop(suspect))
    filled, _ = filled_values(replace(tables, states=unknown))
    indices = indices_from(replace(tables, states=unknown)).set_index("id").loc[suspect]
    rested_on = indices[["economic-output", "growth-productivity"]].add_prefix("capacities.")
    return rested_on.assign(gdp=filled.loc[suspect, "gdp_musd"].round(1), imputed="gdp|" + indices["imputed"])


def states_table(region: Region) -> pd.DataFrame:
    """What the bundled tables do not hold of the members: lift, perception, drift, another year's threats."""
    fought, warring, embargoed = (
        theatres(region.year, region.year),
        at_war(region, region.year),
        sanctioned(region),
    )
    rows = []
    for state, row in members(region).iterrows():
        successor = state in region.successors
        internal = DRIFT_INTERNAL_AT_WAR if state in fought else DRIFT_INTERNAL_SUCCESSOR
        rows.append(
            {
                "id": state,
                "lift": lift(region, row),
                "perceived.military-external": region.perceived_external.get(str(state)),
                "drift.military-internal": internal if state in fought or successor else None,
                "drift.economic": DRIFT_ECONOMIC_SUCCESSOR if successor else None,
                "least_developed": "true" if state in region.least_developed else None,
                "at_war": "true" if state in warring else None,
                "sanctioned": "true" if state in embargoed else None,
            }
        )
    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    if region.imputes_suspect_income:
        table = table.join(imputed_incomes(region), on="id")
    return table if region.year == LAST_YEAR else table.join(threats_in(region.year), on="id")


def relations_table(region: Region) -> pd.DataFrame:
    """Pairs of members that are rivals, or neighbours."""
    near = borders(region, NEIGHBOURING_WATER)
    rows = [(*sorted(pair), "rivals") for pair in sorted(map(sorted, rivals(region)))]
    rows += [(a, b, "neighbours") for a, b in zip(near["state_a"], near["state_b"], strict=True)]
    return pd.DataFrame(rows, columns=["one", "other", "kind"])


def zones_table(region: Region) -> pd.DataFrame:
    """A zone on every land border with something to watch, and in states that are no settled democracies:
    elections in the years in which they are held, and human rights."""
    states = members(region)
    names, calm, feuds = states["name"], settled(region), rivals(region)
    fighting, warring, fleeing = at_war(region, region.year), lately_at_war(region), flown_from(region)
    rows: list[tuple[str, str, str, str, str | None]] = []
    for a, b in borders(region, LAND)[["state_a", "state_b"]].itertuples(index=False):
        hostile = frozenset((a, b)) in feuds
        disputed = hostile or {a, b} & warring
        at_front = {a, b} & fighting and (hostile or {a, b} <= warring)
        kind = "war-frontier" if at_front else "disputed-frontier" if disputed else "frontier"
        quiet = calm[a] and calm[b] and frozenset((a, b)) not in feuds
        grave = frozenset((a, b)) in feuds or {a, b} <= warring or {a, b} & fleeing
        if not quiet and (grave or not region.disputed_frontiers_only):
            rows.append((f"{a}-{b}", f"{names[a]} - {names[b]}", kind, f"{a}|{b}", None))
    if region.watched:
        watched = (states["polyarchy"] < WATCHED_BELOW) & ~calm
        held = elections(region)
        rows += [
            (f"elections-{s}", f"{names[s]}: elections", "elections", s, "|".join(map(str, held[s])))
            for s in names.index[watched]
            if s in held
        ]
        rows += [
            (f"human-rights-{s}", f"{names[s]}: human rights", "human-rights", s, None)
            for s in names.index[watched]
        ]
    table = pd.DataFrame(rows, columns=["id", "name", "kind", "states", "periods"])
    return table.dropna(axis="columns", how="all")


def _bond(a: str, b: str, polyarchy: pd.Series, hostile: set[frozenset[str]]) -> float:
    """How much more, or less, one of a pair heeds the other's forces than their size alone says."""
    if frozenset((a, b)) in hostile:
        return BETWEEN_RIVALS
    settled = min(polyarchy.get(a, 0.0), polyarchy.get(b, 0.0)) >= SETTLED_DEMOCRACY
    return BETWEEN_DEMOCRACIES if settled else 1.0


def influences_table(region: Region) -> pd.DataFrame:
    """Spillover and reaction between neighbours and rivals, shared by the square root of the expenditure.

    The shares of a state's neighbours sum to at most 1, less where the neighbours are fellow democracies, so
    that no row of the reactions sums to more than `REACTION` and the spectral radius stays below it.
    """
    table = members(region)
    force = table["military_expenditure_musd"].fillna(0.0)
    hostile = rivals(region)
    near = borders(region, NARROW_WATER)
    pairs = hostile | {frozenset(pair) for pair in zip(near["state_a"], near["state_b"], strict=True)}
    rows = []
    for target in table.index[force > 0]:
        sources = sorted(s for pair in pairs if target in pair for s in pair - {target} if force[s] > 0)
        bond = {s: _bond(s, target, table["polyarchy"], hostile) for s in sources}
        whole = sum(max(1.0, bond[s]) * sqrt(force[s]) for s in sources)
        for source in sources:
            share = bond[source] * sqrt(force[source]) / whole
            rows.append((source, target, round(SPILLOVER * share, 4), round(REACTION * share, 4)))
    return pd.DataFrame(rows, columns=["source", "target", "spillover", "reaction"])


def monitors_table(region: Region) -> pd.DataFrame:
    """Teams by nationality, a column each; the square root keeps the large from crowding out the small."""
    means, table = region.means, members(region)
    if means.gdp_musd > 0:
        table = table[table["gdp_musd"] >= means.gdp_musd]
    forces = table.loc[table["military_personnel"] >= means.observers_from_forces, "military_personnel"]
    people = table.loc[table["polyarchy"] >= means.civilians_from_polyarchy, "population"]
    observers = {s: ceil(sqrt(n) / means.forces_per_team) for s, n in forces.items()}
    civilians = {s: ceil(sqrt(n) / means.people_per_team) for s, n in people.items()}
    stocks = {"military-observers": observers}
    if region.watched:
        stocks |= {"election-observers": civilians, "human-rights-monitors": civilians}
    rows = [{"id": name, **{f"stock.{s}": n for s, n in stock.items()}} for name, stock in stocks.items()]
    columns = {state for stock in stocks.values() for state in stock}
    return pd.DataFrame(rows).astype({f"stock.{s}": "Int64" for s in columns})


def unsettled(region: Region) -> pd.Series:
    """Whether a member has a conflict at home, a rival in the region, or no democracy to speak of."""
    table = members(region)
    disputing = {state for pair in rivals(region) for state in pair} | theatres(FIRST_YEAR, region.year)
    return (table["polyarchy"] < 0.5) | table.index.isin(sorted(disputing))


# Columns of `states-1992` by what a programme's cost grows with.
SIZES = MappingProxyType({"population": "population", "gdp": "gdp_musd"})

# Where a programme may run; everywhere, where it is not named.
APPLIES: Mapping[str, Callable[[Region], pd.Series]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "notification-and-observation",
                "data-exchange",
                "arms-control-diplomacy",
                "non-offensive-defence",
                "joint-policy-studies",
            ),
            lambda region: members(region)["military_personnel"] > 0,
        ),
        **dict.fromkeys(
            ("mediation", "adjudication", "human-rights-promotion", "minority-rights"), unsettled
        ),
        "migration-management": with_refugees,
        "election-assistance": democratising,
        "economic-stabilisation": in_transition,
        "trade-and-cooperation": trading,
    }
)


def same_cost(programme: pd.Series, region: Region) -> float:
    """Factor that makes a programme cost the same in a state of a given size whoever else is a member.

    The catalogue's scale is that of a state of median size among those of Helsinki; a problem's scale that of
    its own median member.
    """
    size = SIZES[programme["scaling.by"]]
    states = read("states-1992")
    reference = states.loc[states["helsinki_1992"].notna(), size].median()
    return float((members(region)[size].median() / reference) ** programme["scaling.exponent"])


def programmes_table(region: Region) -> pd.DataFrame:
    """The catalogue's programmes with the states where each may run, at the region's prices."""
    catalogue = read("programmes").set_index("id").loc[list(region.programmes)]
    factors = {name: same_cost(row, region) for name, row in catalogue.iterrows()}
    catalogue["scale"] = catalogue["scale"] * pd.Series(factors)
    table = members(region)
    rows = []
    for name, programme in catalogue.iterrows():
        may_run = APPLIES[str(name)](region) if name in APPLIES else pd.Series(True, index=table.index)
        if name not in ARMS_CONTROL:
            may_run = may_run & ~needs_no_assistance(region)
        if not region.organisations:
            states = "|".join(table.index[may_run])
            rows.append(
                {"id": name, "scale": round(programme["scale"] * region.price_level, 2), "states": states}
            )
        for suffix, body in region.organisations.items():
            states = "|".join(table.index[may_run & table.index.isin(sorted(body.members))])
            if states:
                rows.append(
                    {
                        **{str(key): value for key, value in programme.dropna().items()},
                        "id": f"{name}-{suffix}",
                        "name": f"{programme['name']}: {body.title}",
                        "scale": round(programme["scale"] * body.price_level, 2),
                        "organ": suffix,
                        "states": states,
                    }
                )
    return pd.DataFrame(rows)


TABLES: Mapping[str, Callable[[Region], pd.DataFrame]] = MappingProxyType(
    {
        "states": states_table,
        "zones": zones_table,
        "relations": relations_table,
        "influences": influences_table,
        "monitors": monitors_table,
        "programmes": programmes_table,
    }
)


def tables_of(region: Region) -> dict[str, pd.DataFrame]:
    """Every table that lies beside the region's problem, by name."""
    chosen = [name for name in TABLES if name != "programmes" or region.programmes]
    return {name: TABLES[name](region) for name in chosen}


def as_text(table: pd.DataFrame) -> str:
    """A table as it is stored."""
    return table.to_csv(index=False, lineterminator="\n")
