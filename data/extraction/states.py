"""states-1992, states-1992-gaps and indicators-1987-1992."""

from __future__ import annotations

import pandas as pd

from .indicators import CZECHOSLOVAK_CODE, Indicators, Reading, by_code, by_parts, units
from .sources import Downloads, gapminder_key

DECIMALS = {
    "population": 0,
    "gdp_musd": 1,
    "gni_per_capita_usd": 0,
    "military_expenditure_musd": 3,
    "military_personnel": 0,
    "energy_consumption_ktce": 0,
    "ethnic_fractionalisation": 3,
    "polyarchy": 3,
    "external_debt_musd": 1,
}
WHOLE = [name for name, decimals in DECIMALS.items() if decimals == 0]

# The Correlates of War know no capital for a state outside their system; GeoNames does.
VATICAN_CITY = ("Vatican City", 41.9027, 12.4541)

SERIES_YEARS = range(1987, 1993)


def states_and_gaps(downloads: Downloads, roster: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per state, and one row per value that is missing, derived, of a nearby year or suspect."""
    indicators = Indicators(downloads)
    rows: list[dict[str, object]] = []
    gaps: list[dict[str, object]] = []
    for unit in units(roster):
        readings = indicators.of(unit)
        gaps += [gap(unit.id, name, reading) for name, reading in readings.items() if noted(reading)]
        gaps += suspect_gdp(unit.id, readings) + suspect_military_expenditure(unit.id, readings)
        values = {
            name: None if reading is None else round(reading.value, DECIMALS[name])
            for name, reading in readings.items()
        }
        rows.append({"id": unit.id, **values, **capital(downloads, unit.cow_code)})
    table = pd.DataFrame(rows).set_index("id").astype(dict.fromkeys(WHOLE, "Int64"))
    identity = roster[["name", "region", "cow_code", "helsinki_1992"]]
    return identity.join(table).reset_index(), pd.DataFrame(gaps).astype({"year": "Int64"})


def noted(reading: Reading | None) -> bool:
    """Whether a reading is anything but a plain value of 1992."""
    return reading is None or reading.what != ""


def gap(state: str, indicator: str, reading: Reading | None) -> dict[str, object]:
    """The row that records a gap or a substitute."""
    record = reading or Reading(0.0, None, "missing")
    return {
        "state": state,
        "indicator": indicator,
        "what": record.what,
        "year": record.year,
        "note": record.note,
    }


def suspect_gdp(state: str, readings: dict[str, Reading | None]) -> list[dict[str, object]]:
    """A published GDP whose value per head is under half or over twice GNI per head is kept but marked."""
    gdp, gni, people = (readings[name] for name in ("gdp_musd", "gni_per_capita_usd", "population"))
    if gdp is None or gni is None or people is None or gdp.what or gni.what:
        return []
    ratio = gdp.value * 1e6 / people.value / gni.value
    if 0.5 <= ratio <= 2.0:
        return []
    note = f"GDP per head is {ratio:.2f} of GNI per head (Atlas): exchange rate of the rouble zone's end"
    return [{"state": state, "indicator": "gdp_musd", "what": "suspect", "year": gdp.year, "note": note}]


def suspect_military_expenditure(state: str, readings: dict[str, Reading | None]) -> list[dict[str, object]]:
    """Military expenditure above three tenths of GDP is kept but marked: one of the two is misconverted."""
    name = "military_expenditure_musd"
    gdp, expenditure = readings["gdp_musd"], readings[name]
    if gdp is None or expenditure is None or expenditure.value <= 0.3 * gdp.value:
        return []
    note = f"{expenditure.value / gdp.value:.0%} of GDP: the two sources convert at different rates, or war"
    return [{"state": state, "indicator": name, "what": "suspect", "year": expenditure.year, "note": note}]


def capital(downloads: Downloads, code: int | None) -> dict[str, object]:
    """Name and coordinates of the capital, degrees."""
    place = VATICAN_CITY if code is None else tuple(downloads.capitals.loc[code, ["capital", "lat", "lng"]])
    name, latitude, longitude = place
    return {"capital": name, "latitude": round(float(latitude), 4), "longitude": round(float(longitude), 4)}


def yearly_indicators(downloads: Downloads, roster: pd.DataFrame) -> pd.DataFrame:
    """Real GDP and polyarchy of 1987-1992 in long form; a year without a value has no row."""
    real_gdp = downloads.gapminder("total_gdp_us_inflation_adjusted")
    rows = []
    for unit in units(roster):
        parts = [gapminder_key(part) for part in unit.parts]
        code = CZECHOSLOVAK_CODE.get(unit.cow_code or 0, unit.cow_code)
        series = {
            "gdp_constant_2015_musd": (by_parts(real_gdp, parts) * 1e-6).round(1),
            "polyarchy": by_code(downloads.polyarchy, code).round(3),
        }
        rows += [
            {"state": unit.id, "year": year, "indicator": name, "value": values.loc[year]}
            for name, values in series.items()
            for year in SERIES_YEARS
            if year in values.index
        ]
    return pd.DataFrame(rows)
