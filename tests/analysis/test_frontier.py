"""Every point of a frontier is the best plan under its limit, none is lost, and prices follow from bounds."""

from __future__ import annotations

import pandas as pd
import pytest

import concord
from concord.analysis.frontier import Question, frontier_points, frontier_table, points_of
from concord.errors import BadInput
from concord.solving.options import SolveOptions

GAP = 1e-4
SMALL = "three-states"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return concord.frontier(concord.load(SMALL), x="burden.affordability", n=5, gap=GAP)


def test_every_point_is_what_a_solve_of_its_own_finds(table: pd.DataFrame) -> None:
    for row in table.dropna(subset=["limit"]).to_dict("records"):
        rule = f"burden_sharing=[{{id: own, states: bearers, affordability: {row['limit']!r}}}]"
        alone = concord.solve(concord.load(SMALL, settings=[rule]), gap=GAP)
        assert row["value"] == pytest.approx(alone.measure.value, rel=2 * GAP)
        assert row["reached"] <= row["limit"] + 1e-9


def test_the_last_point_answers_to_no_limit(table: pd.DataFrame) -> None:
    last = table.iloc[-1]
    assert pd.isna(last["limit"])
    assert last["reached"] == pytest.approx(60 / 10000)
    assert last["price"] == 0


def test_fairness_costs_more_the_fairer_and_prices_lie_between_their_bounds(table: pd.DataFrame) -> None:
    assert len(table) == 5
    assert table["value"].is_monotonic_increasing
    assert table["bound"].is_monotonic_increasing
    assert (table["price_least"] <= table["price"]).all()
    assert (table["price"] <= table["price_most"]).all()
    assert table["price"].iloc[0] == pytest.approx(1 - 1 / table["value"].iloc[-1])


def test_limits_that_admit_no_plan_are_marked_and_the_edge_is_closed_in() -> None:
    settings = ["funds.common-fund.commitment=90"]
    table = concord.frontier(concord.load(SMALL, settings=settings), x="burden.affordability", n=8, gap=1e-3)
    lost = table[table["status"] == "infeasible"]
    assert len(table) == 8
    assert lost["limit"].max() < 0.003 <= table["limit"][table["status"] == "optimal"].min() + 1e-9
    assert table["limit"][table["status"] == "optimal"].min() - lost["limit"].max() < 0.001
    assert lost["value"].isna().all()


def test_a_floor_under_a_second_measure_is_an_axis() -> None:
    problem = concord.load(SMALL)
    table = concord.frontier(problem, x="minimum", n=4, gap=1e-3)
    fairest = concord.solve(problem, measure="minimum", gap=1e-3).measure.value
    assert table["reached"].iloc[0] == pytest.approx(fairest, rel=2e-3)
    assert (table["reached"] >= table["limit"].fillna(0) * (1 - 1e-6)).all()
    assert table["value"].is_monotonic_increasing


def test_the_problem_may_be_asked_about_another_measure() -> None:
    table = concord.frontier(concord.load(SMALL), x="burden.affordability", y="minimum", n=2, gap=1e-3)
    alone = concord.solve(concord.load(SMALL), measure="minimum", gap=1e-3)
    assert table["value"].iloc[-1] == pytest.approx(alone.measure.value, rel=2e-3)


@pytest.mark.parametrize("figure", ["burden.gini", "burden.spread", "burden.ratio"])
def test_evenness_reaches_its_limit_where_shares_are_free(figure: str) -> None:
    problem = concord.load(SMALL, settings=["funds.common-fund.scale=null"])
    table = concord.frontier(problem, x=figure, n=3, gap=1e-3)
    limited = table.dropna(subset=["limit", "reached"])
    assert (limited["reached"] <= limited["limit"] * (1 + 1e-6) + 1e-7).all()
    assert set(table["status"]) == {"optimal"}


def test_known_points_are_not_sought_again() -> None:
    question = Question.of(concord.load(SMALL), "burden.affordability", "measure")
    options = SolveOptions(gap=1e-3)
    first = frontier_points(question, 3, options)
    again = points_of(frontier_table(first))
    assert again == first
    told: list[int] = []
    longer = frontier_points(question, 4, options, known=again, tell=lambda points: told.append(len(points)))
    assert told == [4]
    assert {point.limit for point in first} < {point.limit for point in longer}


@pytest.mark.parametrize("x", ["burden.gin", "leximin", "alpha:x"])
def test_an_unknown_figure_is_refused_with_those_there_are(x: str) -> None:
    with pytest.raises(BadInput):
        concord.frontier(concord.load(SMALL), x=x)
