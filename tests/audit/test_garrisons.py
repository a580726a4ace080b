"""Check 4: nations in a garrison, companies, whole soldiers."""

from __future__ import annotations

import pytest

from concord.audit import Code
from tests.support.audited import assignment, contingent, found


def patchwork(troops: float) -> list[dict[str, object]]:
    return [row for state in ("near", "west", "rich", "home") for row in contingent(state, "hill", troops)]


def test_a_patchwork_of_nations_is_told() -> None:
    (finding,) = found(Code.GARRISON_OF_MANY_NATIONS, contingents=patchwork(150.0))
    assert finding.figures == {"nations": 4, "troops": 600.0, "period": 2001}
    assert finding.sentence == (
        "Hill has 4 nations among 600 soldiers in 2001, 150 on average; the rules ask for 1."
    )


def test_as_many_nations_as_rules_ask_or_battalions_make_are_in_order() -> None:
    few = patchwork(150.0)
    assert (
        found(Code.GARRISON_OF_MANY_NATIONS, {"garrisons.contingents.min_nations": 3}, contingents=few) == []
    )
    assert (
        found(Code.GARRISON_OF_MANY_NATIONS, {"garrisons.contingents.max_state_share": 0.3}, contingents=few)
        == []
    )
    assert found(Code.GARRISON_OF_MANY_NATIONS, contingents=patchwork(600.0)) == []


def test_rivals_in_one_garrison_are_told() -> None:
    together = contingent("west", "hill", 900.0) + contingent("near", "hill", 900.0)
    rivals = {"relations": [{"one": "west", "other": "near", "kind": "rivals"}]}
    (finding,) = found(Code.RIVALS_IN_GARRISON, rivals, contingents=together)
    assert finding.subject == "hill, near, west"
    assert finding.sentence == "Soldiers of Near and West, rivals, share the garrison in Hill in 2001-2003."
    apart = contingent("west", "hill", 900.0) + contingent("near", "port", 900.0)
    assert found(Code.RIVALS_IN_GARRISON, rivals, contingents=apart) == []
    assert found(Code.RIVALS_IN_GARRISON, contingents=together) == []


def test_a_battalion_that_serves_nowhere_is_told() -> None:
    standing = contingent("west", "hill", 900.0)
    (finding,) = found(
        Code.GARRISON_WITHOUT_TASK,
        contingents=standing,
        assignments=assignment("hill", "valley", 900.0, (2001,)),
    )
    assert finding.figures == {"troops": 900.0, "periods": 2}
    assert finding.sentence == "900 soldiers in Hill serve in no mission in 2002-2003."
    assert (
        found(
            Code.GARRISON_WITHOUT_TASK, contingents=standing, assignments=assignment("hill", "valley", 900.0)
        )
        == []
    )


def test_contingents_below_a_company_are_told() -> None:
    small = contingent("west", "hill", 900.0) + contingent("near", "hill", 2.88)
    (finding,) = found(Code.CONTINGENT_BELOW_COMPANY, contingents=small)
    assert finding.figures == {"contingents": 3, "smallest": 2.88, "company": 150.0}
    assert "the smallest is 2.88 soldiers of Near in Hill" in finding.sentence


def test_a_unit_that_is_no_company_does_not_excuse_small_contingents() -> None:
    small = contingent("west", "hill", 50.0)
    assert (
        len(found(Code.CONTINGENT_BELOW_COMPANY, {"garrisons.contingents.unit": 50}, contingents=small)) == 1
    )
    assert found(Code.CONTINGENT_BELOW_COMPANY, {"garrisons.contingents.unit": 50}) == []


def test_fractions_of_soldiers_are_told_wherever_they_are() -> None:
    (finding,) = found(Code.FRACTIONAL_SOLDIERS, assignments=assignment("hill", "valley", 753.45))
    assert finding.figures["rows"] == 3
    assert "such as 753.45 (Hill for Valley, 2001)" in finding.sentence
    assert found(Code.FRACTIONAL_SOLDIERS, assignments=assignment("hill", "valley", 753.0000001)) == []


def test_broken_companies_are_told_unless_they_are_fractions_of_soldiers() -> None:
    (finding,) = found(Code.BROKEN_COMPANIES, assignments=assignment("hill", "valley", 800.0))
    assert "such as 800 (Hill for Valley, 2001)" in finding.sentence
    assert found(Code.BROKEN_COMPANIES, assignments=assignment("hill", "valley", 753.45)) == []
    assert found(Code.BROKEN_COMPANIES) == []


@pytest.mark.parametrize("code", [Code.GARRISON_OF_MANY_NATIONS, Code.CONTINGENT_BELOW_COMPANY])
def test_a_battalion_of_one_nation_is_in_order(code: Code) -> None:
    assert found(code) == []
