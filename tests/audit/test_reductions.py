"""Check 9: reductions of both sides, by name."""

from __future__ import annotations

from math import log
from typing import Any

import pytest

from concord.audit import Code, Severity, reductions_sentence
from tests.support.audited import audited, found, plan_with, problem_with, reduced

RIVALS = {"relations": [{"one": "near", "other": "west", "kind": "rivals"}]}
FELT: dict[str, Any] = {
    "dilemma.influences": [
        {"source": "near", "target": "west", "spillover": 0.1},
        {"source": "west", "target": "near", "spillover": 0.1},
    ]
}
TENTH = -log(0.9)


def test_a_reduction_that_no_rival_shares_is_serious() -> None:
    (finding,) = found(Code.REDUCTION_ONE_SIDED, RIVALS, posture=reduced("near", TENTH))
    assert (finding.subject, finding.severity) == ("near, west", Severity.SERIOUS)
    assert finding.sentence == (
        "Near is asked to reduce its forces by 10 % from 2001, West by little or nothing."
    )


def test_reductions_of_both_sides_are_in_order() -> None:
    both = reduced("near", TENTH) + reduced("west", TENTH)
    assert audited(RIVALS, posture=both).oddities == ()


def test_a_rival_that_does_a_third_does_too_little_unless_the_problem_allows_it() -> None:
    uneven = reduced("near", TENTH) + reduced("west", TENTH / 3)
    assert len(found(Code.REDUCTION_ONE_SIDED, RIVALS, posture=uneven)) == 1
    allowed = {**RIVALS, "dilemma.reciprocity": 2.5}
    assert found(Code.REDUCTION_ONE_SIDED, allowed, posture=uneven) == []
    strict = {**RIVALS, "dilemma.reciprocity": 0.1}
    half = reduced("near", TENTH) + reduced("west", TENTH / 2)
    assert len(found(Code.REDUCTION_ONE_SIDED, strict, posture=half)) == 1


def test_a_state_without_a_rival_should_not_reduce() -> None:
    (finding,) = found(Code.REDUCTION_WITHOUT_RIVAL, RIVALS, posture=reduced("rich", TENTH))
    assert finding.subject == "rich"
    assert found(Code.REDUCTION_WITHOUT_RIVAL, posture=reduced("rich", TENTH)) == []


def test_where_no_rivals_are_named_those_who_feel_each_others_arms_count() -> None:
    assert len(found(Code.REDUCTION_ONE_SIDED, FELT, posture=reduced("near", TENTH))) == 1
    both = reduced("near", TENTH) + reduced("west", TENTH)
    assert found(Code.REDUCTION_ONE_SIDED, FELT, posture=both) == []
    assert found(Code.REDUCTION_ONE_SIDED, posture=reduced("near", TENTH)) == []


def test_all_reductions_are_named_in_a_note() -> None:
    (note,) = found(Code.REDUCTIONS, RIVALS, posture=reduced("near", TENTH) + reduced("west", TENTH))
    assert (note.severity, note.sentence) == (
        Severity.NOTE,
        "Reductions: Near and West each by 10 % from 2001.",
    )
    assert found(Code.REDUCTIONS) == []


@pytest.mark.parametrize(
    ("posture", "sentence"),
    [
        ([], "No state is asked to reduce its forces."),
        (reduced("near", 0.0), "No state is asked to reduce its forces."),
        (reduced("near", TENTH, [2002, 2003]), "Reductions: Near by 10 % from 2002."),
        (
            reduced("near", TENTH) + reduced("rich", TENTH / 10, [2003]),
            "Reductions: Near by 10 % from 2001; Rich by 1.0 % from 2003.",
        ),
    ],
)
def test_the_sentence_says_who_how_much_and_from_when(posture: list[dict[str, Any]], sentence: str) -> None:
    problem = problem_with()
    assert reductions_sentence(plan_with(problem, posture=posture), problem) == sentence
