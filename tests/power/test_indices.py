"""Indices of voting power: against all coalitions and orders of small games, and against published tables."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.power import absolute_banzhaf, banzhaf, shapley_shubik

GAMES = st.lists(st.integers(0, 9) | st.integers(0, 500), min_size=1, max_size=6).filter(any).flatmap(
    lambda votes: st.tuples(st.just(dict(enumerate(votes))), st.integers(1, sum(votes)))
)  # fmt: skip

COUNCIL_1958 = ({"DE": 4, "FR": 4, "IT": 4, "BE": 2, "NL": 2, "LU": 1}, 12)
COUNCIL_1973 = (
    {"DE": 10, "FR": 10, "IT": 10, "UK": 10, "BE": 5, "NL": 5, "DK": 3, "IE": 3, "LU": 2},
    41,
)
COUNCIL_1995 = (
    {
        "DE": 10, "FR": 10, "IT": 10, "UK": 10, "ES": 8, "BE": 5, "GR": 5, "NL": 5, "PT": 5, "AT": 4, "SE": 4,
        "DK": 3, "FI": 3, "IE": 3, "LU": 2,
    },
    62,
)  # fmt: skip
COUNCIL_TABLES = [
    (COUNCIL_1958, {"DE": (0.2381, 0.2333), "BE": (0.1429, 0.1500), "LU": (0.0, 0.0)}),
    (
        COUNCIL_1973,
        {"DE": (0.1672, 0.1786), "BE": (0.0915, 0.0810), "DK": (0.0662, 0.0571), "LU": (0.0158, 0.0095)},
    ),
    (
        COUNCIL_1995,
        {
            "DE": (0.1116, 0.1167), "ES": (0.0924, 0.0955), "BE": (0.0587, 0.0552), "SE": (0.0479, 0.0454),
            "DK": (0.0359, 0.0353), "LU": (0.0226, 0.0207),
        },
    ),
]  # fmt: skip
"""Felsenthal and Machover, The Measurement of Voting Power (1998), tables for the Council of Ministers."""

ELECTORS_2000 = {
    55: 1, 34: 1, 31: 1, 27: 1, 21: 2, 20: 1, 17: 1, 15: 3, 13: 1, 12: 1, 11: 4, 10: 4, 9: 3, 8: 2, 7: 4,
    6: 3, 5: 5, 4: 5, 3: 8,
}  # fmt: skip
"""Electors of a state to the number of such states, by the census of 2000."""


def pivotal_by_enumeration(votes: dict[int, int], needed: int) -> dict[int, int]:
    """Coalitions of the others that lose without a member and win with it, one by one."""
    return {
        member: sum(
            needed - number <= sum(votes[other] for other in coalition) < needed
            for size in range(len(votes))
            for coalition in combinations([other for other in votes if other != member], size)
        )
        for member, number in votes.items()
    }


def shapley_by_enumeration(votes: dict[int, int], needed: int) -> dict[int, Fraction]:
    """Orders in which a member carries the motion, one by one."""
    carried, orders = dict.fromkeys(votes, 0), list(permutations(votes))
    for order in orders:
        held = 0
        for member in order:
            held += votes[member]
            if held >= needed:
                carried[member] += 1
                break
    return {member: Fraction(times, len(orders)) for member, times in carried.items()}


@given(GAMES)
@settings(max_examples=60, deadline=None)
def test_banzhaf_counts_what_enumeration_counts(game: tuple[dict[int, int], int]) -> None:
    votes, needed = game
    pivotal = pivotal_by_enumeration(votes, needed)
    assert banzhaf(votes, needed) == {m: Fraction(n, sum(pivotal.values())) for m, n in pivotal.items()}
    assert absolute_banzhaf(votes, needed) == {
        member: Fraction(number, 2 ** (len(votes) - 1)) for member, number in pivotal.items()
    }


@given(GAMES)
@settings(max_examples=60, deadline=None)
def test_shapley_shubik_counts_what_enumeration_counts(game: tuple[dict[int, int], int]) -> None:
    assert shapley_shubik(*game) == shapley_by_enumeration(*game)


@pytest.mark.parametrize(("council", "published"), COUNCIL_TABLES, ids=["1958", "1973", "1995"])
def test_the_council_of_the_community_has_its_published_power(
    council: tuple[dict[str, int], int], published: dict[str, tuple[float, float]]
) -> None:
    by_banzhaf, by_shapley = banzhaf(*council), shapley_shubik(*council)
    for member, (expected, other) in published.items():
        assert round(float(by_banzhaf[member]), 4) == expected
        assert round(float(by_shapley[member]), 4) == other


def test_the_security_council_has_its_published_power() -> None:
    """Its rule as weights: 7 votes a permanent member, 1 another, 39 needed (Straffin 1994)."""
    votes = {f"permanent {n}": 7 for n in range(5)} | {f"elected {n}": 1 for n in range(10)}
    assert banzhaf(votes, 39)["permanent 0"] == Fraction(848, 5080)
    assert shapley_shubik(votes, 39)["permanent 0"] == Fraction(421, 2145)
    assert shapley_shubik(votes, 39)["elected 0"] == Fraction(4, 2145)


def test_the_largest_state_has_its_published_power_in_the_electoral_college() -> None:
    """Miller, Homo Oeconomicus 26 (2009): California is decisive with a probability of 0.475."""
    votes = [electors for electors, states in ELECTORS_2000.items() for _ in range(states)]
    assert (len(votes), sum(votes)) == (51, 538)
    assert float(absolute_banzhaf(dict(enumerate(votes)), 270)[0]) == pytest.approx(0.475, abs=5e-4)


@pytest.mark.parametrize("index", [banzhaf, shapley_shubik])
def test_power_over_two_hundred_members_sums_to_one_exactly(index: object) -> None:
    assert callable(index)
    votes = {member: 1 + member % 17 for member in range(200)}
    power = index(votes, sum(votes.values()) // 2 + 1)
    assert sum(power.values()) == 1
    assert power[0] == power[17] < power[16]


@pytest.mark.parametrize(
    ("votes", "needed"),
    [({"A": 1}, 0), ({"A": 1}, 2), ({"A": 0}, 1), ({}, 1), ({"A": -1, "B": 3}, 1), ({"A": 1.5}, 1)],
)
def test_what_is_no_game_is_refused(votes: dict[str, int], needed: int) -> None:
    for index in (banzhaf, absolute_banzhaf, shapley_shubik):
        with pytest.raises(ValueError, match="votes"):
            index(votes, needed)
