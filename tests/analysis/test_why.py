"""What a thing is worth is what the best plan without it lacks, by a search of its own."""

from __future__ import annotations

from math import exp, log
from typing import Any

import pytest

import concord
from concord.analysis.session import Session
from concord.analysis.why import Subject, state_page, why, why_not
from concord.errors import BadInput
from concord.loading.changing import Changeable
from concord.locking import parse_lock, with_locks, written
from concord.models import DesignProblem, Plan
from tests.support.compact import compact

GAP = 1e-4


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact()


@pytest.fixture(scope="module")
def plan(problem: DesignProblem) -> Plan:
    return concord.solve(problem, gap=GAP, threads=1)


def session(problem: DesignProblem) -> Session:
    return Session(problem, gap=GAP, threads=1)


HELD = [
    (Subject.ORGAN, "command"),
    (Subject.PROGRAMME, "mediation"),
    (Subject.CONTRIBUTOR, "C"),
    (Subject.MISSION, "ceasefire"),
    (Subject.ZONE, "cd"),
]


@pytest.mark.parametrize(("subject", "name"), HELD, ids=[name for _, name in HELD])
def test_the_replacement_cost_is_that_of_a_solve_with_it_forbidden(
    problem: DesignProblem, plan: Plan, subject: Subject, name: str
) -> None:
    answer = why(plan, problem, subject, name, session(problem))
    if answer.other is None:
        assert answer.detail
        return
    again = concord.solve(with_locks(problem, answer.locks), gap=GAP, threads=1)
    assert answer.loss == pytest.approx(1 - again.measure.value / plan.measure.value, abs=2 * GAP)
    assert answer.proven is not None
    low, high = answer.proven
    assert low <= answer.loss <= high
    assert concord.verify(answer.other, with_locks(problem, answer.locks)).ok


def test_what_the_other_plan_lacks_is_told_instrument_by_instrument_and_adds_up() -> None:
    three = concord.load("three-states")
    chosen = concord.solve(three, gap=GAP)
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
    three = with_locks(concord.load("three-states"), [])
    poor = concord.load("three-states", settings=["funds.common-fund.budget=150"])
    without = concord.solve(poor, gap=GAP)
    assert not without.garrisons
    answer = why_not(without, poor, Subject.SITE, "border-town", Session(poor, gap=GAP))
    assert answer.other is not None
    assert answer.other.garrisons
    assert answer.loss is not None
    assert answer.loss > 0
    again = concord.solve(with_locks(poor, ["garrisons.border-town=included"]), gap=GAP)
    assert answer.other.measure.value == pytest.approx(again.measure.value, rel=2 * GAP)
    assert three.locks == ()


def test_why_not_a_mission_is_the_best_plan_that_mans_it_in_some_period(
    problem: DesignProblem, plan: Plan
) -> None:
    answer = why_not(plan, problem, Subject.MISSION, "border", session(problem))
    assert answer.locks == ("missions.border.total>=100",), "one unit where there is no minimum strength"
    assert answer.other is not None
    assert sum(row.troops for row in answer.other.assignments if row.mission == "border") >= 100 - 1e-6
    again = concord.solve(with_locks(problem, answer.locks), gap=GAP, threads=1)
    assert answer.other.measure.value == pytest.approx(again.measure.value, rel=2 * GAP)


def test_a_mission_with_a_minimum_strength_is_manned_in_strength() -> None:
    poor = concord.load(
        "three-states",
        settings=["funds.common-fund.budget=150", "missions.ceasefire.minimum_strength=1200"],
    )
    empty = concord.solve(poor, gap=GAP)
    assert not empty.assignments
    answer = why_not(empty, poor, Subject.MISSION, "ceasefire", Session(poor, gap=GAP))
    assert answer.locks == ("missions.ceasefire.total>=1200",)
    assert answer.other is not None
    assert max(row.troops for row in answer.other.assignments) >= 1200 - 1e-6
    assert answer.loss is not None
    assert answer.loss > 0


def test_why_not_a_zone_is_the_best_plan_with_a_team_there() -> None:
    dear = compact({"monitoring/monitors/team/cost": 5000.0, "monitoring/zones/ab/minimum": 0.0})
    unwatched = concord.solve(dear, gap=1e-3, threads=1)
    assert not unwatched.monitoring
    answer = why_not(unwatched, dear, Subject.ZONE, "cd", Session(dear, gap=1e-3, threads=1))
    assert answer.locks == ("monitors.cd.total>=1",)
    assert answer.other is not None
    assert sum(row.teams for row in answer.other.monitoring if row.zone == "cd") >= 1


RIVAL = {"kind": "rivals", "one": "C"}
RULES = "garrisons/contingents/ineligible"
# Changes of the problem; what is asked about; words of the fact; and what would change it.
FACTS: dict[str, tuple[dict[str, Any], Subject, str, str, dict[str, Any]]] = {
    "no consent": (
        {"missions/border/consent": False},
        Subject.MISSION,
        "border",
        "Nobody may go to border: the government in control of the place does not consent.",
        {"missions.border.consent": True},
    ),
    "consent after the need": (
        {"missions/border/consent_from": 2, "missions/border/end": 1},
        Subject.MISSION,
        "border",
        "the government consents from 2 on, the need ends with 1",
        {"missions.border.consent_from": 1},
    ),
    "a host that is left out": (
        {"membership": {"named": ["A", "B", "D"]}},
        Subject.MISSION,
        "border",
        "the entry test leaves out C",
        {},
    ),
    "nobody whom the entry test admits": (
        {
            "membership": {"named": ["B", "C", "D"]},
            "missions/border/parties": ["B", "D"],
            "relations": [RIVAL | {"other": "A"}],
            RULES: ["hosting"],
            "garrisons/contingents/min_nations": 1,
        },
        Subject.MISSION,
        "border",
        "B (party to the dispute, hosting), C (hosting), D (party to the dispute)",
        {"garrisons.contingents.exceptions.hosting": ["C"]},
    ),
    "a zone without periods": (
        {"monitoring/zones/cd/periods": []},
        Subject.ZONE,
        "cd",
        "its list of periods is empty",
        {"monitoring.zones.cd.periods": [1, 2]},
    ),
    "a zone that rivals alone could watch": (
        {
            "relations": [RIVAL | {"other": "A"}, RIVAL | {"other": "B"}],
            "monitoring/ineligible": ["rivals"],
            "monitoring/zones/ab/minimum": 0.0,
        },
        Subject.ZONE,
        "cd",
        "A (rivals), B (rivals)",
        {"monitoring.exceptions.rivals": ["A"]},
    ),
    "a state at war": (
        {
            "states/D/at_war": True,
            "states/D/sanctioned": True,
            RULES: ["at-war", "sanctioned"],
            "garrisons/contingents/exceptions": {"at-war": ["A"]},
        },
        Subject.CONTRIBUTOR,
        "D",
        "D may send no troops: there is war on its own soil (at-war), and it is under an arms embargo",
        {
            "garrisons.contingents.exceptions.at-war": ["A", "D"],
            "garrisons.contingents.exceptions.sanctioned": ["D"],
        },
    ),
    "a state that hosts": (
        {RULES: ["hosting"], "garrisons/contingents/min_nations": 2},
        Subject.CONTRIBUTOR,
        "B",
        "a peacekeeping mission may stand on its own soil (hosting)",
        {"garrisons.contingents.exceptions.hosting": ["B"]},
    ),
}


@pytest.mark.parametrize("case", FACTS)
def test_a_fact_that_rules_it_out_is_the_answer_and_its_remedy_takes_it_away(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """The plan is of a problem without the fact: what it has of the thing is taken out."""
    changes, subject, name, words, remedy = FACTS[case]
    stated = compact(changes)
    none = plan.model_copy(
        update={"assignments": (), "monitoring": (), "contingents": (), "contributions": ()}
    )
    asked = session(stated)
    monkeypatch.setattr(asked, "attempt_problem", None)
    answer = why_not(none, stated, subject, name, asked)
    assert answer.fact is not None
    assert words in answer.fact.says
    assert (answer.detail, answer.other, answer.loss) == (answer.fact.says, None, None)
    assert answer.fact.remedy == remedy
    if remedy:
        changed = Changeable.of(stated).changed(remedy)
        monkeypatch.undo()
        searched = why_not(none, changed, subject, name, Session(changed, time_limit=1e-6))
        assert searched.fact is None
        assert searched.locks


def test_a_zone_that_is_called_like_a_state_cannot_be_asked_about(plan: Plan) -> None:
    confusing = compact({"monitoring/zones/cd/id": "A"})
    with pytest.raises(BadInput, match="A is a state or a type of monitor too"):
        why_not(plan.model_copy(update={"monitoring": ()}), confusing, Subject.ZONE, "A", session(confusing))


def test_what_is_there_is_not_asked_why_not_and_the_other_way_round() -> None:
    three = concord.load("three-states")
    plan = concord.solve(three)
    with pytest.raises(BadInput, match="has border-town already"):
        why_not(plan, three, Subject.SITE, "border-town", Session(three))
    empty = concord.solve(with_locks(three, ["garrisons=closed"]))
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
    three = concord.load("three-states")
    chosen = concord.solve(three)
    named = {site.id: site.name for site in three.sites}["border-town"]
    for text in (named, "BORDER-TOWN"):
        answer = why(chosen, three, Subject.SITE, text, Session(three))
        assert answer.name == "border-town"


def test_forbidding_something_is_never_proven_to_be_a_gain() -> None:
    three = concord.load("three-states")
    rough = concord.solve(three, gap=0.2)
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
