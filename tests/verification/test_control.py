"""Votes and power that a plan states are recomputed, by another method than the one they came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord import power
from concord.models import DesignProblem, Plan
from concord.results.votes import power_in
from concord.verification import verify
from concord.verification.control import multilinear_power
from tests.support.compact import compact

Build = Callable[..., tuple[Plan, DesignProblem]]

GAMES = st.lists(st.integers(0, 20), min_size=1, max_size=12).filter(any).flatmap(
    lambda votes: st.tuples(st.just(votes), st.integers(1, sum(votes)))
)  # fmt: skip


@given(GAMES)
@settings(max_examples=60, deadline=None)
def test_both_methods_find_the_same_power(game: tuple[list[int], int]) -> None:
    votes, needed = game
    numbered = dict(enumerate(votes))
    indices = (power.banzhaf, power.absolute_banzhaf, power.shapley_shubik)
    for index, found in zip(indices, multilinear_power(votes, needed), strict=True):
        exact = [float(share) for share in index(numbered, needed).values()]
        assert found == pytest.approx(exact, abs=1e-12)


EDITS: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("votes", {"power.0.votes": 0}, ("control.votes", "secretariat, 1993")),
    ("votes of thousands", {"power.0.votes": 10**9}, ("control.votes", "secretariat, 1993")),
    ("votes by rule", {"power.0.rule_votes": 3}, ("control.votes", "secretariat, AAA, 1993")),
    ("seat", {"power.0.state": "OOO"}, ("control.seats", "secretariat, 1993")),
    ("organ without votes", {"power.0.organ": "command"}, ("control.seats", "command, 1993")),
    ("quota", {"power.4.votes_needed": 3}, ("figures.power", "secretariat, BBB, 1994")),
    ("Banzhaf", {"power.0.banzhaf": 0.34}, ("figures.power", "secretariat, AAA, 1993")),
    ("absolute", {"power.0.absolute_banzhaf": 0.4}, ("figures.power", "secretariat, AAA, 1993")),
    ("Shapley", {"power.0.shapley_shubik": 0.3}, ("figures.power", "secretariat, AAA, 1993")),
]


@pytest.mark.parametrize(("edit", "expected"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_an_edit_is_named(build: Build, edit: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in {(v.name, v.subject) for v in verify(*build(plan=edit)).violations}


def test_power_left_out_is_named(build: Build) -> None:
    found = {(v.name, v.subject) for v in verify(*build(without=("power.5",))).violations}
    assert found == {("control.seats", "secretariat, 1994")}


TABLE = {"rule": "table", "table": {"AAA": 3, "BBB": 2, "CCC": 2}}
UNEVEN = {"rule": "table", "table": {"AAA": 4, "BBB": 1, "CCC": 1}}


def stated(build: Build, votes: dict[str, Any], numbers: tuple[int, ...]) -> set[tuple[str, str]]:
    """Names and subjects of what is wrong with a plan whose votes in 1993 and 1994 are `numbers`."""
    edits: dict[str, int] = {}
    for row in range(6):
        edits[f"power.{row}.votes"] = numbers[row % 3]
        edits[f"power.{row}.rule_votes"] = votes["table"][("AAA", "BBB", "CCC")[row % 3]]
        edits[f"power.{row}.votes_needed"] = sum(numbers) // 2 + 1
    plan, problem = build(problem={"organs.0.votes": votes}, plan=edits)
    return {(v.name, v.subject) for v in verify(plan, problem).violations}


def test_a_bound_that_is_not_kept_is_named(build: Build) -> None:
    found = stated(build, {**UNEVEN, "max_power": 0.4}, (4, 1, 1))
    assert ("control.max_power", "secretariat, AAA, 1993") in found


def test_votes_cut_further_than_the_bound_asks_are_named(build: Build) -> None:
    assert stated(build, {**TABLE, "max_power": 0.4}, (3, 2, 2)) == set()
    assert ("control.votes", "secretariat, 1994") in stated(build, {**TABLE, "max_power": 0.4}, (2, 2, 2))


def test_votes_that_no_ceiling_gives_are_named(build: Build) -> None:
    assert ("control.votes", "secretariat, 1994") in stated(build, {**TABLE, "max_power": 0.4}, (3, 1, 2))
    assert ("control.votes", "secretariat, 1994") in stated(build, TABLE, (3, 1, 2))


def test_a_problem_without_votes_has_no_power() -> None:
    problem = compact({"organs/secretariat/votes": None})
    assert power_in(problem, problem.organs[0], 1, {}) == []
