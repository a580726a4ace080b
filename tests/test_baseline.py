"""The formulas of the baseline indices, by hand on made-up tables, and the bundled table reproduced."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from concord import baseline

TABLES = Path(__file__).parents[1] / "data" / "tables"

STATES = """\
id,region,population,gdp_musd,military_expenditure_musd,military_personnel,energy_consumption_ktce,\
ethnic_fractionalisation,polyarchy
AAA,west,4000000,1600,100,100,81,0,0.5
BBB,west,4000000,100,100,100,1,0.5,0.5
CCC,east,4000000,100,0,0,1,0.5,0.5
"""
CONTIGUITY = "state_a,state_b,type\nAAA,BBB,1\nBBB,CCC,2\n"
RIVALRIES = "state_a,state_b\n"
CONFLICTS = "state,year,conflict_id,intensity,role,theatre\n"
DEATHS = "state,year,best\n"
DISPLACED = "state,year,persons,source,mark\n"
INDICATORS = """\
state,year,indicator,value
AAA,1991,polyarchy,0.5
AAA,1992,polyarchy,0.5
BBB,1991,polyarchy,0.5
BBB,1992,polyarchy,0.5
CCC,1991,polyarchy,0.5
CCC,1992,polyarchy,0.5
AAA,1990,gdp_constant_2015_musd,100
AAA,1991,gdp_constant_2015_musd,120
AAA,1992,gdp_constant_2015_musd,90
BBB,1991,gdp_constant_2015_musd,100
BBB,1992,gdp_constant_2015_musd,110
CCC,1991,gdp_constant_2015_musd,100
CCC,1992,gdp_constant_2015_musd,100
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the seven raw tables of three equally populous states."""
    for name, text in (
        ("states-1992", STATES),
        ("contiguity-1992", CONTIGUITY),
        ("rivalries-1992", RIVALRIES),
        ("conflicts-1988-1992", CONFLICTS),
        ("indicators-1987-1992", INDICATORS),
        ("battle-deaths-1988-1992", DEATHS),
        ("displaced-1990-1992", DISPLACED),
    ):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def append(folder: Path, table: str, *rows: str) -> None:
    with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


def replace(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def derive(folder: Path) -> pd.DataFrame:
    return baseline.derive_indices(folder).set_index("id")


def test_the_bundled_indices_are_what_the_formulas_give() -> None:
    bundled = pd.read_csv(TABLES / "indices-1992.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(baseline.derive_indices(TABLES), bundled)


def test_the_median_state_of_the_bundled_world_is_near_one_in_every_capacity_and_in_total_threat() -> None:
    indices = derive(TABLES)
    assert indices[list(baseline.THREATS)].sum(axis="columns").median() == pytest.approx(1.0, abs=1e-3)
    assert indices[list(baseline.CAPACITIES)].median().between(0.97, 1.03).all()


def test_the_states_at_war_are_the_most_threatened_and_the_remote_democracies_the_least() -> None:
    total = derive(TABLES)[list(baseline.THREATS)].sum(axis="columns")
    assert total[["BIH", "HRV", "TJK", "AZE"]].between(2.5, 8.0).all()
    assert total[["GEO", "ARM"]].min() > 1.5
    assert total[["ISL", "CHE", "CAN", "SWE"]].max() < 0.6


def test_capacities_are_quarter_roots_of_ratios_to_the_median(folder: Path) -> None:
    first = derive(folder).loc["AAA"]
    assert first["economic-output"] == 2.0
    assert first["growth-productivity"] == 2.0
    assert first["projection"] == 3.0
    assert first["military-prowess"] == 1.0
    assert first["readiness"] == 1.0
    assert first["social-cohesion"] == pytest.approx(2.0**0.25, abs=1e-4)
    assert first["political-legitimacy"] == 1.0


def test_a_state_without_forces_has_a_low_but_positive_military_index(folder: Path) -> None:
    unarmed = derive(folder).loc["CCC"]
    assert unarmed["military-prowess"] == pytest.approx(0.1**0.25, abs=1e-4)
    assert unarmed["readiness"] == pytest.approx(0.1**0.25, abs=1e-4)
    assert unarmed["imputed"] == ""


def test_threats_are_square_roots_scaled_to_a_median_total_of_one(folder: Path) -> None:
    # Exposures. External: A 1 * 0.5 * 1/2; B the same, nothing from unarmed C; C 0.8 * 0.5 * 1.
    # Political: 1 - 0.5. Economic: A 1 - 90/120. Base 0.02.
    roots = {"AAA": 0.27**0.5 + 0.27**0.5, "BBB": 0.27**0.5 + 0.02**0.5, "CCC": 0.42**0.5 + 0.02**0.5}
    totals = {state: root + 0.52**0.5 + 2 * 0.02**0.5 for state, root in roots.items()}
    scale = sorted(totals.values())[1]
    indices = derive(folder)
    assert indices.loc["AAA", "military-external"] == pytest.approx(0.27**0.5 / scale, abs=1e-4)
    assert indices.loc["CCC", "military-external"] == pytest.approx(0.42**0.5 / scale, abs=1e-4)
    assert indices.loc["AAA", "economic"] == pytest.approx(0.27**0.5 / scale, abs=1e-4)
    assert indices.loc["BBB", "economic"] == pytest.approx(0.02**0.5 / scale, abs=1e-4)
    assert indices.loc["BBB", "political"] == pytest.approx(0.52**0.5 / scale, abs=1e-4)


def test_only_the_gravest_conflict_of_the_year_itself_counts_by_its_class(folder: Path) -> None:
    append(
        folder,
        "conflicts-1988-1992",
        "AAA,1992,1,1,side-a,AAA",
        "AAA,1992,2,2,side-a,AAA",
        "BBB,1991,3,2,side-a,BBB",
        "CCC,1992,4,2,side-a,",
    )
    tables = baseline.read_tables(folder)
    assert baseline.conflict_class(tables).to_dict() == {"AAA": 4.0, "BBB": 0.0, "CCC": 0.0}
    assert baseline.conflict_class(tables, 1991).to_dict() == {"AAA": 0.0, "BBB": 4.0, "CCC": 0.0}


def test_battle_deaths_halve_with_each_year_and_are_forgotten_after_three(folder: Path) -> None:
    append(folder, "battle-deaths-1988-1992", "AAA,1989,9000", "AAA,1990,400", "AAA,1991,200", "AAA,1992,150")
    tables = baseline.read_tables(folder)
    assert baseline.fading_deaths(tables)["AAA"] == pytest.approx((150 + 100 + 100) / 1.75)
    assert baseline.fading_deaths(tables, 1990)["AAA"] == pytest.approx((400 + 4500) / 1.75)


def test_the_burden_adds_class_deaths_and_displaced_people(folder: Path) -> None:
    # Deaths: a mean of three in ten thousand weighs half of 20. Displaced: one person in ten, half of 20.
    append(folder, "conflicts-1988-1992", "AAA,1992,1,1,side-a,AAA")
    append(folder, "battle-deaths-1988-1992", "AAA,1992,2100")
    append(folder, "displaced-1990-1992", "BBB,1992,400000,x,y", "CCC,1991,400000,x,y")
    tables = baseline.read_tables(folder)
    size = baseline.relative_size(tables.states["population"])
    burden = baseline.conflict_burden(tables, size)
    assert burden.to_dict() == pytest.approx({"AAA": 11.0, "BBB": 10.0, "CCC": 0.0})
    assert baseline.conflict_burden(tables, size, 1991)["CCC"] == pytest.approx(10.0)


def test_the_burden_never_exceeds_the_weights(folder: Path) -> None:
    append(folder, "battle-deaths-1988-1992", "AAA,1992,3000000")
    append(folder, "displaced-1990-1992", "AAA,1992,4000000,x,y")
    tables = baseline.read_tables(folder)
    size = baseline.relative_size(tables.states["population"])
    assert 30.0 < baseline.conflict_burden(tables, size)["AAA"] < 40.0


def test_a_conflict_weighs_less_in_a_larger_state(folder: Path) -> None:
    append(folder, "conflicts-1988-1992", "AAA,1992,1,2,side-a,AAA", "CCC,1992,2,2,side-a,CCC")
    replace(folder, "states-1992", "AAA,west,4000000", "AAA,west,16000000")
    tables = baseline.read_tables(folder)
    burden = baseline.conflict_burden(tables, baseline.relative_size(tables.states["population"]))
    assert burden.to_dict() == {"AAA": 2.0, "BBB": 0.0, "CCC": 4.0}


def test_a_war_spills_over_to_neighbours_by_reach_and_less_into_larger_ones(folder: Path) -> None:
    tables = baseline.read_tables(folder)
    burden = pd.Series({"AAA": 0.0, "BBB": 40.0, "CCC": 0.0})
    size = pd.Series({"AAA": 2.0, "BBB": 1.0, "CCC": 1.0})
    exposure = baseline.transnational_exposure(burden, baseline.reach_matrix(tables), size)
    assert exposure.to_dict() == pytest.approx({"AAA": 0.5, "BBB": 0.0, "CCC": 0.8})


def security(year: int) -> pd.Series:
    """Capacity over total threat in the bundled world; a capacity counts by its use against the threats."""
    indices = baseline.indices_from(baseline.read_tables(TABLES), year).set_index("id")
    threats = indices[list(baseline.THREATS)]
    kinds = pd.read_csv(TABLES / "threat-kinds.csv").set_index("id").fillna(0.0)
    relevance = kinds[[f"relevance.{name}" for name in baseline.CAPACITIES]].set_axis(
        list(baseline.CAPACITIES), axis="columns"
    )
    total = threats.sum(axis="columns")
    use = threats.div(total, axis="index") @ relevance.loc[list(baseline.THREATS)]
    return (use * indices[list(baseline.CAPACITIES)]).sum(axis="columns") / total


def test_the_worst_wars_of_1992_are_at_the_bottom_and_settled_democracies_at_the_top() -> None:
    rank = security(1992).rank()
    assert rank[["SOM", "BIH", "AFG", "LBR"]].max() <= 6
    assert rank[["AGO", "MOZ", "SDN", "HRV", "TJK", "AZE"]].max() <= 15
    assert rank[["KHM", "GEO"]].max() <= 20
    assert rank[["NOR", "CHE", "SWE", "CAN"]].min() >= len(rank) - 20


def test_a_war_in_a_corner_of_a_large_state_is_no_war_of_a_whole_people() -> None:
    ratio = security(1992)
    assert ratio["TUR"] > 2.5 * ratio["BIH"]
    assert ratio[["LBR", "KHM"]].max() < 0.5 * ratio.median()


def test_each_year_has_its_own_wars() -> None:
    threats = {
        year: baseline.indices_from(baseline.read_tables(TABLES), year).set_index("id")["military-internal"]
        for year in (1990, 1991, 1992)
    }
    at_peace = pd.Series([threats[1990]["BIH"], threats[1991]["BIH"], threats[1990]["HRV"]])
    at_war = pd.Series([threats[1992]["BIH"], threats[1991]["HRV"], threats[1992]["HRV"]])
    assert at_peace.max() < 0.1
    assert at_war.min() > 1.5
    assert threats[1990][["LBR", "KHM", "SOM"]].min() > 0.9
    assert threats[1992]["SLV"] < threats[1990]["SLV"]


def test_rivals_reach_each_other_without_a_border_and_belligerents_are_more_hostile(folder: Path) -> None:
    append(folder, "rivalries-1992", "CCC,AAA", "BBB,AAA")
    append(folder, "conflicts-1988-1992", "BBB,1992,1,2,side-a,BBB", "AAA,1992,1,2,supports-side-b,BBB")
    tables = baseline.read_tables(folder)
    reach, hostility = baseline.reach_matrix(tables), baseline.hostility_matrix(tables)
    assert reach.loc["AAA", "CCC"] == reach.loc["CCC", "AAA"] == 0.2
    assert reach.loc["AAA", "BBB"] == 1.0
    assert hostility.loc["AAA", "CCC"] == 3.0
    assert hostility.loc["AAA", "BBB"] == hostility.loc["BBB", "AAA"] == 6.0
    assert hostility.loc["BBB", "CCC"] == 1.0


def test_an_enemy_of_another_year_is_no_belligerent(folder: Path) -> None:
    append(folder, "conflicts-1988-1992", "BBB,1991,1,2,side-a,BBB", "AAA,1991,1,2,supports-side-b,BBB")
    assert (baseline.hostility_matrix(baseline.read_tables(folder)) == 1.0).all(axis=None)


def test_swings_of_polyarchy_add_twice_their_yearly_mean() -> None:
    exposure = baseline.political_exposure(pd.Series({"AAA": 0.8}), pd.Series({"AAA": 0.1}))
    assert exposure["AAA"] == pytest.approx(0.4)


def test_a_missing_index_is_the_median_of_the_region_and_named(folder: Path) -> None:
    replace(folder, "states-1992", "1,0.5,0.5\nCCC", "1,,0.5\nCCC")
    values, missing = baseline.filled_values(baseline.read_tables(folder))
    assert values.loc["BBB", "ethnic_fractionalisation"] == 0.0
    assert missing.loc["BBB", "ethnic_fractionalisation"]
    assert derive(folder)["imputed"].to_dict() == {"AAA": "", "BBB": "social-cohesion", "CCC": ""}


def test_a_missing_quantity_is_filled_per_head_and_named_in_all_that_rests_on_it(folder: Path) -> None:
    replace(folder, "states-1992", "BBB,west,4000000,100,", "BBB,west,1000000,,")
    values, _ = baseline.filled_values(baseline.read_tables(folder))
    assert values.loc["BBB", "gdp_musd"] == pytest.approx(400.0)
    assert derive(folder).loc["BBB", "imputed"] == "economic-output|growth-productivity"


def test_the_world_stands_in_for_a_region_without_values(folder: Path) -> None:
    replace(folder, "states-1992", "CCC,east,4000000,100,", "CCC,east,4000000,,")
    values, _ = baseline.filled_values(baseline.read_tables(folder))
    assert values.loc["CCC", "gdp_musd"] == pytest.approx(850.0)


def test_external_threat_is_imputed_where_a_neighbour_that_weighs_lacks_a_value(folder: Path) -> None:
    replace(folder, "states-1992", "BBB,west,4000000,100,100,", "BBB,west,4000000,100,,")
    imputed = derive(folder)["imputed"]
    assert imputed["AAA"] == "military-external"
    assert imputed["CCC"] == "military-external"
    assert imputed["BBB"] == "military-prowess|readiness|military-external"


def test_a_state_without_a_series_has_swing_and_contraction_imputed(folder: Path) -> None:
    append(folder, "states-1992", "DDD,west,4000000,100,100,100,1,0.5,0.5")
    assert derive(folder).loc["DDD", "imputed"] == "political|economic"


def test_every_index_is_positive_for_every_state() -> None:
    assert (derive(TABLES).drop(columns="imputed") > 0).all(axis=None)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("contiguity-1992", "BBB,CCC", "BBB,XXX", "contiguity-1992: no such state in column state_b: .'XXX'"),
        ("states-1992", "AAA,west,4000000", "AAA,west,", "no population for .'AAA'"),
        ("states-1992", "CCC,east", "BBB,east", "ids used twice: .'BBB'"),
        ("rivalries-1992", "state_b", "state_c", "rivalries-1992: the table lacks the columns .'state_b'"),
    ],
)
def test_a_broken_table_is_refused(folder: Path, table: str, old: str, new: str, message: str) -> None:
    replace(folder, table, old, new)
    with pytest.raises(ValueError, match=message):
        baseline.read_tables(folder)


def test_a_missing_table_is_refused(folder: Path) -> None:
    (folder / "rivalries-1992.csv").unlink()
    with pytest.raises(FileNotFoundError, match="rivalries-1992"):
        baseline.read_tables(folder)
