"""Votes under which nobody has more than a given share of power.

For each ceiling `c` on votes, `min(votes, c)` is the nearest to `votes` of all votes up to `c`, however
distance is measured: it takes from those above the ceiling what is above it, and from nobody else. It treats
equals equally and lets nobody overtake another. The distance grows as `c` falls, so the first ceiling from
above under which nobody exceeds the bound is the nearest such. Every ceiling is tried, because power does not
fall steadily with votes; with the ceiling of one vote all who have votes have the same power, one over their
number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

Member = TypeVar("Member")
Power = Callable[[Mapping[Member, int], int], Mapping[Member, Fraction]]


def bounded_votes(
    votes: Mapping[Member, int],
    needed: Callable[[int], int],
    most: Fraction,
    power: Power[Member],
) -> dict[Member, int] | None:
    """The votes nearest to `votes` under which nobody's `power` exceeds `most`; None where there are none.

    `needed` gives the votes that carry a motion for the sum of all votes. Where even equal votes of those who
    have any leave one too much power, everybody gets one vote: nothing else has a lower greatest power.

    >>> from concord.power import banzhaf
    >>> bounded_votes({"A": 5, "B": 2, "C": 1, "D": 1}, lambda total: total // 2 + 1, Fraction(1, 2), banzhaf)
    {'A': 3, 'B': 2, 'C': 1, 'D': 1}
    """
    if not votes or most * len(votes) < 1:
        return None
    for ceiling in range(max(votes.values()), 0, -1):
        capped = {member: min(number, ceiling) for member, number in votes.items()}
        if max(power(capped, needed(sum(capped.values()))).values()) <= most:
            return capped
    return dict.fromkeys(votes, 1)
