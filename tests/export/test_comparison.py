"""Several plans on one page: maps, differences, bars and points say what the plans say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from concord.export.report.comparison import Entrant, comparison_page
from concord.export.report.contrast import DIFFERENCES, maps, securities, shares_paid, shares_sent
from concord.models import Plan
from tests.export.conftest import HOSTILE
from tests.export.test_report import Page


@pytest.fixture
def entrants(answered: Any) -> list[Entrant]:
    """A plan, and the same where the first state is half as secure and does not pay."""
    plan: Plan = answered.plan
    state = plan.security[0].state
    poorer = tuple(
        row.model_copy(update={"ratio": row.ratio / 2}) if row.state == state else row
        for row in plan.security
    )
    rest = tuple(row for row in plan.contributions if row.payer != state)
    other = plan.model_copy(update={"security": poorer, "contributions": rest})
    return [Entrant("first", plan, answered.problem), Entrant("second", other, answered.problem)]


def test_the_page_is_sound_and_loads_nothing(entrants: list[Entrant]) -> None:
    page = Page(comparison_page(entrants))
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = {link for _, each in page.elements if (link := each.get("href")) and link != "data:,"}
    assert links <= {f"#{name}" for name in ids}
    assert page.values("src") == []
    assert {"maps", "security", "burden", "states", "shares", "method"} <= set(ids)


def test_the_map_of_differences_tells_who_is_worse_off(entrants: list[Entrant]) -> None:
    drawn = maps(entrants)
    assert drawn is not None
    assert len(drawn.changes.panels) == 2
    (panel,) = drawn.differences.panels
    assert panel.title == "second against first"
    classes = {state: kind for state, kind, _ in panel.states}
    changed = entrants[0].plan.security[0].state
    assert classes.pop(changed) == "diff0"
    alike = f"diff{[name for _, name in DIFFERENCES].index('alike')}"
    assert set(classes.values()) == {alike}
    assert next(tip for state, _, tip in panel.states if state == changed).endswith("(−50.0%)")


def test_bars_are_shares_of_the_largest(entrants: list[Entrant]) -> None:
    rows = shares_paid(entrants).rows
    lengths = [place for row in rows for place in row.places if place is not None]
    assert max(lengths) == 1.0
    name = entrants[0].problem.state_by_id[entrants[0].plan.security[0].state].name
    payer = next((row for row in rows if row.name == name), None)
    assert payer is None or payer.places[1] is None
    for row in shares_sent(entrants).rows:
        assert row.places[0] == row.places[1]


def test_the_state_on_which_plans_differ_most_stands_first(entrants: list[Entrant]) -> None:
    rows = securities(entrants)
    state = entrants[0].plan.security[0].state
    assert rows.rows[0].name == entrants[0].problem.state_by_id[state].name
    first, second = rows.rows[0].places
    assert first is not None
    assert second is not None
    assert 0 < second < first < 1
    assert rows.marks


def test_plans_that_do_nothing_are_compared(plan: Plan, answered: Any) -> None:
    bare = plan.model_copy(update={"security": (), "contributions": ()})
    text = Page(comparison_page([Entrant(name, bare, answered.problem) for name in "ab"])).text
    assert "Nobody pays." in text
    assert "No plan has records of security." in text


def test_texts_stay_texts(hostile: Any, entrants: list[Entrant]) -> None:
    names = {tag for tag, _ in Page(comparison_page(entrants)).elements}
    attacked = Page(
        comparison_page(
            [
                replace(each, label=f"{HOSTILE}{each.label}", plan=hostile.plan, problem=hostile.problem)
                for each in entrants
            ]
        )
    )
    assert attacked.open == []
    assert HOSTILE in attacked.text
    assert {tag for tag, _ in attacked.elements} <= names
    assert not [name for _, each in attacked.elements for name in each if name.startswith("on")]
