"""The backcast computes what it says, on a plan made by hand; its tables fit the bundled problems."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from benchmarks import backcast
from concord import load

BUNDLED = sorted(backcast.PROBLEMS)
DEPLOYED = pd.read_csv(backcast.TABLES / "deployed-1990-1996.csv")
CONTRIBUTORS = pd.read_csv(backcast.TABLES / "contributors-1994.csv")


def mission(name: str, need: float, **given: Any) -> SimpleNamespace:
    fields = {"deaths": None, "consent": True, "consent_from": None, "standing": 0.0}
    return SimpleNamespace(id=name, name=name, need=need, **{**fields, **given})


PROBLEM: Any = SimpleNamespace(
    id="made",
    currency="million USD",
    periods=(1993, 1994),
    members=[SimpleNamespace(id=state) for state in ("FRA", "IND", "POL", "KEN", "USA")],
    missions=[
        mission("north", 9000.0, deaths=400.0, standing=3000.0),
        mission("south", 4000.0, deaths=900.0),
        mission("east", 2000.0, consent_from=1994),
        mission("west", 1000.0),
        mission("closed", 8000.0, deaths=5000.0, consent=False),
    ],
)


def sent(name: str, period: int, troops: float) -> SimpleNamespace:
    return SimpleNamespace(mission=name, period=period, troops=troops)


PLAN: Any = SimpleNamespace(
    measure=SimpleNamespace(gap=0.01),
    # Two sites serve the north in 1993.
    assignments=[
        sent("north", 1993, 2000.0),
        sent("north", 1993, 1000.0),
        sent("north", 1994, 2500.0),
        sent("south", 1994, 4000.0),
        sent("west", 1993, 600.0),
        sent("east", 1993, 1e-9),
    ],
    deployments=[
        SimpleNamespace(state="FRA", period=1994, troops=1500.0),
        SimpleNamespace(state="FRA", period=1994, troops=500.0),
        SimpleNamespace(state="IND", period=1994, troops=1000.0),
        SimpleNamespace(state="POL", period=1993, troops=9000.0),
        SimpleNamespace(state="KEN", period=1994, troops=1000.0),
    ],
    expenditures=[
        SimpleNamespace(head="missions", period=1994, amount=70.0),
        SimpleNamespace(head="garrisons", period=1994, amount=30.0),
        SimpleNamespace(head="missions", period=1993, amount=50.0),
        SimpleNamespace(head="mediation", period=1993, amount=999.0),
    ],
)


def forces(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    columns = ["mission", "by", "year", "strength", "kind"]
    return pd.DataFrame(rows, columns=columns).assign(problem="made")


FORCES = forces(
    ("north", "ECOWAS", 1993, 5000, "troops"),
    ("north", "United Nations", 1993, 300, "observers"),
    ("north", "ECOWAS", 1994, 5200, "troops"),
    ("north", "United Nations", 1992, 9999, "troops"),
    ("south", "United Nations", 1994, 700, "troops"),
    ("south", "CIS", 1994, 8000, "troops"),
    ("east", "United Nations", 1993, 40, "observers"),
)


def records() -> list[backcast.MissionRecord]:
    return backcast.missions_of(PROBLEM, PLAN, FORCES)


def test_the_year_with_most_counts_and_forces_of_a_year_are_added_up() -> None:
    north, south, east, west, closed = records()
    assert (north.planned, north.organisations, north.others) == (3000, 5300, 0)
    assert north.troops_of_organisations == 5200
    assert (south.planned, south.organisations, south.others, south.everybody) == (4000, 700, 8000, 8700)
    assert (east.planned, east.organisations, east.troops_of_organisations) == (0, 40, 0)
    assert (west.planned, west.everybody, closed.planned) == (600, 0, 0)


def test_forces_of_another_problem_do_not_count() -> None:
    elsewhere = FORCES.assign(problem="other")
    assert all(each.everybody == 0 for each in backcast.missions_of(PROBLEM, PLAN, elsewhere))


def test_rank_correlation_by_hand() -> None:
    assert backcast.rank_correlation([1, 2, 3, 4], [10, 20, 30, 40]) == pytest.approx(1)
    # Differences of ranks 1, 1, 0, 0: 1 - 6 * 2 / (4 * 15).
    assert backcast.rank_correlation([1, 2, 3, 4], [2, 1, 3, 4]) == pytest.approx(0.8)
    # Ranks 1.5 1.5 3 4 and 1 2 3 4: 4.5 / sqrt(4.5 * 5).
    assert backcast.rank_correlation([0, 0, 3, 4], [1, 2, 3, 4]) == pytest.approx(4.5 / math.sqrt(22.5))


@pytest.mark.parametrize("pairs", [([1, 2, 3], [1, 2, 3]), ([0, 0, 0, 0], [1, 2, 3, 4])])
def test_no_correlation_over_few_or_where_all_are_the_same(pairs: tuple[list[float], list[float]]) -> None:
    assert math.isnan(backcast.rank_correlation(*pairs))


def test_correlation_is_over_the_missions_given() -> None:
    def planned(each: backcast.MissionRecord) -> float:
        return each.planned

    def organisations(each: backcast.MissionRecord) -> float:
        return each.organisations

    consenting = [each for each in records() if each.consent]
    # Ranks 3, 4, 1, 2 and 4, 3, 2, 1: four differences of 1.
    assert backcast.correlation(consenting, planned, organisations) == pytest.approx(1 - 6 * 4 / 60)


def test_missions_without_anybody_are_among_no_largest() -> None:
    assert backcast.overlap(records()) == (2, 3)
    assert backcast.overlap(records(), size=1) == (0, 1)


def test_senders_are_those_of_the_year_and_shares_sum_to_one() -> None:
    planned = backcast.senders(PLAN)
    assert planned == {"FRA": 2000, "IND": 1000, "KEN": 1000}
    regions = {"FRA": "western-europe", "IND": "southern-asia", "KEN": "eastern-africa"}
    assert backcast.shares(planned, regions) == {
        "Western and Northern Europe": 0.5,
        "South Asia": 0.25,
        "Africa": 0.25,
    }
    assert backcast.sender_correlation(planned, planned, {"FRA", "IND", "KEN", "USA"}) == pytest.approx(1)


def test_money_is_that_of_missions_and_garrisons() -> None:
    assert backcast.money(PLAN) == {1993: 50.0, 1994: 100.0}


def test_pages_tell_the_figures() -> None:
    text = backcast.page(PROBLEM, PLAN, FORCES)
    assert "| south | 4,000 | 900 | yes | 0 | 4,000 | 700 | 8,000 |" in text
    assert "| east | 2,000 | 0 | from 1994 | 0 | 0 | 40 | 0 |" in text
    assert "| with consent | 4 | 0.60 |" in text
    senders = backcast.contributors_page(PROBLEM, PLAN, {"FRA": 10.0, "JPN": 5.0}, {"FRA": "western-europe"})
    assert "3 states send soldiers in the plan, 1 of its 5 members did, 1 are in both." in senders
    assert "50 in 1993, 100 in 1994" in senders


def test_tables_are_written_between_the_markers() -> None:
    before = f"above\n{backcast.BEGIN}\nold\n{backcast.END}\nbelow\n"
    after = backcast.between_markers(before, "new\n")
    assert after == f"above\n{backcast.BEGIN}\n\nnew\n\n{backcast.END}\nbelow\n"
    assert backcast.between_markers(after, "new\n") == after
    with pytest.raises(ValueError, match="the page needs"):
        backcast.between_markers("no markers", "new")


@pytest.mark.parametrize("name", BUNDLED)
def test_every_force_stood_in_a_mission_of_the_problem(name: str) -> None:
    here = DEPLOYED[DEPLOYED["problem"] == name]
    assert len(here)
    assert set(here["mission"]) <= {each.id for each in load(name).missions}


def test_the_tables_say_each_thing_once_and_in_known_words() -> None:
    assert set(DEPLOYED["problem"]) == set(BUNDLED)
    assert not DEPLOYED.duplicated(["problem", "mission", "force", "kind", "year"]).any()
    assert DEPLOYED["year"].between(1990, 1996).all()
    assert (DEPLOYED["strength"] > 0).all()
    assert set(DEPLOYED["kind"]) == {"troops", "observers"}
    assert set(DEPLOYED["mark"]) == {"measured", "recalled", "assumption"}
    assert set(DEPLOYED["by"]) >= backcast.ORGANISATIONS
    assert CONTRIBUTORS["state"].is_unique


def test_every_contributor_and_every_region_is_known() -> None:
    states = pd.read_csv(backcast.TABLES / "states-1992.csv", keep_default_na=False)
    assert set(CONTRIBUTORS["state"]) <= set(states["id"])
    assert set(states["region"]) <= set(backcast.CONTINENTS)
