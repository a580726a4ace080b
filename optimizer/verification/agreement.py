"""Staying close to what was agreed: 13.1, by counting."""

from __future__ import annotations

from .case import Case
from .tolerance import Quantity


def check_agreement(case: Case) -> None:
    """No more sites and organs are otherwise than agreed in the last period than allowed."""
    agreement, last = case.problem.agreement, case.last
    if agreement is None:
        return
    stands = {site: tier for site, tier, when in case.decisions.garrisons if when == last}
    sites = [site.id for site in case.problem.sites]
    tiers = {site.id: {tier.id for tier in case.problem.tiers_at(site)} for site in case.problem.sites}
    moves = 0
    for site in sites:
        agreed = agreement.garrisons.get(site)
        if agreed is None:
            moves += site in stands
        elif agreed in tiers[site]:
            moves += stands.get(site) != agreed
    for organ in case.problem.organs:
        moves += case.operates(organ.id, last) != (organ.id in agreement.organs)
    text = "{value} sites and organs are otherwise than agreed in {0}, allowed {limit}"
    case.ledger.at_most("agreement.moves", (last,), moves, agreement.max_moves, Quantity.COUNT, text)
