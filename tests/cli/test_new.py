"""`concord new`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode
from concord.loading import load_problem
from concord.models import Bar, Preferences
from concord.models.eligibility import bar_at_home, barred_from_mission
from concord.models.provenance import unmarked_parameters


def test_the_new_problem_is_small_complete_and_sound(concord: Callable[..., Any]) -> None:
    assert concord("new", "balkans-1999").code == ExitCode.SUCCESS
    problem = load_problem("balkans-1999.yaml")
    assert problem.id == "balkans-1999"
    assert 4 <= len(problem.states) <= 5
    assert (len(problem.funds), len(problem.programmes), len(problem.missions)) == (1, 3, 1)
    assert problem.sites
    assert problem.monitoring is not None
    assert problem.monitoring.zones
    assert not unmarked_parameters(problem)


def test_the_new_problem_states_who_may_go_where(concord: Callable[..., Any]) -> None:
    """Every field of the rules on soldiers, consent and time is there to be changed, and some bind."""
    concord("new", "mine")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    fields = [
        *("at_war", "sanctioned", "relations", "reciprocity", "ineligible", "exceptions", "consent"),
        *("consent_from", "standing", "standing_until", "deaths", "minimum_strength", "periods", "stays"),
        *("preferences", "distance", "arrivals", "nations"),
    ]
    assert [field for field in fields if field not in text] == []
    problem = load_problem("mine.yaml")
    valley, rules = problem.missions[0], problem.garrisons and problem.garrisons.contingents
    assert rules
    assert {bar.value for bar in rules.ineligible} == {bar.value for bar in Bar}
    barred = barred_from_mission(problem, valley)
    assert barred == {"corvia", "borland"}, "Delmark, a neighbour, is excepted"
    assert bar_at_home(problem, rules, "corvia", 2001) is Bar.AT_WAR
    assert [zone.id for zone in problem.open_zones if not zone.open_in(2001)] == ["vote-in-corvia"]
    assert problem.preferences == Preferences()


def test_what_its_comments_offer_loads_too(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    offered = text.replace("# consent_from:", "consent_from:").replace(
        "    standing: 0\n    # standing_until: 2002\n", "    standing_until: 2002\n"
    )
    assert offered.count("# standing_until") == offered.count("# consent_from") == 0
    Path("mine.yaml").write_text(offered, encoding="utf-8")
    assert load_problem("mine.yaml").missions[0].consent_from == 2002
    stands = text.replace("standing: 0", "standing: 250").replace("# standing_until", "standing_until")
    Path("mine.yaml").write_text(stands, encoding="utf-8")
    assert load_problem("mine.yaml").missions[0].standing == 250.0


def test_a_name_that_yaml_takes_for_a_number_works(concord: Callable[..., Any]) -> None:
    concord("new", "1993")
    assert load_problem("1993.yaml").id == "1993"


def test_the_new_problem_solves_as_it_is(concord: Callable[..., Any]) -> None:
    concord("new", "mine")
    answer = concord("solve", "mine.yaml", "--gap", "0.02")
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert Path("plans/mine/plan.json").is_file()


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", ".hidden", "-x", "a b", "", "con", "LPT1", "x" * 65, "a.yaml", "a\n"]
)
def test_unsafe_names_are_refused(concord: Callable[..., Any], name: str) -> None:
    answer = concord("new", "--", name)
    assert answer.code == ExitCode.BAD_INPUT
    assert "cannot name a problem" in answer.err
    assert list(Path().iterdir()) == []


def test_the_name_of_a_bundled_problem_is_refused(concord: Callable[..., Any]) -> None:
    assert "bundled" in concord("new", "three-states").err


def test_an_existing_file_is_never_touched(concord: Callable[..., Any]) -> None:
    Path("mine.yaml").write_text("precious", encoding="utf-8")
    assert concord("new", "mine").code == ExitCode.BAD_INPUT
    assert Path("mine.yaml").read_text(encoding="utf-8") == "precious"
