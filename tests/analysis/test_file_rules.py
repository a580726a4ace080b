"""The catalogue of rules: every path is one that `--set` takes, and leaving rules out leaves no demand."""

from __future__ import annotations

from typing import Any

import pytest

from concord.analysis.file_rules import FileRule, Looser, file_rules, only, validated
from concord.formulation import formulate
from concord.formulation.assemble import EQUATIONS
from concord.formulation.true_values import status_quo
from concord.loading import bundled_problems, load_problem
from concord.models import DesignProblem
from concord.solving.feasibility import violation
from tests.support.compact import compact

CHANGES: dict[str, Any] = {
    "funds/assessed/budget": {1: 20.0, 2: 30.0},
    "funds/assessed/commitment": 5.0,
    "organs/secretariat/due": 2,
    "benefit/ratio_floors": {"A": 0.4},
}


@pytest.fixture(scope="module")
def problem() -> DesignProblem:
    return compact(CHANGES)


@pytest.fixture(scope="module")
def rules(problem: DesignProblem) -> dict[str, FileRule]:
    return {rule.name: rule for rule in file_rules(problem)}


def test_rules_are_named_by_their_paths(rules: dict[str, FileRule]) -> None:
    assert rules["funds.assessed.budget.2"].value == 30.0
    assert rules["benefit.ratio_floors.A"].value == 0.4
    assert rules["hegemony.no-patron.share"].sort.looser is Looser.UP
    assert rules["funds.assessed.earmarks.fifth.share"].sort.looser is Looser.DOWN
    assert "funds.regional.ceiling" not in rules, "a ceiling of the whole forbids nothing"


def test_every_family_of_rules_has_its_paths(rules: dict[str, FileRule]) -> None:
    first = {name.split(".")[0] for name in rules}
    assert first == {
        "funds", "burden_sharing", "benefit", "hegemony", "organs", "programmes", "garrisons", "missions",
        "monitoring", "dilemma", "timetable", "rules", "objective", "locks",
    }  # fmt: skip


STATED: dict[str, Any] = {
    "garrisons/contingents/ineligible": ["rivals", "at-war"],
    "garrisons/contingents/exceptions": {"at-war": ["A"]},
    "monitoring/ineligible": ["neighbours"],
    "monitoring/exceptions": {"neighbours": ["B", "C"]},
    "monitoring/zones/cd/periods": [2],
    "missions/border/consent": False,
    "missions/ceasefire/consent_from": 2,
}


@pytest.fixture(scope="module")
def limited() -> DesignProblem:
    return compact(STATED)


def test_who_may_go_where_is_a_matter_of_rules(limited: DesignProblem) -> None:
    """Each is known by its path, says what it demands, and left out leaves a sound problem."""
    more = {rule.name: rule for rule in file_rules(limited)}
    names = {path.replace("/", ".") for path in STATED if "exceptions" not in path}
    assert names == more.keys() - {rule.name for rule in file_rules(compact())}
    assert all(more[name].claim.endswith(".") for name in names)
    assert not any(more[name].numeric for name in names)
    without = [validated(more[name].without(limited)) for name in names]
    assert None not in without
    every = only(limited, list(more.values()), [rule for name, rule in more.items() if name not in names])
    assert validated(every) == compact()


def test_exceptions_go_with_the_rule_that_they_are_from(limited: DesignProblem) -> None:
    for path in ("garrisons.contingents.ineligible", "monitoring.ineligible"):
        rule = next(rule for rule in file_rules(limited) if rule.name == path)
        freed = rule.without(limited)
        place = freed.garrisons.contingents if "garrisons" in path and freed.garrisons else freed.monitoring
        assert place is not None
        assert (place.ineligible, place.exceptions) == ((), {})


def test_what_stands_stays_and_is_done_together_are_rules_of_the_formulation() -> None:
    stated = {
        "missions/ceasefire/standing": 300.0,
        "monitoring/kinds/frontier/stays": True,
        "dilemma/reciprocity": 0.5,
        "relations": [{"one": "A", "other": "B", "kind": "rivals"}],
    }
    problem = compact(stated)
    rules = {rule.name: rule for rule in file_rules(problem)}
    names = {path.replace("/", "."): value for path, value in stated.items() if path != "relations"}
    assert names.keys() == rules.keys() - {rule.name for rule in file_rules(compact())}
    assert {name: rules[name].value for name in names} == names
    assert [name for name in names if rules[name].demands] == ["missions.ceasefire.standing"]
    known = {equation.rule for equation in EQUATIONS.values()}
    for name in names:
        assert set(rules[name].sort.equations.split()) <= known
        assert rules[name].claim.endswith(".")
        assert validated(rules[name].without(problem)) is not None


def test_every_rule_says_what_it_demands(rules: dict[str, FileRule]) -> None:
    assert [name for name, rule in rules.items() if not rule.claim.endswith(".")] == []


def test_every_equation_that_is_named_exists(rules: dict[str, FileRule]) -> None:
    known = {equation.rule for equation in EQUATIONS.values()}
    named = {name for rule in rules.values() for name in rule.sort.equations.split()}
    assert named <= known


def test_without_all_rules_doing_nothing_is_a_plan(problem: DesignProblem) -> None:
    bare = formulate(only(problem, file_rules(problem), []))
    assert violation(bare.program.matrix(), status_quo(bare.program, bare.scene)) < 1e-9


def test_a_changed_figure_is_that_of_a_setting() -> None:
    problem = load_problem("three-states")
    budget = next(rule for rule in file_rules(problem) if rule.name == "funds.common-fund.budget")
    changed = validated(budget.at(problem, 150.0))
    assert changed == load_problem("three-states", settings=["funds.common-fund.budget=150.0"])


def test_what_cross_checks_refuse_is_no_problem() -> None:
    problem = load_problem("three-states")
    share = next(rule for rule in file_rules(problem) if rule.name.endswith("min_nations"))
    assert validated(share.at(problem, 7)) is None


@pytest.mark.parametrize("name", [bundled.name for bundled in bundled_problems()])
def test_figures_of_bundled_problems_can_be_set_by_path(name: str) -> None:
    problem = load_problem(name)
    numeric = [rule for rule in file_rules(problem) if rule.numeric and rule.value is not None]
    settings = [f"{rule.name}={rule.value}" for rule in numeric]
    changed = load_problem(name, settings=settings)
    assert {r.name: r.value for r in file_rules(changed)} == {r.name: r.value for r in file_rules(problem)}
