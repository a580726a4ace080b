"""Cross-checks of seats and votes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .control import MOST_VOTES, VoteRule
from .dominance import Fault
from .organ import Organ

if TYPE_CHECKING:
    from .problem import DesignProblem


def control_faults(problem: DesignProblem) -> Iterator[Fault]:
    """Seats that cannot be filled, quotas outside their range, tables without votes, impossible bounds."""
    for n, organ in enumerate(problem.organs):
        members = {state.id for state in problem.measured}
        if organ.seats.states == "members":
            named, others = members, set[str]()
        else:
            named, others = set(organ.seats.states), members - set(organ.seats.states)
        if organ.seats.elected > len(others):
            remedy = f"at most {len(others)}; where all members sit, none is elected"
            elected = organ.seats.elected
            yield ("organs", n, "seats", "elected"), "more seats than other members", f"{elected}", remedy
        elif not named and not organ.seats.elected:
            yield ("organs", n, "seats"), "nobody sits in the organ", organ.id, "name a state, or elect some"
        elif organ.votes:
            yield from _vote_faults(n, organ, len(named) + organ.seats.elected)


def _vote_faults(n: int, organ: Organ, seated: int) -> Iterator[Fault]:
    votes = organ.votes
    if votes is None:
        return
    if not 0.5 <= votes.quota_share <= 1:
        message = "the quota is a share of all votes from one half to all"
        yield ("organs", n, "votes", "quota"), message, str(votes.quota), "such as 0.7 or 2/3"
    if (votes.rule is VoteRule.TABLE) != bool(sum(votes.table.values())):
        message = "a table has votes exactly where the rule is `table`"
        yield ("organs", n, "votes", "table"), message, votes.rule.value, "give both, or neither"
    if sum(votes.table.values()) > MOST_VOTES:
        remedy = f"divide them until there are at most {MOST_VOTES:,}"
        yield ("organs", n, "votes", "table"), "too many votes", str(sum(votes.table.values())), remedy
    if votes.max_power is not None and votes.max_power * seated < 1 - 1e-12:
        message, least = f"no votes keep all of {seated} states below this", f"{1 / seated:.4g}"
        remedy = f"at least {least}, which equal votes give each"
        yield ("organs", n, "votes", "max_power"), message, f"{votes.max_power:g}", remedy
