"""Capacity to pay and tiers, from the methodologies alone: every limit by bisection over one factor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from concord.models.assessment import CapacityToPay
from concord.models.state import State
from concord.models.tiers import AssessmentTiers

Amounts = dict[str, float]
_SLIGHT = 1e-12


def by_capacity_to_pay(states: Sequence[State], rules: CapacityToPay) -> Amounts:
    """The mean, over base periods, of each state's share."""
    last = rules.last_year or max((max(s.gni) for s in states if isinstance(s.gni, dict)), default=0)
    scales = [_one_period(states, range(last - n + 1, last + 1), rules) for n in rules.base_periods]
    return {state.id: fmean(scale[state.id] for scale in scales) for state in states}


def _one_period(states: Sequence[State], years: range, rules: CapacityToPay) -> Amounts:
    def over_years(figure: float | Mapping[int, float]) -> float:
        return figure if isinstance(figure, int | float) else fmean(figure[year] for year in years)

    income = {s.id: over_years(s.gdp if s.gni is None else s.gni) for s in states}
    people = {s.id: s.population for s in states}
    disposable = {
        s.id: max(income[s.id] - rules.debt_repayment * over_years(s.external_debt), 0.0) for s in states
    }
    whole = sum(disposable.values())
    # Thresholds compare million USD a head, whatever a population is counted in.
    line = rules.threshold / 1e6 if rules.threshold else sum(income.values()) / sum(people.values())
    distance = {name: 1 - disposable[name] / people[name] / line for name in income}
    spared = {name: max(distance[name], 0.0) * rules.gradient * disposable[name] for name in income}
    above = {name: disposable[name] for name in income if distance[name] <= 0}
    taken = _taken_up(above, sum(spared.values()), rules.ceiling * whole)
    assessable = {name: disposable[name] - spared[name] + taken.get(name, 0.0) for name in income}
    total = sum(assessable.values())
    shares = {name: amount / total for name, amount in assessable.items()}
    return _within_limits(shares, {s.id for s in states if s.least_developed}, rules)


def _taken_up(above: Amounts, amount: float, most: float) -> Amounts:
    """Parts of `amount` in proportion to `above`, nobody coming over `most` while another has room."""
    room = {name: max(0.0, most - own) for name, own in above.items()}
    if not above or sum(room.values()) <= amount:
        rest = amount - sum(room.values())
        weight = sum(above.values()) or 1.0
        return {name: room[name] + rest * own / weight for name, own in above.items()}
    return _levelled(lambda factor: {n: min(room[n], factor * own) for n, own in above.items()}, amount)


def _within_limits(shares: Amounts, least_developed: set[str], rules: CapacityToPay) -> Amounts:
    """Floor, ceiling of the least developed, ceiling: each borne in proportion by those whom none holds."""
    top = {name for name, share in shares.items() if share >= rules.ceiling - _SLIGHT}

    def floored(factor: float) -> Amounts:
        return {n: s if n in top else max(rules.floor, factor * s) for n, s in shares.items()}

    first = _levelled(floored)
    bottom = {name for name, share in first.items() if share <= rules.floor + _SLIGHT * rules.floor}
    held, cap = bottom | (top - least_developed), rules.least_developed_ceiling

    def relieved(factor: float) -> Amounts:
        return {
            n: s if n in held else min(cap, factor * s) if n in least_developed else factor * s
            for n, s in first.items()
        }

    second = _levelled(relieved)

    def limited(held: set[str]) -> Amounts:
        def at(factor: float) -> Amounts:
            most = {n: min(rules.ceiling, cap if n in least_developed else 1.0) for n in second}
            return {n: s if n in held else min(most[n], factor * s) for n, s in second.items()}

        return _levelled(at)

    third = limited(bottom)
    return third if abs(sum(third.values()) - 1) < 1e-9 else limited(set())


def _levelled(at: Callable[[float], Amounts], total: float = 1.0) -> Amounts:
    """`at` of the factor, found by bisection, at which the amounts sum to `total`; as near as they come."""
    low, high = 0.0, 1.0
    while sum(at(high).values()) < total and high < 1e12:
        high *= 2
    while high > (middle := (low + high) / 2) > low:
        low, high = (middle, high) if sum(at(middle).values()) < total else (low, middle)
    return at(high)


def by_tier(products: Mapping[str, float], rules: AssessmentTiers) -> Amounts:
    """Each state's part of its tier's share, before the ceiling."""
    total = sum(products.values())
    tier = {
        name: max((t for t in rules.tiers if product > t.above * total), key=lambda t: t.above)
        for name, product in products.items()
    }
    stated = sum(t.share for t in rules.tiers if t.share is not None and t in tier.values())
    parts = {}
    for name, product in products.items():
        own = tier[name]
        if own.share is None:
            free = sum(p for other, p in products.items() if tier[other].share is None)
            parts[name] = (1 - stated) * product / free
        else:
            fellows = [other for other in products if tier[other] == own]
            by_product = product / sum(products[other] for other in fellows)
            parts[name] = own.share * (1 / len(fellows) if own.equal else by_product)
    return parts
