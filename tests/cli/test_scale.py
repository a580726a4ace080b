"""`concord scale`: files of yearly figures in, scales with their steps out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode

HEADER = "state,name,year,population,gni,gdp,external_debt,least_developed"
RICH = {"A": 60_000, "B": 25_000, "C": 12_000, "D": 2_500, "E": 500}
DEBTS = {"C": 16_000}


def row(state: str, year: int) -> str:
    income = RICH[state]
    return f"{state},{state}land,{year},10000000,{income},{income},{DEBTS.get(state, '')},{state == 'D'}"


TABLE = "\n".join([HEADER, *(row(state, year) for state in RICH for year in range(2011, 2017))]) + "\n"
LIMITS = ("--floor", "0.005", "--least-developed-ceiling", "0.01", "--ceiling", "0.5")


@pytest.fixture
def scale(concord: Callable[..., Any]) -> Callable[..., Any]:
    """Runs `concord scale RULE` on the table, which lies in the working folder as figures.csv."""
    Path("figures.csv").write_text(TABLE, encoding="utf-8")
    return lambda rule, *options: concord("scale", rule, "--data", "figures.csv", *options)


def test_capacity_to_pay_shows_every_step_of_both_base_periods(scale: Callable[..., Any]) -> None:
    out = scale("un", "--year", "2021", *LIMITS).out
    assert "2014-2016" in out
    assert "2011-2016" in out
    # A: 60,000 million USD, 60 %, no debt, 61.224 %, 6,000 USD a head, ..., 50 % after the ceiling.
    first = next(line for line in out.splitlines() if line.startswith("A "))
    assert first.split()[1:6] == ["60,000", "60.000", "0", "61.224", "6,000"]
    assert first.split()[-1] == "50.000"


def test_json_has_parameters_steps_and_shares(scale: Callable[..., Any]) -> None:
    content = json.loads(scale("un", "--year", "2021", *LIMITS, "--json").out)
    assert content["parameters"]["last_year"] == 2016
    assert [len(machine["steps"]) for machine in content["machine_scales"]] == [5, 5]
    assert content["shares"]["B"] == pytest.approx(0.495 * 31.14 / 37.89)
    assert sum(content["shares"].values()) == pytest.approx(1)


def test_the_file_has_a_row_for_each_state_and_base_period(scale: Callable[..., Any]) -> None:
    answer = scale("un", "--year", "2021", *LIMITS, "-o", "scale.csv")
    assert answer.out == "Written to scale.csv\n"
    rows = list(csv.DictReader(io.StringIO(Path("scale.csv").read_text("utf-8"))))
    assert len(rows) == 10
    assert {each["base_period"] for each in rows} == {"2014-2016", "2011-2016"}
    assert float(rows[2]["debt_adjustment"]) == pytest.approx(2_000)
    assert scale("un", "-o", "scale.csv").code == ExitCode.BAD_INPUT


@pytest.mark.parametrize("year", ["2019", "2020", "2021"])
def test_each_year_of_a_scale_rests_on_the_same_base_periods(scale: Callable[..., Any], year: str) -> None:
    content = json.loads(scale("un", "--year", year, *LIMITS, "--json").out)
    assert content["parameters"]["last_year"] == 2016


def test_base_periods_can_be_chosen(scale: Callable[..., Any]) -> None:
    content = json.loads(scale("un", "--last-year", "2013", "--base-period", "2", *LIMITS, "--json").out)
    assert [machine["years"] for machine in content["machine_scales"]] == [[2012, 2013]]


def test_tiers_are_shown_with_the_product_they_follow(scale: Callable[..., Any]) -> None:
    content = json.loads(scale("au", "--ceiling", "1", "--json").out)
    # Products of 60, 25, 12, 2.5, 0.5 %: three in the first tier, D and E share 40 % as 5 : 1.
    assert content["shares"] == pytest.approx({"A": 0.2, "B": 0.2, "C": 0.2, "D": 1 / 3, "E": 1 / 15})
    own = json.loads(scale("au", "--tier", "0.5:0.5:equal", "--tier", "0", "--ceiling", "1", "--json").out)
    assert own["shares"]["A"] == pytest.approx(0.5)


@pytest.mark.parametrize(("rule", "share"), [("gdp", 0.6), ("gni", 0.6), ("population", 0.2), ("equal", 0.2)])
def test_plain_scales(scale: Callable[..., Any], rule: str, share: float) -> None:
    assert json.loads(scale(rule, "--json").out)["shares"]["A"] == pytest.approx(share)
    assert f"{100 * share:.3f}" in scale(rule).out


REFUSED = [
    (("un", "--year", "2040"), "no state has a gni above 0 in 2032"),
    (("un", "--year", "2021", "--last-year", "2016"), "--last-year"),
    (("un",), "sum to 1"),
    (("un", "--ceiling", "7"), "--ceiling"),
    (("un", "--base-period", "0"), "--base-period"),
    (("au",), "sum to 1"),
    (("au", "--tier", "much"), "--tier"),
    (("au", "--tier", "0.5"), "fall to 0"),
    (("au", "--tier", "0.5:0.9", "--tier", "0:0.9"), "more than the whole"),
    (("gdp", "--ceiling", "0.1"), "sum to 1"),
    (("gdp", "--year", "1990"), "no state has a gdp above 0 in 1990"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_cannot_be_is_refused(scale: Callable[..., Any], arguments: tuple[str, ...], words: str) -> None:
    answer = scale(*arguments)
    assert answer.code == ExitCode.BAD_INPUT
    assert words in answer.err


FAULTS = [
    ("state,year\n", "the table has no row"),
    ("state,population\nA,1\n", "the column is missing"),
    ("state,year,popluation\nA,1990,1\n", "did you mean population?"),
    ("state,year,gdp\nA,1990,1.5e3\nA,1990,2\n", "two rows"),
    ("state,year,gdp\nA,soon,1\n", "no year"),
    ('state,year,gdp\nA,1990,"1,5"\n', "no figure"),
    ("state,year,gdp\nA,1990,-1\n", "no figure"),
    ("state,year,gdp\nA,1990,nan\n", "no figure"),
    ("state,year,gdp\nA b,1990,1\n", "no short name"),
    ("state,year,gdp,least_developed\nA,1990,1,perhaps\n", "neither true nor false"),
]


@pytest.mark.parametrize(("table", "words"), FAULTS)
def test_a_fault_of_the_file_is_told_with_its_place(
    concord: Callable[..., Any], table: str, words: str
) -> None:
    Path("bad.csv").write_text(table, encoding="utf-8")
    answer = concord("scale", "gdp", "--data", "bad.csv")
    assert answer.code == ExitCode.BAD_INPUT
    assert words in answer.err
    assert "bad.csv:" in answer.err


def test_one_state_without_a_figure_is_named(concord: Callable[..., Any]) -> None:
    Path("figures.csv").write_text(TABLE.replace("B,Bland,2013,10000000", "B,Bland,2013,"), encoding="utf-8")
    answer = concord("scale", "un", "--data", "figures.csv", *LIMITS)
    assert "B has no population above 0 in 2013" in answer.err
