"""The timetable, at points worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

AFTER_SECRETARIAT: dict[str, Any] = {
    "timetable__precedence": [
        {"id": "command-later", "first": {"organ": "secretariat"}, "then": {"organ": "command"}},
        {"id": "south-later", "first": {"organ": "secretariat"}, "then": {"region": "south"}},
    ]
}
FIRST, LATER = "tried[north-first,1]", "admitted[north-first,2]"
SAVED = "profiting[lessons,command,2]"
FOUNDED, LEARNED = "founded[command,2]", "learned[lessons,2]"

CASES = [
    case(
        "timetable.due", "command,2", {"operating[command,2]": 1.0}, {"operating[command,1]": 1.0},
        organs__command__due=2,
    ),
    case(
        "timetable.precedence.tried", "north-first,1",
        [{FIRST: 1.0, "spending[A,mediation,1]": 0.3, "spending[B,mediation,1]": 0.2}, {}],
        {FIRST: 1.0, "spending[A,mediation,1]": 0.4, "spending[C,mediation,1]": 9.0,
         "spending[A,defence,1]": 9.0, "spending[A,mediation,2]": 9.0},
    ),
    case(
        "timetable.precedence.admitted", "north-first,2",
        [{FIRST: 1.0, LATER: 1.0}, {}], [{LATER: 1.0}, {LATER: 1.0, "tried[north-first,2]": 1.0}],
    ),
    case(
        "timetable.precedence.admitted", "command-later,2",
        {"operating[secretariat,1]": 1.0, "admitted[command-later,2]": 1.0},
        {"operating[secretariat,2]": 1.0, "operating[command,1]": 1.0, "admitted[command-later,2]": 1.0},
        **AFTER_SECRETARIAT,
    ),
    case(
        "timetable.precedence.organ", "command,2,command-later",
        {"operating[command,2]": 1.0, "admitted[command-later,2]": 1.0}, {"operating[command,2]": 1.0},
        **AFTER_SECRETARIAT,
    ),
    case(
        "timetable.precedence.programme", "C,defence,2,north-first",
        {"intensity[C,defence,2]": 3.0, LATER: 1.0}, {"intensity[C,defence,2]": 0.01},
    ),
    case(
        "timetable.precedence.spending", "C,defence,2,north-first",
        {"spending[C,defence,2]": 70.0, LATER: 1.0},
        [{"spending[C,defence,2]": 0.01}, {"spending[C,defence,2]": 70.1, LATER: 1.0}],
    ),
    case(
        "timetable.precedence.garrison", "east,2,south-later",
        {"garrison[east,small,2]": 1.0, "admitted[south-later,2]": 1.0}, {"garrison[east,small,2]": 1.0},
        **AFTER_SECRETARIAT,
    ),
    case(
        "timetable.experience.learned", "lessons,2",
        [{LEARNED: 1.0, "operating[secretariat,1]": 1.0}, {}],
        {LEARNED: 1.0, "operating[secretariat,2]": 1.0},
    ),
    case(
        "timetable.experience.not_forgotten", "2,lessons",
        [{LEARNED: 1.0, "operating[secretariat,1]": 1.0}, {}, {"operating[secretariat,2]": 1.0}],
        {"operating[secretariat,1]": 1.0},
    ),
    case("timetable.experience.founded", "lessons,command,2", {SAVED: 1.0, FOUNDED: 1.0}, {SAVED: 1.0}),
    case("timetable.experience.known", "lessons,command,2", {SAVED: 1.0, LEARNED: 1.0}, {SAVED: 1.0}),
    case(
        "timetable.experience.saved", "lessons,command,2",
        [{SAVED: 1.0, FOUNDED: 1.0, LEARNED: 1.0}, {FOUNDED: 1.0}, {LEARNED: 1.0}],
        {FOUNDED: 1.0, LEARNED: 1.0},
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_a_region_that_waits_waits_with_its_garrisons_and_a_programme_without() -> None:
    program = formulated({"timetable/precedence": AFTER_SECRETARIAT["timetable__precedence"]}).program
    waiting = {g for g, _, _ in labels_of(program.constraints["timetable.precedence.garrison"].labels)}
    assert waiting == {"east"}
    assert not len(formulated({}).program.constraints["timetable.precedence.garrison"].rows)


def test_a_programme_has_no_decision_outside_its_window() -> None:
    sets = formulated({"programmes/mediation/earliest": 2, "programmes/defence/latest": 1}).scene.sets
    assert {(k, t) for _, k, t in sets.programmes} == {("mediation", 2), ("defence", 1)}
    assert list(sets.thresholds) == [("defence", 1)]
    assert {t for _, _, t in sets.bonuses} == {2}


def may_stand(changes: dict[str, Any]) -> set[tuple[str, int]]:
    """Sites and periods in which a garrison is not fixed at 0."""
    block = formulated(changes).program.variables["garrison"]
    upper = dict(zip(labels_of(block.labels), block.upper, strict=True))
    return {(g, t) for (g, _, t), most in upper.items() if most > 0}


def test_no_garrison_stands_outside_its_window_or_within_its_lead() -> None:
    assert may_stand({"garrisons/sites/east/latest": 1}) == {("west", 1), ("west", 2), ("east", 1)}
    assert may_stand({"garrisons/sites/east/earliest": 2}) == {("west", 1), ("west", 2), ("east", 2)}
    assert may_stand({"garrisons/lead": 1}) == {("west", 2), ("east", 2)}
    kept = formulated({"garrisons/sites/east/latest": 1}).program.constraints["garrisons.permanence"].labels
    assert ("east", "small", 2) not in labels_of(kept)


def test_a_regional_organ_is_paid_for_and_runs_its_programmes_in_its_region() -> None:
    sets = formulated({"organs/secretariat/region": "south", "funds": [], "missions": None,
                       "complementarities": None, "timetable": None}).scene.sets  # fmt: skip
    assert {r for head, r, _ in sets.costs if head == "organs"} == {"south", "common"}
    assert {i for i, k, _ in sets.programmes if k == "mediation"} == {"C", "D"}
