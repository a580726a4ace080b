"""What a problem must say for its scales: parameters that fit, and figures for every year that counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from concord.models import DesignProblem
from concord.models.finding import Finding

FindingsAfter = Callable[[Callable[[dict[str, Any]], object]], tuple[Finding, ...]]
CAPACITY = ("funds", 0, "scale", "capacity_to_pay")
TIERS = ("funds", 0, "scale", "african_union")


def scale(rule: str, field: str = "", **parameters: Any) -> Callable[[dict[str, Any]], None]:
    """The change that gives the first fund another scale."""

    def change(values: dict[str, Any]) -> None:
        values["funds"][0]["scale"] = {"rule": rule} | ({field: parameters} if field else {})

    return change


CASES = [
    (scale("capacity-to-pay"), (*CAPACITY, "ceiling"), "bear 0.66 of the whole"),
    (scale("capacity-to-pay", "capacity_to_pay", floor=0.4, ceiling=1.0), (*CAPACITY, "floor"), "above a"),
    (
        scale("capacity-to-pay", "capacity_to_pay", floor=0.4, ceiling=1.0, least_developed_ceiling=1.0),
        (*CAPACITY, "floor"),
        "more than the whole",
    ),
    (scale("gdp", "capacity_to_pay", ceiling=1.0), CAPACITY, "takes no capacity_to_pay"),
    (scale("gdp", "african_union", ceiling=1.0), TIERS, "takes no african_union"),
    (scale("african-union"), (*TIERS, "ceiling"), "less than the whole"),
    (
        scale("african-union", "african_union", ceiling=1.0, tiers=[{"above": 0.1}]),
        (*TIERS, "tiers"),
        "must fall to 0",
    ),
    (
        scale(
            "african-union", "african_union",
            ceiling=1.0, tiers=[{"above": 0.1, "share": 0.7}, {"above": 0.0, "share": 0.7}],
        ),
        (*TIERS, "tiers"),
        "more than the whole",
    ),
    (
        scale("african-union", "african_union", ceiling=1.0, tiers=[{"above": 0.0, "equal": True}]),
        (*TIERS, "tiers", 0, "equal"),
        "needs a share",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "where", "words"), CASES)
def test_parameters_that_do_not_fit_are_found(
    findings_after: FindingsAfter, change: Callable[[dict[str, Any]], object], where: Any, words: str
) -> None:
    assert [finding.path for finding in findings_after(change) if words in finding.message] == [where]


def test_a_year_without_an_income_is_found_with_its_state(findings_after: FindingsAfter) -> None:
    def change(values: dict[str, Any]) -> None:
        scale("capacity-to-pay", "capacity_to_pay", ceiling=1.0)(values)
        values["states"][1]["gni"] = {1990: 1.0, 1992: 2.0}

    (finding,) = findings_after(change)
    assert finding.path == ("states", 1, "gni")
    assert finding.value == "none for 1987, 1988, 1989, 1991"


def test_debts_beyond_all_incomes_are_found(findings_after: FindingsAfter) -> None:
    def change(values: dict[str, Any]) -> None:
        scale("capacity-to-pay", "capacity_to_pay", ceiling=1.0)(values)
        for state in values["states"]:
            state["external_debt"] = 1e12

    (finding,) = findings_after(change)
    assert (finding.path, "nobody has an income" in finding.message) == (CAPACITY, True)


def test_figures_by_year_are_read_and_gdp_stands_in_for_no_income(sound: dict[str, Any]) -> None:
    scale("capacity-to-pay", "capacity_to_pay", ceiling=1.0, gradient=0.0)(sound)
    sound["states"][0]["gni"] = dict.fromkeys(range(1987, 1993), 1000000000.0)
    problem = DesignProblem.model_validate(sound)
    fund_scale = problem.funds[0].scale
    assert fund_scale is not None
    # A has 1e9, B and C their products of 2e9 and 5e9.
    assert fund_scale.shares(problem.states) == pytest.approx({"A": 0.125, "B": 0.25, "C": 0.625})


def test_a_year_is_a_whole_number(sound: dict[str, Any]) -> None:
    sound["states"][0]["gni"] = {"soon": 1.0}
    with pytest.raises(ValidationError, match=r"gni\.dict"):
        DesignProblem.model_validate(sound)
