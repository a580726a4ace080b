"""battle-deaths-1988-1992: deaths by the state of 1992 on whose territory they fell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from .conflict import CONFLICT_YEARS, state_ids
from .sources import GW_TO_COW, Downloads

# Territories that the source numbers and the roster does not have, by the state that held them.
HELD_BY: Mapping[int, str] = MappingProxyType({609: "MAR", 699: "ISR"})

# The years in which the source books to a state what fell on territory that it has lost by mid-1992, and
# the states whose territory that was: the state itself, first, and those that left it.
YUGOSLAV = ("YUG", "BIH", "HRV", "MKD", "SVN")
SOVIET = (
    "RUS", "ARM", "AZE", "BLR", "EST", "GEO", "KAZ", "KGZ", "LTU", "LVA", "MDA", "TJK", "TKM", "UKR", "UZB",
)  # fmt: skip
BOOKED_TOGETHER: Mapping[tuple[str, int], tuple[str, ...]] = MappingProxyType(
    {
        ("ZAF", 1988): ("ZAF", "NAM"),
        ("RUS", 1990): SOVIET,
        ("RUS", 1991): SOVIET,
        ("YUG", 1991): YUGOSLAV,
        ("YUG", 1992): YUGOSLAV,
    }
)

# The battle deaths in a year that put a conflict into a class of intensity.
LEAST_DEATHS: Mapping[int, int] = MappingProxyType({1: 25, 2: 1000})


def read_displaced(tables: Path) -> pd.DataFrame:
    """The table of people driven from home, which is written by hand and lies among the tables."""
    return pd.read_csv(tables / "displaced-1990-1992.csv")


def battle_deaths(
    downloads: Downloads, roster: pd.DataFrame, conflicts: pd.DataFrame, displaced: pd.DataFrame
) -> pd.DataFrame:
    """State, year and best estimate, where it is above zero; what is booked together is apportioned."""
    ids = {**state_ids(roster), **HELD_BY}
    table = downloads.battle_deaths
    table = table[table["year"].isin(CONFLICT_YEARS) & (table["best"] > 0)]
    codes = table["gwcode"].astype(int).replace(GW_TO_COW)
    unknown = set(codes) - set(ids)
    if unknown:
        raise ValueError(f"no state of the roster has the codes {sorted(unknown)}")
    booked = table.assign(state=codes.map(ids)).groupby(["state", "year"])["best"].sum()
    parts = []
    for state, year, best in booked.reset_index().itertuples(index=False):
        successors = BOOKED_TOGETHER.get((state, year), ())
        least = least_deaths(conflicts, year, successors)
        fled = displaced[displaced["year"] == year].set_index("state")["persons"]
        shares = apportioned(int(best), least, fled) if len(least) else pd.Series({state: int(best)})
        parts += [{"state": part, "year": year, "best": deaths} for part, deaths in shares.items()]
    summed = pd.DataFrame(parts).groupby(["state", "year"])["best"].sum().reset_index()
    return summed[summed["best"] > 0].reset_index(drop=True)


def least_deaths(conflicts: pd.DataFrame, year: int, states: tuple[str, ...]) -> pd.Series:
    """By theatre among the states: the fewest deaths that the classes of a year's conflicts there allow."""
    there = conflicts[(conflicts["year"] == year) & conflicts["theatre"].isin(states)]
    there = there.drop_duplicates(["theatre", "conflict_id"])
    return there["intensity"].map(LEAST_DEATHS).groupby(there["theatre"]).sum()


def apportioned(deaths: int, least: pd.Series, fled: pd.Series) -> pd.Series:
    """First the least of each theatre, then the rest by the people who fled from it.

    By the least alone, where the deaths do not reach their sum or nobody is known to have fled.
    """
    fled = fled.reindex(least.index, fill_value=0)
    rest = deaths - least.sum()
    if rest < 0 or fled.sum() == 0:
        return (deaths * least / least.sum()).round().astype(int)
    return (least + rest * fled / fled.sum()).round().astype(int)
