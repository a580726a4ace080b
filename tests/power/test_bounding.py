"""Votes under a bound on power: the bound holds, less would not do, and impossible bounds are told."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.power import banzhaf, bounded_votes, shapley_shubik

VOTES = st.lists(st.integers(0, 30), min_size=1, max_size=7).filter(any).map(lambda v: dict(enumerate(v)))


def majority(total: int) -> int:
    return total // 2 + 1


def greatest(votes: Mapping[int, int], index: object = banzhaf) -> Fraction:
    assert callable(index)
    return Fraction(max(index(votes, majority(sum(votes.values()))).values()))


@given(VOTES, st.fractions(Fraction(1, 8), 1))
@settings(max_examples=80, deadline=None)
def test_the_votes_are_the_nearest_capped_ones_that_keep_the_bound(
    votes: dict[int, int], most: Fraction
) -> None:
    found = bounded_votes(votes, majority, most, banzhaf)
    if most < Fraction(1, len(votes)):
        assert found is None
        return
    assert found is not None
    assert greatest(found) <= most
    if found == dict.fromkeys(votes, 1):
        return
    ceiling = max(found.values())
    assert found == {member: min(number, ceiling) for member, number in votes.items()}
    for higher in range(ceiling + 1, max(votes.values()) + 1):
        assert greatest({m: min(number, higher) for m, number in votes.items()}) > most


def test_votes_that_keep_the_bound_stay_as_they_are() -> None:
    votes = {"A": 3, "B": 2, "C": 2}
    assert bounded_votes(votes, majority, Fraction(1, 3), banzhaf) == votes


@pytest.mark.parametrize("index", [banzhaf, shapley_shubik])
def test_a_dictator_is_brought_under_a_fifth(index: object) -> None:
    assert callable(index)
    votes = {0: 900} | {member: 10 + member for member in range(1, 10)}
    assert greatest(votes, index) == 1
    found = bounded_votes(votes, majority, Fraction(1, 5), index)
    assert found is not None
    assert 18 < found[0] < 900
    assert greatest(found, index) <= Fraction(1, 5)


def test_members_without_votes_get_one_where_nothing_else_does() -> None:
    votes = {"A": 7, "B": 7, "C": 0, "D": 0}
    assert bounded_votes(votes, majority, Fraction(1, 4), banzhaf) == dict.fromkeys(votes, 1)
