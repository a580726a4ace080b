"""An audit on a few lines that fit a screen of 80 columns."""

from __future__ import annotations

from typing import Any

import pytest

from concord.audit import Audit, Code, Finding, Severity, critic_lines
from tests.support.audited import audited


def finding(code: Code, brief: str, severity: Severity = Severity.MINOR) -> Finding:
    return Finding(code, severity, "x", {}, f"{brief}.", brief)


def lines_for(*findings: Finding, **more: Any) -> list[str]:
    return critic_lines(Audit(findings), **more)


def test_nothing_odd_is_a_line() -> None:
    nothing = ["Nothing odd: none of the checks finds anything to object to."]
    assert critic_lines(audited()) == nothing
    assert lines_for(finding(Code.REDUCTIONS, "A 12 %", Severity.NOTE)) == nothing


def test_a_refusal_is_told_beside_nothing_odd() -> None:
    lines = lines_for(finding(Code.CONFLICT_WITHOUT_CONSENT, "Sudan", Severity.NOTE))
    assert lines[1:] == ["Nobody, for want of consent: Sudan"]


def test_those_who_get_nobody_have_two_lines_and_the_rest_is_counted() -> None:
    many = [finding(Code.CONFLICT_UNSERVED, f"A place called {n}") for n in range(20)]
    lines = lines_for(*many)
    assert len(lines) == 2
    assert lines[0].startswith("Nobody is sent to: A place called 0; A place called 1;")
    shown = " ".join(lines).count("A place")
    assert lines[1].endswith(f"; {20 - shown} more")
    assert max(map(len, lines)) <= 78


@pytest.mark.parametrize("kinds", [6, 7, 8, 20])
def test_there_are_never_more_than_seven_lines(kinds: int) -> None:
    codes = [code for code in Code if code not in (Code.REDUCTIONS, Code.CONFLICT_UNSERVED)][:kinds]
    lines = lines_for(*(finding(code, "A") for code in codes))
    assert len(lines) == min(kinds, 7)
    if kinds > 7:
        assert lines[-1] == f"{kinds - 6} more kinds of remark: concord audit lists them"


def test_a_long_first_name_does_not_hide_how_many_follow() -> None:
    lines = lines_for(*(finding(Code.MISSION_LATE, "x" * 70) for _ in range(5)))
    assert [len(line) for line in lines] == [78]
    assert lines[0].endswith("…; 4 more")


def test_a_long_name_is_cut() -> None:
    lines = lines_for(finding(Code.MISSION_LATE, "x" * 200))
    assert [len(line) for line in lines] == [78]
    assert lines[0].endswith("…")
