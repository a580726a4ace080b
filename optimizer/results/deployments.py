"""Who serves in which mission: soldiers of every garrison told apart by nation.

The program decides how many of a garrison's troops serve in each mission, so that nobody barred from it needs
to serve there (equation 4.1). Which of the nations go where is a transportation problem of each garrison and
period, whose vertices are whole where contingents are: the nation with its capital nearest goes first. Where
the numbers do not fit to the last digit, or nobody may serve, a mission has fewer than were assigned to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from scipy.optimize import linprog

from concord.models import DesignProblem
from concord.models.eligibility import barred_from_mission
from concord.models.geography import great_circle_km
from concord.models.plan import Assignment, ContingentPosting, Deployment

SHORTAGE = 1000.0
"""What a unit short costs, in thousand km: more than any way on earth."""
NOBODY = 1e-3
"""Units below which nobody serves."""


def deployments(
    problem: DesignProblem, contingents: tuple[ContingentPosting, ...], assignments: tuple[Assignment, ...]
) -> tuple[Deployment, ...]:
    """Units of every nation at every mission, by site and period.

    Contingents that no mission needs stay in their garrison. Empty where nobody is assigned.
    """
    unit = problem.garrisons.contingents.unit if problem.garrisons else 1.0
    supply: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for posting in contingents:
        supply[posting.site, posting.period][posting.state] = posting.units
    demand: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for row in assignments:
        demand[row.site, row.period][row.mission] = row.troops / unit
    choice = _Choice(problem)
    return tuple(
        Deployment(state=m, site=site, mission=h, period=t, units=units, troops=units * unit)
        for (site, t), wanted in sorted(demand.items(), key=lambda item: (item[0][1], item[0][0]))
        for (m, h), units in choice.of(supply[site, t], wanted).items()
    )


class _Choice:
    """Chooses who goes where, by the distance from the capital to the mission."""

    def __init__(self, problem: DesignProblem) -> None:
        self._states = problem.state_by_id
        self._missions = {mission.id: mission for mission in problem.open_missions}
        self._barred = {name: barred_from_mission(problem, h) for name, h in self._missions.items()}

    def of(self, supply: Mapping[str, float], demand: Mapping[str, float]) -> dict[tuple[str, str], float]:
        """Units by state and mission: what each mission wants, and no more of a state than it supplies."""
        pairs = [(m, h) for m in supply for h in demand if m not in self._barred[h]]
        states, missions = list(supply), list(demand)
        from_states = [[float(m == state) for m, _ in pairs] + [0.0] * len(missions) for state in states]
        at_missions = [
            [float(h == mission) for _, h in pairs] + [float(h == mission) for h in missions]
            for mission in missions
        ]
        result = linprog(
            [self._km(m, h) / 1000 for m, h in pairs] + [SHORTAGE] * len(missions),
            A_ub=from_states or None,
            b_ub=list(supply.values()) or None,
            A_eq=at_missions,
            b_eq=list(demand.values()),
            method="highs-ds",
        )
        if result.x is None:
            return {}
        serving = result.x[: len(pairs)]
        return {pair: _tidy(units) for pair, units in zip(pairs, serving, strict=True) if units > NOBODY}

    def _km(self, state: str, mission: str) -> float:
        home, place = self._states[state], self._missions[mission]
        return great_circle_km(home.latitude, home.longitude, place.latitude, place.longitude)


def _tidy(units: float) -> float:
    """Whole units without the rounding of floating-point numbers."""
    whole = round(units)
    return float(whole) if abs(units - whole) <= 1e-4 else float(units)
