"""Coalitions of a weighted voting game, counted by generating functions.

The coalitions of members with `w1`, `w2`, ... votes are the terms of `(1 + y x^w1) (1 + y x^w2) ...`: the
power of `x` is a coalition's votes, that of `y` its size. All numbers are whole, so that nothing is rounded.
A polynomial in `y` is held in one whole number, each coefficient in as many bits as keep it apart from the
next (Kronecker substitution); with no bits apart, `y` is 1 and only votes are told apart. Then the whole
polynomial in `x` fits in one number too, and a member's factor is a shift and an addition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

Member = TypeVar("Member")
Counts = dict[int, int]
"""Votes to the polynomial in `y` of the coalitions that have so many, in ascending order of votes."""


def check_game(votes: Mapping[Member, int], needed: int) -> None:
    """Raise ValueError unless somebody can carry a motion, and nobody at all cannot."""
    for member, number in votes.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise ValueError(f"{member} has {number!r} votes: give a whole number, 0 or more")
    total = sum(votes.values())
    if not 0 < needed <= total:
        raise ValueError(f"{needed} votes are needed of {total}: the quota lies from 1 to all votes")


def pivotal_coalitions(votes: Collection[int], needed: int, bits: int) -> dict[int, int]:
    """For each number of votes that a member has: coalitions of the others that need it, and suffice with it.

    The count is a polynomial in `y` with `bits` bits for a coefficient. A member without votes is left out.
    """
    weights = [weight for weight in votes if weight > 0]
    if bits == 0 and needed <= 2 ** len(weights):
        return _pivotal_in_one_number(weights, needed)
    counts = _losing(weights, needed, bits)
    return {weight: _pivotal(counts, weight, needed, bits) for weight in sorted(set(weights))}


def _pivotal_in_one_number(weights: Collection[int], needed: int) -> dict[int, int]:
    """The same for `y = 1`: modulo `x ** needed`, the counts of losing coalitions are digits of one number.

    Division by a member's factor `1 + z` is multiplication by `(1 - z) (1 + z**2) (1 + z**4) ...`. The sum of
    the digits that win with the member is their number's remainder by the highest digit.
    """
    digit = len(weights) + 1
    size = digit * needed
    whole, losing = (1 << size) - 1, 1
    for weight in weights:
        losing = (losing + (losing << digit * weight)) & whole
    pivotal = {}
    for weight in sorted(set(weights)):
        shift = digit * weight
        without = (losing - (losing << shift)) & whole
        while (shift := 2 * shift) < size:
            without = (without + (without << shift)) & whole
        pivotal[weight] = (without >> digit * max(needed - weight, 0)) % ((1 << digit) - 1)
    return pivotal


def _losing(weights: Collection[int], needed: int, bits: int) -> Counts:
    """Coalitions with fewer votes than are needed."""
    counts: Counts = {0: 1}
    for weight in weights:
        before_the_member = list(counts.items())
        for held, number in before_the_member:
            if held + weight < needed:
                counts[held + weight] = counts.get(held + weight, 0) + (number << bits)
    return dict(sorted(counts.items()))


def _pivotal(counts: Counts, weight: int, needed: int, bits: int) -> int:
    """Losing coalitions without one member of `weight` votes that win with it.

    Dividing by the member's factor: what remains at `held` is the count there less the coalitions with it.
    """
    without: Counts = {}
    pivotal = 0
    for held, number in counts.items():
        rest = number - (without.get(held - weight, 0) << bits)
        without[held] = rest
        if held + weight >= needed:
            pivotal += rest
    return pivotal
