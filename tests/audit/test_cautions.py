"""What is worth knowing about a problem: capabilities that no figure permits, and units that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

import concord
from concord.audit import cautions
from tests.support.audited import problem_with

STATES = ("home", "near", "west", "rich")


def told(code: str, changes: dict[str, Any] | None = None) -> list[str]:
    return [caution.sentence for caution in cautions(problem_with(changes)) if caution.code == code]


def of_all(field: str, value: Any) -> dict[str, Any]:
    return {f"states.{state}.{field}": value for state in STATES}


def test_a_sound_problem_has_none() -> None:
    assert cautions(problem_with()) == ()


@pytest.mark.parametrize("name", [each.name for each in concord.bundled_problems()])
def test_bundled_problems_have_none(name: str) -> None:
    assert [each for each in cautions(concord.load(name)) if each.code not in FACTS] == []


FACTS = {"no-observer", "nobody-eligible", "need-below-contingent"}
"""What a problem may mean on purpose: rules of eligibility, battalions as units."""


def test_without_lift_nobody_moves() -> None:
    (sentence,) = told("no-lift", of_all("lift", 0))
    assert sentence == "no member can pledge lift (states.*.lift): no soldier can be moved to a mission"
    assert told("no-lift", {**of_all("lift", 0), "states.near.lift": 1}) == []
    assert told("no-lift", {**of_all("lift", 0), "missions": []}) == []


def test_without_spare_soldiers_nobody_is_sent() -> None:
    assert len(told("nobody-to-send", {"garrisons.contingents.availability": 0.001})) == 1
    # Nobody can spare more than 2 % of 50,000.
    assert len(told("nobody-to-send", {"garrisons.contingents.unit": 1100})) == 1
    assert told("nobody-to-send", {"garrisons.contingents.unit": 900}) == []


def test_a_mission_without_a_site_that_may_stand_in_time_is_named() -> None:
    late = {
        "missions.valley.deadline": 28,
        "missions.valley.end": 2002,
        "garrisons.sites.hill.earliest": 2003,
    }
    (sentence,) = told("mission-out-of-reach", late)
    assert sentence.startswith(
        "no site where a garrison may stand reaches mission valley within its 28 hours"
    )
    assert told("mission-out-of-reach", {**late, "garrisons.sites.hill.earliest": 2002}) == []


def test_garrisons_whose_hosts_are_all_left_out_are_none() -> None:
    left_out = {"membership": {"named": ["home"]}}
    assert told("no-garrisons", left_out) == [
        "there are missions but no garrison sites: nobody can be sent to them"
    ]
    assert told("no-garrisons", {"membership": {"named": ["home", "near"]}}) == []


def test_a_need_below_one_unit_is_told() -> None:
    (sentence,) = told("need-below-contingent", {"missions.islet.need": 100})
    assert sentence == "mission islet needs 100 soldiers, fewer than one contingent unit of 150"
    assert told("need-below-contingent", {"missions.islet.need": 150}) == []
    parts = {"missions.islet.need": 100, "garrisons.contingents.integral": False}
    assert told("need-below-contingent", parts) == []


def test_a_zone_that_nobody_may_watch_is_told() -> None:
    stock = "monitoring.monitors.team.stock"
    assert told("no-observer", {stock: {"near": 2}}) == [
        "no state is eligible to send observers to 2 zones: home-near and near-west"
    ]
    assert told("no-observer", {stock: {"near": 2, "home": 2}}) == [
        "no state is eligible to send observers to zone home-near"
    ]
    assert told("no-observer", {stock: {}}) == ["no state is eligible to send observers to any zone"]
    barred = {"states.rich.sanctioned": True, "monitoring.ineligible": ["sanctioned"]}
    assert told("no-observer", barred) == ["no state is eligible to send observers to any zone"]
    never = {stock: {"near": 2, "home": 2}, "monitoring.zones.home-near.periods": []}
    assert told("no-observer", never) == []


def test_a_year_that_a_budget_leaves_out_is_told() -> None:
    assert told("year-left-out", {"funds.common.budget": {2001: 20, 2003: 20}}) == [
        "the budget of fund common leaves out 2002, which counts as 0"
    ]
    assert told("year-left-out", {"funds.common.budget": {2001: 20, 2002: 0, 2003: 20}}) == []
    (sentence,) = told("year-left-out", {"funds.common.commitment": {2001: 1}})
    assert sentence == "the commitment of fund common leaves out 2002-2003, which counts as 0"


@pytest.mark.parametrize("gdp", [4e9, 40.0, 210_000.0])
def test_an_implausible_gdp_a_head_is_told(gdp: float) -> None:
    (sentence,) = told("gdp-per-head", {"states.near.gdp": gdp})
    assert sentence.startswith(f"GDP a head outside 50 to 200,000 USD: near {gdp:,.0f};")
    assert told("gdp-per-head", {"states.near.gdp": 60.0}) == []


@pytest.mark.parametrize(("population", "gdp"), [(3.2, 2000.0), (900.0, 2000.0), (400.0, 10.0)])
def test_a_population_in_thousands_or_millions_is_told(population: float, gdp: float) -> None:
    (sentence,) = told("population", {"states.near.population": population, "states.near.gdp": gdp})
    assert sentence.startswith(f"fewer than 1,000 inhabitants: near {population:g};")


@pytest.mark.parametrize(("population", "gdp"), [(921.0, 10.0), (1500.0, 20.0)])
def test_the_smallest_states_are_in_order(population: float, gdp: float) -> None:
    assert told("population", {"states.near.population": population, "states.near.gdp": gdp}) == []


def test_a_soldier_above_a_million_a_year_is_told() -> None:
    dear = {"missions.islet.cost_per_soldier": 20_000, "garrisons.contingents.sender_cost": 1_001}
    (sentence,) = told("soldier-cost", dear)
    assert "missions.islet.cost_per_soldier 20,000 and garrisons.contingents.sender_cost 1,001" in sentence
    assert told("soldier-cost", {"missions.islet.cost_per_soldier": 900}) == []


def test_a_budget_beyond_the_payers_means_is_told() -> None:
    (sentence,) = told("budget", {"funds.common.budget": {2001: 10, 2002: 20_000_000, 2003: 0}})
    assert sentence.startswith("the budget of fund common, 20,000,000 million USD in 2002, is 769 times the")
    (sentence,) = told("budget", {"funds.common.budget": 2_600})
    assert "is 10% of the yearly GDP" in sentence
    assert told("budget", {"funds.common.budget": 1_200}) == []


def test_a_payer_with_an_implausible_gdp_does_not_hide_the_budget() -> None:
    both = {"states.near.gdp": 4e9, "funds.common.budget": 20_000_000}
    assert "833 times" in told("budget", both)[0]


def test_swapped_coordinates_of_a_state_are_told() -> None:
    swapped = {**of_all("longitude", 50.0), "states.rich.latitude": 50.0, "states.rich.longitude": 10.0}
    assert any(
        each.startswith("latitude and longitude look swapped: rich;")
        for each in told("coordinates-swapped", swapped)
    )
    assert told("coordinates-swapped", {"states.rich.latitude": 20.0, "states.rich.longitude": 20.0}) == []


def test_swapped_coordinates_of_sites_and_missions_are_told() -> None:
    swapped = {"garrisons.sites.port.latitude": 30.0, "garrisons.sites.port.longitude": 10.0,
               "states.rich.longitude": 30.0}  # fmt: skip
    assert told("coordinates-swapped", swapped) == [
        "latitude and longitude look swapped: site port; swapped they are near their host"
    ]


def test_places_far_from_all_others_are_told() -> None:
    far = {"states.rich.latitude": -60.0, "states.rich.longitude": 100.0}
    (sentence, places) = told("coordinates-far", far)
    assert sentence.startswith("far from every other state: rich ")
    assert places.startswith("far from their host: site port ")
    assert told("coordinates-far", {"states.rich.longitude": 40.0}) == []
