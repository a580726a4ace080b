"""Break-points of a frontier are where a dense sweep of limits shows that the price jumps."""

from __future__ import annotations

from itertools import pairwise
from math import log

import numpy as np
import pandas as pd
import pytest

import concord
from concord.analysis import break_points
from concord.analysis.fairness_figures import BURDENS
from concord.analysis.frontier import (
    BREAK_POINT,
    FrontierPoint,
    Question,
    frontier_points,
    frontier_table,
    points_of,
)
from concord.analysis.held_program import Optimum, optimum
from concord.errors import BadInput
from concord.formulation import formulate
from concord.models import Plan
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import CancelWatch, SilentWatch

SMALL, X = "three-states", "burden.affordability"
OPTIONS = SolveOptions(gap=1e-4, threads=1)


@pytest.fixture(scope="module")
def question() -> Question:
    return Question.of(concord.load(SMALL), X, "minimum")


@pytest.fixture(scope="module")
def points(question: Question) -> list[FrontierPoint]:
    return break_points.with_break_points(question, frontier_points(question, 4, OPTIONS), OPTIONS)


def swept(question: Question, plan: Plan, limits: np.ndarray) -> list[float]:
    """The logarithm of the measure under each limit, every program written anew."""
    values: list[float] = []
    near: Optimum | None = None
    for limit in limits:
        problem = question.figure.bounded(question.problem, float(limit))
        near = optimum(problem, plan, RunLimits(), SilentWatch(), near)
        assert near is not None
        values.append(log(near.measure))
    return values


def test_a_dense_sweep_shows_the_same_jumps(question: Question, points: list[FrontierPoint]) -> None:
    (jump,) = [point for point in points if point.status == BREAK_POINT]
    start = max(
        (p for p in points if p.plan and p.limit is not None and p.limit < (jump.limit or 0.0)),
        key=lambda p: p.limit or 0.0,
    )
    assert start.plan is not None
    assert start.limit is not None
    assert jump.limit is not None
    assert start.told_to is not None
    limits = np.linspace(start.limit, start.told_to, 31)
    slopes = np.diff(swept(question, start.plan, limits)) / np.diff(limits)
    falls = -np.diff(slopes)
    steepest = int(np.argmax(falls))
    assert limits[steepest] < jump.limit < limits[steepest + 2]
    assert np.delete(falls, [steepest - 1, steepest, steepest + 1]).max() < falls.max() / 2
    assert jump.worth_stricter is not None
    assert jump.worth_looser is not None
    near = np.array([-2e-5, -1e-5, 0.0, 1e-5, 2e-5]) + jump.limit
    before, _, _, after = np.diff(swept(question, start.plan, near)) / 1e-5
    assert before == pytest.approx(jump.worth_stricter, rel=0.02)
    assert after == pytest.approx(jump.worth_looser, rel=0.02)


def test_rows_of_break_points_stand_between_those_of_searches(points: list[FrontierPoint]) -> None:
    table = frontier_table(points)
    assert table["limit"].dropna().is_monotonic_increasing
    jumps = table[table["status"] == BREAK_POINT]
    assert (jumps["worth_stricter"] > jumps["worth_looser"]).all()
    assert (jumps["value"] <= jumps["bound"] * (1 + 1e-9)).all()
    assert jumps["price"].between(0, 1).all()
    assert points_of(table) == points


def test_stretches_that_are_told_are_not_sought_again(
    question: Question, points: list[FrontierPoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = points_of(frontier_table(points))
    monkeypatch.setattr(break_points, "optimum", lambda *_: pytest.fail("sought again"))
    assert break_points.with_break_points(question, read, OPTIONS) == points


def test_a_stretch_that_was_stopped_is_not_held_to_be_told(
    question: Question, points: list[FrontierPoint]
) -> None:
    watch = CancelWatch()
    watch.cancel()
    bare = [point for point in points if point.status != BREAK_POINT]
    anew = points_of(frontier_table(bare).assign(told_to=np.nan))
    told = break_points.with_break_points(question, anew, OPTIONS, watch=watch)
    assert [point.limit for point in told] == [point.limit for point in bare]
    assert all(point.told_to is None for point in told)


def test_floors_under_a_measure_have_break_points_in_their_own_units() -> None:
    problem = concord.load(SMALL, settings=["funds.common-fund.budget=150"])
    question = Question.of(problem, "minimum", "measure")
    points = frontier_points(question, 3, OPTIONS)
    held = break_points.with_break_points(question, points, OPTIONS)
    slopes = [
        (point.worth_stricter, point.worth_looser)
        for point in held
        if point.worth_stricter is not None and point.worth_looser is not None
    ]
    assert all(before > after >= -1e-9 for before, after in slopes)
    told = [point.limit for point in held if point.limit is not None]
    assert all(strict > loose for strict, loose in pairwise(told))


@pytest.mark.parametrize("name", BURDENS)
def test_limits_that_multiply_what_is_decided_are_known(name: str) -> None:
    figure, problem = BURDENS[name], concord.load(SMALL, settings=["funds.common-fund.scale=null"])
    first, last = (
        formulate(figure.bounded(problem, at)).program.matrix() for at in (1.0, 0.5 + figure.inverted)
    )
    same = np.array_equal(first.matrix.toarray(), last.matrix.toarray())
    assert same is not figure.multiplied


@pytest.mark.parametrize(("x", "y"), [("burden.gini", "measure"), (X, "mean"), (X, "leximin")])
def test_what_is_not_linear_in_the_limit_is_refused_at_once(x: str, y: str) -> None:
    with pytest.raises(BadInput):
        concord.frontier(concord.load(SMALL), x=x, y=y, n=2, break_points=True)


def test_the_frame_has_them_if_asked() -> None:
    table: pd.DataFrame = concord.frontier(
        concord.load(SMALL), x=X, y="minimum", n=4, break_points=True, gap=1e-4
    )
    assert BREAK_POINT in set(table["status"])
