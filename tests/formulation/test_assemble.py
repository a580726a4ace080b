"""Every equation has a number in the documentation, a claim and a test; none costs without its data."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from concord.formulation import constraints
from concord.formulation.assemble import EQUATIONS, FAMILIES
from concord.formulation.constraints import security
from concord.formulation.equation import Equation, Family, family
from concord.verification import RULES
from tests.support.cases import Case, formulated
from tests.support.compact import BARE, compact

DOCUMENT = Path(__file__).parents[2] / "docs" / "formulation.md"
FAMILY_NAMES = [member.name for member in FAMILIES]
ELSEWHERE = {"S.2", "S.7", "S.8", "3.14", "4.7", "5.4", "8.6", "8.7", "9.1", "9.3", "11.5", "11.6"}
"""Numbers that no constraint carries: curves, the log ratio, labels that do not exist, votes, who serves."""
NEEDLESS = [
    ({"garrisons/organ": None}, {"garrisons.organ"}),
    ({"garrisons/max_open": None}, {"garrisons.max_open"}),
    ({"garrisons/max_per_host": None}, {"garrisons.max_per_host"}),
    ({"garrisons/contingents/scale": None}, {"contingents.scale.above", "contingents.scale.below"}),
    ({"garrisons/contingents/max_host_share": 1.0}, {"garrisons.host_share"}),
    (
        {"garrisons/contingents/max_state_share": 1.0},
        {"garrisons.state_share", "garrisons.minimum_units.absent"},
    ),
    ({"monitoring/organ": None}, {"monitoring.organ"}),
    ({"monitoring/zones/ab/minimum": 0.0}, {"monitoring.minimum"}),
    (
        {"monitoring/kinds/frontier/received_quota": None},
        {"monitoring.quota", "monitoring.share_from_one"},
    ),
    ({"garrisons/lift/sender_cost": 0.0}, {"missions.lift_used"}),
    ({"dilemma/reduction_per_effort": None}, {"dilemma.monitored_reduction"}),
    ({"missions/ceasefire/minimum_strength": 0.0}, {"missions.minimum_strength.deployed"}),
    ({"complementarities": None}, {"security.complementarity.peacekeepers"}),
    ({"programmes/mediation/mutual": None}, {"security.frontier.one", "security.frontier.other"}),
    ({"organs/secretariat/ceiling": None}, {"organs.ceiling", "programmes.minimum_scale.idle"}),
    ({"programmes/mediation/organ": None}, {"programmes.organ", "organs.ceiling"}),
    ({"programmes/defence/minimum_scale": 0.0}, {"programmes.minimum_scale.running"}),
    ({"organs/command/requires": []}, {"organs.requires", "organs.earliest"}),
    ({"funds/assessed/scale": None}, {"burden.scale.above", "burden.scale.below", "burden.floor"}),
    ({"funds/assessed/ceiling": 1.0}, {"burden.ceiling"}),
    ({"funds/assessed/affordability": None}, {"funds.affordability", "funds.commitment"}),
    ({"funds/assessed/earmarks": []}, {"funds.earmark.at_least", "funds.earmark.at_most"}),
    ({"funds/regional/earmarks": []}, {"funds.donors"}),
    ({"burden_sharing/fair/affordability": None}, {"burden.affordability"}),
    ({"burden_sharing/fair/spread": None}, {"burden.spread"}),
    ({"burden_sharing/fair/ratio": None}, {"burden.ratio"}),
    (
        {"burden_sharing/fair/equal_sacrifice": None},
        {"burden.sacrifice.whole", "burden.equal_sacrifice.above"},
    ),
    (
        {
            "burden_sharing/fair/gini": None,
            "burden_sharing/steady/gini": None,
            "burden_sharing/steady/spread": 0.5,
        },
        {"burden.ranking.sum", "burden.ranking.higher", "burden.gini"},
    ),
    ({"garrisons/contingents/sender_cost": 0.0}, {"burden.sent", "burden.sent.room", "burden.sent.company"}),
    ({"monitoring/monitors/team/sender_cost": 0.0}, {"burden.provided", "burden.provided.together"}),
    ({"benefit/spending_floors": []}, {"benefit.spending_floor", "benefit.spending_floor.together"}),
    (
        {"benefit/equal_treatment": []},
        {"benefit.equal_treatment.spending", "benefit.equal_treatment.gain"},
    ),
    ({"benefit/weak_states": None}, {"benefit.weak_spending", "benefit.weak_gain"}),
    ({"benefit/nobody_worse_off": False}, {"benefit.nobody_worse_off"}),
    ({"benefit/ratio_floor": None}, {"benefit.ratio_floor"}),
    (
        {"hegemony": [{"id": "no-patron", "of": "money", "share": 0.5}]},
        {
            "hegemony.troops",
            "hegemony.troops.together",
            "hegemony.hosted_troops",
            "hegemony.garrisons",
            "hegemony.monitors",
            "hegemony.headquarters",
            "hegemony.monitors.together",
        },
    ),
    ({"hegemony": [{"id": "no-bases", "of": "garrisons", "share": 0.9}]}, {"hegemony.money"}),
    ({}, {"programmes.all_or_none", "organs.latest", "timetable.due", "timetable.precedence.organ"}),
    ({}, {"missions.standing", "monitoring.stays", "dilemma.reciprocity", "dilemma.reciprocity.alone"}),
    ({}, {"doctrine.abate_before_arming.programmes", "doctrine.abate_before_arming.abated"}),
    ({"locks": [{"decision": "lift.A", "most": 1.0}]}, {"locks.least"}),
    ({"locks": [{"decision": "lift.A", "least": 1.0}]}, {"locks.most"}),
    ({"timetable/precedence": []}, {"timetable.precedence.tried", "timetable.precedence.programme"}),
    ({"timetable/experience": []}, {"timetable.experience.learned", "timetable.experience.saved"}),
]


def cases(name: str) -> list[Case]:
    """The cases of a family."""
    found: list[Case] = import_module(f"tests.formulation.constraints.test_{name}").CASES
    return found


@pytest.fixture(scope="module")
def documented() -> set[str]:
    return set(re.findall(r"^    (S\.\d+|\d+\.\d+)\b", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", EQUATIONS)
def test_every_equation_has_a_case(name: str) -> None:
    owner = next(member.name for member in FAMILIES if EQUATIONS[name] in member.equations)
    mine = [example for example in cases(owner) if example.equation == name]
    assert mine, f"{name} has no case in test_{owner}.py"
    assert any(example.obeys for example in mine)
    assert any(example.breaks for example in mine)


@pytest.mark.parametrize("equation", EQUATIONS.values(), ids=lambda equation: equation.name)
def test_every_equation_has_a_number_in_the_documentation_and_a_claim(
    equation: Equation, documented: set[str]
) -> None:
    assert equation.number in documented
    assert equation.write.__doc__, f"{equation.name} says nothing of what then holds"
    assert re.fullmatch(r"[A-Z].*[.)]", equation.claim), equation.claim


def test_every_number_in_the_documentation_has_an_equation(documented: set[str]) -> None:
    assert documented - {equation.number for equation in EQUATIONS.values()} == ELSEWHERE


@pytest.mark.parametrize("rule", sorted({equation.rule for equation in EQUATIONS.values()} & set(RULES)))
def test_the_verifier_gives_a_rule_the_number_of_one_of_its_equations(rule: str) -> None:
    assert RULES[rule] in {equation.number for equation in EQUATIONS.values() if equation.rule == rule}


def test_the_verifier_checks_every_rule_with_a_limit_of_its_own() -> None:
    limits = {equation.rule for equation in EQUATIONS.values() if equation.unit or equation.unit_of}
    assert limits - set(RULES) == set()


def test_every_number_in_a_family_is_told_at_the_head_of_its_module() -> None:
    for member in FAMILIES:
        module = import_module(f"concord.formulation.constraints.{member.name}")
        numbers = {equation.number for equation in member.equations}
        prefixes = {re.split(r"\.", number)[0] for number in numbers}
        assert len(prefixes) == 1, f"{member.name} mixes the numbers {sorted(numbers)}"
        assert f"\n{prefixes.pop()}." in (module.__doc__ or "")


def test_every_module_of_constraints_is_registered() -> None:
    assert sorted(module.name for module in iter_modules(constraints.__path__)) == sorted(FAMILY_NAMES)


def test_a_family_holds_every_equation_of_its_module_once() -> None:
    names = [equation.name for member in FAMILIES for equation in member.equations]
    assert len(names) == len(set(names)) == len(EQUATIONS)
    assert family("security", security).equations == FAMILIES[0].equations


def test_a_problem_without_instruments_has_no_rows_but_those_of_security() -> None:
    program = formulated(BARE).program
    ours = {equation.name for equation in FAMILIES[0].equations}
    rows = {name for name, block in program.constraints.items() if len(block.rows)}
    assert rows == {"security.threats", "security.threat", "security.capacity"} <= ours


@pytest.mark.parametrize("member", FAMILIES[1:], ids=lambda member: member.name)
def test_a_family_does_not_apply_without_its_data(member: Family) -> None:
    assert not member.applies(compact(BARE))
    assert member.applies(compact())


@pytest.mark.parametrize(("changes", "names"), NEEDLESS, ids=lambda part: ", ".join(sorted(part)))
def test_an_equation_without_its_data_adds_no_rows(changes: dict[str, object], names: set[str]) -> None:
    program = formulated(changes).program
    for name in names:
        assert name in program.constraints
        assert not len(program.constraints[name].rows), name


BRIEF = {"hegemony", "sharing", "provision", "timetable", "doctrine"}
"""Families whose module tells the maths, and which write what docs/formulation.md says as it stands there."""


@pytest.mark.parametrize("name", sorted(set(FAMILY_NAMES) - BRIEF))
def test_every_equation_tells_its_maths_and_what_its_dual_means(name: str) -> None:
    (found,) = [each for each in FAMILIES if each.name == name]
    silent = [
        equation.name
        for equation in found.equations
        if not re.search(
            r"Dual:\s|no\s+price\s+of\s+its\s+own|Hall's\s+theorem", equation.write.__doc__ or ""
        )
    ]
    assert silent == []


@pytest.mark.parametrize("name", FAMILY_NAMES)
def test_the_module_of_a_family_lists_every_number_that_it_writes(name: str) -> None:
    (found,) = [each for each in FAMILIES if each.name == name]
    told = import_module(found.equations[0].write.__module__).__doc__ or ""
    assert {each.number for each in found.equations} - set(
        re.findall(r"^\s*(\S+?\.\d+)\b", told, re.M)
    ) == set()
