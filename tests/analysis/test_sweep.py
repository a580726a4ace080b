"""A sweep solves every combination, and its table and picture tell what came of it."""

from __future__ import annotations

import pandas as pd
import pytest

import concord
from concord import Session
from concord.errors import BadInput
from concord.export.charts import picture
from concord.export.charts.sweep import sweep_chart

BUDGET, SCALE = "funds.common-fund.budget", "programmes.mediation.scale"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return Session("three-states", gap=1e-4).sweep({BUDGET: [60, 120, 180], SCALE: [10.0, 12.0]}).table


def test_every_combination_has_a_row_in_order(table: pd.DataFrame) -> None:
    assert list(zip(table[BUDGET], table[SCALE], strict=True)) == [
        (60, 10.0), (60, 12.0), (120, 10.0), (120, 12.0), (180, 10.0), (180, 12.0),
    ]  # fmt: skip
    assert set(table["detail"]) == {"optimal"}


def test_every_row_is_what_a_solve_of_its_own_finds(table: pd.DataFrame) -> None:
    for row in table.to_dict("records"):
        settings = [f"{BUDGET}={row[BUDGET]}", f"{SCALE}={row[SCALE]}"]
        alone = concord.solve(concord.load("three-states", settings=settings), gap=1e-4)
        assert row["measure"] == pytest.approx(alone.measure.value, rel=2e-4)


def test_more_money_and_cheaper_programmes_bring_more_security(table: pd.DataFrame) -> None:
    grid = table.pivot_table(index=BUDGET, columns=SCALE, values="measure")
    assert (grid.diff().dropna() > 0).all(axis=None)
    assert (grid[10.0] > grid[12.0]).all()


def test_a_combination_without_a_plan_is_a_row_that_says_so() -> None:
    session = Session("three-states", gap=1e-3).change({}, ["garrisons.border-town=open"])
    table = session.sweep({BUDGET: [5, 180]}).table
    assert table["measure"].isna().tolist() == [True, False]
    assert "No plan satisfies" in table["detail"][0]


@pytest.mark.parametrize("over", [{}, {"a": [1], "b": [2], "c": [3]}, {BUDGET: []}])
def test_a_sweep_over_nothing_or_too_much_is_refused(over: dict[str, list[float]]) -> None:
    with pytest.raises(BadInput, match="one path or two"):
        Session("three-states").sweep(over)


@pytest.mark.parametrize("paths", [[BUDGET], [BUDGET, SCALE]], ids=len)
def test_the_picture_shows_every_combination_that_has_a_plan(table: pd.DataFrame, paths: list[str]) -> None:
    rows = table.astype(object).to_dict("records")
    rows[0] = {**rows[0], "measure": None, "bound": None}
    drawn = picture(sweep_chart(rows, paths, "What money buys"), ".svg").decode()
    assert "What money buys" in drawn
    assert "1 of 6 combinations have no plan." in drawn
    assert f"{table['measure'][5]:.3f}" in drawn or len(paths) == 1


def test_a_picture_is_drawn_where_nothing_has_a_plan() -> None:
    nothing = [{BUDGET: 1, "measure": None, "bound": None}]
    assert b"None of the combinations has a plan" in picture(sweep_chart(nothing, [BUDGET], "T"), ".svg")
