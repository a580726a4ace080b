"""Who bears what and where the money goes: the tables of burdens and of spending by region."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol

from concord.formulation.parameters import Parameters
from concord.models import DesignProblem
from concord.models.fund import COMMON
from concord.models.plan import (
    BurdenRecord,
    ContingentPosting,
    Contribution,
    Expenditure,
    LiftPledge,
    MonitorPosting,
    RegionalSpending,
)

KINDS = ("cash", "contingents", "lift", "monitors")


class Tables(Protocol):
    """The tables of a plan that say who gives what."""

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """Money."""

    @property
    def contingents(self) -> tuple[ContingentPosting, ...]:
        """Troops."""

    @property
    def lift(self) -> tuple[LiftPledge, ...]:
        """Transport."""

    @property
    def monitoring(self) -> tuple[MonitorPosting, ...]:
        """Teams."""


def burdens(problem: DesignProblem, parameters: Parameters, tables: Tables) -> tuple[BurdenRecord, ...]:
    """What every state bears in every period in which it bears anything, million USD."""
    borne: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(lambda: dict.fromkeys(KINDS, 0.0))
    for paid in tables.contributions:
        borne[paid.payer, paid.period]["cash"] += paid.amount - paid.arrears
    for posting in tables.contingents:
        borne[posting.state, posting.period]["contingents"] += parameters.unit_burden * posting.units
    for pledge in tables.lift:
        borne[pledge.state, pledge.period]["lift"] += parameters.lift_burden * pledge.amount
    for team in tables.monitoring:
        each = float(parameters.team_burden.get(team.monitor, 0.0))
        borne[team.state, team.period]["monitors"] += each * team.teams
    rows = []
    for state in problem.states:
        for period in problem.periods:
            parts = borne.get((state.id, period))
            if parts and (total := sum(parts.values())) > 0:
                share = total / state.gdp
                rows.append(
                    BurdenRecord(state=state.id, period=period, **parts, total=total, share_of_gdp=share)
                )
    return tuple(rows)


def regional_spending(
    problem: DesignProblem, expenditures: tuple[Expenditure, ...]
) -> tuple[RegionalSpending, ...]:
    """What is spent in every region and period in which anything is, and for each inhabitant."""
    spent: defaultdict[tuple[str, int], float] = defaultdict(float)
    for row in expenditures:
        spent[row.region, row.period] += row.amount
    return tuple(
        RegionalSpending(region=region, period=period, amount=amount, per_head=1e6 * amount / heads)
        for region in problem.regions
        for period in problem.periods
        if (amount := spent.get((region, period), 0.0)) > 0 and (heads := _inhabitants(problem, region))
    )


def _inhabitants(problem: DesignProblem, region: str) -> float:
    """Inhabitants of the members of a region; of all members for the common region."""
    return sum(state.population for state in problem.members if region in (state.region, COMMON))
