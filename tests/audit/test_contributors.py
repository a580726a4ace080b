"""Check 2: whose soldiers should have stayed at home, or away from a mission."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Code, Severity
from concord.models import Bar
from concord.models.eligibility import AT_HOME
from tests.support.audited import assignment, contingent, deployment, found, observed

RIVALS = {"relations": [{"one": "west", "other": "home", "kind": "rivals"}]}
NEIGHBOURS = {"relations": [{"one": "home", "other": "west", "kind": "neighbours"}]}


@pytest.mark.parametrize(
    ("fact", "code", "bar"),
    [
        ("states.west.at_war", Code.CONTINGENT_FROM_WAR, "at-war"),
        ("states.west.sanctioned", Code.CONTINGENT_FROM_SANCTIONED, "sanctioned"),
    ],
)
def test_states_at_war_or_sanctioned_should_send_nobody(fact: str, code: Code, bar: str) -> None:
    (finding,) = found(code, {fact: True})
    assert (finding.subject, finding.severity) == ("west", Severity.SERIOUS)
    assert finding.sentence.startswith("West sends up to 900 soldiers in 2001-2003, but is ")
    excepted = {
        "garrisons.contingents.ineligible": [bar],
        "garrisons.contingents.exceptions": {bar: ["west"]},
    }
    assert found(code, {fact: True, **excepted}) == []
    assert found(code) == []


def test_a_state_with_a_mission_on_its_soil_should_send_nobody() -> None:
    hosted = {"missions.islet.state": "near"}
    (finding,) = found(Code.CONTINGENT_FROM_HOST, hosted)
    assert (finding.subject, finding.figures["troops"]) == ("near", 300.0)
    assert found(Code.CONTINGENT_FROM_HOST, {**hosted, "missions.islet.consent": False}) == []
    excepted = {
        **hosted,
        "garrisons.contingents.ineligible": ["hosting"],
        "garrisons.contingents.exceptions": {"hosting": ["near"]},
    }
    assert found(Code.CONTINGENT_FROM_HOST, excepted) == []


@pytest.mark.parametrize(
    ("changes", "code", "bar"),
    [
        ({"missions.valley.parties": ["home", "west"]}, Code.CONTINGENT_FROM_PARTY, None),
        (RIVALS, Code.CONTINGENT_FROM_RIVAL, "rivals"),
        (NEIGHBOURS, Code.CONTINGENT_FROM_NEIGHBOUR, "neighbours"),
    ],
)
def test_parties_rivals_and_neighbours_should_not_serve(
    changes: dict[str, Any], code: Code, bar: str | None
) -> None:
    (finding,) = found(code, changes)
    assert finding.subject == "west, valley"
    assert "has up to 900 soldiers in the mission Valley in 2001-2003" in finding.sentence
    assert found(code) == []
    if bar:
        excepted = {
            "garrisons.contingents.ineligible": [bar],
            "garrisons.contingents.exceptions": {bar: ["west"]},
        }
        assert found(code, {**changes, **excepted}) == []


def test_serving_elsewhere_is_no_fault_of_a_rival() -> None:
    elsewhere = deployment("near", "hill", "valley", 900.0) + deployment("west", "port", "islet", 300.0)
    assert found(Code.CONTINGENT_FROM_RIVAL, RIVALS, deployments=elsewhere) == []


def test_without_deployments_those_who_must_be_there_are_counted() -> None:
    mixed: dict[str, Any] = {
        "deployments": [],
        "contingents": contingent("west", "hill", 600.0) + contingent("near", "hill", 450.0),
        "assignments": assignment("hill", "valley", 900.0),
    }
    (finding,) = found(Code.CONTINGENT_FROM_RIVAL, RIVALS, **mixed)
    assert finding.figures["troops"] == pytest.approx(450.0)
    assert "At least 450 of the soldiers whom Hill sends to Valley" in finding.sentence
    mixed["assignments"] = assignment("hill", "valley", 450.0)
    assert found(Code.CONTINGENT_FROM_RIVAL, RIVALS, **mixed) == []


@pytest.mark.parametrize(
    ("changes", "why", "bar"),
    [
        ({"states.rich.at_war": True}, "is at war at home", "at-war"),
        ({"states.rich.sanctioned": True}, "is under an arms embargo or suspended", "sanctioned"),
        ({"relations": [{"one": "rich", "other": "near", "kind": "rivals"}]}, "is a rival of Near", "rivals"),
    ],
)
def test_observers_of_such_states_are_told_too(changes: dict[str, Any], why: str, bar: str) -> None:
    teams = observed("near-west", [2002, 2003], 2.0)
    (finding,) = found(Code.OBSERVERS_INELIGIBLE, changes, monitoring=teams)
    assert finding.sentence == f"Rich sends up to 2 teams of observers in 2002-2003, but {why}."
    assert found(Code.OBSERVERS_INELIGIBLE, monitoring=teams) == []
    excepted = {"monitoring.ineligible": [bar], "monitoring.exceptions": {bar: ["rich"]}}
    assert found(Code.OBSERVERS_INELIGIBLE, {**changes, **excepted}, monitoring=teams) == []


def test_a_rival_of_others_may_watch() -> None:
    rival = {"relations": [{"one": "rich", "other": "home", "kind": "rivals"}]}
    assert found(Code.OBSERVERS_INELIGIBLE, rival, monitoring=observed("near-west", [2002])) == []


def test_every_bar_is_looked_for() -> None:
    assert set(AT_HOME) | {Bar.RIVALS, Bar.NEIGHBOURS} == set(Bar)
