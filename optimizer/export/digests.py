"""Sums over the tables of a plan that several exports show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import log

from concord.models import Plan


@dataclass(frozen=True, slots=True)
class Payer:
    """What a state pays into all funds over all periods."""

    state: str
    paid: float
    share: float
    """Of all that is paid."""
    scale: float
    """What the scales of the funds would make it; a fund without one counts as paid."""


@dataclass(frozen=True, slots=True)
class LastSecurity:
    """A member's security in the last period."""

    state: str
    without: float
    with_: float
    parts: tuple[tuple[str, float], ...]
    """Instruments and their contributions to the logarithm of the change, the largest first."""

    @property
    def change(self) -> float:
        """Relative change through the institution."""
        return self.with_ / self.without - 1 if self.without > 0 else 0.0

    @property
    def log_change(self) -> float:
        """Logarithm of the change, which the parts add up to."""
        return log(self.with_ / self.without) if self.without > 0 and self.with_ > 0 else 0.0


def payers(plan: Plan) -> list[Payer]:
    """Who pays, the largest first."""
    into: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.contributions:
        into[row.fund, row.period] += row.amount
    paid: dict[str, float] = defaultdict(float)
    assessed: dict[str, float] = defaultdict(float)
    for row in plan.contributions:
        paid[row.payer] += row.amount
        share = row.share if row.scale_share is None else row.scale_share
        assessed[row.payer] += share * into[row.fund, row.period]
    total = sum(paid.values()) or 1.0
    largest = sorted(paid, key=lambda state: (-paid[state], state))
    return [Payer(state, paid[state], paid[state] / total, assessed[state] / total) for state in largest]


def spending_by_head(plan: Plan) -> list[tuple[str, float]]:
    """Heads of expenditure with what is spent on them in all periods, the largest first."""
    spent: dict[str, float] = defaultdict(float)
    for row in plan.expenditures:
        spent[row.head] += row.amount
    return sorted(spent.items(), key=lambda item: (-item[1], item[0]))


def senders(plan: Plan) -> list[tuple[str, float]]:
    """States with the troops that they station in the last period, the largest first."""
    last = max(plan.problem.periods)
    sent: dict[str, float] = defaultdict(float)
    for row in plan.contingents:
        if row.period == last:
            sent[row.state] += row.troops
    return sorted(sent.items(), key=lambda item: (-item[1], item[0]))


def last_security(plan: Plan) -> list[LastSecurity]:
    """Security of the members in the last period, the largest change first."""
    last = max(plan.problem.periods)
    found = [
        LastSecurity(
            state=row.state,
            without=row.baseline_ratio,
            with_=row.ratio,
            parts=tuple(sorted(row.attribution.items(), key=lambda item: (-abs(item[1]), item[0]))),
        )
        for row in plan.security
        if row.period == last
    ]
    return sorted(found, key=lambda change: (-change.change, change.state))
