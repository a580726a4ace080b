"""Votes and power in the organs: 8.6, 8.7 and P.20.

Power is recomputed by Owen's multilinear extension: where every other state votes for a motion with
probability p, a state is pivotal with a probability f(p); f(1/2) is its absolute Banzhaf power, and the mean
of f over p, by Gauss and Legendre exact for the degree that f has, its Shapley-Shubik power.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from concord.models.control import PowerIndex, VoteRule, Votes
from concord.models.organ import Organ
from concord.models.plan import VotingPower

from .case import Case
from .decisions import added
from .tolerance import Quantity

Powers = tuple[list[float], list[float], list[float]]
"""Banzhaf shares, absolute Banzhaf and Shapley-Shubik power, in the order of the votes."""
SHARE, COUNT = Quantity.SHARE, Quantity.COUNT


def check_control(case: Case) -> None:
    """Every organ with votes, in every period in which it operates, and no other."""
    stated: dict[tuple[str, int], dict[str, VotingPower]] = {}
    for row in case.plan.power:
        stated.setdefault((row.organ, row.period), {})[row.state] = row
    paid = added((payer, amount) for (payer, _, _), amount in case.decisions.paid.items())
    games: dict[tuple[tuple[int, ...], int], Powers] = {}
    for organ in case.problem.organs:
        for period in case.problem.periods:
            rows = stated.get((organ.id, period), {})
            seated: tuple[str, ...] = ()
            if organ.votes is not None and case.operates(organ.id, period):
                seated = case.problem.seated(organ, period)
            text = "the rows of power in {0} in {1} are not those of the states that sit there"
            case.ledger.demand("control.seats", (organ.id, period), set(rows) == set(seated), text)
            if organ.votes is not None and seated and set(rows) == set(seated):
                _organ(case, organ, organ.votes, [rows[state] for state in seated], paid, games)


def _organ(
    case: Case,
    organ: Organ,
    rule: Votes,
    rows: Sequence[VotingPower],
    paid: Mapping[str, float],
    games: dict[tuple[tuple[int, ...], int], Powers],
) -> None:
    fair = _fair_votes(case, rule, [row.state for row in rows], paid)
    _votes_by_rule(case, rows, fair)
    votes = tuple(row.votes for row in rows)
    text = "the votes in {0} in {1} are negative, above what the rule gives, or nobody's"
    sound = sum(votes) > 0 and min(row.rule_votes for row in rows) >= 0
    sound = sound and all(0 <= given <= max(1.0, most + 1) for given, most in zip(votes, fair, strict=True))
    case.ledger.demand("control.votes", (organ.id, rows[0].period), sound, text)
    if not sound:
        return
    needed = max(ceil(rule.quota_share * sum(votes)), sum(votes) // 2 + 1)
    if (votes, needed) not in games:
        games[votes, needed] = multilinear_power(votes, needed)
    shares, absolute, ordered = games[votes, needed]
    for row, *true in zip(rows, shares, absolute, ordered, strict=True):
        place = (row.organ, row.state, row.period)
        text = "{value} votes are stated to carry a motion in {0} in {2}, and {limit} do"
        case.ledger.equal("figures.power", place, row.votes_needed, needed, COUNT, text)
        for name, figure, power in zip(
            ("Banzhaf", "absolute Banzhaf", "Shapley-Shubik"),
            (row.banzhaf, row.absolute_banzhaf, row.shapley_shubik),
            true,
            strict=True,
        ):
            text = f"the {name} power of {{1}} in {{0}} in {{2}} is stated as {{value}}, and is {{limit}}"
            case.ledger.equal("figures.power", place, figure, power, SHARE, text)
    _bound(case, rule, rows, shares if rule.index is PowerIndex.BANZHAF else ordered)


def _votes_by_rule(case: Case, rows: Sequence[VotingPower], fair: Sequence[float]) -> None:
    """8.6: the rule's votes are each state's share, rounded to a whole number."""
    for row, exact in zip(rows, fair, strict=True):
        text = "{1} is stated to have {value} votes by rule in {0} in {2}, and has {limit}, rounded"
        off = max(0.0, abs(row.rule_votes - exact) - 0.5 - 1e-6)
        kept = exact + off if row.rule_votes > exact else exact - off
        case.ledger.equal("control.votes", (row.organ, row.state, row.period), kept, exact, COUNT, text)


def _fair_votes(case: Case, rule: Votes, seated: Sequence[str], paid: Mapping[str, float]) -> list[float]:
    """Votes before they are rounded; one each where all would round to none."""
    states = [case.problem.state_by_id[state] for state in seated]
    match rule.rule:
        case VoteRule.EQUAL:
            return [1.0] * len(states)
        case VoteRule.TABLE:
            exact = [float(rule.table.get(state.id, 0)) for state in states]
            return exact if any(exact) else [1.0] * len(states)
        case VoteRule.POPULATION:
            keys = [state.population for state in states]
        case VoteRule.POPULATION_SQUARE_ROOT:
            keys = [sqrt(state.population) for state in states]
        case VoteRule.GDP:
            keys = [state.gdp for state in states]
        case VoteRule.MONEY:
            keys = [max(0.0, paid.get(state.id, 0.0)) for state in states]
    whole = sum(keys) or 1.0
    exact = [rule.basic + rule.total * key / whole for key in keys]
    return exact if max(exact) >= 0.5 else [1.0] * len(states)


def _bound(case: Case, rule: Votes, rows: Sequence[VotingPower], power: Sequence[float]) -> None:
    """8.7: the bound holds, by votes that take only from those above a ceiling, and no more than needed."""
    by_rule, votes = [row.rule_votes for row in rows], [row.votes for row in rows]
    subject = (rows[0].organ, rows[0].period)
    if rule.max_power is None:
        text = "votes in {0} in {1} are not the rule's"
        case.ledger.demand("control.votes", subject, votes == by_rule, text)
        return
    most = max(rule.max_power, 1 / len(rows))
    for row, share in zip(rows, power, strict=True):
        text = "{1} has {value} of the power in {0} in {2}, allowed {limit}"
        case.ledger.at_most("control.max_power", (row.organ, row.state, row.period), share, most, SHARE, text)
    ceiling = max(votes)
    nearest = votes == [min(number, ceiling) for number in by_rule] or set(votes) == {1}
    text = "votes in {0} in {1} are not the rule's under a ceiling"
    case.ledger.demand("control.votes", subject, nearest, text)
    if nearest and max(by_rule) > ceiling:
        looser = tuple(min(number, ceiling + 1) for number in by_rule)
        needed = max(ceil(rule.quota_share * sum(looser)), sum(looser) // 2 + 1)
        shares, _, ordered = multilinear_power(looser, needed)
        exceeds = max(shares if rule.index is PowerIndex.BANZHAF else ordered) > most - 1e-9
        text = "votes in {0} in {1} are cut further than the bound on power asks"
        case.ledger.demand("control.votes", subject, exceeds, text)


def multilinear_power(votes: Sequence[int], needed: int) -> Powers:
    """Banzhaf shares, absolute Banzhaf and Shapley-Shubik power, in floating point.

    >>> [[round(power, 9) for power in powers] for powers in multilinear_power([2, 1, 1], 3)]
    [[0.6, 0.2, 0.2], [0.75, 0.25, 0.25], [0.666666667, 0.166666667, 0.166666667]]
    """
    nodes, weights = np.polynomial.legendre.leggauss(len(votes) // 2 + 1)
    chances = np.concatenate([[0.5], (nodes + 1) / 2])
    pivotal = _pivotal_chances(votes, needed, chances)
    absolute = pivotal[:, 0]
    ordered = pivotal[:, 1:] @ (weights / 2)
    return (absolute / absolute.sum()).tolist(), absolute.tolist(), ordered.tolist()


def _pivotal_chances(votes: Sequence[int], needed: int, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that each state is pivotal (rows), for each chance that another votes for a motion (columns)."""
    before = [_nobody(needed, len(chances))]
    for number in votes:
        before.append(_joined(before[-1], number, chances))
    after = _nobody(needed, len(chances))
    found = np.zeros((len(votes), len(chances)))
    for n in range(len(votes) - 1, -1, -1):
        # Chance that those after bring at most so many votes, from -1 votes on.
        at_most = np.vstack([np.zeros(len(chances)), np.cumsum(after, axis=0)])
        held = np.arange(needed)
        enough = at_most[needed - held] - at_most[np.maximum(0, needed - held - votes[n])]
        found[n] = (before[n] * enough).sum(axis=0)
        after = _joined(after, votes[n], chances)
    return found


def _nobody(needed: int, width: int) -> NDArray[np.float64]:
    """Chance of each losing number of votes while nobody has voted: none, for certain."""
    start = np.zeros((needed, width))
    start[0] = 1.0
    return start


def _joined(losing: NDArray[np.float64], number: int, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances of each losing number of votes with one more state, which has `number`."""
    joined = losing * (1 - chances)
    if number < len(losing):
        joined[number:] += losing[: len(losing) - number] * chances
    return joined
