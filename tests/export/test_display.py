"""Plans in notebooks: tidy frames, and a page with the map where the problem is at hand."""

from __future__ import annotations

import pandas as pd
import pytest

import concord
from concord.export import display
from concord.models import Plan
from concord.models.plan import PLAN_TABLES


@pytest.fixture(scope="module")
def plan() -> Plan:
    return concord.solve(concord.load("three-states"))


def test_every_table_is_a_frame_with_its_rows(plan: Plan) -> None:
    frames = concord.frames(plan)
    assert list(frames) == list(PLAN_TABLES)
    assert all(len(frames[name]) == len(getattr(plan, name)) for name in PLAN_TABLES)
    assert frames["contributions"]["amount"].sum() == pytest.approx(180.0)
    assert "attribution.mission:ceasefire" in frames["security"].columns


def test_a_plan_has_frames_of_its_own(plan: Plan) -> None:
    pd.testing.assert_frame_equal(plan.frames["organs"], concord.frames(plan)["organs"])  # type: ignore[attr-defined]


def test_a_notebook_shows_figures_and_the_map(plan: Plan) -> None:
    shown = plan._repr_html_()  # type: ignore[attr-defined]
    assert "border-town (battalion)" in shown
    assert "<svg" in shown


def test_without_its_problem_at_hand_a_plan_shows_without_a_map(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "_PROBLEMS", {})
    assert "<svg" not in display.html(plan)
    assert "Aggregate security" in display.html(plan)


def test_only_the_last_problems_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(display, "_PROBLEMS", kept)
    for budget in range(20):
        display.remember(concord.load("three-states", settings=[f"funds.common-fund.budget={100 + budget}"]))
    assert len(kept) == display.MOST_REMEMBERED
