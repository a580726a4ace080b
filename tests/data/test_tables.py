"""The bundled tables are well-formed, plausible, and agree with one another."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from concord.baseline import CAPACITIES, THREATS

TABLES = Path(__file__).parents[2] / "data" / "tables"
TABLE_NAMES = sorted(path.stem for path in TABLES.glob("*.csv"))

# The 52 states of the Helsinki summit of 9-10 July 1992.
HELSINKI = frozenset(
    """ALB ARM AUT AZE BEL BGR BIH BLR CAN CHE CSK CYP DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN IRL ISL ITA
    KAZ KGZ LIE LTU LUX LVA MCO MDA MLT NLD NOR POL PRT ROU RUS SMR SVN SWE TJK TKM TUR UKR USA UZB VAT
    YUG""".split()  # noqa: SIM905
)
LAND_BORDERS = [
    ("BIH", "HRV"),
    ("BIH", "YUG"),
    ("HRV", "YUG"),
    ("GEO", "RUS"),
    ("ARM", "AZE"),
    ("CHE", "LIE"),
    ("AUT", "LIE"),
    ("ITA", "SMR"),
    ("FRA", "MCO"),
    ("ITA", "VAT"),
    ("CSK", "UKR"),
    ("CSK", "DEU"),
    ("MDA", "ROU"),
    ("MDA", "UKR"),
    ("EST", "RUS"),
    ("LVA", "RUS"),
    ("LTU", "RUS"),
    ("POL", "RUS"),
    ("KGZ", "TJK"),
    ("TJK", "UZB"),
    ("GRC", "TUR"),
    ("GRC", "MKD"),
    ("MKD", "YUG"),
    ("ALB", "YUG"),
]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(TABLES / f"{name}.csv", keep_default_na=False, na_values=[""])


@pytest.fixture(scope="module")
def states() -> pd.DataFrame:
    return read("states-1992").set_index("id")


@pytest.fixture(scope="module")
def contiguity() -> pd.DataFrame:
    return read("contiguity-1992")


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_a_table_is_utf8_with_unix_line_ends_and_no_blank_or_doubled_row(name: str) -> None:
    text = (TABLES / f"{name}.csv").read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    assert "\n\n" not in text
    assert not read(name).duplicated().any()


@pytest.mark.parametrize("name", ["states-1992", "indices-1992", "cities"])
def test_ids_are_unique(name: str) -> None:
    assert read(name)["id"].is_unique


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("contiguity-1992", ["state_a", "state_b"]),
        ("rivalries-1992", ["state_a", "state_b"]),
        ("conflicts-1988-1992", ["state", "theatre"]),
        ("indicators-1987-1992", ["state"]),
        ("battle-deaths-1988-1992", ["state"]),
        ("displaced-1990-1992", ["state"]),
        ("states-1992-gaps", ["state"]),
        ("cities", ["country"]),
        ("indices-1992", ["id"]),
    ],
)
def test_every_state_named_has_a_row(states: pd.DataFrame, name: str, columns: list[str]) -> None:
    for column in columns:
        assert set(read(name)[column].dropna()) <= set(states.index)


def test_the_52_states_of_the_helsinki_summit_are_marked(states: pd.DataFrame) -> None:
    assert set(states.index[states["helsinki_1992"].notna()]) == HELSINKI
    assert states.index[states["helsinki_1992"] == "suspended"].tolist() == ["YUG"]


def test_every_member_of_the_state_system_has_a_code_of_its_own(states: pd.DataFrame) -> None:
    assert len(states) == 184
    assert states.index[states["cow_code"].isna()].tolist() == ["VAT"]
    assert states["cow_code"].dropna().is_unique


@pytest.mark.parametrize(
    ("state", "column", "low", "high"),
    [
        ("DEU", "population", 80e6, 81e6),
        ("CSK", "population", 15.4e6, 15.8e6),
        ("YUG", "population", 10.0e6, 10.7e6),
        ("VAT", "population", 500, 1500),
        ("USA", "gdp_musd", 6.4e6, 6.6e6),
        ("RUS", "gdp_musd", 4.0e5, 5.0e5),
        ("CHE", "gni_per_capita_usd", 3.5e4, 4.5e4),
        ("USA", "military_expenditure_musd", 2.6e5, 3.1e5),
        ("USA", "military_personnel", 1.8e6, 2.0e6),
        ("RUS", "energy_consumption_ktce", 1.0e6, 1.6e6),
        ("POL", "ethnic_fractionalisation", 0.0, 0.1),
        ("SWE", "polyarchy", 0.85, 0.95),
        ("TUR", "external_debt_musd", 5.0e4, 6.5e4),
    ],
)
def test_a_known_figure_has_its_unit(
    states: pd.DataFrame, state: str, column: str, low: float, high: float
) -> None:
    assert low <= states.loc[state, column] <= high


def test_quantities_are_not_negative_and_shares_within_one(states: pd.DataFrame) -> None:
    quantities = states.loc[:, "population":"external_debt_musd"]
    assert (quantities.min() >= 0).all()
    assert states[["ethnic_fractionalisation", "polyarchy"]].max().max() <= 1
    assert (states["population"] > 0).all()


@pytest.mark.parametrize("name", ["states-1992", "cities"])
def test_coordinates_are_degrees(name: str) -> None:
    table = read(name)
    assert table["latitude"].between(-90, 90).all()
    assert table["longitude"].between(-180, 180).all()


def test_capitals_stand_where_they_stood_in_1992(states: pd.DataFrame) -> None:
    capitals = states["capital"]
    assert capitals["KAZ"] in {"Almaty", "Alma-Ata"}
    assert capitals["CSK"] == "Prague"
    assert states.loc["BIH", ["latitude", "longitude"]].tolist() == pytest.approx([43.85, 18.39], abs=0.1)


def test_every_empty_cell_and_no_other_is_recorded_as_missing(states: pd.DataFrame) -> None:
    gaps = read("states-1992-gaps")
    recorded = {(row.state, row.indicator) for row in gaps[gaps["what"] == "missing"].itertuples()}
    indicators = states.drop(columns=["cow_code", "helsinki_1992"])
    empty = {(state, column) for column in indicators for state in states.index[states[column].isna()]}
    assert recorded == empty


def test_a_substitute_names_its_year_and_lies_within_three(states: pd.DataFrame) -> None:
    gaps = read("states-1992-gaps")
    assert set(gaps["what"]) == {"missing", "nearby-year", "derived", "suspect"}
    nearby = gaps[gaps["what"] == "nearby-year"]
    assert (nearby["year"] - 1992).abs().between(1, 3).all()
    assert gaps.loc[gaps["what"].isin(["derived", "suspect"]), "note"].notna().all()


def test_each_pair_of_states_stands_once_in_order(contiguity: pd.DataFrame) -> None:
    for table in (contiguity, read("rivalries-1992")):
        assert (table["state_a"] < table["state_b"]).all()
        assert not table.duplicated(["state_a", "state_b"]).any()


def test_contiguity_has_the_five_types(contiguity: pd.DataFrame) -> None:
    assert set(contiguity["type"]) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("first", "second"), LAND_BORDERS)
def test_a_land_border_of_1992_is_there(contiguity: pd.DataFrame, first: str, second: str) -> None:
    pair = contiguity[(contiguity["state_a"] == first) & (contiguity["state_b"] == second)]
    assert pair["type"].tolist() == [1]


@pytest.mark.parametrize(
    ("first", "second"), [("GRC", "YUG"), ("AUT", "YUG"), ("ITA", "YUG"), ("CSK", "ROU")]
)
def test_a_land_border_of_another_time_is_not_there(
    contiguity: pd.DataFrame, first: str, second: str
) -> None:
    pair = contiguity[(contiguity["state_a"] == first) & (contiguity["state_b"] == second)]
    assert 1 not in pair["type"].tolist()


def test_no_participant_but_the_islands_lacks_a_land_border(contiguity: pd.DataFrame) -> None:
    land = contiguity[contiguity["type"] == 1]
    assert HELSINKI - set(land["state_a"]) - set(land["state_b"]) == {"ISL", "MLT"}


def test_the_rivalries_and_wars_of_1992_are_there() -> None:
    rivals = {(row.state_a, row.state_b) for row in read("rivalries-1992").itertuples()}
    assert {("ARM", "AZE"), ("BIH", "YUG"), ("GRC", "TUR"), ("HRV", "YUG")} <= rivals
    conflicts = read("conflicts-1988-1992")
    wars = conflicts[(conflicts["year"] == 1992) & (conflicts["intensity"] == 2)]
    assert {"AZE", "BIH", "HRV", "TJK", "TUR"} <= set(wars["theatre"])


def test_conflicts_are_coded_as_documented() -> None:
    conflicts = read("conflicts-1988-1992")
    assert conflicts["year"].between(1988, 1992).all()
    assert set(conflicts["intensity"]) == {1, 2}
    assert set(conflicts["type"]) == {"interstate", "intrastate", "internationalised-intrastate"}
    assert set(conflicts["incompatibility"]) == {"territory", "government", "both"}
    assert set(conflicts["role"]) == {"side-a", "side-b", "supports-side-a", "supports-side-b"}
    assert (conflicts["theatre"].isna() == (conflicts["type"] == "interstate")).all()


def test_deaths_and_displaced_people_are_coded_as_documented() -> None:
    deaths, displaced = read("battle-deaths-1988-1992"), read("displaced-1990-1992")
    for table, value, first in ((deaths, "best", 1988), (displaced, "persons", 1990)):
        assert not table.duplicated(["state", "year"]).any()
        assert table["year"].between(first, 1992).all()
        assert (table[value] > 0).all()
    assert set(displaced["mark"]) == {"recalled", "estimate"}


def test_people_are_counted_where_an_armed_conflict_drove_them_out() -> None:
    theatres = set(read("conflicts-1988-1992")["theatre"].dropna())
    assert set(read("displaced-1990-1992")["state"]) <= theatres


def test_the_wars_of_yugoslavia_are_booked_where_they_were_fought() -> None:
    deaths = read("battle-deaths-1988-1992").set_index(["state", "year"])["best"]
    assert "YUG" not in deaths.index.get_level_values("state")
    assert deaths["BIH", 1992] > 2 * deaths["HRV", 1992] > 2000
    assert deaths["HRV", 1991] > 50 * deaths["SVN", 1991]


def test_yearly_indicators_stand_once_and_within_their_years() -> None:
    indicators = read("indicators-1987-1992")
    assert not indicators.duplicated(["state", "year", "indicator"]).any()
    assert indicators["year"].between(1987, 1992).all()
    assert set(indicators["indicator"]) == {"gdp_constant_2015_musd", "polyarchy"}


def test_polyarchy_of_1992_is_the_same_in_both_tables(states: pd.DataFrame) -> None:
    indicators = read("indicators-1987-1992")
    rows = indicators[(indicators["indicator"] == "polyarchy") & (indicators["year"] == 1992)]
    pd.testing.assert_series_equal(
        rows.set_index("state")["value"], states["polyarchy"].dropna(), check_names=False
    )


def test_garrison_cities_cover_the_east_of_the_conference_area() -> None:
    cities = read("cities")
    assert len(cities) >= 60
    assert cities["id"].str.fullmatch(r"[a-z]+(-[a-z]+)*").all()
    assert {"budapest", "sarajevo", "lodz", "tbilisi", "dushanbe"} <= set(cities["id"])
    country = cities.set_index("id")["country"]
    assert country[["prague", "bratislava", "belgrade", "podgorica", "pristina"]].tolist() == [
        "CSK",
        "CSK",
        "YUG",
        "YUG",
        "YUG",
    ]


def test_a_city_lies_within_reach_of_the_capital_of_its_state(states: pd.DataFrame) -> None:
    capitals = states[["latitude", "longitude"]].add_suffix("_capital")
    joined = read("cities").join(capitals, on="country")
    large = ["RUS", "KAZ", "BRA", "COD", "IDN", "IND", "MYS", "PNG"]
    near = joined[~joined["country"].isin(large)]
    assert (near["latitude"] - near["latitude_capital"]).abs().max() < 11
    assert (near["longitude"] - near["longitude_capital"]).abs().max() < 13


def test_the_indices_have_the_twelve_dimensions_and_kinds() -> None:
    assert read("indices-1992").columns.tolist() == ["id", *CAPACITIES, *THREATS, "imputed"]


def test_what_is_imputed_is_named_by_the_columns() -> None:
    named = read("indices-1992")["imputed"].dropna().str.split("|").explode()
    assert set(named) <= {*CAPACITIES, *THREATS}
    assert len(named) > 0
