"""No hegemon: 8.1 to 8.5 and 8.8, from each state's sum and the sum of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concord.models.hegemony import HORIZON, Span, Weight, WeightCeiling

from .case import Case
from .decisions import added
from .tolerance import Quantity

_WORDS: Mapping[Weight, tuple[str, str, Quantity]] = {
    Weight.MONEY: ("hegemony.money", "pays {value} of all money", Quantity.MONEY),
    Weight.TROOPS: ("hegemony.troops", "sends {value} of all troops", Quantity.UNITS),
    Weight.HOSTED_TROOPS: ("hegemony.hosted_troops", "hosts {value} of all troops", Quantity.UNITS),
    Weight.GARRISONS: ("hegemony.garrisons", "hosts {value} of all garrisons", Quantity.COUNT),
    Weight.HEADQUARTERS: ("hegemony.headquarters", "is home to {value} of all organs", Quantity.COUNT),
    Weight.MONITORS: ("hegemony.monitors", "provides {value} of all monitoring teams", Quantity.TEAMS),
}


def check_hegemony(case: Case) -> None:
    """Every ceiling on one state's share of a whole."""
    for ceiling in case.problem.hegemony:
        had = added(_parts(case, ceiling.of))
        spans: dict[int | str, tuple[int, ...]] = {period: (period,) for period in case.problem.periods}
        if ceiling.over is Span.HORIZON:
            spans = {HORIZON: case.problem.periods}
        for span, periods in spans.items():
            by_state = added((state, amount) for (state, when), amount in had.items() if when in periods)
            _span(case, ceiling, span, by_state)


def _span(case: Case, ceiling: WeightCeiling, span: int | str, by_state: Mapping[str, float]) -> None:
    rule, words, quantity = _WORDS[ceiling.of]
    whole = sum(by_state.values())
    for state in by_state if ceiling.states is None else ceiling.states:
        text = f"{{1}} {words} in {{2}}, and {{0}} allows {{limit}}"
        parts = (by_state.get(state, 0.0), whole, ceiling.share)
        case.ledger.share(rule, (ceiling.id, state, span), parts, quantity, text)


def _parts(case: Case, weight: Weight) -> Iterator[tuple[tuple[str, int], float]]:
    """State and period, with what the state has of a whole."""
    decisions = case.decisions
    hosts = {site.id: site.host for site in case.problem.sites}
    match weight:
        case Weight.MONEY:
            yield from (((state, when), paid) for (state, _, when), paid in decisions.paid.items())
        case Weight.TROOPS:
            yield from (((state, when), units) for (state, _, when), units in decisions.units.items())
        case Weight.HOSTED_TROOPS:
            yield from (((hosts[site], when), units) for (_, site, when), units in decisions.units.items())
        case Weight.GARRISONS:
            yield from (((hosts[site], when), 1.0) for site, _, when in decisions.garrisons)
        case Weight.HEADQUARTERS:
            homes = {organ.id: organ.headquarters for organ in case.problem.organs}
            for organ, when in decisions.operating:
                if home := homes[organ]:
                    yield (home.host, when), 1.0
        case Weight.MONITORS:
            yield from (((state, when), teams) for (_, state, _, when), teams in decisions.teams.items())
