"""Check 10: consent, and what stands."""

from __future__ import annotations

from concord.audit import Code, Severity
from tests.support.audited import assignment, found


def test_soldiers_without_consent_are_serious() -> None:
    (finding,) = found(Code.MISSION_WITHOUT_CONSENT, {"missions.valley.consent": False})
    assert (finding.subject, finding.severity, finding.figures["periods"]) == ("valley", Severity.SERIOUS, 3)
    assert found(Code.MISSION_WITHOUT_CONSENT) == []


def test_soldiers_before_consent_are_told_for_those_years() -> None:
    (finding,) = found(Code.MISSION_WITHOUT_CONSENT, {"missions.valley.consent_from": 2003})
    assert "in 2001-2002, where the government in control admits none before 2003" in finding.sentence
    assert found(Code.MISSION_WITHOUT_CONSENT, {"missions.valley.consent_from": 2001}) == []


def test_a_standing_mission_that_is_cut_is_told() -> None:
    (finding,) = found(Code.STANDING_MISSION_CUT, {"missions.valley.standing": 1200})
    assert finding.figures == {"standing": 1200, "troops": 900, "periods": 3}
    assert found(Code.STANDING_MISSION_CUT, {"missions.valley.standing": 900}) == []


def test_a_standing_mission_may_end_when_its_time_is_over() -> None:
    leaving = assignment("hill", "valley", 900.0, [2001, 2002]) + assignment("port", "islet", 300.0)
    standing = {"missions.valley.standing": 900}
    assert len(found(Code.STANDING_MISSION_CUT, standing, assignments=leaving)) == 1
    over = {**standing, "missions.valley.standing_until": 2002}
    assert found(Code.STANDING_MISSION_CUT, over, assignments=leaving) == []
