"""One value per state and indicator for 1992, by a fixed order of preference, with a record of every gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .sources import YEAR, Downloads, gapminder_key

NEARBY_YEARS = 3


@dataclass(frozen=True)
class Reading:
    """A value and where it comes from; `what` is empty for a plain value of 1992."""

    value: float
    year: int | None = YEAR
    what: str = ""
    note: str = ""


@dataclass(frozen=True)
class Unit:
    """A state as the datasets know it: our id, its COW code, and the ISO codes of its (later) parts."""

    id: str
    cow_code: int | None
    parts: tuple[str, ...]


def units(roster: pd.DataFrame) -> Iterator[Unit]:
    """The states of the roster with their keys in the datasets."""
    for state, row in roster.iterrows():
        code = None if pd.isna(row["cow_code"]) else int(row["cow_code"])
        yield Unit(str(state), code, tuple(row["parts"].split("|")) if row["parts"] else (str(state),))


def by_parts(series: pd.Series, keys: Iterable[str]) -> pd.Series:
    """The yearly sum over the parts of a state, in the years in which every part has a value."""
    table = pd.concat([by_code(series, key) for key in keys], axis=1)
    return table.dropna().sum(axis=1)


def by_code(series: pd.Series, code: int | str | None) -> pd.Series:
    """The yearly values of the state with this code."""
    if code is None or code not in series.index.get_level_values(0):
        return pd.Series(dtype=float)
    return series.xs(code, level=0).dropna()


def in_year(series: pd.Series, scale: float = 1.0) -> Reading | None:
    """The value of 1992 itself."""
    return Reading(float(series.loc[YEAR]) * scale) if YEAR in series.index else None


def nearby(series: pd.Series, scale: float = 1.0, note: str = "") -> Reading | None:
    """The value of the nearest year within three, the earlier one of two equally near."""
    near = sorted((abs(year - YEAR), year) for year in series.index if abs(year - YEAR) <= NEARBY_YEARS)
    if not near:
        return None
    year = int(near[0][1])
    return Reading(float(series.loc[year]) * scale, year, "nearby-year", note)


def product(first: Reading | None, second: Reading | None, scale: float, note: str) -> Reading | None:
    """Two values of 1992 multiplied, as a derived value."""
    if first is None or second is None:
        return None
    return Reading(first.value * second.value * scale, YEAR, "derived", note)


class Indicators:
    """The readings of one state after another, each indicator by its order of preference."""

    def __init__(self, downloads: Downloads) -> None:
        self.downloads = downloads
        self.atlas = downloads.gapminder("gnipercapita_atlasmethod_current_us")
        self.real_gdp = downloads.gapminder("total_gdp_us_inflation_adjusted")
        self.debt = downloads.gapminder("external_debt_total_us_not_inflation_adjusted")
        self.military_share = downloads.gapminder("military_expenditure_percent_of_gdp")
        self.editorial = pd.read_csv(Path(__file__).parent / "editorial.csv", keep_default_na=False)

    def of(self, unit: Unit) -> dict[str, Reading | None]:
        """Every indicator of a state; None is a gap."""
        population = self.population(unit)
        gdp = self.gdp(unit, population)
        readings = {
            "population": population,
            "gdp_musd": gdp,
            "gni_per_capita_usd": self.gni_per_capita(unit),
            "military_expenditure_musd": self.military_expenditure(unit, gdp),
            "military_personnel": self.capability(unit, "milper", 1000.0),
            "energy_consumption_ktce": self.capability(unit, "pec", 1.0),
            "ethnic_fractionalisation": self.by_year(self.downloads.fractionalisation, unit),
            "polyarchy": self.by_year(self.downloads.polyarchy, unit, CZECHOSLOVAK_CODE),
            "external_debt_musd": in_year(by_parts(self.debt, map(gapminder_key, unit.parts)), 1e-6),
        }
        return readings | self.edited(unit)

    def edited(self, unit: Unit) -> dict[str, Reading | None]:
        """The few values that no dataset holds and that are set by hand, each with its reason."""
        rows = self.editorial[self.editorial["state"] == unit.id]
        return {
            row["indicator"]: Reading(
                float(row["value"]), int(row["year"]) if row["year"] else None, "derived", row["note"]
            )
            for row in rows.to_dict("records")
        }

    def population(self, unit: Unit) -> Reading | None:
        """World Bank; else the total population of National Material Capabilities."""
        capability = self.capability(unit, "tpop", 1000.0)
        other = capability and Reading(
            capability.value, capability.year, "derived", "National Material Capabilities, total population"
        )
        return in_year(by_parts(self.downloads.population, unit.parts)) or other

    def gdp(self, unit: Unit, population: Reading | None) -> Reading | None:
        """World Bank; else GNI per head times population; else a nearby year, if need be of the main part."""
        series = by_parts(self.downloads.gdp, unit.parts)
        gni = in_year(by_code(self.atlas, gapminder_key(unit.id)))
        main_part = by_code(self.downloads.gdp, unit.parts[0])
        return (
            in_year(series, 1e-6)
            or product(gni, population, 1e-6, "GNI per head (Atlas) times population")
            or nearby(series, 1e-6)
            or nearby(main_part, 1e-6, f"{unit.parts[0]} only, without {', '.join(unit.parts[1:])}")
        )

    def gni_per_capita(self, unit: Unit) -> Reading | None:
        """Atlas method; of a federation that broke up, the parts weighted by population."""
        if len(unit.parts) == 1:
            series = by_code(self.atlas, gapminder_key(unit.id))
            return in_year(series) or nearby(series)
        try:
            values = [self.atlas.loc[(gapminder_key(part), YEAR)] for part in unit.parts]
            weights = [self.downloads.population.loc[(part, YEAR)] for part in unit.parts]
        except KeyError:
            return None
        total = sum(value * weight for value, weight in zip(values, weights, strict=True))
        return Reading(total / sum(weights), YEAR, "derived", "parts weighted by population")

    def military_expenditure(self, unit: Unit, gdp: Reading | None) -> Reading | None:
        """National Material Capabilities; else share of GDP times GDP of 1992; else a nearby year."""
        series = by_code(self.downloads.capabilities["milex"], unit.cow_code)
        share = in_year(by_parts(self.military_share, map(gapminder_key, unit.parts)))
        return (
            in_year(series, 1e-3)
            or product(share, gdp, 1e-2, "military expenditure in per cent of GDP times GDP")
            or nearby(series, 1e-3)
        )

    def capability(self, unit: Unit, column: str, scale: float) -> Reading | None:
        """National Material Capabilities of 1992, else of a nearby year."""
        series = by_code(self.downloads.capabilities[column], unit.cow_code)
        return in_year(series, scale) or nearby(series, scale)

    def by_year(self, series: pd.Series, unit: Unit, aliases: dict[int, int] | None = None) -> Reading | None:
        """An index of 1992, else of a nearby year; `aliases` name the code of the continuing state."""
        code = unit.cow_code if unit.cow_code is None else (aliases or {}).get(unit.cow_code, unit.cow_code)
        values = by_code(series, code)
        return in_year(values) or nearby(values)


# V-Dem continues Czechoslovakia, code 315, under the Czech Republic, code 316.
CZECHOSLOVAK_CODE = {315: 316}
