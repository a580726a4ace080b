"""Every mission in every period: what it needs, what it gets, and whether it is welcome."""

from __future__ import annotations

from dataclasses import dataclass

from models import DesignProblem, Plan

from .case import Case


@dataclass(frozen=True, slots=True)
class MissionYear:
    """A mission in a period of its need."""

    mission: str
    name: str
    state: str
    period: int
    deaths: float | None
    """Battle deaths in the two years before the first period; None where they are not known."""
    consent: bool
    """Whether the government in control admits a mission by then."""
    standing: float
    """Soldiers that stood there before the first period and are to stay."""
    need: float
    troops: float

    @property
    def met(self) -> float:
        """Share of the need that is met."""
        return self.troops / self.need


def mission_years(plan: Plan, problem: DesignProblem) -> tuple[MissionYear, ...]:
    """Rows by period, the deadliest conflict first; missions that get nobody are there too."""
    case, last = Case(plan, problem), problem.periods[-1]
    rows = [
        MissionYear(
            mission=mission.id,
            name=mission.name,
            state=mission.state,
            period=period,
            deaths=mission.deaths,
            consent=period in problem.mission_periods(mission),
            standing=mission.standing if period <= (mission.standing_until or last) else 0.0,
            need=mission.need,
            troops=case.troops(mission.id, period),
        )
        for mission in problem.missions
        for period in problem.periods
        if (mission.start or period) <= period <= (mission.end or period)
        or case.troops(mission.id, period) > 0
    ]
    return tuple(sorted(rows, key=lambda row: (row.period, -(row.deaths or 0.0), -row.need, row.mission)))
