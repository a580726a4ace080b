"""Votes in the organs and the power that they give (8.6 and 8.7), from a plan's organs and contributions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache
from math import floor, sqrt

from concord.models import DesignProblem, Organ, PowerIndex, VoteRule, Votes
from concord.models.plan import Contribution, OrganActivity, VotingPower
from concord.power import absolute_banzhaf, banzhaf, bounded_votes, shapley_shubik

INDICES: Mapping[PowerIndex, Callable[[Mapping[str, int], int], Mapping[str, Fraction]]] = {
    PowerIndex.BANZHAF: banzhaf,
    PowerIndex.SHAPLEY_SHUBIK: shapley_shubik,
}

Game = tuple[tuple[tuple[str, int], ...], int]
"""States with their votes, and the votes that carry a motion."""


def control(
    problem: DesignProblem, organs: Iterable[OrganActivity], contributions: Iterable[Contribution]
) -> tuple[VotingPower, ...]:
    """Power of every state that sits in an organ with votes, while the organ operates."""
    paid: dict[str, float] = {}
    for row in contributions:
        paid[row.payer] = paid.get(row.payer, 0.0) + row.amount
    known = {organ.id: organ for organ in problem.organs}
    return tuple(
        row
        for activity in organs
        if activity.working
        for row in power_in(problem, known[activity.organ], activity.period, paid)
    )


def power_in(
    problem: DesignProblem, organ: Organ, period: int, paid: Mapping[str, float]
) -> list[VotingPower]:
    """Votes and power of each state in `organ`; empty without votes. `paid` is all that each state pays."""
    votes = organ.votes
    if votes is None or not problem.seated(organ, period):
        return []
    by_rule = votes_by_rule(problem, organ, period, paid)
    bound = tuple(votes_under_bound(votes, by_rule).items())
    needed = votes.needed(sum(number for _, number in bound))
    game: Game = bound, needed
    return [
        VotingPower(
            organ=organ.id,
            state=state,
            period=period,
            rule_votes=by_rule[state],
            votes=number,
            votes_needed=needed,
            banzhaf=_power(game)[state][0],
            absolute_banzhaf=_power(game)[state][1],
            shapley_shubik=_power(game)[state][2],
        )
        for state, number in bound
    ]


def votes_by_rule(
    problem: DesignProblem, organ: Organ, period: int, paid: Mapping[str, float]
) -> dict[str, int]:
    """Whole votes of each state that sits in `organ`; one each where nobody would have any."""
    votes, seated = organ.votes or Votes(), problem.seated(organ, period)
    if votes.rule is VoteRule.EQUAL:
        return dict.fromkeys(seated, 1)
    if votes.rule is VoteRule.TABLE:
        found = {state: votes.table.get(state, 0) for state in seated}
    else:
        keys = {state: _key(problem, votes.rule, state, paid) for state in seated}
        whole = sum(keys.values()) or 1.0
        found = {state: votes.basic + floor(votes.total * key / whole + 0.5) for state, key in keys.items()}
    return found if any(found.values()) else dict.fromkeys(seated, 1)


def _key(problem: DesignProblem, rule: VoteRule, state: str, paid: Mapping[str, float]) -> float:
    if rule is VoteRule.MONEY:
        return paid.get(state, 0.0)
    size = problem.state_by_id[state]
    if rule is VoteRule.GDP:
        return size.gdp
    return sqrt(size.population) if rule is VoteRule.POPULATION_SQUARE_ROOT else size.population


def votes_under_bound(votes: Votes, by_rule: Mapping[str, int]) -> dict[str, int]:
    """The votes nearest to the rule's under which nobody has more power than allowed."""
    if votes.max_power is None:
        return dict(by_rule)
    most = max(Fraction(str(votes.max_power)), Fraction(1, len(by_rule)))
    return bounded_votes(by_rule, votes.needed, most, INDICES[votes.index]) or dict.fromkeys(by_rule, 1)


@cache
def _power(game: Game) -> dict[str, tuple[float, float, float]]:
    """Banzhaf share, absolute Banzhaf and Shapley-Shubik power of every state."""
    votes, needed = dict(game[0]), game[1]
    relative, absolute = banzhaf(votes, needed), absolute_banzhaf(votes, needed)
    ordered = shapley_shubik(votes, needed)
    return {s: (float(relative[s]), float(absolute[s]), float(ordered[s])) for s in votes}
