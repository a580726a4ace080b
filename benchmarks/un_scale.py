"""The scale of assessments by capacity to pay against the published one of the United Nations.

    python -m benchmarks.un_scale DATA_FOLDER [--year 2021] [--income gni|gdp] [--out figures.csv]

DATA_FOLDER holds `states/` and `burden/` with the downloaded tables that docs/scales.md names; they are not
part of Concord. Prints correlation, mean absolute and half-L1 error and the largest misses in points;
`--out` writes the figures as `concord scale un --data` takes them.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import pandas as pd

from concord.models.assessment import Assessment, CapacityToPay, EconomicRecord, assess

GNI, DEBT = "gnipercapita_atlasmethod_current_us", "external_debt_total_us_not_inflation_adjusted"
# How the published scale calls a state, where the entity table has another name.
NAMES = {
    "Bahamas": "bhs", "Bolivia": "bol", "Brunei Darussalam": "brn", "Cabo Verde": "cpv", "Congo": "cog",
    "Cote d'Ivoire": "civ", "Czech Republic": "cze", "Democratic People's Republic of Korea": "prk",
    "Democratic Republic of the Congo": "cod", "Eswatini": "swz", "Gambia": "gmb",
    "Iran (Islamic Republic of)": "irn", "Kyrgyzstan": "kgz", "Lao People's Democratic Republic": "lao",
    "Micronesia (Federated States of)": "fsm", "Republic of Korea": "kor", "Republic of Moldova": "mda",
    "Russian Federation": "rus", "Saint Kitts and Nevis": "kna", "Saint Lucia": "lca",
    "Saint Vincent and the Grenadines": "vct", "Slovakia": "svk", "Syrian Arab Republic": "syr",
    "United Kingdom of Great Britain and Northern Ireland": "gbr", "United Republic of Tanzania": "tza",
    "United States of America": "usa", "Venezuela (Bolivarian republic of)": "ven", "Viet Nam": "vnm",
    "North Macedonia": "mkd", "Micronesia": "fsm", "Türkiye": "tur", "United Arab Emirates": "are",
}  # fmt: skip
# Territories whose figures the published scale counts in with the state's.
PARTS = {"chn": ("hkg", "mac")}
NEAREST = 6
"""A year without a figure takes that of the nearest year, at most so many years away."""


def main() -> None:
    """Compute, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--year", default="2021", help="last year of the published scale")
    parser.add_argument("--income", choices=("gni", "gdp"), default="gni")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    last = int(given.year) - 5
    published = published_scale(given.folder, given.year)
    figures = yearly_figures(given.folder, list(published.index), range(last - 5, last + 1), given.income)
    if given.out:
        figures.to_csv(given.out, index=False)
    lacking = sorted(set(published.index) - set(figures["state"]))
    scale = assess(records(figures), CapacityToPay(last_year=last))
    report(scale, published, lacking)


def published_scale(folder: Path, year: str) -> pd.Series:
    """Published rates in per cent by state code."""
    table = pd.read_csv(folder / "burden" / "un_scale_of_assessments_1946_2021.csv")
    rates = pd.to_numeric(table[year], errors="coerce")
    entities = pd.read_csv(folder / "states" / "gapminder_entities_country.csv")
    codes = dict(zip(entities["name"], entities["country"], strict=True)) | NAMES
    plain = table["Member State"].map(lambda name: re.sub(r" \((formerly|f/).*| f/$", "", name).strip())
    unknown = sorted(set(plain[rates.notna()]) - set(codes))
    if unknown:
        raise SystemExit(f"no code for {unknown}")
    return pd.Series(rates.to_numpy(), index=plain.map(codes)).dropna()


def yearly_figures(folder: Path, states: list[str], years: range, income: str) -> pd.DataFrame:
    """Population, income and debt of `states`, as far as the tables have them."""
    source = folder / "states"
    entities = pd.read_csv(source / "gapminder_entities_country.csv").set_index("country")
    population = world_bank(source / "population_worldbank_1985on.csv", years)
    product = world_bank(source / "gdp_current_usd_worldbank_1985on.csv", years) / 1e6
    gni = gapminder(source, GNI, years) * population / 1e6
    earned = gni.combine_first(product) if income == "gni" else product.combine_first(gni)
    debt = gapminder(source, DEBT, years) / 1e6
    for state, parts in PARTS.items():
        for table in (population, earned):
            table.loc[state] = table.loc[[state, *parts]].sum()
    rows = [
        {
            "state": state, "year": year, "population": population.loc[state, year],
            "gni": earned.loc[state, year],
            "external_debt": debt.loc[state, year] if state in debt.index else np.nan,
            "least_developed": entities.loc[state, "un_sdg_ldc"] == "un_least_developed",
        }
        for state in states
        if state in population.index and state in earned.index and earned.loc[state].notna().all()
        for year in years
    ]  # fmt: skip
    return pd.DataFrame(rows)


def world_bank(path: Path, years: range) -> pd.DataFrame:
    """A table by state code and year."""
    table = pd.read_csv(path)
    wide = table.assign(state=table["Country Code"].str.lower()).pivot_table("Value", "state", "Year")
    return filled(wide, years)


def gapminder(source: Path, indicator: str, years: range) -> pd.DataFrame:
    """An indicator by state code and year."""
    table = pd.read_csv(source / f"gapminder_{indicator}.csv")
    return filled(table.pivot_table(indicator, "geo", "time"), years)


def filled(wide: pd.DataFrame, years: range) -> pd.DataFrame:
    """The years, gaps filled from the nearest years."""
    every = wide.reindex(columns=range(years[0] - NEAREST, years[-1] + NEAREST + 1))
    return every.ffill(axis=1, limit=NEAREST).bfill(axis=1, limit=NEAREST)[list(years)]


def records(figures: pd.DataFrame) -> list[EconomicRecord]:
    """What the methodology takes."""
    return [
        EconomicRecord(
            id=str(state),
            income=dict(zip(rows["year"], rows["gni"], strict=True)),
            population=dict(zip(rows["year"], rows["population"].astype(float), strict=True)),
            debt=dict(zip(rows["year"], rows["external_debt"].fillna(0.0), strict=True)),
            least_developed=bool(rows["least_developed"].iloc[-1]),
        )
        for state, rows in figures.groupby("state", sort=False)
    ]


def report(scale: Assessment, published: pd.Series, lacking: list[str]) -> None:
    """How near the scale is, and where it is not."""
    ours = 100 * pd.Series(scale.shares)
    both = pd.DataFrame({"scale": ours, "published": published}).fillna({"scale": 0.0})
    both["miss"] = both["scale"] - both["published"]
    correlation = both["scale"].corr(both["published"])
    others = both.drop(index="usa")
    without = others["scale"].corr(others["published"])
    size = both["miss"].abs()
    ratio = pd.Series(np.log((both["scale"] / both["published"]).where(both["scale"] > 0)))
    periods = [f"{s.years[0]}-{s.years[-1]}: {s.threshold:,.0f} USD" for s in scale.machine_scales]
    print(f"{len(ours)} of {len(published)} members; without figures: {' '.join(lacking) or 'none'}")
    print(f"thresholds {'; '.join(periods)}")
    print(f"correlation {correlation:.5f}, without the United States {without:.5f}")
    print(f"mean absolute error {size.mean():.4f} points; half the sum of errors {size.sum() / 2:.3f} points")
    print(f"median relative error {np.expm1(ratio.abs().median()):.1%}")
    print(both.reindex(size.sort_values(ascending=False).index).head(15).round(3).to_string())


if __name__ == "__main__":
    main()
