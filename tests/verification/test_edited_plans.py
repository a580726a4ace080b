"""A plan edited by hand is caught, whichever row or figure is edited, by the rule that it breaks."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from pathlib import Path
from typing import Any

import pytest

from concord.models import DesignProblem, Plan
from concord.verification import RULES, Tolerance, verify

Build = Callable[..., tuple[Plan, DesignProblem]]

EDITS: list[tuple[str, dict[str, Any], tuple[str, str, float]]] = [
    ("problem", {"problem.digest": "sha256:0"}, ("P.1 problem.digest", "by-hand", 1.0)),
    ("id", {"problem.id": "other"}, ("P.2 problem.reference", "id", 1.0)),
    ("title", {"problem.title": "Other"}, ("P.2 problem.reference", "title", 1.0)),
    ("currency", {"problem.currency": "DEM"}, ("P.2 problem.reference", "currency", 1.0)),
    ("periods", {"problem.periods": [1993]}, ("P.2 problem.reference", "periods", 1.0)),
    ("left out", {"problem.left_out": ["BBB"]}, ("P.2 problem.reference", "left_out", 1.0)),
    (
        "unknown payer",
        {"contributions.0.payer": "XXX"},
        ("P.3 rows.known", "contributions, XXX, assessed, 1993, state XXX", 1.0),
    ),
    (
        "unknown region",
        {"expenditures.0.region": "moon"},
        ("P.3 rows.known", "expenditures, assessed, organs, moon, 1993, region moon", 1.0),
    ),
    (
        "unknown period",
        {"security.0.period": 2093},
        ("P.3 rows.known", "security, AAA, 2093, period 2093", 1.0),
    ),
    (
        "unknown threat",
        {"security.0.threats": {"military": 1.0, "{0}": 0.0}},
        ("P.3 rows.known", "security, AAA, 1993, {0}", 1.0),
    ),
    (
        "unknown instrument",
        {"security.0.attribution": {"magic": 0.0}},
        ("P.3 rows.known", "security, AAA, 1993, magic", 1.0),
    ),
    (
        "negative pay",
        {"contributions.0.amount": -2.0},
        ("P.5 rows.sign", "contributions, AAA, assessed, 1993", 2.0),
    ),
    ("negative arming", {"posture.0.arming": -0.1}, ("P.5 rows.sign", "posture, AAA, 1994", 0.1)),
    ("broken unit", {"contingents.1.units": 1.75}, ("P.6 rows.whole", "contingents, BBB, alpha, 1994", 0.25)),
    (
        "half a company at the mission",
        {"assignments.0.troops": 150.0},
        ("P.6 rows.whole", "assignments, alpha, border, 1994", 0.5),
    ),
    (
        "half a company of one nation at the mission",
        {"deployments.0.units": 0.5},
        ("P.6 rows.whole", "deployments, AAA, alpha, border, 1994", 0.5),
    ),
    (
        "fewer than nobody serve",
        {"deployments.0.units": -1.0},
        ("P.5 rows.sign", "deployments, AAA, alpha, border, 1994", 1.0),
    ),
    (
        "soldiers of a nation that is not there",
        {"deployments.0.state": "XXX"},
        ("P.3 rows.known", "deployments, XXX, alpha, border, 1994, state XXX", 1.0),
    ),
    (
        "broken team",
        {"monitoring.2.teams": 1.6},
        ("P.6 rows.whole", "monitoring, watchers, AAA, c-vote, 1994", 0.4),
    ),
    (
        "payer of another fund",
        {"contributions.8.payer": "AAA"},
        ("P.7 rows.scope", "AAA, regional, 1994", 1.0),
    ),
    (
        "fund for programmes alone pays organs",
        {"expenditures.2.head": "organs"},
        ("P.7 rows.scope", "regional, organs, north, 1993", 1.0),
    ),
    (
        "defence is for A",
        {"programmes.5.state": "BBB"},
        ("P.7 rows.scope", "BBB, defence, 1994", 1.0),
    ),
    (
        "no large garrison at beta",
        {"garrisons.0.site": "beta", "garrisons.0.tier": "large"},
        ("P.7 rows.scope", "beta, large, 1994", 1.0),
    ),
    ("observer sends troops", {"contingents.2.state": "OOO"}, ("P.7 rows.scope", "OOO, alpha, 1994", 1.0)),
    ("observer pledges lift", {"lift.0.state": "OOO"}, ("P.7 rows.scope", "OOO, 1994", 1.0)),
    ("observer's posture", {"posture.1.state": "OOO"}, ("P.7 rows.scope", "OOO, 1994", 1.0)),
    ("observer's security", {"security.0.state": "OOO"}, ("P.7 rows.scope", "OOO, 1993", 1.0)),
    (
        "share",
        {"contributions.0.share": 0.5},
        ("P.8 figures.shares", "AAA, assessed, 1993", 100 * (0.5 - 1 / 3)),
    ),
    (
        "scale share",
        {"contributions.0.scale_share": 0.5},
        ("P.8 figures.shares", "AAA, assessed, 1993", 100 * (0.5 - 1 / 3)),
    ),
    (
        "no scale share",
        {"contributions.0.scale_share": None},
        ("P.8 figures.shares", "AAA, assessed, 1993", 1.0),
    ),
    (
        "scale of none",
        {"contributions.6.scale_share": 0.5},
        ("P.8 figures.shares", "OOO, regional, 1993", 1.0),
    ),
    ("arrears", {"contributions.0.arrears": 0.5}, ("P.8 figures.arrears", "AAA, assessed, 1993", 0.5)),
    ("pays more", {"contributions.0.amount": 2.5}, ("1.1 funds.budget", "assessed, 1993", 0.5)),
    ("pays less", {"contributions.6.amount": 0.5}, ("1.2 funds.commitment", "regional, 1993", 0.5)),
    ("balance paid", {"balances.0.paid": 7.0}, ("P.9 figures.balance", "assessed, 1993", 1.0)),
    ("balance drawn", {"balances.0.drawn": 4.0}, ("P.9 figures.balance", "assessed, 1993", 0.5)),
    ("carried in", {"balances.1.carried_in": 0.0}, ("P.9 figures.balance", "assessed, 1994", 1.5)),
    ("carried out", {"balances.0.carried_out": 1.0}, ("1.3 funds.balance", "assessed, 1993", 0.5)),
    ("left over", {"balances.1.carried_out": 1.0}, ("1.3 funds.carry_over", "assessed, 1994", 1.0)),
    ("drawn", {"expenditures.0.amount": 3.0}, ("1.4 funds.coverage", "organs, common, 1993", 1.0)),
    ("spending", {"programmes.0.spending": 1.5}, ("1.4 funds.coverage", "mediation, north, 1993", 0.5)),
    ("stock", {"programmes.2.stock": 1.5}, ("S.1 programmes.stock", "AAA, mediation, 1994", 0.5)),
    (
        "intensity",
        {"programmes.3.intensity": 0.8},
        ("S.2 programmes.intensity", "BBB, mediation, 1994", 0.8 - log(2)),
    ),
    (
        "intensity above the highest",
        {"programmes.5.intensity": 1.1},
        ("S.2 programmes.max_intensity", "AAA, defence, 1994", 0.1),
    ),
    (
        "programme alone",
        {"organs.0.organ": "command"},
        ("2.1 programmes.organ", "AAA, mediation, 1993", log(2)),
    ),
    ("founded twice", {"organs.2.founded": True}, ("2.7 organs.founding", "secretariat, 1994", 1.0)),
    ("organ's cost", {"organs.2.cost": 3.0}, ("P.10 figures.cost", "secretariat, 1994", 2.0)),
    ("garrison's cost", {"garrisons.0.cost": 5.0}, ("P.10 figures.cost", "alpha, small, 1994", 1.0)),
    (
        "keep of soldiers",
        {"garrisons.0.soldiers_cost": 3.0},
        ("P.10 figures.cost", "alpha, small, 1994", 1.0),
    ),
    ("host", {"garrisons.0.host": "BBB"}, ("P.11 figures.garrison", "alpha, small, 1994", 1.0)),
    ("not founded", {"garrisons.0.founded": False}, ("P.11 figures.garrison", "alpha, small, 1994", 1.0)),
    ("room", {"garrisons.0.capacity": 900.0}, ("P.11 figures.garrison", "alpha, small, 1994", 500.0)),
    ("strength", {"garrisons.0.troops": 300.0}, ("P.11 figures.garrison", "alpha, small, 1994", 100.0)),
    ("contingent", {"contingents.0.troops": 150.0}, ("P.11 figures.garrison", "AAA, alpha, 1994", 50.0)),
    ("more troops", {"contingents.1.units": 3.0}, ("3.3 garrisons.capacity", "alpha, 1994", 100.0)),
    ("too many assigned", {"assignments.0.troops": 250.0}, ("4.1 missions.parties", "alpha, 1994", 50.0)),
    (
        "more of A's serve than are stationed",
        {"deployments.0.units": 2.0},
        ("4.7 missions.deployed", "AAA, alpha, 1994", 1.0),
    ),
    (
        "more serve than are assigned",
        {"deployments.0.units": 2.0},
        ("4.7 missions.deployed", "alpha, border, 1994", 100.0),
    ),
    (
        "a party to the dispute serves",
        {"deployments.0.state": "BBB"},
        ("4.7 missions.deployed", "BBB, alpha, border, 1994", 1.0),
    ),
    (
        "soldiers who serve",
        {"deployments.0.troops": 150.0},
        ("P.11 figures.garrison", "AAA, alpha, border, 1994", 50.0),
    ),
    ("a year early", {"assignments.0.period": 1993}, ("4.2 missions.period", "border, 1993", 200.0)),
    ("token force", {"assignments.0.troops": 50.0}, ("4.3 missions.minimum_strength", "border, 1994", 50.0)),
    (
        "distance",
        {"assignments.0.distance_km": 100.0},
        ("P.12 figures.distance", "alpha, border, 1994", 11.19508),
    ),
    ("hours", {"assignments.0.hours": 24.0}, ("P.12 figures.distance", "alpha, border, 1994", 2.779877)),
    ("lift", {"lift.0.amount": 0.03}, ("4.4 missions.lift", "1994", 0.01447803)),
    (
        "watching oneself",
        {"monitoring.0.state": "AAA"},
        ("5.4 monitoring.impartiality", "observers, AAA, a-b, 1993", 1.0),
    ),
    (
        "a team that leaves where it should stay",
        {"monitoring.0.teams": 2.0},
        ("5.10 monitoring.stays", "a-b, 1994", 1.0),
    ),
    (
        "more teams than there are",
        {"monitoring.3.teams": 2.0},
        ("5.3 monitoring.stock", "watchers, BBB, 1994", 1.0),
    ),
    (
        "two from one",
        {"monitoring.0.teams": 2.0},
        ("5.6 monitoring.share_from_one", "AAA, frontier, CCC, 1993", 1.0),
    ),
    ("arming", {"posture.1.arming": 0.1}, ("5.9 dilemma.arming_ceiling", "BBB, 1994", 0.05)),
    ("reduction", {"posture.0.reduction": 0.15}, ("5.8 dilemma.monitored_reduction", "AAA, 1994", 0.05)),
    ("posture", {"posture.0.posture": -0.14}, ("S.3 dilemma.posture", "AAA, 1994", 0.14 / 0.9 - 0.14)),
    (
        "no forces left",
        {"posture.0.reduction": 5.0},
        ("S.7 security.positive_capacity", "AAA, 1994", 3.77),
    ),
    (
        "threat",
        {"security.2.threats.political": 0.5},
        ("S.4 security.threats", "CCC, 1993, political", 0.5 - 0.5 / 2**0.5),
    ),
    (
        "threat left out",
        {"security.2.threats": {}},
        ("S.4 security.threats", "CCC, 1993, political", 0.5 / 2**0.5),
    ),
    ("total", {"security.2.threat": 0.5}, ("S.5 security.threat", "CCC, 1993", 0.5 - 0.5 / 2**0.5)),
    ("capacity", {"security.0.capacity": 2.0}, ("S.6 security.capacity", "AAA, 1993", 0.25)),
    ("ratio", {"security.2.ratio": 5.0}, ("S.8 security.ratio", "CCC, 1993", 4 * 2**0.5 - 5)),
    ("baseline", {"security.0.baseline_ratio": 1.0}, ("P.13 figures.security", "AAA, 1993", 0.125)),
    (
        "baseline capacity",
        {"security.0.baseline_capacity": 1.5},
        ("P.13 figures.security", "AAA, 1993", 0.25),
    ),
    ("baseline threat", {"security.0.baseline_threat": 1.5}, ("P.13 figures.security", "AAA, 1993", 0.5)),
    (
        "attribution",
        {"security.5.attribution.zone-kind:election": 0.4},
        ("P.13 figures.security", "CCC, 1994, zone-kind:election", 0.1),
    ),
    ("value", {"measure.value": 1.7}, ("P.14 figures.measure", "value", 0.08882)),
    ("baseline of the measure", {"measure.baseline": 1.0}, ("P.14 figures.measure", "baseline", 0.1416365)),
    ("gap", {"measure.gap": 0.0}, ("P.14 figures.measure", "gap", 0.0005)),
    ("bound", {"measure.bound": 1.6}, ("P.14 figures.measure", "bound", 0.01118)),
    ("gap asked for", {"provenance.options.gap": 1e-4}, ("P.15 figures.termination", "gap", 0.0004)),
    ("no gap asked for", {"provenance.options": {}}, ("P.15 figures.termination", "gap", 1.0)),
    ("subject", {"fairness.0.subject": "beauty"}, ("P.16 figures.fairness", "beauty", 1.0)),
    (
        "fund",
        {"fairness.2.subject": "contributions:none"},
        ("P.16 figures.fairness", "contributions:none", 1.0),
    ),
    ("smallest", {"fairness.0.minimum": 6.0}, ("P.16 figures.fairness", "burden, minimum", 1.0)),
    ("largest", {"fairness.0.maximum": 13.86717}, ("P.16 figures.fairness", "burden, maximum", 1.0)),
    (
        "largest state",
        {"fairness.0.largest": "AAA"},
        ("P.16 figures.fairness", "burden, largest, AAA", 4.46717),
    ),
    ("Gini", {"fairness.0.gini": 0.5}, ("P.16 figures.fairness", "burden, gini", 0.376877)),
    ("Jain", {"fairness.0.jain": 0.5}, ("P.16 figures.fairness", "burden, jain", 0.449434)),
    (
        "above scale",
        {"fairness.2.share_above_scale": 0.0},
        ("P.16 figures.fairness", "contributions:assessed, share_above_scale", 2.07422),
    ),
    (
        "above no scale",
        {"fairness.1.share_above_scale": 0.0},
        ("P.16 figures.fairness", "burden-to-gdp, share_above_scale", 1.0),
    ),
    (
        "above the share of GDP",
        {"fairness.0.share_above_scale": 0.3},
        ("P.16 figures.fairness", "burden, share_above_scale", 4.70004),
    ),
    (
        "smallest to largest",
        {"fairness.0.min_max_ratio": 0.5},
        ("P.16 figures.fairness", "burden, min_max_ratio", 0.04402),
    ),
    ("cash", {"burdens.0.cash": 3.0}, ("P.18 figures.burden", "AAA, 1993, cash", 1.0)),
    ("contingents", {"burdens.1.contingents": 0.0}, ("P.18 figures.burden", "AAA, 1994, contingents", 0.4)),
    ("lift borne", {"burdens.5.lift": 0.0}, ("P.18 figures.burden", "CCC, 1994, lift", 0.222390)),
    ("monitors", {"burdens.5.monitors": 0.0}, ("P.18 figures.burden", "CCC, 1994, monitors", 0.1)),
    ("whole burden", {"burdens.1.total": 6.0}, ("P.18 figures.burden", "AAA, 1994, total", 0.4)),
    (
        "share of GDP",
        {"burdens.1.share_of_gdp": 0.006},
        ("P.18 figures.burden", "AAA, 1994, share_of_gdp", 0.0004),
    ),
    ("spending", {"spending.1.amount": 20.0}, ("P.19 figures.spending", "north, 1994", 2.0)),
    (
        "spending a head",
        {"spending.1.per_head": 4.0},
        ("P.19 figures.spending", "north, 1994, per_head", 0.4),
    ),
    (
        "unknown rule",
        {"binding.0.rule": "funds.luck"},
        ("P.17 figures.binding", "funds.luck, assessed, 1993", 1.0),
    ),
    (
        "unknown thing",
        {"binding.0.subject": "assessed, 1066"},
        ("P.17 figures.binding", "funds.budget, assessed, 1066", 1.0),
    ),
    (
        "loose rule",
        {"binding.0.subject": "1994, assessed"},
        ("P.17 figures.binding", "funds.budget, 1994, assessed", 1.0),
    ),
    ("limit", {"binding.0.limit": 7.0}, ("P.17 figures.binding", "funds.budget, assessed, 1993", 1.0)),
]


@pytest.mark.parametrize(("edit", "expected"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_edit_is_named_with_subject_and_amount(build: Build, edit: dict[str, Any], expected: Any) -> None:
    rule, subject, amount = expected
    found = {
        (f"{v.rule} {v.name}", v.subject): v.amount for v in reversed(verify(*build(plan=edit)).violations)
    }
    assert found[rule, subject] == pytest.approx(amount, rel=1e-4)


@pytest.mark.parametrize(
    ("without", "rule", "subject"),
    [
        ("contributions.0", "funds.balance", "assessed, 1993"),
        ("expenditures.3", "funds.coverage", "mediation, south, 1993"),
        ("balances.0", "funds.balance", "assessed, 1993"),
        ("programmes.0", "funds.coverage", "mediation, north, 1993"),
        ("organs.2", "organs.permanence", "secretariat, 1994"),
        ("organs.4", "garrisons.organ", "alpha, 1994"),
        ("garrisons.0", "garrisons.min_open", "1994"),
        ("contingents.2", "garrisons.nations", "alpha, 1994"),
        ("assignments.0", "funds.coverage", "missions, north, 1994"),
        ("deployments.0", "missions.deployed", "alpha, border, 1994"),
        ("lift.0", "missions.lift", "1994"),
        ("monitoring.0", "monitoring.minimum", "a-b, 1993"),
        ("posture.0", "security.capacity", "AAA, 1994"),
        ("security.0", "figures.security", "AAA, 1993"),
    ],
)
def test_row_left_out_counts_as_nothing_done(build: Build, without: str, rule: str, subject: str) -> None:
    found = {(v.name, v.subject) for v in verify(*build(without=(without,))).violations}
    assert (rule, subject) in found


@pytest.mark.parametrize(
    "table",
    [
        "contributions", "expenditures", "balances", "programmes", "organs", "garrisons", "contingents",
        "assignments", "deployments", "lift", "monitoring", "posture", "security", "fairness", "power",
        "standing", "capacities",
    ],
)  # fmt: skip
def test_row_given_twice_is_named(build: Build, clean: dict[str, Any], table: str) -> None:
    violations = verify(*build(extra={table: clean["plan"][table][0]})).violations
    assert [v.subject.split(", ")[0] for v in violations if v.name == "rows.once"] == [table]


def test_second_tier_at_a_site_is_one_too_many(build: Build, clean: dict[str, Any]) -> None:
    second = {**clean["plan"]["garrisons"][0], "tier": "large"}
    found = {(v.name, v.subject): v.amount for v in verify(*build(extra={"garrisons": second})).violations}
    assert found["garrisons.one_tier", "alpha, 1994"] == 1.0


def test_garrison_that_vanishes_is_named(build: Build, clean: dict[str, Any]) -> None:
    early = {**clean["plan"]["garrisons"][0], "site": "beta", "host": "BBB", "period": 1993}
    found = {(v.name, v.subject) for v in verify(*build(extra={"garrisons": early})).violations}
    assert ("garrisons.permanence", "beta, small, 1994") in found


def test_garrisons_of_one_host_are_counted_together(build: Build, clean: dict[str, Any]) -> None:
    second = {**clean["plan"]["garrisons"][0], "site": "beta"}
    plan, problem = build(problem={"garrisons.sites.1.host": "AAA"}, extra={"garrisons": second})
    found = {(v.name, v.subject): v.amount for v in verify(plan, problem).violations}
    assert found["garrisons.max_per_host", "AAA, 1994"] == 1.0


@pytest.mark.parametrize(
    ("row", "name"), [("burdens.0", "figures.burden"), ("spending.0", "figures.spending")]
)
def test_row_that_is_left_out_is_missed(build: Build, row: str, name: str) -> None:
    assert [v.name for v in verify(*build(without=(row,))).violations] == [name]


@pytest.mark.parametrize(
    ("table", "name", "missed"),
    [
        ("balances", "figures.balance", 4),
        ("fairness", "figures.fairness", 6),
        ("power", "control.seats", 2),
        ("burdens", "figures.burden", 8),
        ("spending", "figures.spending", 6),
    ],
)
def test_table_that_is_left_out_is_missed(build: Build, table: str, name: str, missed: int) -> None:
    found = [v.name for v in verify(*build(plan={table: []})).violations]
    assert found.count(name) == missed


def test_posture_that_follows_from_others_is_missed(build: Build) -> None:
    (violation,) = verify(*build(without=("posture.1",))).violations
    assert (violation.name, violation.subject) == ("dilemma.posture", "BBB, 1994")


@pytest.mark.parametrize(
    ("edit", "name", "subject"),
    [
        ({"termination.seconds": -5.0}, "figures.termination", "-5"),
        ({"fairness.0.share_above_scale": None}, "figures.fairness", "burden"),
        (
            {"provenance.assumptions": [{"path": "funds", "basis": "assumption", "note": "mine"}]},
            "provenance.assumptions",
            "funds",
        ),
        ({"provenance.imputed": {"AAA": ["gdp"]}}, "provenance.imputed", "imputed"),
    ],
)
def test_what_the_plan_says_of_its_origin_is_held_against_the_problem(
    build: Build, edit: dict[str, Any], name: str, subject: str
) -> None:
    (violation,) = verify(*build(plan=edit)).violations
    assert (violation.name, violation.subject) == (name, subject)


def test_assumption_of_the_problem_that_is_left_out_is_missed(build: Build) -> None:
    note = {"path": "funds", "basis": "assumption", "note": "made up"}
    (violation,) = verify(*build(problem={"provenance": [note]})).violations
    assert (violation.name, violation.subject) == ("provenance.assumptions", "funds")


def test_plan_that_ended_early_needs_no_gap(build: Build) -> None:
    edit = {"termination.reason": "time-limit", "provenance.options": {}}
    assert verify(*build(plan=edit)).ok


def test_every_rule_but_the_one_without_rows_is_checked(build: Build) -> None:
    checked = verify(*build()).checked
    together = verify(*build(problem={"dilemma.reciprocity": 0.5})).checked
    assert set(RULES.values()) - set(checked) == {"S.9", "5.11"}
    assert "5.11" in together
    assert min([*checked.values(), *together.values()]) > 0


def test_every_rule_has_a_test_that_breaks_it() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {name for name in RULES if name not in tests} == {"security." + "complementarity"}


def test_plan_worked_out_by_hand_has_no_violation(build: Build) -> None:
    verification = verify(*build())
    assert [str(violation) for violation in verification.violations] == []
    assert verification.ok


def test_measure_is_recomputed(build: Build) -> None:
    plan, problem = build(plan={"measure.value": 9.0})
    assert verify(plan, problem).recomputed.value == pytest.approx(1.61118, abs=1e-5)


def test_messages_name_what_they_are_about(build: Build) -> None:
    edits = {
        "contributions.0.amount": -2.0,
        "contingents.1.units": 1.75,
        "lift.0.state": "OOO",
        "organs.0.organ": "{chaos}",
    }
    messages = {str(violation) for violation in verify(*build(plan=edits)).violations}
    assert {
        "P.3 rows.known: unknown organ {chaos} in organs of {chaos}, 1993",
        "P.5 rows.sign: the amount in contributions of AAA, assessed, 1993 is -2 million USD, "
        "and cannot be below 0 million USD (short by 2 million USD)",
        "P.6 rows.whole: 1.75 contingent units in contingents of BBB, alpha, 1994 are not whole; "
        "the nearest are 2 contingent units (off by 0.25 contingent units)",
        "P.7 rows.scope: lift of OOO, 1994: the problem has no such thing",
    } <= messages


@pytest.mark.parametrize(("off", "kept"), [(0.00009, True), (0.00012, False)])
def test_a_hundred_dollars_may_be_off_and_no_more(build: Build, off: float, kept: bool) -> None:
    plan, problem = build(plan={"expenditures.0.amount": 4.0 - off, "balances.0.drawn": 4.5 - off})
    assert ("funds.coverage" in {v.name for v in verify(plan, problem).violations}) is not kept


def test_tolerance_can_be_chosen(build: Build) -> None:
    plan, problem = build(plan={"posture.0.posture": -0.1555})
    assert not verify(plan, problem).ok
    assert verify(plan, problem, Tolerance(logs=1e-3)).ok
