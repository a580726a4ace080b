"""A doctrine recasts any problem by kinds of instrument, and takes nothing away by halves."""

from __future__ import annotations

from typing import Any

import pytest

import concord
from concord.doctrine import under
from concord.errors import BadInput
from concord.loading import bundled_doctrines, bundled_problems, load_doctrine
from concord.models import CapacityDimension, DesignProblem, Doctrine, Paradigm, unmarked_parameters
from concord.models.provenance import matches_something
from tests.support.compact import compact

NAMES = [doctrine.name for doctrine in bundled_doctrines()]
SPENT = {f"states/{s}/military_expenditure": spent for s, spent in {"A": 1, "B": 9, "C": 5, "D": 2}.items()}


def doctrine(**fields: Any) -> Doctrine:
    return Doctrine.model_validate({"id": "test", "title": "Test", **fields})


def test_the_six_doctrines_are_bundled() -> None:
    assert set(NAMES) == {
        "do-nothing", "balance-of-power", "unipolar", "common-defence", "modest-csce", "collective-security",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("problem", bundled_problems(), ids=lambda problem: problem.name)
def test_every_doctrine_recasts_every_bundled_problem_and_marks_its_figures(problem: Any, name: str) -> None:
    recast = under(concord.load(problem.name), load_doctrine(name))
    assert recast.doctrine == name
    assert all(matches_something(recast, note.path) for note in recast.provenance)
    assert unmarked_parameters(recast) == []
    assert {k.paradigm for k in recast.programmes} <= set(load_doctrine(name).paradigms)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"modest-csce"}))
def test_the_money_is_the_same(name: str) -> None:
    problem = compact()
    recast = under(problem, load_doctrine(name))
    assert {fund.id: fund.budget for fund in recast.funds} == {fund.id: fund.budget for fund in problem.funds}
    assert [fund.affordability for fund in recast.funds] == [fund.affordability for fund in problem.funds]


def test_a_modest_conference_has_a_fiftieth_of_the_money_and_organs_of_a_twentieth() -> None:
    recast = under(compact(), load_doctrine("modest-csce"))
    assert recast.funds[0].budget == pytest.approx(0.02 * 20.0)
    assert [organ.setup_cost for organ in recast.organs] == pytest.approx([0.1, 0.05])
    assert recast.organs[0].ceiling == pytest.approx(2.0)
    assert recast.garrisons is None


def test_a_share_of_the_money_is_a_share_of_what_is_committed_too() -> None:
    problem = compact({"funds/assessed/commitment": {1: 10.0}})
    assert under(problem, doctrine(budget_share=0.5, rules=True)).funds[0].commitment == {1: 5.0}
    assert under(problem, doctrine(budget_share=0.5)).funds[0].commitment is None


def test_what_is_taken_out_is_mentioned_nowhere() -> None:
    recast = under(compact(), doctrine(paradigms=["cooperative"], instruments=["monitoring"], rules=True))
    assert not recast.organs
    assert not recast.missions
    assert not recast.complementarities
    assert recast.monitoring is not None
    assert recast.monitoring.organ is None
    assert all(programme.organ is None for programme in recast.programmes)
    assert recast.dilemma.reduction_ceiling == 0.0


def test_an_earmark_for_what_is_gone_goes_too() -> None:
    recast = under(compact(), doctrine(instruments=["organs"], rules=True))
    assert not recast.programmes
    assert [[mark.id for mark in fund.earmarks] for fund in recast.funds] == [["fifth"], []]


def test_without_the_rules_there_are_neither_promises_nor_minima_nor_earmarks() -> None:
    kept = ["organs", "peacekeeping", "monitoring"]
    ceiling = [{"id": "no-hegemon", "of": "money", "share": 0.6}]
    recast = under(compact({"hegemony": ceiling}), doctrine(paradigms=["cooperative"], instruments=kept))
    assert not recast.hegemony
    assert not recast.benefit.nobody_worse_off
    assert recast.garrisons is not None
    assert recast.garrisons.min_open == 0
    assert [zone.minimum for zone in recast.open_zones] == [0.0, 0.0]
    assert all(fund.purposes is None and not fund.earmarks for fund in recast.funds)
    with_rules = under(compact(), doctrine(paradigms=["cooperative"], instruments=kept, rules=True))
    assert with_rules.benefit == compact().benefit
    assert with_rules.funds == compact().funds


def test_programmes_are_chosen_by_paradigm_and_brought_in_once() -> None:
    problem = compact({"programmes/defence/paradigm": "realist"})
    brought = [
        {"id": "defence", "name": "Other", "scale": 1.0},
        {"id": "arms", "name": "Arms", "scale": 1.0, "paradigm": "realist",
         "effects": {"war": 0.1, "piracy": 0.2}},
    ]  # fmt: skip
    recast = under(problem, doctrine(paradigms=["realist"], brings=brought))
    assert [programme.name for programme in recast.programmes] == ["Non-offensive defence", "Arms"]
    assert recast.programmes[1].effects == {"war": 0.1}


def test_the_realist_programmes_arm() -> None:
    brought = load_doctrine("balance-of-power").brings
    assert {k.id for k in brought} == {
        "military-aid", "arms-transfers", "prepositioned-equipment", "periodic-deployments",
        "cascaded-equipment",
    }  # fmt: skip
    assert all(k.paradigm is Paradigm.REALIST and k.posture > 0 and k.gains for k in brought)


def test_the_strongest_pays_and_sends_alone() -> None:
    recast = under(compact(SPENT), load_doctrine("unipolar"))
    assert [[payer.id for payer in recast.payers(fund)] for fund in recast.funds] == [["B"], ["B"]]
    assert [state.id for state in recast.senders] == ["B"]
    assert {state.id for state in recast.states if state.lift > 0} == {"B"}
    assert [state.id for state in recast.members] == ["A", "B", "C", "D"]
    named = under(compact(SPENT), doctrine(guarantor="C", instruments=["peacekeeping"]))
    assert [state.id for state in named.senders] == ["C"]


def test_of_equally_armed_states_the_richest_is_the_guarantor() -> None:
    recast = under(compact(), load_doctrine("unipolar"))
    assert [payer.id for payer in recast.payers(recast.funds[0])] == ["D"]


def test_a_quantile_of_democracy_is_the_entry_test_of_common_defence() -> None:
    levels = {"A": 0.9, "B": 0.4, "C": 0.5, "D": 0.6}
    changes = {f"states/{s}/capacities": {"military-prowess": 1.0, "political-legitimacy": level}
               for s, level in levels.items()}  # fmt: skip
    recast = under(compact(changes), load_doctrine("common-defence"))
    assert recast.membership.least == {CapacityDimension.POLITICAL_LEGITIMACY: 0.5}
    assert recast.left_out == ("B",)
    assert recast.membership.exclusion > 0


def test_an_alliance_with_fewer_states_than_a_garrison_needs_has_none() -> None:
    small = doctrine(membership={"named": ["C", "D"]}, instruments=["peacekeeping"])
    recast = under(compact({"funds/assessed/ceiling": 0.4}), small)
    assert recast.garrisons is None
    assert not recast.missions
    assert recast.funds[0].ceiling == 1.0


def test_a_problem_is_recast_once() -> None:
    recast = under(compact(), load_doctrine("do-nothing"))
    with pytest.raises(BadInput, match="stands under the doctrine do-nothing already"):
        under(recast, load_doctrine("unipolar"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"guarantor": "Z"}, "no state Z in compact"),
        ({"membership": {"least": {"social-cohesion": 3.0}}}, "the entry test admits nobody"),
    ],
)
def test_a_doctrine_that_does_not_fit_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        under(compact(), doctrine(**fields))


@pytest.mark.parametrize("name", NAMES)
def test_every_doctrine_has_a_plan_that_verifies_on_the_compact_problem(name: str) -> None:
    recast: DesignProblem = under(compact(SPENT), load_doctrine(name))
    plan = concord.solve(recast, gap=1e-3)
    assert concord.verify(plan, recast).ok
    assert plan.problem.doctrine == name
    if name == "do-nothing":
        assert plan.measure.value == pytest.approx(plan.measure.baseline, rel=1e-9)
        assert not plan.contributions
