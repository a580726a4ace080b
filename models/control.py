"""Control of an organ: who sits in it, how many votes each has, and how much power the votes may give."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Model
from .quantities import Count, Identifier, Share

MOST_VOTES = 100_000
"""Votes in an organ, so that power is computed in seconds."""


class VoteRule(StrEnum):
    """What votes are proportional to."""

    EQUAL = "equal"
    POPULATION_SQUARE_ROOT = "population-square-root"
    POPULATION = "population"
    GDP = "gdp"
    MONEY = "money"
    """What a state pays into all funds over all periods of the plan."""
    TABLE = "table"


class PowerIndex(StrEnum):
    """A measure of a priori voting power, in shares that sum to 1."""

    BANZHAF = "banzhaf"
    SHAPLEY_SHUBIK = "shapley-shubik"


class Seats(Model):
    """Which states sit in an organ: those named, and others by turns."""

    states: tuple[Identifier, ...] | Literal["members"] = "members"
    elected: Count = 0
    """Further seats, which pass through the members not named in the problem's order, period by period."""

    def filled(self, members: Sequence[str], turn: int) -> tuple[str, ...]:
        """States that sit in period number `turn`, counted from 0.

        >>> Seats(states=("A",), elected=2).filled(["A", "B", "C", "D"], turn=1)
        ('A', 'D', 'B')
        """
        if self.states == "members":
            return tuple(members)
        others = [member for member in members if member not in self.states]
        first = turn * self.elected
        return (
            *self.states,
            *(others[(first + n) % len(others)] for n in range(min(self.elected, len(others)))),
        )


class Votes(Model):
    """Votes of the states that sit in an organ, in whole numbers, and the bound on what they amount to."""

    rule: VoteRule = VoteRule.EQUAL
    table: dict[Identifier, Count] = {}
    """Votes of each state, for the rule `table`; a state left out has none."""
    total: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 1000
    """Votes shared in proportion, each share rounded to whole votes; not for `equal` and `table`."""
    basic: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    """Votes that every state has beside its share of `total`."""
    quota: (
        Annotated[float, Field(strict=True, ge=0.5, le=1)]
        | Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,5}/[1-9]\d{0,5}$", strict=True)]
    ) = 0.5
    """Share of all votes that carries a motion, such as 0.7 or "2/3"; always more than half of the votes."""
    max_power: Share | None = None
    """Largest share of power of any state: votes above a ceiling lapse, the highest that keeps the bound."""
    index: PowerIndex = PowerIndex.BANZHAF
    """Measure of power that `max_power` speaks of."""

    @property
    def quota_share(self) -> Fraction:
        """The quota as the decimal or fraction that was written."""
        return Fraction(str(self.quota))

    def needed(self, total: int) -> int:
        """Least number of votes that carries a motion, of `total`.

        >>> Votes(quota="2/3").needed(87), Votes(quota=0.7).needed(10), Votes().needed(10)
        (58, 7, 6)
        """
        return max(-(-total * self.quota_share.numerator // self.quota_share.denominator), total // 2 + 1)
