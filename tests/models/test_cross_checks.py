"""Each cross-check of a problem finds what it is for, at the right path, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import DesignProblem


def put(path: str, value: Any) -> Any:
    """A change that sets the value at a dotted path."""

    def change(values: Any) -> None:
        *parents, last = path.split(".")
        for part in parents:
            values = values[int(part)] if isinstance(values, list) else values.setdefault(part, {})
        values[int(last) if isinstance(values, list) else last] = value

    return change


def twice(path: str) -> Any:
    """A change that repeats the first item of a list."""

    def change(values: Any) -> None:
        for part in path.split("."):
            values = values[int(part)] if isinstance(values, list) else values[part]
        values.append(values[0])

    return change


def test_the_sound_problem_passes(findings_after: Any) -> None:
    assert findings_after(lambda _: None) == ()


BURDEN_RULES = [
    ({"id": "idle"}, "burden_sharing.0", "the rule limits nothing"),
    ({"id": "empty", "gini": 0.3, "states": []}, "burden_sharing.0.states", "the rule looks at nobody"),
    ({"id": "typo", "gini": 0.3, "states": ["X"]}, "burden_sharing.0.states", "unknown state"),
]


@pytest.mark.parametrize(
    ("rule", "path", "message"), BURDEN_RULES, ids=[rule["id"] for rule, *_ in BURDEN_RULES]
)
def test_a_rule_on_burdens_limits_something_that_somebody_bears(
    findings_after: Any, rule: dict[str, Any], path: str, message: str
) -> None:
    (finding,) = findings_after(put("burden_sharing", [rule]))
    assert (".".join(map(str, finding.path)), finding.message) == (path, message)


def test_an_observer_that_pays_nothing_is_under_no_rule_on_burdens(findings_after: Any) -> None:
    def change(values: dict[str, Any]) -> None:
        values["states"].append({**values["states"][0], "id": "O", "role": "observer"})
        values["burden_sharing"] = [{"id": "fair", "gini": 0.3, "states": ["A", "O"]}]

    (finding,) = findings_after(change)
    assert (finding.message, finding.value) == ("the state can bear nothing", "O")


LISTS = [
    "burden_sharing",
    "threat_kinds",
    "states",
    "programmes",
    "complementarities",
    "organs",
    "missions",
    "funds",
    "garrisons.tiers",
    "garrisons.sites",
    "monitoring.kinds",
    "monitoring.zones",
    "monitoring.monitors",
    "funds.0.earmarks",
]


@pytest.mark.parametrize("path", LISTS)
def test_an_id_used_twice_is_found(findings_after: Any, path: str) -> None:
    found = findings_after(twice(path))
    assert any(
        finding.message == "the id is used twice" and ".".join(map(str, finding.path)).startswith(path)
        for finding in found
    )


UNKNOWN = [
    ("states.0.threats.riot", 1.0, "threat kind"),
    ("states.0.perceived.riot", 1.0, "threat kind"),
    ("states.0.drift.riot", 1.0, "threat kind"),
    ("objective.table.Z", 1.0, "member"),
    ("dilemma.influences.0.source", "Z", "member"),
    ("programmes.0.effects.riot", 1.0, "threat kind"),
    ("programmes.0.organ", "Z", "organ"),
    ("programmes.0.states", ["Z"], "member"),
    ("complementarities.0.mission", "Z", "mission"),
    ("complementarities.0.programme", "Z", "programme"),
    ("complementarities.0.effects.riot", 1.0, "threat kind"),
    ("organs.0.requires", ["Z"], "other organ"),
    ("organs.0.requires", ["office"], "other organ"),
    ("missions.0.state", "Z", "state"),
    ("missions.0.parties", ["Z"], "state"),
    ("missions.0.affects.Z", 1.0, "member"),
    ("missions.0.effects.riot", 1.0, "threat kind"),
    ("missions.0.start", 2001, "period"),
    ("benefit.ratio_floors.Z", 1.0, "member"),
    ("benefit.ratio_floor_from", 2001, "period"),
    ("benefit.nobody_worse_off_from", 2001, "period"),
    ("garrisons.organ", "Z", "organ"),
    ("garrisons.sites.0.host", "Z", "member"),
    ("garrisons.sites.0.tiers", ["Z"], "tier"),
    ("garrisons.contingents.scale", {"rule": "table", "table": {"Z": 1.0}}, "member"),
    ("monitoring.organ", "Z", "organ"),
    ("monitoring.kinds.0.effects.riot", 1.0, "threat kind"),
    ("monitoring.zones.0.kind", "Z", "kind of zone"),
    ("monitoring.zones.0.states", ["Z"], "member"),
    ("monitoring.monitors.0.kinds", ["Z"], "kind of zone"),
    ("monitoring.monitors.0.stock.Z", 1, "member"),
    ("funds.0.payers", ["A", "B", "C", "Z"], "state"),
    ("funds.0.budget", {2001: 1.0}, "period"),
    ("funds.0.commitment", {2001: 1.0}, "period"),
    ("funds.0.purposes", ["Z"], "purpose"),
    ("funds.0.regions", ["Z"], "region"),
    ("funds.0.scale.table.Z", 0.0, "payer"),
    ("funds.0.earmarks.0.purposes", ["Z"], "purpose"),
    ("funds.0.earmarks.0.regions", ["Z"], "region"),
    ("funds.0.earmarks.0.donors", ["Z"], "payer"),
]


@pytest.mark.parametrize(("path", "value", "noun"), UNKNOWN)
def test_a_reference_to_nothing_is_found(findings_after: Any, path: str, value: Any, noun: str) -> None:
    found = findings_after(put(path, value))
    assert f"unknown {noun}" in {finding.message for finding in found}
    assert all(".".join(map(str, finding.path)).startswith(path[:12]) for finding in found)


def test_a_likely_spelling_is_offered(findings_after: Any) -> None:
    (finding,) = findings_after(put("programmes.0.organ", "ofice"))
    assert finding.remedy == "did you mean office?"


def test_a_name_listed_twice_is_found(findings_after: Any) -> None:
    (finding,) = findings_after(put("monitoring.zones.0.states", ["A", "A"]))
    assert finding.message == "the member is named twice"


OTHERS = [
    ("periods", [1993, 1995], ("periods",), "consecutive"),
    ("programmes.0.id", "organs", ("programmes", 0, "id"), "head of expenditure"),
    ("states.0.threats", {}, ("states", 0, "threats"), "at least one positive threat"),
    ("states.0.capacities", {"readiness": 1.0}, ("states", 0, "capacities"), "no capacity is of use"),
    ("objective", {"weights": "table", "table": {"A": 0.0}}, ("objective", "table"), "all 0"),
    (
        "hegemony",
        [{"id": "none", "of": "money", "share": 0.3}],
        ("hegemony", 0, "share"),
        "leaves a part of all money to nobody",
    ),
    ("organs.0.seats", {"states": ["A"], "elected": 3}, ("organs", 0, "seats", "elected"), "more seats than"),
    ("organs.0.seats", {"states": []}, ("organs", 0, "seats"), "nobody sits"),
    ("organs.0.votes", {"quota": "3/2"}, ("organs", 0, "votes", "quota"), "from one half to all"),
    ("organs.0.votes", {"rule": "table"}, ("organs", 0, "votes", "table"), "exactly where the rule is"),
    ("organs.0.votes", {"max_power": 0.3}, ("organs", 0, "votes", "max_power"), "no votes keep all of 3"),
    (
        "organs.0.votes",
        {"rule": "table", "table": {"A": 100001}},
        ("organs", 0, "votes", "table"),
        "too many votes",
    ),
    ("funds.0.floor", 0.5, ("funds", 0, "floor"), "pay more than the whole"),
    ("funds.0.ceiling", 0.2, ("funds", 0, "ceiling"), "pay less than the whole"),
    ("funds.0.scale.table", {"A": 0.5}, ("funds", 0, "scale", "table"), "sum to 1"),
    ("funds.0.scale.rule", "gdp", ("funds", 0, "scale", "table"), "takes no table"),
    ("funds.0.earmarks.0.donors", ["A"], ("funds", 0, "earmarks", 0), "either a share or donors"),
    ("dilemma.influences.0.target", "A", ("dilemma", "influences", 0), "does not react to itself"),
    ("dilemma.influences.0.reaction", 2.0, ("dilemma", "influences"), "never settles"),
    ("garrisons.tiers", [], ("garrisons", "tiers"), "no tier"),
    ("garrisons.sites", [], ("garrisons", "sites"), "no site"),
    ("garrisons.min_open", 2, ("garrisons", "min_open"), "than there are sites"),
    (
        "garrisons.contingents",
        {"min_nations": 4},
        ("garrisons", "contingents", "min_nations"),
        "than there are",
    ),
    ("missions.0.deadline", 30.0, ("missions", 0, "deadline"), "nobody can reach ceasefire in time"),
    ("garrisons", None, ("missions", 0), "needs garrisons"),
    ("provenance", [{"path": "fund.*", "basis": "assumption"}], ("provenance", 0, "path"), "has this path"),
]


@pytest.mark.parametrize(("path", "value", "where", "words"), OTHERS)
def test_what_cannot_be_is_found(findings_after: Any, path: str, value: Any, where: Any, words: str) -> None:
    assert any(
        finding.path == where and words in finding.message for finding in findings_after(put(path, value))
    )


def test_a_fund_without_payers_is_found(findings_after: Any) -> None:
    found = findings_after(lambda values: values["funds"][0].update(payers=[], scale=None))
    assert [(finding.path, finding.message) for finding in found] == [
        (("funds", 0, "payers"), "the fund has no payer")
    ]


def test_a_floor_above_the_ceiling_is_found(findings_after: Any) -> None:
    found = findings_after(lambda values: values["funds"][0].update(floor=0.3, ceiling=0.2))
    assert [finding.message for finding in found] == ["the floor is above the ceiling"]


def test_more_garrisons_required_than_allowed_is_found(findings_after: Any) -> None:
    found = findings_after(lambda values: values["garrisons"].update(min_open=1, max_open=0))
    assert [finding.message for finding in found] == ["more garrisons are required than allowed"]


def test_a_mission_that_ends_before_it_starts_is_found(findings_after: Any) -> None:
    found = findings_after(lambda values: values["missions"][0].update(start=1994, end=1993))
    assert [finding.path for finding in found] == [("missions", 0, "end")]


def test_a_pair_of_influences_given_twice_is_found(findings_after: Any) -> None:
    found = findings_after(twice("dilemma.influences"))
    assert [(finding.path, finding.message) for finding in found] == [
        (("dilemma", "influences", 2), "the pair is given twice")
    ]


def test_organs_that_require_each_other_are_found(findings_after: Any) -> None:
    found = findings_after(put("organs.0.requires", ["court"]))
    assert {finding.value for finding in found} == {"office", "court"}


def test_no_member_is_found(findings_after: Any) -> None:
    def observers(values: Any) -> None:
        for state in values["states"]:
            state["role"] = "observer"

    assert "there is no member" in {
        finding.message
        for finding in findings_after(
            lambda values: (
                observers(values),
                [
                    values.pop(name)
                    for name in list(values)
                    if name not in ("id", "title", "periods", "threat_kinds", "states")
                ],
            )
        )
    }


def test_an_entry_test_that_nobody_passes_is_found(findings_after: Any) -> None:
    found = findings_after(put("membership", {"least": {"political-legitimacy": 1.5}}))
    assert (("membership",), "the entry test admits nobody") in {(f.path, f.message) for f in found}


def test_a_state_named_for_admission_that_does_not_exist_is_found(findings_after: Any) -> None:
    found = findings_after(put("membership", {"named": ["A", "Z"]}))
    assert [(finding.path, finding.value) for finding in found] == [(("membership", "named"), "Z")]


def test_the_digest_is_equal_exactly_when_the_content_is(sound: Any) -> None:
    one, same = DesignProblem.model_validate(sound), DesignProblem.model_validate(sound)
    sound["funds"][0]["budget"] = 101.0
    other = DesignProblem.model_validate(sound)
    assert one.digest() == same.digest() != other.digest()
