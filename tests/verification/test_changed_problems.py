"""A plan held against a problem with another figure or date: what it breaks then, and what it says."""

from __future__ import annotations

from math import log

import pytest

from concord.verification import verify
from tests.support.broken_rules import Build, broken


def test_smaller_garrison_is_over_capacity_and_its_stated_room_is_wrong(build: Build) -> None:
    plan, problem = build(problem={"garrisons.max_troops": 350.0})
    found = [(v.name, v.amount) for v in verify(plan, problem).violations]
    assert found == [("garrisons.capacity", 50.0), ("figures.garrison", 50.0)]


@pytest.mark.parametrize(
    ("path", "place", "amount"),
    [
        ("garrisons.contingents.reimbursed", "garrisons, north, 1994", 0.8),
        ("garrisons.lift.reimbursed", "lift, common, 1994", 0.1111951),
        ("monitoring.monitors.0.reimbursed", "monitoring, north, 1993", 0.05),
    ],
)
def test_half_of_what_senders_spend_is_paid_back_and_not_borne(
    build: Build, path: str, place: str, amount: float
) -> None:
    found = verify(*build(problem={path: 0.5})).violations
    refunds = {v.subject: v.amount for v in found if v.name == "funds.coverage"}
    less_borne = [v.amount for v in found if v.name == "figures.burden" and v.subject.endswith("total")]
    assert refunds[place] == pytest.approx(amount, rel=1e-4)
    assert sum(less_borne) == pytest.approx(sum(refunds.values()), rel=1e-4)


def test_weak_state_that_is_zero_rated_pays_nothing_where_all_members_pay(build: Build) -> None:
    plan, problem = build(problem={"benefit.weak_states.zero_rated": True, "funds.0.ceiling": 0.6})
    paying = [v.subject for v in verify(plan, problem).violations if v.name == "rows.scope"]
    assert paying == ["BBB, assessed, 1993", "BBB, assessed, 1994"]


def test_what_does_not_arrive_is_missing_from_the_fund_and_from_the_burden(build: Build) -> None:
    """A tenth fails to arrive of the 2 and 6 that A pays."""
    found = verify(*build(problem={"funds.0.delivery": {"AAA": 0.9}})).violations
    amounts = {(v.rule, v.subject): v.amount for v in found if v.name != "figures.fairness"}
    assert amounts == pytest.approx(
        {
            ("1.3", "assessed, 1993"): 0.2,
            ("1.3", "assessed, 1994"): 0.6,
            ("P.8", "AAA, assessed, 1993"): 0.2,
            ("P.8", "AAA, assessed, 1994"): 0.6,
            ("P.9", "assessed, 1993"): 0.2,
            ("P.9", "assessed, 1994"): 0.6,
            ("P.18", "AAA, 1993, cash"): 0.2,
            ("P.18", "AAA, 1993, total"): 0.2,
            ("P.18", "AAA, 1993, share_of_gdp"): 0.0002,
            ("P.18", "AAA, 1994, cash"): 0.6,
            ("P.18", "AAA, 1994, total"): 0.6,
            ("P.18", "AAA, 1994, share_of_gdp"): 0.0006,
        }
    )


def test_programme_that_does_harm_makes_states_worse_off_by_its_effect(build: Build) -> None:
    plan, problem = build(problem={"programmes.0.effects": {"political": -0.5}})
    worse = {
        v.subject: v.amount for v in verify(plan, problem).violations if v.name == "benefit.nobody_worse_off"
    }
    assert worse["CCC, 1993"] == pytest.approx(0.5 * log(2))


def test_nobody_may_be_worse_off_from_the_period_given_on(build: Build) -> None:
    harm = {"programmes.0.effects": {"political": -0.5}}
    assert ("benefit.nobody_worse_off", "CCC, 1993") in broken(build, **harm)
    found = broken(build, **harm, **{"benefit.nobody_worse_off_from": 1994})
    assert ("benefit.nobody_worse_off", "CCC, 1993") not in found


def test_a_state_that_arms_must_have_abated_first(build: Build) -> None:
    arms = {"programmes.1.posture": 0.01}
    assert ("doctrine.abate_before_arming", "AAA, mediation, 1994") in broken(build, **arms)
    found = broken(build, **arms, **{"rules.abate_before_arming": 0.3})
    assert not [rule for rule, _ in found if rule.startswith("doctrine")]
    found = broken(build, **arms)
    assert found["doctrine.abate_before_arming", "AAA, mediation, 1994"] == pytest.approx(1.0 - log(2))


def test_what_takes_longer_to_set_up_than_there_was_time_works_too_early(build: Build) -> None:
    assert ("timetable.lead", "alpha, 1994") in broken(build, **{"garrisons.lead": 2})
    found = broken(build, **{"organs.1.lead": 1, "organs.1.earliest": None})
    assert ("timetable.lead", "command, 1994") not in found
    assert ("organs.founding", "command, 1994") in found
    assert found["funds.coverage", "organs, common, 1993"] == pytest.approx(1.0)
    assert ("timetable.lead", "secretariat, 1993") in broken(
        build, **{"organs.0.lead": 1, "organs.0.due": 1994}
    )


def test_a_backlash_raises_the_threat_in_the_period_after(build: Build) -> None:
    found = broken(build, **{"programmes.0.backlash": {"political": 0.5}})
    threats = {subject for rule, subject in found if rule == "security.threats"}
    assert threats == {"AAA, 1994, political", "CCC, 1994, political"}
    found = broken(build, **{"programmes.0.backlash": {"political": 0.5}, "programmes.0.backlash_lag": 0})
    assert "AAA, 1993, political" in {subject for rule, subject in found if rule == "security.threats"}


def test_a_programme_that_waits_may_not_run_and_a_garrison_neither(build: Build) -> None:
    first = {"programme": "defence", "least": 1.0}
    for then, words in (
        ({"programme": "mediation", "region": "south"}, "mediation runs in CCC"),
        ({"region": "north"}, "mediation runs in AAA"),
    ):
        plan, problem = build(problem={"timetable.precedence": [{"id": "q", "first": first, "then": then}]})
        messages = [v.message for v in verify(plan, problem).violations if v.name == "timetable.precedence"]
        assert len(messages) == 2
        assert all(message.startswith(words) for message in messages)


@pytest.mark.parametrize(("closable", "closed"), [(False, {"observatory, 1994"}), (True, set())])
def test_organ_closes_only_if_closable(build: Build, closable: bool, closed: set[str]) -> None:
    plan, problem = build(problem={"organs.2.closable": closable}, without=("organs.3",))
    named = {v.subject for v in verify(plan, problem).violations if v.name == "organs.permanence"}
    assert named == closed


def test_message_says_who_has_how_much_and_what_is_allowed(build: Build) -> None:
    plan, problem = build(problem={"garrisons.contingents.max_state_share": 0.4})
    (violation,) = verify(plan, problem).violations
    assert str(violation) == (
        "3.8 garrisons.state_share: BBB has 50 % of alpha in 1994, allowed 40 % (excess 10 points)"
    )
    assert violation.unit == "points"
