"""Who serves in which mission: soldiers of every garrison told apart by nation.

The program decides how many of a garrison's troops serve in each mission, so that nobody barred from it needs
to serve there (equation 4.1). Which of the nations go where is a transportation problem of each garrison and
period, whose vertices are whole where contingents are: the nation with its capital nearest goes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from models import DesignProblem
from models.eligibility import barred_from_mission
from models.geography import great_circle_km
from models.plan import Assignment, ContingentPosting, Deployment

LENIENCE = 1e-6
"""Units by which supply may fall short of demand because both are floating-point numbers."""
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
        """Units by state and mission: each mission has what it wants, and no state more than it supplies."""
        pairs = [(m, h) for m in supply for h in demand if m not in self._barred[h]]
        if not pairs:
            return {}
        states, missions = {m: n for n, m in enumerate(supply)}, {h: n for n, h in enumerate(demand)}
        columns = np.arange(len(pairs))
        rows_of_states = np.array([states[m] for m, _ in pairs])
        rows_of_missions = np.array([missions[h] for _, h in pairs])
        ones = np.ones(len(pairs))
        from_states = sparse.csr_array((ones, (rows_of_states, columns)), shape=(len(states), len(pairs)))
        at_missions = sparse.csr_array((ones, (rows_of_missions, columns)), shape=(len(missions), len(pairs)))
        result = linprog(
            [self._km(m, h) / 1000 for m, h in pairs],
            A_ub=from_states.toarray(),
            b_ub=[units + LENIENCE for units in supply.values()],
            A_eq=at_missions.toarray(),
            b_eq=list(demand.values()),
            method="highs-ds",
        )
        if result.x is None:
            return {}
        return {pair: _tidy(units) for pair, units in zip(pairs, result.x, strict=True) if units > NOBODY}

    def _km(self, state: str, mission: str) -> float:
        home, place = self._states[state], self._missions[mission]
        return great_circle_km(home.latitude, home.longitude, place.latitude, place.longitude)


def _tidy(units: float) -> float:
    """Whole units without the rounding of floating-point numbers."""
    whole = round(units)
    return float(whole) if abs(units - whole) <= 1e-4 else float(units)
