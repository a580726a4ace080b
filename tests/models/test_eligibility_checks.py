"""Who may go where: what contradicts itself is found, at its path, with what helps."""

from __future__ import annotations

from typing import Any

import pytest

from concord.errors import BadInput
from concord.formulation import formulate
from concord.locking import with_locks
from concord.models import DesignProblem, Eligibility
from concord.models.eligibility import Bar
from concord.models.eligibility_checks import bars_at_home
from tests.support.compact import compact

RIVALS = [{"one": "A", "other": "C", "kind": "rivals"}, {"one": "B", "other": "C", "kind": "rivals"}]
MISSION, ZONE = "missions.0.", "monitoring.zones.0."
LOCK = {"decision": "missions.ceasefire", "least": 100.0}

# Values by path; then the path of the fault, its message, its value, and words of its remedy.
CASES: dict[str, tuple[dict[str, Any], str, str, str, str]] = {
    "an exception without its rule": (
        {"garrisons.contingents": {"ineligible": ["rivals"], "exceptions": {"at-war": ["A"]}}},
        "garrisons.contingents.exceptions.at-war", "keeps nobody away", "at-war", "add at-war to",
    ),
    "a monitor's exception without its rule": (
        {"monitoring.exceptions": {"hosting": ["A"]}},
        "monitoring.exceptions.hosting", "keeps nobody away", "hosting", "leave the exception out",
    ),
    "a reason listed twice": (
        {"monitoring.ineligible": ["at-war", "rivals", "at-war"]},
        "monitoring.ineligible", "listed twice", "at-war", "once",
    ),
    "a relation with itself": (
        {"relations": [{"one": "A", "other": "A", "kind": "rivals"}]},
        "relations.0", "no relation with itself", "A", "another state",
    ),
    "a relation stated twice": (
        {"relations": [RIVALS[0], {"one": "C", "other": "A", "kind": "rivals"}]},
        "relations.1", "rivals twice", "A-C", "in either order",
    ),
    "standing without consent": (
        {MISSION + "standing": 100.0, MISSION + "consent": False},
        "missions.0.standing", "admits no mission", "100, consent: false", "`consent: true`",
    ),
    "standing before consent": (
        {MISSION + "standing": 100.0, MISSION + "consent_from": 1994},
        "missions.0.standing", "no mission before 1994", "100, consent_from: 1994", "leave `consent_from`",
    ),
    "more standing than needed": (
        {MISSION + "standing": 501.0},
        "missions.0.standing", "more troops stand there", "501 > 500", "raise `need`",
    ),
    "standing until before the start": (
        {MISSION + "standing": 10.0, MISSION + "standing_until": 1993, MISSION + "start": 1994},
        "missions.0.standing_until", "leave before", "1993 < 1994", "at least 1994",
    ),
    "standing until before the first period": (
        {MISSION + "standing": 10.0, MISSION + "standing_until": 1990},
        "missions.0.standing_until", "unknown period", "1990", "did you mean 199",
    ),
    "troops locked without consent": (
        {MISSION + "consent": False, "locks": [LOCK]},
        "locks.0.least", "admits no mission", "missions.ceasefire in 1993", "`consent: true` for ceasefire",
    ),
    "troops locked exactly, before consent": (
        {
            MISSION + "consent_from": 1994,
            "locks": [{"decision": "missions.town", "exactly": 100.0, "periods": [1993]}],
        },
        "locks.0.exactly", "admits no mission", "missions.town in 1993", "only periods from 1994",
    ),
    "a zone with a least effort that is never open": (
        {ZONE + "periods": [], ZONE + "minimum": 1.0},
        "monitoring.zones.0.periods", "in no period", "minimum: 1, periods: []", "name periods",
    ),
    "monitors locked while a zone is closed": (
        {ZONE + "periods": [1994], "locks": [{"decision": "monitors.A-B.C", "least": 1.0}]},
        "locks.0.least", "while A-B may not be watched", "monitors.A-B.C in 1993", "only periods of [1994]",
    ),
    "monitors locked of a state at war": (
        {
            "states.2.at_war": True,
            "monitoring.ineligible": ["at-war"],
            "locks": [{"decision": "monitors.C", "least": 1.0, "over": "horizon"}],
        },
        "locks.0.least", "C, which sends nobody: at-war", "monitors.C in 1993", "`monitoring.exceptions`",
    ),
    "troops locked of a state under sanctions": (
        {
            "states.0.sanctioned": True,
            "garrisons.contingents": {"ineligible": ["sanctioned"]},
            "locks": [{"decision": "contingents.A", "least": 1.0}],
        },
        "locks.0.least", "A, which sends nobody: sanctioned", "contingents.A in 1993", "except A from",
    ),
    "a mission without contributors": (
        {
            MISSION + "parties": ["C"],
            "relations": RIVALS,
            "garrisons.contingents": {"ineligible": ["rivals"]},
        },
        "missions.0", "no state may send troops there", "rivals: A, B; parties: C", "such as {rivals: [A]}",
    ),
    "a mission whose host alone is left": (
        {
            "relations": RIVALS,
            "garrisons.contingents": {"ineligible": ["rivals", "hosting"]},
        },
        "missions.0", "no state may send troops there", "rivals: A, B; hosting: C", "such as {rivals: [A]}",
    ),
    "a mission to which all are parties": (
        {MISSION + "parties": ["A", "B", "C"]},
        "missions.0", "no state may send troops there", "parties: A, B, C", "leave a state out of `parties`",
    ),
    "too few nations": (
        {
            "states.0.at_war": True,
            "states.1.sanctioned": True,
            "garrisons.contingents": {"ineligible": ["at-war", "sanctioned"], "min_nations": 2},
        },
        "garrisons.contingents.min_nations", "more nations than there are states",
        "2 > 1 (at-war: A; sanctioned: B)", "such as {at-war: [A]}",
    ),
}  # fmt: skip


def put(values: Any, path: str, value: Any) -> None:
    """Set the value at a dotted path."""
    *parents, last = path.split(".")
    for part in parents:
        values = values[int(part)] if isinstance(values, list) else values.setdefault(part, {})
    values[int(last) if isinstance(values, list) else last] = value


@pytest.mark.parametrize("case", CASES)
def test_what_contradicts_itself_is_found_once(findings_after: Any, case: str) -> None:
    settings, path, message, value, remedy = CASES[case]
    (finding,) = findings_after(lambda values: [put(values, *item) for item in settings.items()])
    assert ".".join(map(str, finding.path)) == path
    assert message in finding.message
    assert value in finding.value
    assert remedy in finding.remedy


# What is close to a fault, and none.
SOUND: dict[str, dict[str, Any]] = {
    "two states that are rivals and neighbours": {
        "relations": [RIVALS[0], {"one": "C", "other": "A", "kind": "neighbours"}]
    },
    "an exception that leaves a contributor": {
        MISSION + "parties": ["C"],
        "relations": RIVALS,
        "garrisons.contingents": {"ineligible": ["rivals"], "exceptions": {"rivals": ["A"]}},
    },
    "a mission nobody may serve in, where it may not stand": {
        MISSION + "parties": ["A", "B", "C"],
        MISSION + "consent": False,
    },
    "troops forbidden where there is no consent": {
        MISSION + "consent": False,
        "locks": [{"decision": "missions.ceasefire", "keep": "closed"}],
    },
    "troops locked from consent on": {
        MISSION + "consent_from": 1994,
        "locks": [{**LOCK, "periods": [1994]}],
    },
    "troops locked in some period": {
        MISSION + "consent_from": 1994,
        "locks": [{**LOCK, "over": "horizon"}],
    },
    "monitors locked while a zone is open": {
        ZONE + "periods": [1994],
        "locks": [{"decision": "monitors.A-B", "least": 1.0, "periods": [1994]}],
    },
    "a least effort in the periods of a zone": {ZONE + "periods": [1994], ZONE + "minimum": 1.0},
    "standing troops that are all that is needed": {
        MISSION + "standing": 500.0,
        MISSION + "standing_until": 1993,
    },
}


@pytest.mark.parametrize("case", SOUND)
def test_what_may_be_stated_is_no_fault(findings_after: Any, case: str) -> None:
    assert findings_after(lambda values: [put(values, *item) for item in SOUND[case].items()]) == ()


def test_the_entry_test_does_not_make_a_mission_without_contributors_a_fault(findings_after: Any) -> None:
    def admit_rivals(values: Any) -> None:
        put(values, "relations", RIVALS[:1])
        put(values, "garrisons.contingents.ineligible", ["rivals", "hosting"])
        put(values, "membership.named", ["A", "C"])

    assert not [finding for finding in findings_after(admit_rivals) if finding.path == ("missions", 0)]


def test_a_doctrine_may_leave_a_mission_to_nobody(findings_after: Any) -> None:
    settings = CASES["a mission to which all are parties"][0] | {"doctrine": "unipolar"}
    assert findings_after(lambda values: [put(values, *item) for item in settings.items()]) == ()


def test_nations_are_counted_in_the_best_period(findings_after: Any) -> None:
    """C hosts in 1994 only: until then three nations may send troops."""
    rules = {"ineligible": ["hosting"], "min_nations": 3}

    def change(values: Any) -> None:
        put(values, "garrisons.contingents", rules)
        put(values, "missions.0.consent_from", 1994)

    assert findings_after(change) == ()
    put_early = findings_after(lambda values: put(values, "garrisons.contingents", rules))
    assert [finding.value for finding in put_early] == ["3 > 2 (hosting: C)"]


def test_all_reasons_that_keep_a_state_at_home_are_told() -> None:
    """B is at war and hosts: an exception from one alone changes nothing."""
    problem = compact({"states/B/at_war": True})
    every = Eligibility(ineligible=(Bar.AT_WAR, Bar.SANCTIONED, Bar.HOSTING))
    excepted = Eligibility(ineligible=every.ineligible, exceptions={Bar.AT_WAR: ("B",)})
    assert bars_at_home(problem, every, "B", problem.periods) == (Bar.AT_WAR, Bar.HOSTING)
    assert bars_at_home(problem, excepted, "B", problem.periods) == (Bar.HOSTING,)
    assert bars_at_home(problem, every, "A", problem.periods) == ()


def test_a_lock_that_forbids_an_impossible_mission_is_in_the_program() -> None:
    problem: DesignProblem = compact({"missions/border/consent": False})
    bound = with_locks(problem, ["missions.border=closed"])
    assert formulate(bound).program is not None
    with pytest.raises(BadInput, match="while the government admits no mission"):
        with_locks(problem, ["missions.border>=1"])
