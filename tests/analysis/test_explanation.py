"""Conflicts are irreducible and rechecked, amounts are those of programs of their own, repairs are solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import concord
from concord.analysis.admission import Judge
from concord.analysis.conflicts import irreducible
from concord.analysis.explanation import DEFAULTS, Conflict, Explanation, briefly, explain
from concord.analysis.file_rules import file_rules, only, validated
from concord.errors import BadInput, NoPlanFound
from concord.models import DesignProblem
from concord.solving import progress
from concord.solving.options import SolveOptions
from concord.solving.progress import Progress, SilentWatch
from tests.support.compact import CIVIL, compact

FUND = "funds.common-fund"


def small(*settings: str) -> DesignProblem:
    return concord.load("three-states", settings=settings)


def names(conflict: Conflict) -> set[str]:
    return {rule.rule for rule in conflict.rules}


def assert_irreducible(problem: DesignProblem, conflict: Conflict) -> None:
    """The rules alone admit no plan; without any one of them they do."""
    judge, rules = Judge(DEFAULTS), file_rules(problem)
    chosen = [rule for rule in rules if rule.name in names(conflict)]
    assert len(chosen) == len(conflict.rules)
    assert judge.admits(only(problem, rules, chosen)) is False
    for rule in chosen:
        assert judge.admits(only(problem, rules, [other for other in chosen if other is not rule])) is True


def assert_repairs_work(problem: DesignProblem, found: Explanation) -> None:
    """Every repair, made in the file's own terms, gives a plan that verifies."""
    assert found.repairs
    for repair in found.repairs:
        changed = problem
        for change in repair.changes:
            rule = next(rule for rule in file_rules(problem) if rule.name == change.rule)
            changed = rule.without(changed) if change.new is None else rule.at(changed, change.new)
        sound = validated(changed)
        assert sound is not None
        assert concord.verify(concord.solve(sound, gap=0.3), sound).ok


@pytest.fixture(scope="module")
def promised() -> tuple[DesignProblem, Explanation]:
    """Payers can afford 70 in all (C-land, the poorest, 10), and share equally; 100 are promised."""
    problem = small(f"{FUND}.affordability=0.001", f"{FUND}.commitment=100")
    return problem, explain(problem)


def test_a_problem_with_a_plan_has_no_conflict() -> None:
    found = explain(small())
    assert found.feasible
    assert not found.conflicts


def test_a_conflict_has_no_rule_too_many(promised: tuple[DesignProblem, Explanation]) -> None:
    problem, found = promised
    (conflict,) = found.conflicts
    assert names(conflict) == {f"{FUND}.affordability", f"{FUND}.commitment"}
    assert conflict.proven
    assert conflict.continuous
    assert_irreducible(problem, conflict)


def test_amounts_are_those_that_the_others_admit(promised: tuple[DesignProblem, Explanation]) -> None:
    (conflict,) = promised[1].conflicts
    enough = {rule.rule: rule.enough for rule in conflict.rules}
    assert enough[f"{FUND}.commitment"] == pytest.approx(70.0)
    assert enough[f"{FUND}.affordability"] == pytest.approx(100 / 70000, rel=1e-3)
    assert (
        conflict.because
        == f"{FUND}.affordability admits at most 70 of the 100 million USD of {FUND}.commitment"
    )


def test_repairs_heed_the_rules_outside_the_conflict(promised: tuple[DesignProblem, Explanation]) -> None:
    """With equal shares C-land pays a third of everything, and 0.001 of its GDP is 10."""
    problem, found = promised
    new = {change.rule: change.new for repair in found.repairs for change in repair.changes}
    assert new[f"{FUND}.commitment"] == pytest.approx(30.0)
    assert new[f"{FUND}.affordability"] == pytest.approx(1 / 300, rel=2e-3)
    assert [repair.cost for repair in found.repairs] == sorted(repair.cost for repair in found.repairs)
    assert_repairs_work(problem, found)


def test_what_is_sacred_is_kept_and_what_is_dear_comes_last() -> None:
    problem = small(f"{FUND}.commitment=200")
    kept = explain(problem, keep=[f"{FUND}.commitment"])
    assert [change.rule for repair in kept.repairs for change in repair.changes] == [f"{FUND}.budget"]
    dear = explain(problem, weights={f"{FUND}.commitment": 10.0})
    assert [repair.changes[0].rule for repair in dear.repairs] == [f"{FUND}.budget", f"{FUND}.commitment"]
    assert dear.repairs[1].cost == pytest.approx(10 * 0.1)


def test_several_conflicts_are_found_and_repaired_together() -> None:
    problem = small(
        f"{FUND}.commitment=200", "garrisons.contingents.availability=0.001", "garrisons.min_open=1"
    )
    found = explain(problem, repairs=1)
    assert len(found.conflicts) == 2
    assert not names(found.conflicts[0]) & names(found.conflicts[1])
    for conflict in found.conflicts:
        assert_irreducible(problem, conflict)
    assert len(found.repairs[0].changes) == 2
    assert_repairs_work(problem, found)


def test_amounts_are_told_of_conflicts_that_come_to_light_with_a_repair() -> None:
    """Every year's budget contradicts the promise by itself; the promise is sacred, so all years give way."""
    budgets = {1: 10.0, 2: 12.0}
    problem = compact({**PLAIN, "funds/assessed/budget": budgets, "funds/assessed/commitment": 15.0})
    found = explain(problem, keep=["funds.assessed.commitment"], repairs=1)
    assert len(found.conflicts) == 1
    (repair,) = found.repairs
    new = {change.rule: change.new for change in repair.changes}
    assert new == {f"funds.assessed.budget.{period}": pytest.approx(15.0) for period in problem.periods}
    assert repair.cost == pytest.approx(5 / 10 + 3 / 12)


@dataclass
class Hasty:
    """Asks for an end after so many questions to solvers."""

    questions: int
    asked: int = 0

    def report(self, progress: Progress) -> None:
        self.asked = progress.nodes

    def stop_requested(self) -> bool:
        return self.asked >= self.questions


def test_an_interruption_leaves_the_conflicts_and_the_repairs_found() -> None:
    problem = small(f"{FUND}.affordability=0.001", f"{FUND}.commitment=100")
    whole = explain(problem)
    assert len(whole.repairs) == 2
    assert not whole.late
    cut = explain(problem, watch=Hasty(whole.checks))
    assert cut.conflicts == whole.conflicts
    assert cut.late
    assert len(cut.repairs) < len(whole.repairs)


def test_repairs_end_where_time_does() -> None:
    found = explain(small(f"{FUND}.commitment=200"), options=SolveOptions(time_limit=1e-3))
    assert found.conflicts
    assert not found.repairs
    assert found.late


class Clock(SilentWatch):
    """Time that is over after so many questions."""

    def __init__(self, questions: int) -> None:
        self.left = questions

    def report(self, progress: Progress) -> None:  # noqa: ARG002 -- that there was one is enough
        self.left -= 1

    def read(self) -> float:
        return 0.0 if self.left > 0 else 1e9


def test_everything_ends_with_the_conflicts_found_when_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """However far it came: no answer, conflicts without amounts, or conflicts without repairs."""
    problem = small(f"{FUND}.affordability=0.001", f"{FUND}.commitment=100")
    whole, known = explain(problem), set[int]()
    for questions in (1, *range(4, whole.checks, whole.checks // 6)):
        clock = Clock(questions)
        monkeypatch.setattr(progress, "perf_counter", clock.read)
        try:
            found = explain(problem, options=SolveOptions(time_limit=10.0), watch=clock)
        except NoPlanFound:
            known.add(0)
            continue
        assert found.late
        assert found.conflicts
        assert len(found.repairs) < len(whole.repairs)
        known.add(len(found.conflicts))
    assert known == {0, len(whole.conflicts)}


def test_a_brief_explanation_is_none_or_a_conflict_when_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, options = small(f"{FUND}.commitment=200"), SolveOptions(time_limit=10.0)
    whole = Clock(1000)
    monkeypatch.setattr(progress, "perf_counter", whole.read)
    known = briefly(problem, options, whole)
    assert known is not None
    asked, found = 1000 - whole.left, []
    for questions in range(1, asked + 1):
        clock = Clock(questions)
        monkeypatch.setattr(progress, "perf_counter", clock.read)
        found.append(briefly(problem, options, clock))
    assert found[0] is None
    late = [conflict for conflict in found if conflict is not None]
    assert all(names(conflict) == names(known) for conflict in late)
    assert any(rule.enough is None for conflict in late for rule in conflict.rules)


def test_conflicts_of_whole_numbers_are_explained() -> None:
    """Two companies fit in; nobody may be more than 0.45 of them, and half a company cannot be sent."""
    shares = "garrisons.contingents.max_state_share"
    problem = small("garrisons.min_open=1", "garrisons.max_troops=1000", f"{shares}=0.45")
    found = explain(problem, repairs=2)
    (conflict,) = found.conflicts
    assert not conflict.continuous
    assert names(conflict) == {"garrisons.min_open", "garrisons.max_troops", shares}
    assert_irreducible(problem, conflict)
    assert_repairs_work(problem, found)


def test_a_government_that_does_not_consent_is_among_what_can_give_way() -> None:
    """No money makes C-land as safe as the floor demands while nobody keeps the cease-fire."""
    problem = small("missions.ceasefire.consent=false", "benefit.ratio_floors={C-land: 1.05}")
    found = explain(problem)
    (conflict,) = found.conflicts
    assert names(conflict) == {
        f"{FUND}.budget",
        "benefit.ratio_floors.C-land",
        "missions.ceasefire.consent",
    }
    assert [repair.changes[0].new for repair in found.repairs if "consent" in repair.changes[0].rule] == [
        None
    ]
    assert_irreducible(problem, conflict)
    assert_repairs_work(problem, found)


SECRETARIAT: dict[str, Any] = {"id": "secretariat", "name": "Secretariat", "setup_cost": 1, "upkeep": 1}
CONTRADICTIONS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "funds": (
        {"funds/assessed/commitment": 21.0},
        {"funds.assessed.budget", "funds.assessed.commitment"},
    ),
    "means": (
        {
            "funds/assessed/scale": None,
            "funds/assessed/commitment": 19.0,
            "funds/assessed/affordability": 0.001,
        },
        {"funds.assessed.commitment", "funds.assessed.affordability"},
    ),
    "floors of benefit": ({"benefit/ratio_floor": 5.0}, {"benefit.ratio_floor"}),
    "regions": (
        {"benefit/spending_floors": [{"id": "all", "amount": 500.0, "together": True}]},
        {"benefit.spending_floors.all.amount"},
    ),
    "windows": (
        {
            "organs": [
                {**SECRETARIAT, "due": 1, "requires": ["court"]},
                {**SECRETARIAT, "id": "court", "earliest": 2},
            ]
        },
        {"organs.secretariat.due", "organs.secretariat.requires", "organs.court.earliest"},
    ),
    "purposes": (
        {"organs": [{**SECRETARIAT, "due": 1}], "funds/assessed/purposes": ["programmes"]},
        {"organs.secretariat.due", "funds.assessed.purposes", "funds.regional.purposes"},
    ),
    "monitors": (
        {"monitoring/zones/ab/minimum": 3.5, "monitoring/kinds/frontier/received_quota": 2},
        {"monitoring.zones.ab.minimum", "monitoring.kinds.frontier.received_quota"},
    ),
    "hegemony": (
        {"hegemony": [{"id": "none", "of": "money", "share": 0.3}], "funds/assessed/commitment": 1.0},
        {"hegemony.none.share", "funds.assessed.tolerance"},
    ),
}
PLAIN: dict[str, Any] = {
    **dict.fromkeys(("timetable", "rules", "garrisons", "missions", "complementarities")),
    "organs": [SECRETARIAT],
}


QUICK = {"funds", "means", "floors of benefit"}


@pytest.mark.parametrize(
    "family",
    [
        family if family in QUICK else pytest.param(family, marks=pytest.mark.slow)
        for family in CONTRADICTIONS
    ],
)
def test_contradictions_of_every_family_are_told_in_its_terms(family: str) -> None:
    changes, expected = CONTRADICTIONS[family]
    problem = compact({**PLAIN, **changes})
    conflict = briefly(problem, SolveOptions())
    assert conflict is not None
    assert expected <= names(conflict)
    assert len(conflict.rules) <= len(expected) + 2
    assert_irreducible(problem, conflict)


def test_names_that_fit_no_rule_are_refused() -> None:
    with pytest.raises(BadInput, match="budgett"):
        explain(small(), keep=[f"{FUND}.budgett"])


def test_filtering_finds_the_needed_ones_among_many() -> None:
    rules: list[Any] = list(range(40))
    asked: list[int] = []

    def contradictory(some: Any) -> bool:
        asked.append(1)
        return {3, 17, 31} <= set(some)

    assert sorted(irreducible(rules, contradictory)) == [3, 17, 31]
    assert len(asked) < 40
    assert irreducible(rules, lambda _: True) == []


def test_civil_problems_have_plans() -> None:
    assert explain(compact(CIVIL), repairs=0).feasible


@pytest.mark.slow
def test_a_promise_beyond_the_budget_of_the_largest_problem_is_explained() -> None:
    problem = concord.load("euro-atlantic-1992", settings=["funds.assessed.commitment=800"])
    conflict = briefly(problem, SolveOptions(time_limit=600.0))
    assert conflict is not None
    assert {rule.rule: rule.enough for rule in conflict.rules} == {
        "funds.assessed.commitment": pytest.approx(500.0),
        "funds.assessed.budget.1993": pytest.approx(800.0),
    }
    assert conflict.proven


@pytest.mark.slow
def test_a_floor_that_nothing_can_buy_is_explained() -> None:
    problem = concord.load("west-africa-1990", settings=["benefit.ratio_floor=5"])
    conflict = briefly(problem, SolveOptions(time_limit=120.0))
    assert conflict is not None
    assert names(conflict) == {"benefit.ratio_floor"}
    assert conflict.because.startswith("the facts admit at most ")
    assert conflict.proven
