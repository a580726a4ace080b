"""Indices of a priori voting power, as exact fractions.

A member is pivotal to a coalition of others that loses without it and wins with it. Banzhaf counts such
coalitions (Penrose 1946, Banzhaf 1965); Shapley and Shubik (1954) count orders in which the members may join.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import factorial
from typing import TypeVar

from .coalitions import check_game, pivotal_coalitions

Member = TypeVar("Member")


def absolute_banzhaf(votes: Mapping[Member, int], needed: int) -> dict[Member, Fraction]:
    """Probability of being pivotal when each other member votes for a motion with probability one half.

    `needed` votes carry a motion. Raises ValueError where votes or quota are not those of a game.

    >>> {member: str(power) for member, power in absolute_banzhaf({"A": 2, "B": 1, "C": 1}, 3).items()}
    {'A': '3/4', 'B': '1/4', 'C': '1/4'}
    """
    swings, voters = _swings(votes, needed)
    return {member: Fraction(swings[member], 2 ** (voters - 1)) for member in votes}


def banzhaf(votes: Mapping[Member, int], needed: int) -> dict[Member, Fraction]:
    """Each member's share of all pivotal positions; the shares sum to 1.

    >>> {member: str(power) for member, power in banzhaf({"A": 2, "B": 1, "C": 1}, 3).items()}
    {'A': '3/5', 'B': '1/5', 'C': '1/5'}
    """
    swings, _ = _swings(votes, needed)
    total = sum(swings.values())
    return {member: Fraction(number, total) for member, number in swings.items()}


def shapley_shubik(votes: Mapping[Member, int], needed: int) -> dict[Member, Fraction]:
    """Share of the orders of all members in which each is the one whose votes carry a motion; sums to 1.

    >>> {member: str(power) for member, power in shapley_shubik({"A": 2, "B": 1, "C": 1}, 3).items()}
    {'A': '2/3', 'B': '1/6', 'C': '1/6'}
    """
    check_game(votes, needed)
    voters = sum(number > 0 for number in votes.values())
    orders = [factorial(before) * factorial(voters - 1 - before) for before in range(voters)]
    power = {0: Fraction(0)}
    for weight, packed in pivotal_coalitions(votes.values(), needed, bits=voters).items():
        # No coefficient exceeds 2 ** (voters - 1), the number of coalitions of the others.
        sizes = ((packed >> (voters * before)) & ((1 << voters) - 1) for before in range(voters))
        favourable = sum(number * ways for number, ways in zip(sizes, orders, strict=True))
        power[weight] = Fraction(favourable, factorial(voters))
    return {member: power[number] for member, number in votes.items()}


def _swings(votes: Mapping[Member, int], needed: int) -> tuple[dict[Member, int], int]:
    """Pivotal positions of each member, and how many members have votes."""
    check_game(votes, needed)
    pivotal = {0: 0} | pivotal_coalitions(votes.values(), needed, bits=0)
    return {member: pivotal[number] for member, number in votes.items()}, sum(map(bool, votes.values()))
