"""Every mission in every period: what it needs, who comes or why nobody does, and whether it is welcome."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from concord.models import DesignProblem, Plan

from .case import Case
from .conflicts import why_nobody


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
    senders: tuple[tuple[str, float], ...]
    """States whose soldiers serve there, and how many, the most first; empty where the plan tells none."""
    why_nobody: str
    """In words; empty where somebody comes."""

    @property
    def met(self) -> float:
        """Share of the need that is met."""
        return self.troops / self.need


def mission_years(plan: Plan, problem: DesignProblem) -> tuple[MissionYear, ...]:
    """Rows by period, the deadliest conflict first; missions that get nobody are there too."""
    case, last = Case(plan, problem), problem.periods[-1]
    sent: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in plan.deployments:
        sent[row.mission, row.period][row.state] += row.troops
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
            senders=tuple(sorted(sent[mission.id, period].items(), key=lambda each: (-each[1], each[0]))),
            why_nobody=why_nobody(case, mission, period),
        )
        for mission in problem.missions
        for period in problem.periods
        if (mission.start or period) <= period <= (mission.end or period)
        or case.troops(mission.id, period) > 0
    ]
    return tuple(sorted(rows, key=lambda row: (row.period, -(row.deaths or 0.0), -row.need, row.mission)))
