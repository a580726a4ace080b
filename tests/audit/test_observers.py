"""Checks 6 and 7: observers at wars before quiet frontiers, staying; election teams at elections."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Code, Severity
from tests.support.audited import YEARS, found, observed, reduced

WAR = {"states.home.at_war": True}
RIVALRY = {"relations": [{"one": "near", "other": "home", "kind": "rivals"}]}


@pytest.mark.parametrize(
    ("changes", "severity", "why"), [(WAR, Severity.SERIOUS, "war"), (RIVALRY, Severity.MINOR, "rivals")]
)
def test_a_disputed_frontier_without_observers_is_told_while_quiet_ones_have_some(
    changes: dict[str, Any], severity: Severity, why: str
) -> None:
    (finding,) = found(Code.FRONTIER_UNWATCHED, changes, monitoring=observed("near-west", YEARS))
    assert (finding.subject, finding.severity) == ("home-near", severity)
    assert finding.sentence == (
        f"Home - Near ({why}, 2001-2003) has no observers, while quiet frontiers have: Near - West."
    )


def test_only_years_in_which_quiet_frontiers_are_watched_count() -> None:
    (finding,) = found(Code.FRONTIER_UNWATCHED, WAR, monitoring=observed("near-west", [2003]))
    assert "Home - Near (war, 2003) has no observers" in finding.sentence
    apart = observed("near-west", [2003]) + observed("home-near", [2003])
    assert found(Code.FRONTIER_UNWATCHED, WAR, monitoring=apart) == []


def test_where_more_disputed_than_quiet_frontiers_are_watched_it_is_minor() -> None:
    sometimes = observed("near-west", YEARS) + observed("home-near", [2001])
    (finding,) = found(Code.FRONTIER_UNWATCHED, WAR, monitoring=sometimes)
    assert finding.severity is Severity.MINOR
    assert finding.figures == {"unwatched": 1, "wars": 1, "quiet": 1, "disputed_watched": 1}


def test_it_is_not_told_where_it_is_watched_or_nobody_is_or_nobody_can() -> None:
    quiet = observed("near-west", YEARS)
    assert found(Code.FRONTIER_UNWATCHED, WAR, monitoring=quiet + observed("home-near", YEARS)) == []
    assert found(Code.FRONTIER_UNWATCHED, WAR) == []
    assert found(Code.FRONTIER_UNWATCHED, monitoring=quiet) == []
    barred = {**WAR, "monitoring.ineligible": ["neighbours"],
              "relations": [{"one": "rich", "other": "home", "kind": "neighbours"}]}  # fmt: skip
    assert found(Code.FRONTIER_UNWATCHED, barred, monitoring=quiet) == []
    closed = {**WAR, "monitoring.zones.home-near.periods": []}
    assert found(Code.FRONTIER_UNWATCHED, closed, monitoring=quiet) == []


def test_observers_who_verify_a_reduction_are_where_they_should_be() -> None:
    quiet = observed("near-west", YEARS)
    assert found(Code.FRONTIER_UNWATCHED, WAR, monitoring=quiet, posture=reduced("west", 0.1)) == []
    assert len(found(Code.FRONTIER_UNWATCHED, WAR, monitoring=quiet, posture=reduced("rich", 0.1))) == 1


@pytest.mark.parametrize(("years", "told"), [((2001, 2003), 1), ((2001,), 1), ((2002,), 1)])
def test_observers_who_come_and_go_are_told(years: tuple[int, ...], told: int) -> None:
    assert len(found(Code.OBSERVERS_COME_AND_GO, monitoring=observed("near-west", years))) == told


@pytest.mark.parametrize("years", [(2001, 2002, 2003), (2002, 2003), (2003,), (2001, 2002)])
def test_observers_who_stay_or_end_a_longer_stay_are_not(years: tuple[int, ...]) -> None:
    assert found(Code.OBSERVERS_COME_AND_GO, monitoring=observed("near-west", years)) == []


def test_election_teams_come_and_go_with_elections() -> None:
    assert found(Code.OBSERVERS_COME_AND_GO, monitoring=observed("vote", [2002])) == []


def test_teams_without_an_election_are_told() -> None:
    (finding,) = found(Code.OBSERVERS_WITHOUT_ELECTION, monitoring=observed("vote", [2002, 2003], 4.0))
    assert (finding.check, finding.figures) == (7, {"teams": 4.0, "periods": 1})
    assert finding.sentence == "Vote in West has 4 teams in 2003; the calendar names 2002."
    assert found(Code.OBSERVERS_WITHOUT_ELECTION, monitoring=observed("vote", [2002])) == []


def test_an_election_beside_peacekeepers_wants_observers() -> None:
    held = {"monitoring.zones.vote.states": ["home"]}
    (finding,) = found(Code.ELECTION_UNOBSERVED, held)
    assert (finding.check, finding.subject, finding.figures) == (7, "vote", {"period": 2002, "troops": 900.0})
    assert finding.sentence == (
        "Vote in West in 2002 has no observers, beside 900 soldiers who keep the peace."
    )
    assert found(Code.ELECTION_UNOBSERVED, held, monitoring=observed("vote", [2002])) == []


def test_an_election_elsewhere_or_that_nobody_could_watch_is_left_alone() -> None:
    assert found(Code.ELECTION_UNOBSERVED) == []
    nobody = {"monitoring.zones.vote.states": ["home"], "monitoring.monitors.team.stock": {"rich": 0}}
    assert found(Code.ELECTION_UNOBSERVED, nobody) == []


def test_a_kind_without_any_calendar_is_left_alone() -> None:
    undated = {"monitoring.zones.vote.periods": None}
    assert found(Code.OBSERVERS_WITHOUT_ELECTION, undated, monitoring=observed("vote", YEARS)) == []


def test_a_zone_of_a_dated_kind_without_dates_is_told() -> None:
    dated = {"monitoring.zones.home-near.periods": [2001]}
    (finding,) = found(Code.OBSERVERS_WITHOUT_ELECTION, dated, monitoring=observed("near-west", [2001]))
    assert "the calendar has no date for it" in finding.sentence
