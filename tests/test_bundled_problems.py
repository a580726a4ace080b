"""The bundled problems load, hold what they promise, and say where every figure comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from concord.data.extraction import region
from concord.data.extraction.regions import EURO_ATLANTIC, regions
from concord.loading import bundled_problems, load_problem
from concord.models import DesignProblem, Head, State
from concord.models.contraction import diverging_cycle
from concord.models.eligibility import bar_at_home
from concord.models.geography import great_circle_km
from concord.models.quantities import in_period

DATA = Path(__file__).parents[1] / "data"
NAMES = sorted(problem.name for problem in bundled_problems())
G7 = {"USA", "JPN", "DEU", "FRA", "GBR", "ITA", "CAN"}
FRONTIERS = ("frontier", "disputed-frontier", "war-frontier")
# Suspended, or at war at home, or with a mission on their soil: they send nobody.
NO_SENDERS = {"YUG", "BIH", "HRV", "GEO", "AZE", "TJK", "MDA", "CYP"}
# They served in 1993, in spite of deaths at home.
SENDERS = {"ESP", "GBR", "RUS", "FRA", "IRL", "DNK"}
MICROSTATES = {"LIE", "MCO", "SMR", "VAT"}


@pytest.fixture(scope="module")
def europe() -> DesignProblem:
    return load_problem(EURO_ATLANTIC)


def leaves(value: Any, path: tuple[str, ...] = (), switches: bool = False) -> Iterator[tuple[str, ...]]:
    """Paths of all figures of a dumped problem; an entity stands under its id, or else its number."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, str(key)), switches)
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, dict) else number
            yield from leaves(inner, (*path, str(name)), switches)
    elif isinstance(value, (int, float)) and (switches or not isinstance(value, bool)):
        yield path


def covers(note: str, path: tuple[str, ...]) -> bool:
    parts = note.split(".")
    return len(parts) <= len(path) and all(
        part in ("*", name) for part, name in zip(parts, path, strict=False)
    )


def figures(
    problem: DesignProblem, stated_only: bool = False, switches: bool = False
) -> list[tuple[str, ...]]:
    """Paths of the figures of a problem; a figure that is not stated is neutral and claims nothing."""
    dumped = problem.model_dump(
        mode="json", exclude={"provenance"}, exclude_none=True, exclude_unset=stated_only
    )
    return list(leaves(dumped, switches=switches))


# ----------------------------------------------------------------------------- every bundled problem


def test_the_two_problems_of_the_foundation_are_bundled() -> None:
    assert {"euro-atlantic-1992", "three-states"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_under_its_own_name(name: str) -> None:
    assert load_problem(name).id == name


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_marked_measured_derived_or_assumed(name: str) -> None:
    problem = load_problem(name)
    notes = [note.path for note in problem.provenance]
    unmarked = [
        path for path in figures(problem, stated_only=True) if not any(covers(note, path) for note in notes)
    ]
    assert [".".join(path) for path in unmarked] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_note_speaks_of_a_figure_or_a_switch_and_stands_once(name: str) -> None:
    problem = load_problem(name)
    paths, notes = figures(problem, switches=True), [note.path for note in problem.provenance]
    assert [note for note in notes if not any(covers(note, path) for path in paths)] == []
    assert [note for note, times in Counter(notes).items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_a_key_of_the_sources(name: str) -> None:
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    known |= {path.stem for path in (DATA / "tables").glob("*.csv")}
    assert {note.source for note in load_problem(name).provenance if note.source} <= known


@pytest.mark.parametrize("name", NAMES)
def test_what_is_measured_or_derived_names_its_source(name: str) -> None:
    assert [n.path for n in load_problem(name).provenance if n.basis != "assumption" and not n.source] == []


@pytest.mark.parametrize("name", NAMES)
def test_reactions_die_out_with_room_to_spare(name: str) -> None:
    influences = load_problem(name).dilemma.influences
    assert diverging_cycle({(i.source, i.target): i.reaction / 0.6 for i in influences if i.reaction}) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_mission_is_within_reach_of_several_sites_or_of_all_there_are(name: str) -> None:
    problem = load_problem(name)
    assert problem.garrisons is not None
    for mission in problem.missions:
        hours = [
            problem.garrisons.lift.hours(
                great_circle_km(site.latitude, site.longitude, mission.latitude, mission.longitude)
            )
            for site in problem.sites
        ]
        on_the_spot = mission.standing > 0 and any(site.host == mission.state for site in problem.sites)
        least = 1 if on_the_spot else min(2, len(hours))
        assert sum(h <= mission.deadline for h in hours) >= least, mission.id


# ----------------------------------------------------------------------------- the Euro-Atlantic one


def test_the_states_of_helsinki_are_members_and_japan_observes(europe: DesignProblem) -> None:
    assert {state.id for state in europe.members} == regions()[EURO_ATLANTIC].members
    assert len(europe.members) == 52
    assert [state.id for state in europe.states if not state.is_member] == ["JPN"]
    assert europe.periods == (1993, 1994, 1995, 1996, 1997)


def test_it_has_as_many_instruments_as_it_promises(europe: DesignProblem) -> None:
    assert europe.garrisons is not None
    assert europe.monitoring is not None
    assert len(europe.programmes) >= 10
    assert len(europe.organs) >= 6
    assert europe.garrisons.tiers
    assert len(europe.sites) >= 40
    assert len(europe.missions) >= 10
    assert len(europe.monitoring.monitors) >= 3
    assert 2 <= len(europe.complementarities) <= 8


def test_land_borders_are_zones_of_confidence_but_between_settled_democracies(europe: DesignProblem) -> None:
    assert europe.monitoring is not None
    zones = {frozenset(zone.states) for zone in europe.monitoring.zones if zone.kind in FRONTIERS}
    borders = region.borders(regions()[EURO_ATLANTIC], region.LAND)
    every = {frozenset(pair) for pair in zip(borders["state_a"], borders["state_b"], strict=True)}
    calm, feuds = region.settled(regions()[EURO_ATLANTIC]), region.rivals(regions()[EURO_ATLANTIC])
    assert zones == {pair for pair in every if pair in feuds or not all(calm[state] for state in pair)}
    assert {frozenset(("RUS", "POL")), frozenset(("BIH", "HRV"))} <= zones
    assert not {frozenset(("CAN", "USA")), frozenset(("BEL", "LUX"))} & zones


def test_frontiers_of_wars_and_rivals_are_kinds_of_their_own(europe: DesignProblem) -> None:
    assert europe.monitoring is not None
    kinds = {zone.id: zone.kind for zone in europe.monitoring.zones}
    fronts = {"BIH-HRV", "BIH-YUG", "HRV-YUG", "ARM-AZE"}
    assert {kinds[zone] for zone in fronts} == {"war-frontier"}
    assert {kinds[zone] for zone in ("TJK-UZB", "MDA-UKR", "HRV-HUN")} == {"disputed-frontier"}
    assert kinds.keys().isdisjoint({"BEL-LUX", "CAN-USA", "NOR-SWE"})
    effects = {kind.id: kind.effects["military-external"] for kind in europe.monitoring.kinds[:3]}
    assert effects["war-frontier"] > effects["disputed-frontier"] > 2 * effects["frontier"]


def test_a_suspect_income_is_imputed_and_says_so(europe: DesignProblem) -> None:
    azerbaijan, georgia = europe.state_by_id["AZE"], europe.state_by_id["GEO"]
    assert {"gdp", "economic-output", "growth-productivity"} == set(azerbaijan.imputed)
    assert 300 < azerbaijan.gdp / azerbaijan.population * 1e6 < 1000
    assert azerbaijan.military_expenditure < 0.1 * azerbaijan.gdp
    assert georgia.imputed == ()


def test_states_at_war_or_suspended_send_nobody(europe: DesignProblem) -> None:
    assert europe.garrisons is not None
    rules = europe.garrisons.contingents
    first = europe.periods[0]
    barred = {state.id for state in europe.members if bar_at_home(europe, rules, state.id, first)}
    assert barred >= NO_SENDERS
    assert barred.isdisjoint(SENDERS)


def test_those_who_send_can_spare_a_battalion(europe: DesignProblem) -> None:
    assert europe.garrisons is not None
    rules = europe.garrisons.contingents
    battalion = rules.unit * rules.minimum_units
    able = {s.id for s in europe.members if s.military_personnel * rules.availability >= battalion}
    assert able >= SENDERS
    assert able.isdisjoint(MICROSTATES | {"LUX", "EST"})


def test_elections_and_human_rights_are_watched_too(europe: DesignProblem) -> None:
    assert europe.monitoring is not None
    watched = {kind: set[str]() for kind in (*FRONTIERS, "elections", "human-rights")}
    for zone in europe.monitoring.zones:
        watched[zone.kind] |= set(zone.states)
    assert {"BIH", "TJK", "ROU"} <= watched["elections"] & watched["human-rights"]
    assert not {"CHE", "SWE", "HUN"} & (watched["elections"] | watched["human-rights"])


def test_nobody_party_to_a_conflict_keeps_the_peace_in_it(europe: DesignProblem) -> None:
    parties = {mission.id: set(mission.parties) for mission in europe.missions}
    assert all(mission.state in parties[mission.id] for mission in europe.missions)
    assert {"HRV", "YUG"} <= parties["bosnia"]
    assert parties["nagorno-karabakh"] >= {"ARM", "AZE"}
    assert {"RUS", "MDA"} <= parties["transdniestria"]


def test_the_conflicts_of_1992_have_a_mission_where_the_state_would_have_one(europe: DesignProblem) -> None:
    fought = region.theatres(1992) & {state.id for state in europe.members}
    assert fought <= {mission.state for mission in europe.missions}
    refused = {mission.state for mission in europe.missions} - {m.state for m in europe.open_missions}
    assert refused == {"RUS", "TUR", "YUG"}


def test_the_seven_pay_the_fund_and_the_members_the_assessed_budget(europe: DesignProblem) -> None:
    funds = {fund.id: fund for fund in europe.funds}
    assert set(funds["assessed"].payers) == {state.id for state in europe.members} - {"YUG"}
    assert set(funds["regional-security"].payers) == G7
    fund = funds["regional-security"]
    assert fund.scale is not None
    shares = fund.scale.shares(europe.payers(fund), fund.floor, fund.ceiling)
    assert {"JPN", "DEU", "USA"} == set(sorted(shares, key=shares.__getitem__)[-3:])
    assert not any(head in (fund.purposes or ()) for head in (Head.ORGANS, "organs"))


def test_budgets_are_of_the_size_of_the_time(europe: DesignProblem) -> None:
    for period in europe.periods:
        assert 500 <= sum(in_period(fund.budget, period) for fund in europe.funds) <= 3600
    organs = sum(organ.upkeep for organ in europe.organs)
    assert organs <= 0.3 * in_period(europe.funds[0].budget, europe.periods[0])


def test_every_member_can_afford_its_share_of_the_full_budget(europe: DesignProblem) -> None:
    for fund in europe.funds:
        assert fund.scale is not None
        assert fund.affordability is not None
        shares = fund.scale.shares(europe.payers(fund), fund.floor, fund.ceiling)
        largest = max(in_period(fund.budget, period) for period in europe.periods)
        for payer in europe.payers(fund):
            assert shares[payer.id] * largest <= fund.affordability * payer.gdp, payer.id


def test_peacekeepers_cost_what_they_cost_in_1992(europe: DesignProblem) -> None:
    assert europe.garrisons is not None
    stationing = europe.garrisons.contingents.cost_per_soldier
    assert {stationing + mission.cost_per_soldier for mission in europe.missions} == {14.0, 27.0}


def test_microstates_pay_little_and_receive_little(europe: DesignProblem) -> None:
    for programme in europe.programmes:
        if programme.states is None:
            scales = [europe.programme_scale(programme, europe.state_by_id[s]) for s in MICROSTATES]
            assert max(scales) < 0.02 * programme.scale


def test_baselines_rank_states_as_an_observer_of_1992_would(europe: DesignProblem) -> None:
    def threat(state: State) -> float:
        return sum(state.initial_threat(kind.id) for kind in europe.threat_kinds)

    ranked = sorted(europe.members, key=threat)
    most = {state.id for state in ranked[-6:]}
    assert {"BIH", "HRV", "AZE", "TJK"} <= most
    assert most.isdisjoint({state.id for state in ranked[:26]})
    assert {"ISL", "USA", "DEU", "CAN"} <= {state.id for state in ranked[:13]}


def test_a_states_neighbours_move_it_less_than_they_move(europe: DesignProblem) -> None:
    ids = [state.id for state in europe.members]
    reactions = pd.DataFrame(0.0, index=ids, columns=ids)
    for influence in europe.dilemma.influences:
        reactions.loc[influence.target, influence.source] = influence.reaction
    assert reactions.to_numpy().sum(axis=1).max() <= region.REACTION + 1e-3
    assert np.abs(np.linalg.eigvals(reactions.to_numpy())).max() <= 0.5
