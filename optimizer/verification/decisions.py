"""The decisions that a plan states, by index; whatever has no row is zero or not in operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from concord.models.plan import Plan
from concord.models.problem import DesignProblem

from .vocabulary import Vocabulary

Index = TypeVar("Index", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Rows whose names the problem knows; amounts of equal index are added up."""

    paid: dict[tuple[str, str, int], float]
    """Payer, fund, period: million USD."""
    carried: dict[tuple[str, int], float]
    """Fund, period: million USD carried out."""
    drawn: dict[tuple[str, str, str, int], float]
    """Fund, head, region, period: million USD."""
    spending: dict[tuple[str, str, int], float]
    """State, programme, period: million USD."""
    intensity: dict[tuple[str, str, int], float]
    """State, programme, period."""
    mutual: dict[tuple[str, str, str, int], float]
    """Programme, state, neighbour, period: intensity along their frontier."""
    operating: frozenset[tuple[str, int]]
    """Organ, period."""
    garrisons: frozenset[tuple[str, str, int]]
    """Site, tier, period."""
    units: dict[tuple[str, str, int], float]
    """State, site, period: contingent units."""
    assigned: dict[tuple[str, str, int], float]
    """Site, mission, period: troops."""
    serving: dict[tuple[str, str, str, int], float]
    """State, site, mission, period: contingent units."""
    lift: dict[tuple[str, int], float]
    """State, period: million tonne-km."""
    teams: dict[tuple[str, str, str, int], float]
    """Monitor type, state, zone, period."""
    arming: dict[tuple[str, int], float]
    """State, period: logs."""
    reduction: dict[tuple[str, int], float]
    """State, period: logs."""

    def at_mission(self) -> dict[tuple[str, int], float]:
        """Troops by mission and period."""
        return added(((mission, period), troops) for (_, mission, period), troops in self.assigned.items())

    def effort(self, problem: DesignProblem) -> dict[tuple[str, int], float]:
        """Monitoring effort by zone and period."""
        monitors = problem.monitoring.monitors if problem.monitoring else ()
        each = {monitor.id: monitor.effort for monitor in monitors}
        return added(
            ((zone, period), each[monitor] * teams)
            for (monitor, _, zone, period), teams in self.teams.items()
        )

    def stocks(self, problem: DesignProblem) -> dict[tuple[str, str, int], float]:
        """Stock by state, programme and period (S.1), million USD, wherever anything is ever spent."""
        programmes = {programme.id: programme for programme in problem.programmes}
        stocks: dict[tuple[str, str, int], float] = {}
        for state, name in dict.fromkeys((state, programme) for state, programme, _ in self.spending):
            programme, held = programmes[name], 0.0
            for period in filter(programme.may_run, problem.periods):
                arriving = self.spending.get((state, name, period - programme.lead), 0.0)
                held = programme.persistence * held + arriving
                stocks[state, name, period] = held
        return stocks

    def upkeep(self, problem: DesignProblem) -> dict[tuple[str, str, int], float]:
        """Cost of maintaining what lasts of the stock, by state, programme and period, million USD."""
        share = {programme.id: programme.upkeep * programme.persistence for programme in problem.programmes}
        stocks = self.stocks(problem)
        return {
            (state, name, period): share[name] * stocks[state, name, period - 1]
            for state, name, period in stocks
            if share[name] and (state, name, period - 1) in stocks
        }

    def begins(self, organ: str, period: int) -> bool:
        """Whether the organ operates now and did not in the period before."""
        return (organ, period) in self.operating and (organ, period - 1) not in self.operating

    def operated(self, organ: str, before: int) -> int:
        """Number of periods before a period in which the organ operates."""
        return sum(1 for name, period in self.operating if name == organ and period < before)

    def built(self, site: str, tier: str, period: int) -> bool:
        """Whether the garrison stands now and did not in the period before."""
        return (site, tier, period) in self.garrisons and (site, tier, period - 1) not in self.garrisons


def read_decisions(plan: Plan, problem: DesignProblem) -> Decisions:
    """The decisions of `plan`; rows that name what `problem` does not have are left out."""
    known = Vocabulary.of(problem).known
    activities = list(known("programmes", plan.programmes))
    postures = list(known("posture", plan.posture))
    return Decisions(
        paid=added(
            ((r.payer, r.fund, r.period), r.amount) for r in known("contributions", plan.contributions)
        ),
        carried=added(((r.fund, r.period), r.carried_out) for r in known("balances", plan.balances)),
        drawn=added(
            ((r.fund, r.head, r.region, r.period), r.amount) for r in known("expenditures", plan.expenditures)
        ),
        spending=added(((r.state, r.programme, r.period), r.spending) for r in activities),
        intensity=added(((r.state, r.programme, r.period), r.intensity) for r in activities),
        mutual=added(
            ((r.programme, r.state, r.neighbour, r.period), r.intensity)
            for r in known("frontiers", plan.frontiers)
        ),
        operating=frozenset((r.organ, r.period) for r in known("organs", plan.organs) if r.working),
        garrisons=frozenset(
            (r.site, r.tier, r.period) for r in known("garrisons", plan.garrisons) if r.working
        ),
        units=added(((r.state, r.site, r.period), r.units) for r in known("contingents", plan.contingents)),
        assigned=added(
            ((r.site, r.mission, r.period), r.troops) for r in known("assignments", plan.assignments)
        ),
        serving=added(
            ((r.state, r.site, r.mission, r.period), r.units) for r in known("deployments", plan.deployments)
        ),
        lift=added(((r.state, r.period), r.amount) for r in known("lift", plan.lift)),
        teams=added(
            ((r.monitor, r.state, r.zone, r.period), r.teams) for r in known("monitoring", plan.monitoring)
        ),
        arming=added(((r.state, r.period), r.arming) for r in postures),
        reduction=added(((r.state, r.period), r.reduction) for r in postures),
    )


def added(pairs: Iterable[tuple[Index, float]]) -> dict[Index, float]:
    """Sum of the amounts of each index.

    >>> added([("a", 1.0), ("b", 2.0), ("a", 3.0)])
    {'a': 4.0, 'b': 2.0}
    """
    total: defaultdict[Index, float] = defaultdict(float)
    for index, amount in pairs:
        total[index] += amount
    return dict(total)
