"""What a thing is worth is what the best plan without it lacks, by a search of its own."""

from __future__ import annotations

from math import exp, log

import pytest

import optimizer
from models import DesignProblem, Plan
from optimizer.analysis.session import Session
from optimizer.analysis.why import Subject, state_page, why, why_not
from optimizer.errors import BadInput
from optimizer.locking import parse_lock, with_locks, written
from tests.support.compact import compact

GAP = 1e-4


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact()


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return optimizer.solve(problem, gap=GAP, threads=1)


def session(problem: DesignProblem) -> Session:
    return Session(problem, gap=GAP, threads=1)


HELD = [(Subject.ORGAN, "command"), (Subject.PROGRAMME, "mediation"), (Subject.CONTRIBUTOR, "C")]


@pytest.mark.parametrize(("subject", "name"), HELD, ids=[name for _, name in HELD])
def test_the_replacement_cost_is_that_of_a_solve_with_it_forbidden(
    problem: DesignProblem, plan: Plan, subject: Subject, name: str
) -> None:
    answer = why(plan, problem, subject, name, session(problem))
    if answer.other is None:
        assert answer.detail
        return
    again = optimizer.solve(with_locks(problem, answer.locks), gap=GAP, threads=1)
    assert answer.loss == pytest.approx(1 - again.measure.value / plan.measure.value, abs=2 * GAP)
    assert answer.proven is not None
    low, high = answer.proven
    assert low <= answer.loss <= high
    assert optimizer.verify(answer.other, with_locks(problem, answer.locks)).ok


def test_what_the_other_plan_lacks_is_told_instrument_by_instrument_and_adds_up() -> None:
    three = optimizer.load("three-states")
    chosen = optimizer.solve(three, gap=GAP)
    answer = why(chosen, three, Subject.SITE, "border-town", Session(three, gap=GAP))
    assert answer.other is not None
    assert answer.loss is not None
    assert answer.loss > 0
    total = sum(effect.logs for effect in answer.effects)
    assert total == pytest.approx(log(1 - answer.loss), abs=1e-7)
    lost = {effect.instrument: effect.logs for effect in answer.effects}
    assert lost["mission:ceasefire"] < 0 < lost["programme:mediation"]
    assert ("garrisons", "border-town", ("battalion", None)) in {
        (row.of, row.subject, row.values) for row in answer.differences
    }


def test_why_not_is_the_best_plan_that_has_it() -> None:
    three = with_locks(optimizer.load("three-states"), [])
    poor = optimizer.load("three-states", settings=["funds.common-fund.budget=150"])
    without = optimizer.solve(poor, gap=GAP)
    assert not without.garrisons
    answer = why_not(without, poor, Subject.SITE, "border-town", Session(poor, gap=GAP))
    assert answer.other is not None
    assert answer.other.garrisons
    assert answer.loss is not None
    assert answer.loss > 0
    again = optimizer.solve(with_locks(poor, ["garrisons.border-town=included"]), gap=GAP)
    assert answer.other.measure.value == pytest.approx(again.measure.value, rel=2 * GAP)
    assert three.locks == ()


def test_what_is_there_is_not_asked_why_not_and_the_other_way_round() -> None:
    three = optimizer.load("three-states")
    plan = optimizer.solve(three)
    with pytest.raises(BadInput, match="has border-town already"):
        why_not(plan, three, Subject.SITE, "border-town", Session(three))
    empty = optimizer.solve(with_locks(three, ["garrisons=closed"]))
    with pytest.raises(BadInput, match="has no site border-town"):
        why(empty, three, Subject.SITE, "border-town", Session(three))
    with pytest.raises(BadInput, match="did you mean border-town"):
        why(plan, three, Subject.SITE, "border-twon", Session(three))


def test_an_organ_that_must_be_there_has_no_plan_without_it(problem: DesignProblem, plan: Plan) -> None:
    answer = why(plan, problem, Subject.ORGAN, "secretariat", session(problem))
    assert (answer.other, answer.loss) == (None, None)
    assert "No plan satisfies" in answer.detail
    assert answer.conflict is not None
    assert any(rule.rule.startswith("locks.") for rule in answer.conflict.rules)
    assert len(answer.conflict.rules) > 1


def test_a_limit_that_comes_first_is_no_proof_that_there_is_no_plan(
    problem: DesignProblem, plan: Plan
) -> None:
    hasty = Session(problem, gap=GAP, threads=1, time_limit=1e-6)
    answer = why(plan, problem, Subject.PROGRAMME, "mediation", hasty)
    assert (answer.other, answer.conflict, answer.proven) == (None, None, None)
    assert "before any plan was found" in answer.detail


def test_names_are_taken_for_ids_in_capitals_or_not() -> None:
    three = optimizer.load("three-states")
    chosen = optimizer.solve(three)
    named = {site.id: site.name for site in three.sites}["border-town"]
    for text in (named, "BORDER-TOWN"):
        answer = why(chosen, three, Subject.SITE, text, Session(three))
        assert answer.name == "border-town"


def test_forbidding_something_is_never_proven_to_be_a_gain() -> None:
    three = optimizer.load("three-states")
    rough = optimizer.solve(three, gap=0.2)
    answer = why(rough, three, Subject.SITE, "border-town", Session(three, gap=0.2))
    assert answer.proven is not None
    assert min(answer.proven) >= 0


def test_the_page_of_a_state_adds_up(problem: DesignProblem, plan: Plan) -> None:
    page = state_page(plan, problem, "B")
    assert exp(sum(page.attribution.values())) == pytest.approx(1 + page.row.gain)
    assert page.row.burden == pytest.approx(sum(row.total for row in plan.burdens if row.state == "B"))
    assert len(page.peers) == 3
    assert "B" not in {row.state for row in page.peers}
    with pytest.raises(BadInput, match="the region has no state"):
        state_page(plan, problem, "X")


@pytest.mark.parametrize("line", ["garrisons.x=open", "lift.A.1<=3", "spending.total>=5", "contingents.B=2"])
def test_a_lock_is_written_as_it_is_read(line: str) -> None:
    assert written(parse_lock(line)) == line
