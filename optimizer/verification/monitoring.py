"""Monitoring: 5.1 to 5.7, and 5.10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from math import floor, inf

from concord.models.zone import Monitoring, ZoneKind

from .case import Case
from .decisions import added
from .tolerance import Quantity

TEAMS, EFFORT = Quantity.TEAMS, Quantity.EFFORT


def check_monitoring(case: Case) -> None:
    """Every rule over teams and the zones that they watch."""
    monitoring = case.problem.monitoring
    if monitoring is None:
        return
    _effort(case, monitoring)
    _stock(case, monitoring)
    _impartiality(case, monitoring)
    for kind in monitoring.kinds:
        if kind.received_quota is not None:
            _quotas(case, monitoring, kind, kind.received_quota)


def _effort(case: Case, monitoring: Monitoring) -> None:
    kinds = {kind.id: kind for kind in monitoring.kinds}
    effort = case.decisions.effort(case.problem)
    for zone in monitoring.zones:
        ceiling = kinds[zone.kind].ceiling
        for period in case.problem.periods:
            amount, subject = effort.get((zone.id, period), 0.0), (zone.id, period)
            text = "{value} go into {0} in {1}, "
            case.ledger.at_most(
                "monitoring.ceiling", subject, amount, ceiling, EFFORT, text + "allowed {limit}"
            )
            may = zone in case.problem.open_zones and zone.open_in(period)
            least = zone.minimum if may else 0.0
            words = text + "when it may not be watched"
            case.ledger.at_most("monitoring.period", subject, amount, inf if may else 0.0, EFFORT, words)
            if (
                may
                and kinds[zone.kind].stays
                and period > case.problem.periods[0]
                and zone.open_in(period - 1)
            ):
                before = effort.get((zone.id, period - 1), 0.0)
                words = text + "where {limit} went in the period before, and stays"
                case.ledger.at_least("monitoring.stays", subject, amount, before, EFFORT, words)
            case.ledger.at_least(
                "monitoring.minimum", subject, amount, least, EFFORT, text + "required {limit}"
            )
            if monitoring.organ is not None:
                limit = inf if case.operates(monitoring.organ, period) else 0.0
                words = f"{text}and {monitoring.organ} allows {{limit}}"
                case.ledger.at_most("monitoring.organ", subject, amount, limit, EFFORT, words)


def _stock(case: Case, monitoring: Monitoring) -> None:
    stocks = {monitor.id: monitor.stock for monitor in monitoring.monitors}
    provided = added(
        ((monitor, state, period), teams)
        for (monitor, state, _, period), teams in case.decisions.teams.items()
    )
    for (monitor, state, period), teams in provided.items():
        text = "{1} provides {value} of {0} in {2}, and has {limit}"
        stock = stocks[monitor].get(state, 0)
        case.ledger.at_most("monitoring.stock", (monitor, state, period), teams, stock, TEAMS, text)


def _impartiality(case: Case, monitoring: Monitoring) -> None:
    watched = {monitor.id: monitor.kinds for monitor in monitoring.monitors}
    zones = {zone.id: zone for zone in monitoring.zones}
    for index, teams in case.decisions.teams.items():
        monitor, state, zone, _ = index
        if teams:
            impartial = state not in zones[zone].states
            text = "{1} watches {2} in {3}, where it is watched itself"
            case.ledger.demand("monitoring.impartiality", index, impartial, text)
            bar = case.barred_at_home(monitoring, state, index[3])
            bar = bar or _estranged(case, monitoring, zones[zone].states).get(state)
            text = f"{{1}} watches {{2}} in {{3}}, from which it is barred: {bar}"
            case.ledger.demand("monitoring.impartiality", index, bar is None, text)
            able = zones[zone].kind in watched[monitor]
            text = f"{{0}} watch {{2}} in {{3}}, and cannot watch a zone of kind {zones[zone].kind}"
            case.ledger.demand("monitoring.impartiality", index, able, text)


def _estranged(case: Case, monitoring: Monitoring, watched: Collection[str]) -> dict[str, str]:
    """States that may not watch what stands in the states `watched`, each with the reason."""
    return (
        dict.fromkeys(case.parties(monitoring, watched), "party")
        | dict.fromkeys(case.neighbours(monitoring, watched), "neighbours")
        | dict.fromkeys(case.rivals(monitoring, watched), "rivals")
    )


def _quotas(case: Case, monitoring: Monitoring, kind: ZoneKind, quota: int) -> None:
    states = {zone.id: zone.states for zone in monitoring.zones if zone.kind == kind.id}
    received: defaultdict[tuple[str, int], float] = defaultdict(float)
    from_one: defaultdict[tuple[str, str, int], float] = defaultdict(float)
    for (_, sender, zone, period), teams in case.decisions.teams.items():
        for state in states.get(zone, ()):
            received[state, period] += teams
            from_one[state, sender, period] += teams
    for (state, period), teams in received.items():
        text = f"{{0}} receives {{value}} of kind {kind.id} in {{2}}, allowed {{limit}}"
        case.ledger.at_most("monitoring.quota", (state, kind.id, period), teams, quota, TEAMS, text)
    # A product such as 0.29 * 100 falls short of the whole number that it stands for.
    most = floor(kind.share_from_one * quota + 1e-9)
    for (state, sender, period), teams in from_one.items():
        text = f"{{0}} receives {{value}} of kind {kind.id} from {{2}} in {{3}}, allowed {{limit}}"
        subject = (state, kind.id, sender, period)
        case.ledger.at_most("monitoring.share_from_one", subject, teams, most, TEAMS, text)
