"""Check 5: nearer garrisons with room, and garrisons that serve each other's missions."""

from __future__ import annotations

from typing import Any

from concord.audit import Code
from tests.support.audited import assignment, contingent, deployment, found, garrison

FROM_PORT: dict[str, Any] = {
    "garrisons": garrison("hill", 0.0) + garrison("port", 900.0),
    "contingents": contingent("west", "port", 900.0),
    "assignments": assignment("port", "valley", 900.0),
    "deployments": deployment("west", "port", "valley", 900.0),
}


def test_a_nearer_garrison_with_free_beds_is_named() -> None:
    (finding,) = found(Code.NEARER_GARRISON_IDLE, **FROM_PORT)
    assert finding.subject == "valley, port"
    assert finding.figures["room"] == 2000.0
    assert "gets 900 soldiers from Port, 1,150 km away, in 2001, while Hill, 124 km away" in finding.sentence


def test_a_garrison_that_is_full_or_closed_is_not() -> None:
    full = {**FROM_PORT, "contingents": FROM_PORT["contingents"] + contingent("near", "hill", 2000.0),
            "assignments": FROM_PORT["assignments"] + assignment("hill", "islet", 2000.0)}  # fmt: skip
    assert [each.subject for each in found(Code.NEARER_GARRISON_IDLE, **full)] == ["islet, hill"]
    assert found(Code.NEARER_GARRISON_IDLE, **{**FROM_PORT, "garrisons": garrison("port", 900.0)}) == []
    assert found(Code.NEARER_GARRISON_IDLE, {"garrisons.max_troops": 100}, **FROM_PORT) == []


def test_soldiers_there_without_a_mission_are_room_unless_they_may_not_serve() -> None:
    idle = {**FROM_PORT, "contingents": FROM_PORT["contingents"] + contingent("near", "hill", 2000.0)}
    (finding,) = found(Code.NEARER_GARRISON_IDLE, **idle)
    assert finding.figures["room"] == 2000.0
    party = {"missions.valley.parties": ["home", "near"]}
    assert found(Code.NEARER_GARRISON_IDLE, party, **idle) == []


def test_a_garrison_that_is_hardly_nearer_is_not_named() -> None:
    coast = {**FROM_PORT, "garrisons": garrison("hill", 0.0) + garrison("coast", 900.0),
             "assignments": assignment("coast", "valley", 900.0)}  # fmt: skip
    assert len(found(Code.NEARER_GARRISON_IDLE, **coast)) == 1
    assert found(Code.NEARER_GARRISON_IDLE, {"garrisons.sites.hill.latitude": 13.5}, **coast) == []


def test_garrisons_that_serve_each_others_missions_are_told() -> None:
    crossed = assignment("port", "valley", 900.0) + assignment("hill", "islet", 300.0)
    (finding,) = found(Code.MISSIONS_CROSSED, assignments=crossed)
    assert finding.figures["km"] > 2200
    assert finding.figures["km_exchanged"] < 200
    assert "Port serves Valley (1,150 km) and Hill serves Islet (1,153 km)" in finding.sentence
    assert found(Code.MISSIONS_CROSSED) == []
    assert found(Code.NEARER_GARRISON_IDLE) == []
