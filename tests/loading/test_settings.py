"""Single values set by path."""

from __future__ import annotations

from typing import Any

import pytest

GOOD: dict[str, tuple[str, Any]] = {
    "a figure": ("objective.discount=0.1", lambda p: p.objective.discount == 0.1),
    "by id": ("programmes.mediation.scale=7", lambda p: p.programmes[0].scale == 7),
    "by number": ("programmes.0.scale=7", lambda p: p.programmes[0].scale == 7),
    "one period": ("funds.common.budget.1994=7", lambda p: p.funds[0].budget == {1993: 100, 1994: 7}),
    "in a section not given": ("benefit.ratio_floor=0.2", lambda p: p.benefit.ratio_floor == 0.2),
    "two levels not given": (
        "garrisons.contingents.scale={rule: gdp}",
        lambda p: p.garrisons.contingents.scale.rule == "gdp",
    ),
    "a list": ("missions.ceasefire.parties=[AAA, BBB]", lambda p: p.missions[0].parties == ("AAA", "BBB")),
    "a free key": (
        "states.AAA.threats.attack=2",
        lambda p: p.states[0].threats == {"unrest": 1, "attack": 2},
    ),
    "an influence": (
        "dilemma.influences.AAA:BBB.reaction=0",
        lambda p: p.dilemma.influences[0].reaction == 0,
    ),
    "null": ("programmes.mediation.organ=null", lambda p: p.programmes[0].organ is None),
    "blanks": (" objective.discount = 0.1 ", lambda p: p.objective.discount == 0.1),
    "an equals sign in text": ("title=a=b", lambda p: p.title == "a=b"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_setting_sets(loaded: Any, kind: str) -> None:
    setting, holds = GOOD[kind]
    assert holds(loaded(settings=[setting]))


def test_a_figure_for_every_period_becomes_a_table_first(loaded: Any) -> None:
    problem = loaded(settings=["funds.common.budget=80", "funds.common.budget.1994=120"])
    assert problem.funds[0].budget == {1993: 80, 1994: 120}


def test_settings_go_over_overlays_in_order(loaded: Any, write: Any) -> None:
    overlay = write("o.yaml", "objective: {discount: 0.3}")
    assert loaded(overlays=[overlay], settings=["objective.discount=0.1"]).objective.discount == 0.1
    assert loaded(settings=["objective.discount=0.1", "objective.discount=0.2"]).objective.discount == 0.2


BAD: dict[str, tuple[str, str, str, str]] = {
    "unknown root": (
        "fund.common.budget=1",
        "fund.common.budget",
        "the problem has no fund",
        "did you mean funds?",
    ),
    "unknown id": (
        "programmes.medation.scale=1",
        "programmes.medation.scale",
        "programmes has no medation",
        "did you mean mediation?",
    ),
    "unknown field": (
        "programmes.mediation.scal=1",
        "programmes.mediation.scal",
        "programmes.mediation has no scal",
        "did you mean scale?",
    ),
    "below a scalar": (
        "programmes.mediation.scale.x=1",
        "programmes.mediation.scale.x",
        "programmes.mediation.scale has no x",
        "nothing is defined here",
    ),
    "an empty part": ("objective..discount=1", "objective..discount", "objective has no ", "known: "),
    "wrong type": (
        "programmes.mediation.scale=1,5",
        "programmes.mediation.scale",
        "a number is expected",
        "1.5",
    ),
    "out of range": ("objective.discount=2", "objective.discount", "too large", "write 0.02 for 2 %"),
    "unknown reference": (
        "programmes.mediation.organ=x",
        "programmes.mediation.organ",
        "unknown organ",
        "secretariat",
    ),
    "unknown period": ("funds.common.budget.2004=1", "funds.common.budget.2004", "unknown period", "1993"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_setting_is_one_fault_that_names_it(small: str, write: Any, refused: Any, kind: str) -> None:
    setting, field, message, remedy = BAD[kind]
    (fault,) = refused(write("small.yaml", small), settings=[setting])
    assert (fault.file, fault.line, fault.field) == ("--set", None, field)
    assert message in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    "setting", ["objective.discount", "=1", "", "title=[", "title=!!python/name:os.system"]
)
def test_what_is_no_setting_is_one_fault(small: str, write: Any, refused: Any, setting: str) -> None:
    (fault,) = refused(write("small.yaml", small), settings=[setting])
    assert fault.file == "--set"


def test_one_value_for_a_thing_with_fields_is_refused_under_its_name(
    refused: Any, write: Any, small: str
) -> None:
    (fault,) = refused(write("small.yaml", small), settings=["funds.common=5"])
    assert (fault.file, fault.field, fault.value) == ("--set", "funds.common", "5")
    assert "budget" in fault.remedy


def test_a_setting_without_a_value_shows_none(refused: Any, write: Any, small: str) -> None:
    (fault,) = refused(write("small.yaml", small), settings=["funds.common.budget="])
    assert (fault.field, fault.value) == ("funds.common.budget", None)
    assert fault.remedy.endswith("million USD a period; or remove the key")
