"""Locks: 12.1 and 12.2, from the rows of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concord.models.lock import LOCKABLE, Locked, locked

from .case import Case
from .tolerance import Quantity

_QUANTITIES: Mapping[str, Quantity] = {
    "garrisons": Quantity.COUNT,
    "organs": Quantity.COUNT,
    "contingents": Quantity.UNITS,
    "monitors": Quantity.TEAMS,
    "contributions": Quantity.MONEY,
    "programmes": Quantity.MONEY,
    "spending": Quantity.MONEY,
    "missions": Quantity.TROOPS,
    "lift": Quantity.LIFT,
    "arming": Quantity.LOGS,
    "reduction": Quantity.LOGS,
}


def check_locks(case: Case) -> None:
    """What is promised is there, and what is forbidden or bounded stays within its bound."""
    for lock in locked(case.problem):
        quantity, least, most = _QUANTITIES[lock.lock.kind], lock.lock.minimum, lock.lock.maximum
        stated = list(_stated(case, lock))
        for span, periods in lock.spans.items():
            value = sum(amount for period, amount in stated if period in periods)
            if least is not None:
                text = "{0} is {value} in {1}, locked at {limit} or more"
                case.ledger.at_least("locks.least", (lock.name, span), value, least, quantity, text)
            if most is not None:
                text = "{0} is {value} in {1}, locked at {limit} or less"
                case.ledger.at_most("locks.most", (lock.name, span), value, most, quantity, text)


def _stated(case: Case, lock: Locked) -> Iterator[tuple[int, float]]:
    """Period and amount of every decision of the plan that the lock means."""
    for label, period, amount in _decisions(case, lock.lock.kind):
        if lock.holds(dict(zip(LOCKABLE[lock.lock.kind].dimensions, label, strict=True))):
            yield period, amount


def _decisions(case: Case, kind: str) -> Iterator[tuple[tuple[str, ...], int, float]]:
    """Names in the order of the kind's dimensions, period and amount of every decision of the kind."""
    d = case.decisions
    match kind:
        case "garrisons":
            yield from (((site, tier), t, 1.0) for site, tier, t in d.garrisons)
        case "organs":
            yield from (((organ,), t, 1.0) for organ, t in d.operating)
        case "contingents":
            yield from (((state, site), t, units) for (state, site, t), units in d.units.items())
        case "monitors":
            yield from (((state, zone, a), t, teams) for (a, state, zone, t), teams in d.teams.items())
        case "contributions":
            yield from (((payer, fund), t, paid) for (payer, fund, t), paid in d.paid.items())
        case "programmes":
            yield from (((k, state), t, spent) for (state, k, t), spent in d.spending.items())
        case "spending":
            yield from (((head, r, fund), t, drawn) for (fund, head, r, t), drawn in d.drawn.items())
        case "missions":
            yield from (((mission, site), t, troops) for (site, mission, t), troops in d.assigned.items())
        case _:
            amounts = {"lift": d.lift, "arming": d.arming, "reduction": d.reduction}[kind]
            yield from (((state,), t, amount) for (state, t), amount in amounts.items())
