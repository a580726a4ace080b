"""Capacity and threat indices of 1992, derived from the raw tables by one documented formula each.

Every index is a pure number above zero. A capacity is (x / median over all states)^(1/4): 1 is the median
state. A threat is the square root of an exposure, divided by one number for all kinds and states: the median
state faces a total of 1. A missing value is the median of its region; the indices that rest on it are named.

Conventions: a *vector* is a series by state; a *matrix* has a row for the state affected and a column for the
state it is affected by. Money is in million USD of 1992, energy in thousand tonnes of coal equivalent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

YEAR = 1992
CAPACITIES = (
    "economic-output",
    "growth-productivity",
    "military-prowess",
    "readiness",
    "projection",
    "social-cohesion",
    "political-legitimacy",
)
THREATS = ("military-external", "military-internal", "political", "economic", "transnational")

# How far a neighbour reaches, by type of contiguity: land, then up to 12, 24, 150, 400 miles of water.
REACH: Mapping[int, float] = MappingProxyType({1: 1.0, 2: 0.8, 3: 0.6, 4: 0.4, 5: 0.2})
# Rivals and belligerents without a common border reach each other like the farthest neighbours.
DISTANT_REACH = 0.2
RIVAL_HOSTILITY = 3.0
BELLIGERENT_HOSTILITY = 6.0
# A conflict of this year, by class, in a state of median size: how many die and flee counts by itself.
CONFLICT_WEIGHT: Mapping[int, float] = MappingProxyType({1: 1.0, 2: 4.0})
# Battle deaths of a year weigh half of what they weigh a year later, and nothing after three years.
YEARLY_FADING = 0.5
YEARS_OF_DEATHS = 3
# What battle deaths, and people driven from home, weigh at most; and the share of the population at which
# they weigh half of it: three deaths in ten thousand a year, one person in ten.
DEATHS_WEIGHT = 20.0
HALF_DEATHS = 3e-4
DISPLACED_WEIGHT = 20.0
HALF_DISPLACED = 0.1
# The worst of wars across a land border weighs like a minor conflict at home.
SPILLOVER = 1.0 / 40.0
SWING_WEIGHT = 2.0
# The exposure of a state exposed to nothing.
BASE_EXPOSURE = 0.02

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "states-1992": (
            "id",
            "region",
            "population",
            "gdp_musd",
            "military_expenditure_musd",
            "military_personnel",
            "energy_consumption_ktce",
            "ethnic_fractionalisation",
            "polyarchy",
        ),
        "contiguity-1992": ("state_a", "state_b", "type"),
        "rivalries-1992": ("state_a", "state_b"),
        "conflicts-1988-1992": ("state", "year", "conflict_id", "intensity", "role", "theatre"),
        "battle-deaths-1988-1992": ("state", "year", "best"),
        "displaced-1990-1992": ("state", "year", "persons"),
        "indicators-1987-1992": ("state", "year", "indicator", "value"),
    }
)

# The raw values on which each index rests.
_RESTS_ON: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "economic-output": ("gdp_musd",),
        "growth-productivity": ("gdp_musd",),
        "military-prowess": ("military_expenditure_musd",),
        "readiness": ("military_expenditure_musd", "military_personnel"),
        "projection": ("energy_consumption_ktce",),
        "social-cohesion": ("ethnic_fractionalisation",),
        "political-legitimacy": ("polyarchy",),
        "military-external": ("military_expenditure_musd", "polyarchy"),
        "political": ("polyarchy", "swing"),
        "economic": ("contraction",),
    }
)

# Quantities that grow with a state: the median of the region is taken per head.
_EXTENSIVE = ("gdp_musd", "military_expenditure_musd", "military_personnel", "energy_consumption_ktce")
_INTENSIVE = ("ethnic_fractionalisation", "polyarchy", "swing", "contraction")


@dataclass(frozen=True)
class Tables:
    """The raw tables: `states` by id, the others as in the files."""

    states: pd.DataFrame
    contiguity: pd.DataFrame
    rivalries: pd.DataFrame
    conflicts: pd.DataFrame
    indicators: pd.DataFrame
    deaths: pd.DataFrame
    displaced: pd.DataFrame


def read_tables(folder: Path) -> Tables:
    """Read the raw tables from a folder.

    Raises FileNotFoundError for a table that is not there, ValueError for one that lacks a column, names a
    state that `states-1992` does not have, or leaves a population blank.
    """
    read = {name: _read_table(folder, name, columns) for name, columns in _COLUMNS.items()}
    states = read["states-1992"].set_index("id").sort_index()
    if not states.index.is_unique:
        raise ValueError(f"states-1992: ids used twice: {sorted(states.index[states.index.duplicated()])}")
    if states["population"].isna().any():
        raise ValueError(
            f"states-1992: no population for {sorted(states.index[states['population'].isna()])}"
        )
    for name, table in read.items():
        for column in {"state", "state_a", "state_b", "theatre"} & set(_COLUMNS[name]):
            unknown = set(table[column].dropna()) - set(states.index)
            if unknown:
                raise ValueError(f"{name}: no such state in column {column}: {sorted(unknown)}")
    return Tables(
        states=states,
        contiguity=read["contiguity-1992"],
        rivalries=read["rivalries-1992"],
        conflicts=read["conflicts-1988-1992"],
        indicators=read["indicators-1987-1992"],
        deaths=read["battle-deaths-1988-1992"],
        displaced=read["displaced-1990-1992"],
    )


def _read_table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    table = pd.read_csv(folder / f"{name}.csv", encoding="utf-8")
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        raise ValueError(f"{name}: the table lacks the columns {lacking}")
    return table


def derive_indices(tables_folder: Path) -> pd.DataFrame:
    """The seven capacities and five threats of every state, rounded to four decimals.

    One row per state in the order of the ids: `id`, the columns of `CAPACITIES`, those of `THREATS`, and
    `imputed`, the names of the indices that rest on a missing value, joined by `|`. Raises what `read_tables`
    raises.
    """
    return indices_from(read_tables(tables_folder))


def indices_from(tables: Tables, year: int = YEAR) -> pd.DataFrame:
    """What `derive_indices` derives, from tables that have been read, with the conflicts of a year.

    Conflicts, battle deaths and displaced people are those of the year, from 1990 on; all else is of 1992.
    """
    values, missing = filled_values(tables)
    reach, hostility = reach_matrix(tables, year), hostility_matrix(tables, year)
    pressure = military_pressure(values["military_expenditure_musd"], values["polyarchy"], reach, hostility)
    size = relative_size(values["population"])
    burden = conflict_burden(tables, size, year)
    exposures = pd.DataFrame(
        {
            "military-external": pressure.sum(axis="columns"),
            "military-internal": burden,
            "political": political_exposure(values["polyarchy"], values["swing"]),
            "economic": values["contraction"],
            "transnational": transnational_exposure(burden, reach, size),
        }
    )
    indices = capacities(values, missing).join(threats(exposures))[[*CAPACITIES, *THREATS]].round(4)
    indices["imputed"] = _imputed_names(missing, pressure)
    return indices.reset_index()


# ------------------------------------------------------------------------------------------------ capacities


def capacities(values: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    """The seven capacities from the filled values; medians are over the states with a value of their own."""
    gdp, gdp_known = values["gdp_musd"], ~missing["gdp_musd"]
    expenditure, expenditure_known = (
        values["military_expenditure_musd"],
        ~missing["military_expenditure_musd"],
    )
    both_known = expenditure_known & ~missing["military_personnel"]
    per_soldier = expenditure_per_soldier(expenditure, values["military_personnel"])
    cohesion = 1.0 - values["ethnic_fractionalisation"]
    return pd.DataFrame(
        {
            "economic-output": quarter_root(gdp, gdp_known),
            "growth-productivity": quarter_root(gdp / values["population"], gdp_known),
            "military-prowess": quarter_root(expenditure, expenditure_known),
            "readiness": quarter_root(per_soldier, both_known),
            "projection": quarter_root(
                values["energy_consumption_ktce"], ~missing["energy_consumption_ktce"]
            ),
            "social-cohesion": quarter_root(cohesion, ~missing["ethnic_fractionalisation"]),
            "political-legitimacy": quarter_root(values["polyarchy"], ~missing["polyarchy"]),
        }
    )


def quarter_root(values: pd.Series, known: pd.Series) -> pd.Series:
    """(x / median of the known x)^(1/4); an x of zero counts as a tenth of the smallest positive x.

    So a state without armed forces has a low military index instead of none.
    """
    floor = values[values > 0].min() / 10.0
    return (values.clip(lower=floor) / values[known].median()) ** 0.25


def expenditure_per_soldier(expenditure: pd.Series, personnel: pd.Series) -> pd.Series:
    """Military expenditure per soldier, million USD; zero where there are no soldiers."""
    return (expenditure / personnel.where(personnel > 0)).fillna(0.0)


# --------------------------------------------------------------------------------------------------- threats


def threats(exposures: pd.DataFrame) -> pd.DataFrame:
    """sqrt(exposure + base) / N, where N makes the median over the states of the sum over the kinds 1."""
    compressed = (exposures + BASE_EXPOSURE) ** 0.5
    return compressed / compressed.sum(axis="columns").median()


def military_pressure(
    expenditure: pd.Series, polyarchy: pd.Series, reach: pd.DataFrame, hostility: pd.DataFrame
) -> pd.DataFrame:
    """Matrix of reach * hostility * (1 - min(D_i, D_j)) * M_j / (M_i + M_j): what i must fear from j.

    M is military expenditure. The less democratic state of a pair decides how much force counts between them,
    the weak-link form of the democratic peace. The row sums are the exposure to military-external threat.
    """
    own, other = expenditure.to_numpy()[:, None], expenditure.to_numpy()[None, :]
    total = own + other
    share = np.divide(other, total, out=np.zeros_like(total), where=total > 0)
    wariness = 1.0 - np.minimum.outer(polyarchy.to_numpy(), polyarchy.to_numpy())
    return reach * hostility * pd.DataFrame(wariness * share, index=reach.index, columns=reach.columns)


def transnational_exposure(burden: pd.Series, reach: pd.DataFrame, size: pd.Series) -> pd.Series:
    """Spillover of the conflict burdens of all neighbours, each by its reach, over the size of the state."""
    return SPILLOVER * (reach @ burden) / size


def political_exposure(polyarchy: pd.Series, swing: pd.Series) -> pd.Series:
    """1 - polyarchy, plus twice the mean yearly change of polyarchy: low legitimacy, or an unsettled one."""
    return (1.0 - polyarchy) + SWING_WEIGHT * swing


def conflict_burden(tables: Tables, size: pd.Series, year: int = YEAR) -> pd.Series:
    """Vector: class of the year's conflicts, battle deaths, displaced people; the military-internal exposure.

    The class is divided by the size of the state: the same fighting shakes a larger state less.
    """
    population = tables.states["population"]
    deaths = saturating(fading_deaths(tables, year) / population, HALF_DEATHS)
    displaced = saturating(displaced_people(tables, year) / population, HALF_DISPLACED)
    return conflict_class(tables, year) / size + DEATHS_WEIGHT * deaths + DISPLACED_WEIGHT * displaced


def conflict_class(tables: Tables, year: int = YEAR) -> pd.Series:
    """Vector: the weight of the gravest conflict fought on a state's territory in the year."""
    fought = tables.conflicts[tables.conflicts["year"] == year].dropna(subset=["theatre"])
    weight = fought["intensity"].map(CONFLICT_WEIGHT).groupby(fought["theatre"]).max()
    return weight.reindex(tables.states.index, fill_value=0.0)


def fading_deaths(tables: Tables, year: int = YEAR) -> pd.Series:
    """Vector: mean of the battle deaths of three years, each year weighing half of the next."""
    weights = {year - age: YEARLY_FADING**age for age in range(YEARS_OF_DEATHS)}
    recent = tables.deaths[tables.deaths["year"].isin(list(weights))]
    weighted = recent["best"] * recent["year"].map(weights) / sum(weights.values())
    return weighted.groupby(recent["state"]).sum().reindex(tables.states.index, fill_value=0.0)


def displaced_people(tables: Tables, year: int = YEAR) -> pd.Series:
    """Vector: refugees abroad and people displaced at home at the end of a year; none where none is known."""
    rows = tables.displaced[tables.displaced["year"] == year]
    return rows.groupby("state")["persons"].sum().reindex(tables.states.index, fill_value=0.0).astype(float)


def saturating(share: pd.Series, half: float) -> pd.Series:
    """x / (x + half): near x / half for a small x, one half at `half`, never above 1."""
    return share / (share + half)


def relative_size(population: pd.Series) -> pd.Series:
    """Square root of population over its median."""
    return (population / population.median()) ** 0.5


def reach_matrix(tables: Tables, year: int = YEAR) -> pd.DataFrame:
    """Symmetric matrix: `REACH` between contiguous states, `DISTANT_REACH` between far rivals, else zero."""
    reach = _zeros(tables.states.index)
    borders = tables.contiguity
    for a, b, kind in zip(borders["state_a"], borders["state_b"], borders["type"], strict=True):
        reach.loc[a, b] = reach.loc[b, a] = REACH[int(kind)]
    contiguous = _ordered(zip(borders["state_a"], borders["state_b"], strict=True))
    for a, b in (_rivals(tables) | _belligerents(tables, year)) - contiguous:
        reach.loc[a, b] = reach.loc[b, a] = DISTANT_REACH
    return reach


def hostility_matrix(tables: Tables, year: int = YEAR) -> pd.DataFrame:
    """Symmetric matrix: 1, raised to 3 between rivals, to 6 between states on opposite sides of a war now."""
    hostility = _zeros(tables.states.index) + 1.0
    enemies = _belligerents(tables, year)
    for pairs, factor in ((_rivals(tables), RIVAL_HOSTILITY), (enemies, BELLIGERENT_HOSTILITY)):
        for a, b in pairs:
            hostility.loc[a, b] = hostility.loc[b, a] = factor
    return hostility


def _zeros(ids: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(0.0, index=ids, columns=ids)


def _rivals(tables: Tables) -> set[tuple[str, str]]:
    return _ordered(zip(tables.rivalries["state_a"], tables.rivalries["state_b"], strict=True))


def _belligerents(tables: Tables, year: int) -> set[tuple[str, str]]:
    now = tables.conflicts[tables.conflicts["year"] == year]
    first = now[now["role"].str.endswith("side-a")]
    second = now[now["role"].str.endswith("side-b")]
    opposed = first.merge(second, on="conflict_id")
    return _ordered(zip(opposed["state_x"], opposed["state_y"], strict=True))


def _ordered(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(min(a, b), max(a, b)) for a, b in pairs if a != b}


# -------------------------------------------------------------------------------------------- missing values


def filled_values(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The raw values of every state without gaps, and a mask of those that were filled.

    A quantity that grows with the state is filled with the median per head of its region times its
    population, an index or rate with the median of its region; the world stands in for a region without any
    value. To the columns of the states table come `swing`, the mean absolute yearly change of polyarchy over
    1987-1992, and `contraction`, the shortfall of real GDP in 1992 from its highest value since 1987.
    """
    states = tables.states
    raw = states[[name for name in _COLUMNS["states-1992"] if name not in ("id", "region")]].astype(float)
    raw = raw.assign(swing=mean_yearly_swing(tables), contraction=contraction(tables))
    values = raw.copy()
    for name in _EXTENSIVE:
        values[name] = fill_from_region(raw[name] / raw["population"], states["region"]) * raw["population"]
        values[name] = raw[name].fillna(values[name])
    for name in _INTENSIVE:
        values[name] = fill_from_region(raw[name], states["region"])
    return values, raw.isna()


def fill_from_region(values: pd.Series, region: pd.Series) -> pd.Series:
    """Fill the gaps with the median of the region, or of all states where the region has no value at all."""
    return values.fillna(values.groupby(region).transform("median")).fillna(values.median())


def mean_yearly_swing(tables: Tables) -> pd.Series:
    """Mean absolute change of polyarchy from year to year; a gap for a state with no two years in a row."""
    return _by_year(tables, "polyarchy").diff(axis="columns").abs().mean(axis="columns")


def contraction(tables: Tables) -> pd.Series:
    """1 - real GDP of 1992 / its highest value since 1987; a gap without 1992 or any earlier year."""
    real_gdp = _by_year(tables, "gdp_constant_2015_musd")
    shortfall = 1.0 - real_gdp[YEAR] / real_gdp.max(axis="columns")
    return shortfall.where(real_gdp.notna().sum(axis="columns") > 1)


def _by_year(tables: Tables, indicator: str) -> pd.DataFrame:
    rows = tables.indicators[tables.indicators["indicator"] == indicator]
    wide = rows.pivot_table(index="state", columns="year", values="value")
    return wide.reindex(index=tables.states.index, columns=range(YEAR - 5, YEAR + 1))


def _imputed_names(missing: pd.DataFrame, pressure: pd.DataFrame) -> pd.Series:
    """The indices that rest on a missing value of the state itself, or of a neighbour that weighs on it."""
    flags = pd.DataFrame(
        {
            index: missing[list(_RESTS_ON.get(index, ()))].any(axis="columns")
            for index in (*CAPACITIES, *THREATS)
        }
    )
    uncertain = flags["military-external"]
    flags["military-external"] = uncertain | (pressure.loc[:, uncertain] > 0).any(axis="columns")
    return flags.apply(lambda row: "|".join(flags.columns[row]), axis="columns")
