"""Locks in one line, and plans that keep them."""

from __future__ import annotations

import pytest

import concord
from concord.doctrine import under
from concord.errors import BadInput
from concord.locking import parse_lock, with_locks
from concord.models import Doctrine, Keep, Lock, Paradigm, Span

LINES = {
    "garrisons.Budapest=open": Lock(decision="garrisons.Budapest", keep=Keep.OPEN),
    "organs.assembly.1994 = closed": Lock(decision="organs.assembly", keep=Keep.CLOSED, periods=(1994,)),
    "contributions.USA.1994.1995>=20": Lock(decision="contributions.USA", least=20.0, periods=(1994, 1995)),
    "programmes.mediation.total<=7.5": Lock(decision="programmes.mediation", most=7.5, over=Span.HORIZON),
    "contingents.POL=4": Lock(decision="contingents.POL", exactly=4.0),
}


@pytest.mark.parametrize("line", LINES)
def test_a_lock_is_read_from_one_line(line: str) -> None:
    assert parse_lock(line) == LINES[line]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("garrisons.Budapest", "a path and what to hold it at"),
        ("garrisons.Budapest=opn", "neither a figure nor one of open, closed, included"),
        ("lift.A>=open", "neither a figure"),
        ("lift.A=-1", "greater than or equal to 0"),
        ("Lift..A=1", "pattern"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_with_an_example(line: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as caught:
        parse_lock(line)
    (fault,) = caught.value.faults
    assert (fault.file, fault.value) == ("--lock", line)
    assert "garrisons.Budapest=open" in str(fault.remedy)


def test_a_lock_that_does_not_fit_the_problem_is_told_with_a_likely_spelling() -> None:
    with pytest.raises(BadInput) as caught:
        with_locks(concord.load("three-states"), ["garrisons.border-twon=open"])
    (fault,) = caught.value.faults
    assert (fault.field, fault.value) == ("garrisons.border-twon", "border-twon")
    assert fault.remedy == "did you mean border-town?"


def test_a_plan_keeps_its_locks_and_tells_those_that_bind() -> None:
    free = concord.solve(concord.load("three-states"))
    problem = with_locks(
        concord.load("three-states"),
        ["garrisons.border-town=closed", "programmes.adjudication.total>=60", "contributions.A-land<=40"],
    )
    plan = concord.solve(problem)
    assert free.garrisons
    assert not plan.garrisons
    assert plan.measure.value < free.measure.value
    assert sum(row.spending for row in plan.programmes if row.programme == "adjudication") >= 60 - 1e-6
    told = {(rule.rule, rule.subject): rule for rule in plan.binding if rule.rule.startswith("locks.")}
    assert set(told) == {
        ("locks.most", "garrisons.border-town, 1993"),
        ("locks.least", "programmes.adjudication, horizon"),
        ("locks.most", "contributions.A-land, 1993"),
    }
    assert told["locks.most", "garrisons.border-town, 1993"].unit == "garrisons"
    assert told["locks.most", "garrisons.border-town, 1993"].price is None
    assert (told["locks.most", "contributions.A-land, 1993"].price or 0.0) > 0
    assert concord.verify(plan, problem).ok
    assert not concord.verify(free, problem).ok


def test_a_doctrine_forgets_locks_on_what_it_takes_out() -> None:
    problem = with_locks(concord.load("three-states"), ["garrisons.border-town=open", "contributions<=500"])
    doctrine = Doctrine(id="talks", title="Talks", paradigms=(Paradigm.COOPERATIVE,), rules=True)
    recast = under(problem, doctrine)
    assert [lock.decision for lock in recast.locks] == ["contributions"]
