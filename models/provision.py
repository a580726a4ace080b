"""What regions, heads of expenditure, equals and weak states may count on."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import combinations
from math import log
from statistics import median
from typing import Annotated

from pydantic import Field

from .base import Model
from .hegemony import Span
from .quantities import MOST, Identifier, MillionUSD, NonNegative, Switch
from .state import State
from .threat import ThreatKind

Factor = Annotated[float, Field(strict=True, gt=1, le=MOST, allow_inf_nan=False)]
"""A factor above 1."""


class SpendingFloor(Model):
    """Least spending on some purposes in each of some regions, or in all of them together."""

    id: Identifier
    regions: tuple[Identifier, ...] | None = None
    """None: every region with members."""
    together: Switch = False
    """Whether the regions count together; then no regions given means all, the common one included."""
    purposes: tuple[Identifier, ...] | None = None
    """Heads of expenditure or programme ids; none: every purpose."""
    amount: MillionUSD = 0.0
    """Million USD a period."""
    per_head: NonNegative = 0.0
    """USD a period for each inhabitant of the members there; the larger of the two floors holds."""
    over: Span = Span.HORIZON
    """Whether the floor holds in every period, or for the mean over all periods."""


class Treatment(StrEnum):
    """In what equals are treated equally."""

    SPENDING = "spending"
    """Programme spending a head."""
    GAIN = "gain"
    """The factor by which security rises, to first order: threats abated, each weighted by its share of the
    whole before the institution acted, and capacity added relative to what there was."""


class EqualTreatment(Model):
    """Members alike in threat and in income receive within a factor of each other."""

    id: Identifier
    of: Treatment = Treatment.SPENDING
    factor: Factor
    """Most times that one of two equals may receive what the other does."""
    threat_band: Factor = 1.25
    """Equals' total threats, before the institution acts, differ by no more than this factor."""
    income_band: Factor = 1.5
    """Equals' gross domestic products a head differ by no more than this factor."""
    states: tuple[Identifier, ...] | None = None
    """Members among whom equals are sought; none: all."""
    over: Span = Span.HORIZON
    """Whether the rule holds in every period, or for the mean over all periods."""

    def alike(self, one: State, other: State, kinds: Sequence[ThreatKind]) -> bool:
        """Whether two states are equals."""
        threats = log(initial_threat(one, kinds) / initial_threat(other, kinds))
        incomes = log(one.gdp / one.population) - log(other.gdp / other.population)
        near = 1e-12
        return abs(threats) <= log(self.threat_band) + near and abs(incomes) <= log(self.income_band) + near

    def pairs(self, members: Sequence[State], kinds: Sequence[ThreatKind]) -> tuple[tuple[str, str], ...]:
        """Every pair of equals, once."""
        among = [state for state in members if self.states is None or state.id in self.states]
        return tuple((a.id, b.id) for a, b in combinations(among, 2) if self.alike(a, b, kinds))


class WeakStates(Model):
    """Who is weak, and what the weak may count on."""

    states: tuple[Identifier, ...] | None = None
    """None: members with less capacity and more threat than the median member before the institution acts."""
    zero_rated: Switch = False
    """Whether the weak pay nothing into funds that all members pay into."""
    spending_per_head: NonNegative = 0.0
    """Least programme spending in each, USD an inhabitant and period, on average over the horizon."""
    gain: Factor | None = None
    """Least factor by which the security of each rises above what it would be without, in the last period."""


def initial_threat(state: State, kinds: Sequence[ThreatKind]) -> float:
    """Total threat before the institution acts."""
    return sum(state.initial_threat(kind.id) for kind in kinds)


def initial_capacity(state: State, kinds: Sequence[ThreatKind]) -> float:
    """Capacity before the institution acts: each dimension as far as it is of use against the threats."""
    whole = initial_threat(state, kinds) or 1.0
    return sum(
        state.initial_threat(kind.id) / whole * kind.relevance.get(dimension, 0.0) * index
        for kind in kinds
        for dimension, index in state.capacities.items()
    )


def weak_members(rules: WeakStates, members: Sequence[State], kinds: Sequence[ThreatKind]) -> tuple[str, ...]:
    """Ids of the members that count as weak."""
    if rules.states is not None:
        return tuple(state.id for state in members if state.id in rules.states)
    if not members:
        return ()
    capacities = {state.id: initial_capacity(state, kinds) for state in members}
    threats = {state.id: initial_threat(state, kinds) for state in members}
    low, high = median(capacities.values()), median(threats.values())
    return tuple(s.id for s in members if capacities[s.id] < low and threats[s.id] > high)
