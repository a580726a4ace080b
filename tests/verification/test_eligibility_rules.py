"""Who may send soldiers and observers, and when missions and observers may stand: what the verifier says."""

from __future__ import annotations

from typing import Any

import pytest

from concord.verification import verify
from tests.support.broken_rules import Build, broken

BARRED = {"states.0.at_war": True, "states.2.sanctioned": True}
KEPT: dict[str, dict[str, Any]] = {
    "facts that no rule reads": BARRED,
    "exceptions": {
        **BARRED,
        "garrisons.contingents.ineligible": ["at-war", "sanctioned", "hosting"],
        "garrisons.contingents.exceptions": {"at-war": ["AAA"], "sanctioned": ["CCC"], "hosting": ["BBB"]},
        "monitoring.ineligible": ["at-war", "sanctioned"],
        "monitoring.exceptions": {"at-war": ["AAA"], "sanctioned": ["CCC"]},
    },
    "rivals of the host of a garrison, by exception": {
        "relations": [{"one": "AAA", "other": "CCC", "kind": "rivals"}],
        "garrisons.contingents.ineligible": ["rivals"],
        "garrisons.contingents.exceptions": {"rivals": ["CCC"]},
    },
    "neighbours where only rivals are kept out": {
        "relations": [{"one": "AAA", "other": "BBB", "kind": "neighbours"}],
        "garrisons.contingents.ineligible": ["rivals"],
        "monitoring.ineligible": ["rivals"],
    },
    "consent from the year on in which the mission comes": {
        "missions.0.start": None,
        "missions.0.consent_from": 1994,
    },
    "a standing force whose last company is not whole": {
        "missions.0.standing": 299.0,
        "missions.0.measured_with_standing": False,
    },
    "elections in the year in which they are watched": {"monitoring.zones.1.periods": [1994]},
    "observers who stay and become more": {"monitoring.kinds.1.stays": True},
}


@pytest.mark.parametrize("changes", KEPT.values(), ids=list(KEPT))
def test_rule_of_eligibility_that_the_plan_keeps_stays_silent(build: Build, changes: dict[str, Any]) -> None:
    assert broken(build, **changes) == {}


def test_a_mission_before_there_is_consent_is_named(build: Build) -> None:
    changes = {"missions.0.start": None, "missions.0.consent_from": 1994}
    plan, problem = build(problem=changes, plan={"assignments.0.period": 1993})
    found = {(v.name, v.subject): v.amount for v in verify(plan, problem).violations}
    assert found["missions.period", "border, 1993"] == 200.0


@pytest.mark.parametrize(("reduced", "short"), [(0.0666, 0.0001), (0.0667, None), (0.2, 0.05)])
def test_rivals_may_be_ahead_by_a_share_and_no_more(
    build: Build, reduced: float, short: float | None
) -> None:
    """A reduces by 0.1; half as much again as the other is allowed."""
    changes = {"relations": [{"one": "BBB", "other": "AAA", "kind": "rivals"}], "dilemma.reciprocity": 0.5}
    plan, problem = build(problem=changes, plan={"posture.1.reduction": reduced})
    found = [v.amount for v in verify(plan, problem).violations if v.name == "dilemma.reciprocity"]
    assert found == ([] if short is None else [pytest.approx(short, abs=1e-9)])


def test_observers_need_not_stay_for_a_year_without_elections(build: Build) -> None:
    changes = {"monitoring.kinds.1.stays": True, "monitoring.zones.1.periods": [1993]}
    plan, problem = build(problem=changes, plan={f"monitoring.{n}.period": 1993 for n in (2, 3)})
    assert "monitoring.stays" not in {v.name for v in verify(plan, problem).violations}


@pytest.mark.parametrize(
    ("fact", "bar", "state"),
    [("states.0.at_war", "at-war", "AAA"), ("states.2.sanctioned", "sanctioned", "CCC")],
)
def test_soldiers_of_a_state_that_sends_none_are_named_with_the_reason(
    build: Build, fact: str, bar: str, state: str
) -> None:
    changes = {fact: True, "garrisons.contingents.ineligible": [bar], "garrisons.contingents.min_nations": 1}
    plan, problem = build(problem=changes)
    (violation,) = [v for v in verify(plan, problem).violations if v.name == "contingents.eligibility"]
    assert (violation.subject, violation.amount) == (f"{state}, alpha, 1994", 1.0)
    assert violation.message.endswith(f"has soldiers at alpha in 1994, and sends none: {bar}")


def test_shares_of_the_scale_are_those_of_who_may_send(build: Build) -> None:
    """B hosts and sends none, so that A owes six sevenths of 400; a tenth and a company may be missing."""
    table = {"AAA": 0.6, "BBB": 0.3, "CCC": 0.1}
    changes = {
        "garrisons.contingents.ineligible": ["hosting"],
        "garrisons.contingents.tolerance": 0.1,
        "garrisons.contingents.scale": {"rule": "table", "table": table},
    }
    found = broken(build, **changes)
    assert found["contingents.scale", "AAA, 1994"] == pytest.approx(0.9 * 400 * 6 / 7 - 100 - 100)
    assert ("contingents.scale", "BBB, 1994") not in found
