"""Seats, votes by each rule, and votes under a bound on power, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from concord.models import DesignProblem
from concord.results.votes import power_in, votes_by_rule
from tests.support.compact import compact

PAID = {"A": 1.0, "B": 1.0, "C": 2.0, "D": 6.0}
BY_RULE: list[tuple[dict[str, Any], dict[str, int]]] = [
    ({}, {"A": 1, "B": 1, "C": 1, "D": 1}),
    ({"rule": "gdp", "total": 100}, {"A": 10, "B": 20, "C": 30, "D": 40}),
    ({"rule": "gdp", "total": 4}, {"A": 0, "B": 1, "C": 1, "D": 2}),
    ({"rule": "gdp", "total": 1, "basic": 1}, {"A": 1, "B": 1, "C": 1, "D": 1}),
    ({"rule": "population", "total": 100}, {"A": 40, "B": 40, "C": 10, "D": 10}),
    ({"rule": "population-square-root", "total": 60}, {"A": 20, "B": 20, "C": 10, "D": 10}),
    ({"rule": "money", "total": 10, "basic": 2}, {"A": 3, "B": 3, "C": 4, "D": 8}),
    ({"rule": "table", "table": {"A": 4, "C": 1}}, {"A": 4, "B": 0, "C": 1, "D": 0}),
]


def problem_with(votes: dict[str, Any], **changes: Any) -> DesignProblem:
    sizes = {"states/A/population": 4e6, "states/B/population": 4e6}
    return compact({"organs/secretariat/votes": votes, **sizes, **changes})


@pytest.mark.parametrize(("votes", "expected"), BY_RULE)
def test_votes_follow_their_rule(votes: dict[str, Any], expected: dict[str, int]) -> None:
    problem = problem_with(votes)
    assert votes_by_rule(problem, problem.organs[0], 1, PAID) == expected


def test_votes_by_money_are_equal_where_nobody_pays() -> None:
    problem = problem_with({"rule": "money"})
    assert set(votes_by_rule(problem, problem.organs[0], 1, {}).values()) == {1}


def test_elected_seats_pass_through_the_others() -> None:
    problem = compact()
    seated = [problem.seated(problem.organs[1], period) for period in problem.periods]
    assert seated == [("D", "A", "B"), ("D", "C", "A")]


def test_who_is_left_out_has_no_seat() -> None:
    problem = problem_with({}, membership={"named": ["B", "C", "D"]})
    assert problem.seated(problem.organs[0], 1) == ("B", "C", "D")


@pytest.mark.parametrize("index", ["banzhaf", "shapley-shubik"])
@pytest.mark.parametrize("most", [0.25, 0.3, 0.4, 0.5, 1.0])
def test_nobody_has_more_power_than_allowed(most: float, index: str) -> None:
    votes = {"rule": "gdp", "total": 100, "quota": "2/3", "max_power": most, "index": index}
    problem = problem_with(votes, **{"states/D/gdp": 50000.0})
    rows = power_in(problem, problem.organs[0], 1, {})
    assert max(row.banzhaf if index == "banzhaf" else row.shapley_shubik for row in rows) <= most + 1e-12
    assert all(row.votes <= row.rule_votes for row in rows)
    assert {row.votes_needed for row in rows} == {max(-(-2 * sum(row.votes for row in rows) // 3), 1)}
