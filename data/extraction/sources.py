"""The downloads, read as published and cut to the columns that are used. One function per dataset."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

YEAR = 1992
REFERENCE_DAY = "1992-07-01"

# Gleditsch and Ward number a few states differently from the Correlates of War.
GW_TO_COW = {260: 255, 340: 345, 678: 679}

# Gapminder keys that are not the ISO code in lower case.
GAPMINDER_KEYS = {"XKX": "kos", "VAT": "hos"}


@dataclass(frozen=True)
class Downloads:
    """The folder of downloads. Every property reads one dataset; series are indexed by (unit, year)."""

    folder: Path

    def _read(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / name)

    @cached_property
    def capabilities(self) -> pd.DataFrame:
        """National Material Capabilities 7.0 by (COW code, year); blanks are kept as gaps."""
        return self._read("states/cow_nmc_1985on.csv").set_index(["ccode", "year"]).sort_index()

    @cached_property
    def population(self) -> pd.Series:
        """World Bank population by (ISO code, year), persons."""
        return self._world_bank("states/population_worldbank_1985on.csv")

    @cached_property
    def gdp(self) -> pd.Series:
        """World Bank gross domestic product by (ISO code, year), current USD."""
        return self._world_bank("states/gdp_current_usd_worldbank_1985on.csv")

    def _world_bank(self, name: str) -> pd.Series:
        table = self._read(name)
        return table.set_index(["Country Code", "Year"])["Value"].dropna().sort_index()

    def gapminder(self, indicator: str) -> pd.Series:
        """A Gapminder indicator by (key of the state, year); the key is what `gapminder_key` gives."""
        table = self._read(f"states/gapminder_{indicator}.csv")
        return table.set_index(["geo", "time"])[indicator].sort_index()

    @cached_property
    def fractionalisation(self) -> pd.Series:
        """HIEF index of ethnic fractionalisation by (COW code, year), 0 to 1."""
        table = self._read("states/hief_fractionalisation_1985on.csv").dropna(subset=["ccode", "efindex"])
        return table.astype({"ccode": int, "year": int}).set_index(["ccode", "year"])["efindex"].sort_index()

    @cached_property
    def polyarchy(self) -> pd.Series:
        """V-Dem electoral democracy index by (COW code, year), 0 to 1."""
        table = self._read("states/vdem_polyarchy_1985on.csv").dropna(subset=["cown", "v2x_polyarchy"])
        series = table.astype({"cown": int, "year": int}).set_index(["cown", "year"])["v2x_polyarchy"]
        return series[~series.index.duplicated()].sort_index()

    @cached_property
    def capitals(self) -> pd.DataFrame:
        """Capitals standing on the reference day (or next founded) by COW code."""
        table = self._read("states/cow_capitals.csv")
        alive = table[table["enddate"] >= REFERENCE_DAY].sort_values("stdate")
        return alive.drop_duplicates("ccode").set_index("ccode")

    @cached_property
    def contiguity(self) -> pd.DataFrame:
        """Spells of direct contiguity: ccode1, ccode2, conttype, stdate, enddate."""
        return self._read("states/cow_contiguity_1985on.csv")

    @cached_property
    def rivalries(self) -> pd.DataFrame:
        """Thompson and Dreyer's strategic rivalries."""
        return self._read("conflict/td_rivalries_1985on.csv")

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """UCDP/PRIO armed conflicts, one row per conflict, year and combination of supporting states."""
        return self._read("conflict/ucdp_prio_acd_1985on.csv")

    @cached_property
    def battle_deaths(self) -> pd.DataFrame:
        """Battle deaths by the state where they fell: gwcode, year, best."""
        return self._read("conflict/battle_deaths_country_year_1985_2022.csv")


def gapminder_key(iso_code: str) -> str:
    """The key under which Gapminder files a state."""
    return GAPMINDER_KEYS.get(iso_code, iso_code.lower())


def read_roster() -> pd.DataFrame:
    """The states by id: name, region, COW code, part in the Helsinki summit, and the codes of later parts."""
    roster = pd.read_csv(Path(__file__).parent / "roster.csv", keep_default_na=False, dtype=str)
    roster["cow_code"] = pd.to_numeric(roster["cow_code"]).astype("Int64")
    return roster.set_index("id")
