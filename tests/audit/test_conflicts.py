"""Check 1: who gets nobody and why, who is late, who gets too few."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Code, Severity
from tests.support.audited import assignment, audited, found, garrison

ISLET_ONLY: dict[str, Any] = {
    "assignments": assignment("port", "islet", 300.0),
    "contingents": [],
    "deployments": [],
    "garrisons": garrison("port", 300.0),
}


def test_a_plan_without_oddities_says_so() -> None:
    assert audited().oddities == ()
    assert audited().findings == ()


def test_the_deadliest_conflict_without_a_mission_is_serious_and_told_with_its_cost() -> None:
    (finding,) = found(Code.CONFLICT_UNSERVED, **ISLET_ONLY)
    assert (finding.check, finding.subject, finding.severity) == (1, "valley", Severity.SERIOUS)
    # 600 soldiers at 10 + 20 thousand, and 123.8 km from Hill at 1 million a million tonne-km.
    assert finding.figures["strength"] == 600
    assert finding.figures["cost"] == pytest.approx(18.0 + 600 * 123.8 / 1e6, abs=1e-3)
    assert finding.figures["money_left"] == pytest.approx(40.0)
    assert finding.sentence == (
        "Valley (2,000 battle deaths in the two years before 2001, 1,500 soldiers needed) gets nobody: 600 "
        "soldiers would cost 18 million USD a year, and the funds have 40 a year left."
    )
    assert finding.brief == "Valley (2,000 deaths, 18 million a year)"


def test_money_kept_to_the_end_counts_as_left() -> None:
    kept = {"fund": "common", "period": 2003, "carried_in": 0, "paid": 60, "drawn": 30, "carried_out": 30}
    (finding,) = found(Code.CONFLICT_UNSERVED, **ISLET_ONLY, balances=[kept])
    assert finding.figures["money_left"] == pytest.approx(50.0)


def test_where_nothing_is_left_the_sentence_says_so() -> None:
    (finding,) = found(Code.CONFLICT_UNSERVED, {"funds.common.budget": 60}, **ISLET_ONLY)
    assert finding.sentence.endswith("and the funds have nothing left.")


def test_a_passed_over_conflict_is_serious_and_one_below_all_served_is_not() -> None:
    valley_only = assignment("hill", "valley", 900.0)
    (islet,) = found(Code.CONFLICT_UNSERVED, assignments=valley_only)
    assert (islet.subject, islet.severity) == ("islet", Severity.MINOR)
    (passed,) = found(Code.CONFLICT_UNSERVED, {"missions.valley.deaths": 60}, assignments=valley_only)
    assert (passed.subject, passed.severity) == ("islet", Severity.SERIOUS)


def test_a_conflict_of_few_deaths_is_a_note() -> None:
    (islet,) = found(
        Code.CONFLICT_UNSERVED, {"missions.islet.deaths": 20}, assignments=assignment("hill", "valley", 900.0)
    )
    assert islet.severity is Severity.NOTE


def test_without_deaths_a_war_of_the_host_decides() -> None:
    unknown = {"missions.valley.deaths": None}
    (finding,) = found(Code.CONFLICT_UNSERVED, unknown, **ISLET_ONLY)
    assert finding.severity is Severity.MINOR
    assert "deaths" not in finding.sentence
    (finding,) = found(Code.CONFLICT_UNSERVED, {**unknown, "states.home.at_war": True}, **ISLET_ONLY)
    assert finding.severity is Severity.SERIOUS


@pytest.mark.parametrize(
    ("changes", "words", "brief"),
    [
        (
            {
                "missions.valley.deadline": 28,
                "garrisons.sites.hill.earliest": 2003,
                "missions.valley.end": 2002,
            },
            "no site where a garrison may stand is within its deadline of 28 hours",
            "out of reach",
        ),
        (
            {f"states.{state}.lift": 0 for state in ("home", "near", "west", "rich")},
            "no state can pledge lift",
            "no lift",
        ),
        (
            {f"states.{state}.lift": 0.01 for state in ("home", "near", "west", "rich")},
            "takes 0.07 million tonne-km, and states have 0.02 left",
            "no lift left",
        ),
        (
            {"garrisons.contingents.availability": 0.003},
            "the least strength is 600, and eligible states have 450 more to spare",
            "no soldiers left",
        ),
    ],
)
def test_what_stands_in_the_way_is_named(changes: dict[str, Any], words: str, brief: str) -> None:
    (finding,) = found(Code.CONFLICT_UNSERVED, changes, **ISLET_ONLY)
    assert words in finding.sentence
    assert brief in finding.brief


def test_a_refusal_explains_why_nobody_comes() -> None:
    refused = audited({"missions.valley.consent": False}, **ISLET_ONLY)
    assert [each.code for each in refused.findings] == [Code.CONFLICT_WITHOUT_CONSENT]
    assert refused.oddities == ()
    assert refused.findings[0].sentence.endswith("gets nobody: the government in control admits no mission.")


def test_a_mission_to_a_war_that_waits_is_late() -> None:
    later = assignment("hill", "valley", 900.0, (2002, 2003)) + assignment("port", "islet", 300.0)
    (finding,) = found(Code.MISSION_LATE, {"states.home.at_war": True}, assignments=later)
    assert finding.sentence == (
        "Valley gets nobody before 2002, though Home is at war in 2001 and a garrison could stand in 2001."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"states.home.at_war": False},
        {"states.home.at_war": True, "garrisons.lead": 1},
        {
            "states.home.at_war": True,
            "garrisons.organ": "staff",
            "organs": [{"id": "staff", "name": "Staff", "setup_cost": 1, "upkeep": 1, "lead": 1}],
        },
        {"states.home.at_war": True, "missions.valley.consent_from": 2002},
    ],
)
def test_a_mission_is_not_late_in_peace_nor_where_it_could_not_be_sooner(changes: dict[str, Any]) -> None:
    later = assignment("hill", "valley", 900.0, (2002, 2003)) + assignment("port", "islet", 300.0)
    assert found(Code.MISSION_LATE, changes, assignments=later) == []


LEFT = assignment("hill", "valley", 900.0, (2001, 2002)) + assignment("port", "islet", 300.0)


def test_a_mission_to_a_war_that_is_left_while_there_is_money_is_serious() -> None:
    (finding,) = found(Code.MISSION_LEFT_EARLY, {"states.home.at_war": True}, assignments=LEFT)
    assert (finding.check, finding.subject, finding.severity) == (1, "valley", Severity.SERIOUS)
    assert finding.figures["last"] == 2002
    assert finding.sentence == (
        "Valley has 900 soldiers in 2002 and nobody in 2003, though Home is at war in 2001: "
        "600 soldiers would cost 18 million USD a year, and the funds have 40 a year left."
    )
    assert finding.brief == "Valley (after 2002, 18 million a year)"


def test_a_mission_that_is_left_for_want_of_money_is_less_than_serious() -> None:
    poor = {"states.home.at_war": True, "funds.common.budget": 60}
    (finding,) = found(Code.MISSION_LEFT_EARLY, poor, assignments=LEFT)
    assert finding.severity is Severity.MINOR


@pytest.mark.parametrize(
    "changes",
    [
        {"states.home.at_war": False},
        {"states.home.at_war": True, "missions.valley.end": 2002},
        {"states.home.at_war": True, "missions.valley.standing": 900},
    ],
)
def test_a_mission_is_not_left_early_in_peace_nor_at_its_end_nor_where_it_stood(
    changes: dict[str, Any],
) -> None:
    assert found(Code.MISSION_LEFT_EARLY, changes, assignments=LEFT) == []


def test_a_mission_below_two_fifths_of_its_need_is_told() -> None:
    weak = assignment("hill", "valley", 450.0) + assignment("port", "islet", 300.0)
    (finding,) = found(Code.MISSION_UNDERSTRENGTH, assignments=weak)
    assert finding.figures == {"troops": 450.0, "need": 1500.0, "periods": 3}
    assert "450 of the 1,500 soldiers needed in 2001-2003" in finding.sentence


def test_the_first_year_may_be_ramp_up_and_the_last_may_not() -> None:
    rest = assignment("port", "islet", 300.0)
    rising = [
        *assignment("hill", "valley", 450.0, [2001]),
        *assignment("hill", "valley", 900.0, [2002, 2003]),
        *rest,
    ]
    assert found(Code.MISSION_UNDERSTRENGTH, assignments=rising) == []
    falling = [
        *assignment("hill", "valley", 900.0, [2001, 2002]),
        *assignment("hill", "valley", 450.0, [2003]),
        *rest,
    ]
    assert [each.figures["periods"] for each in found(Code.MISSION_UNDERSTRENGTH, assignments=falling)] == [1]
    only_last = [*assignment("hill", "valley", 450.0, [2003]), *rest]
    assert len(found(Code.MISSION_UNDERSTRENGTH, assignments=only_last)) == 1


def test_a_war_that_is_served_less_than_a_small_conflict_is_told() -> None:
    uneven = assignment("hill", "valley", 600.0) + assignment("port", "islet", 500.0)
    (finding,) = found(Code.DEADLIER_CONFLICT_SHORT, assignments=uneven)
    assert finding.sentence == (
        "Valley (2,000 battle deaths) gets 40% of its need in 2001, while Islet (100) gets 100%."
    )
    assert found(Code.DEADLIER_CONFLICT_SHORT) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"missions.islet.deaths": 400},
        {"missions.valley.deaths": 900, "missions.islet.deaths": 10},
        {"missions.islet.standing": 500},
        {"missions.valley.consent": False},
        {"missions.islet.deaths": None},
        {"states.west.at_war": True},
    ],
)
def test_it_is_not_told_where_the_other_is_not_small_or_only_stands(changes: dict[str, Any]) -> None:
    uneven = assignment("hill", "valley", 600.0) + assignment("port", "islet", 500.0)
    assert found(Code.DEADLIER_CONFLICT_SHORT, changes, assignments=uneven) == []


def test_what_only_stands_is_not_too_weak() -> None:
    weak = assignment("hill", "valley", 450.0) + assignment("port", "islet", 300.0)
    assert found(Code.MISSION_UNDERSTRENGTH, {"missions.valley.standing": 450}, assignments=weak) == []
    assert len(found(Code.MISSION_UNDERSTRENGTH, {"missions.valley.standing": 150}, assignments=weak)) == 1


def test_conflicts_without_help_come_first_the_deadliest_ahead() -> None:
    nobody = {**ISLET_ONLY, "assignments": [], "contingents": [{
        "state": "home", "site": "hill", "period": 2001, "units": 1, "troops": 150.0}]}  # fmt: skip
    codes = [(each.code, each.subject) for each in audited({"states.home.at_war": True}, **nobody).findings]
    assert codes[:3] == [
        (Code.CONFLICT_UNSERVED, "valley"),
        (Code.CONFLICT_UNSERVED, "islet"),
        (Code.CONTINGENT_FROM_WAR, "home"),
    ]
