"""A plan with its problem, and the sums that several checks read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from concord.models import DesignProblem, Mission, Plan, Site, State
from concord.models.geography import great_circle_km

K = TypeVar("K")

EPSILON = 1e-6
"""Soldiers, teams and money below this are none."""


@dataclass(frozen=True)
class Case:
    """What the auditor looks at. Rows about what the problem does not have are passed over."""

    plan: Plan
    problem: DesignProblem

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """Periods in order."""
        return self.problem.periods

    @cached_property
    def missions(self) -> dict[str, Mission]:
        """Missions by id."""
        return {mission.id: mission for mission in self.problem.missions}

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.problem.sites}

    @cached_property
    def wars_known(self) -> bool:
        """Whether the problem says of any state that it is at war."""
        return any(state.at_war for state in self.problem.states)

    @cached_property
    def unit(self) -> float:
        """Soldiers in a company."""
        return self.problem.garrisons.contingents.unit if self.problem.garrisons else 1.0

    @cached_property
    def served(self) -> dict[tuple[str, int], float]:
        """Soldiers by mission and period."""
        return _summed(((row.mission, row.period), row.troops) for row in self.plan.assignments)

    @cached_property
    def assigned(self) -> dict[tuple[str, int], float]:
        """Soldiers that a garrison sends to missions, by site and period."""
        return _summed(((row.site, row.period), row.troops) for row in self.plan.assignments)

    @cached_property
    def stationed(self) -> dict[tuple[str, int], float]:
        """Soldiers in a garrison, by site and period."""
        return _summed(((row.site, row.period), row.troops) for row in self.plan.contingents)

    @cached_property
    def nations(self) -> dict[tuple[str, int], dict[str, float]]:
        """Soldiers by nation in a garrison, by site and period."""
        found: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for row in self.plan.contingents:
            if row.troops > EPSILON:
                found[row.site, row.period][row.state] += row.troops
        return {where: dict(nations) for where, nations in found.items()}

    @cached_property
    def beds(self) -> dict[tuple[str, int], float]:
        """Soldiers for whom there is room in garrisons that stand, by site and period."""
        return _summed(((row.site, row.period), row.capacity) for row in self.plan.garrisons if row.working)

    @cached_property
    def sent(self) -> dict[tuple[str, int], float]:
        """Soldiers that a state stations anywhere, by state and period."""
        return _summed(((row.state, row.period), row.troops) for row in self.plan.contingents)

    def troops(self, mission: str, period: int) -> float:
        """Soldiers in `mission` in `period`."""
        return self.served.get((mission, period), 0.0)

    def name(self, state: str) -> str:
        """The name of a state, or its id where the problem has no such state."""
        known = self.problem.state_by_id.get(state)
        return known.name if known else state

    def names(self, states: Iterable[str], most: int = 4) -> str:
        """Names of states in a row; the first few, and how many more."""
        return listed([self.name(state) for state in states], most)

    def place(self, site: str) -> str:
        """The name of a site."""
        known = self.sites.get(site)
        return known.name if known else site


def _summed(entries: Iterable[tuple[K, float]]) -> dict[K, float]:
    totals: dict[K, float] = defaultdict(float)
    for key, amount in entries:
        totals[key] += amount
    return {key: total for key, total in totals.items() if total > EPSILON}


def listed(parts: list[str], most: int = 4) -> str:
    """Words in a row; the first few, and how many more.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], 2)
    ('a', 'a, b and c', 'a, b and 2 more')
    """
    if len(parts) > most:
        parts = [*parts[:most], f"{len(parts) - most} more"]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def shortened(name: str, most: int = 36) -> str:
    """A name that fits in a list.

    >>> shortened("Cyprus"), shortened("Preventive deployment on the Liberian frontiers", 25)
    ('Cyprus', 'Preventive deployment on…')
    """
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def spelled(periods: Iterable[int]) -> str:
    """Periods as spells.

    >>> spelled([1991, 1992, 1993, 1995]), spelled([1991])
    ('1991-1993, 1995', '1991')
    """
    spells: list[list[int]] = []
    for period in sorted(set(periods)):
        if spells and period == spells[-1][-1] + 1:
            spells[-1].append(period)
        else:
            spells.append([period])
    return ", ".join(f"{s[0]}-{s[-1]}" if len(s) > 1 else f"{s[0]}" for s in spells)


def amount(figure: float) -> str:
    """A figure with as many digits as matter.

    >>> amount(1234.5), amount(12.34), amount(0.0523)
    ('1,234', '12', '0.05')
    """
    if abs(figure) >= 10:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if abs(figure) >= 1 else f"{figure:.2f}"


def state_to_mission_km(state: State, mission: Mission) -> float:
    """Distance from a capital to a mission."""
    return great_circle_km(state.latitude, state.longitude, mission.latitude, mission.longitude)
