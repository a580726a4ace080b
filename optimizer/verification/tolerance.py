"""How far a figure may be off before a rule counts as broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Quantity(Enum):
    """What a rule measures; the value is its unit."""

    MONEY = "million USD"
    TROOPS = "troops"
    UNITS = "contingent units"
    TEAMS = "teams"
    EFFORT = "units of effort"
    LIFT = "million tonne-km"
    LOGS = "logs"
    INDEX = "index units"
    SHARE = "points"
    COUNT = "in number"
    DISTANCE = "km"
    TIME = "hours"
    FACTOR = "as a factor"
    PER_HEAD = "USD a head"
    PER_GDP = "thousandths of GDP"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A rule `value <= limit` counts as kept while `value <= limit + absolute + relative * |limit|`.

    The absolute parts are what solvers leave open at a feasibility tolerance of 1e-6 in the program's own
    units, and no more; figures that merely follow from the plan's rows are held to the last digits printed.
    """

    relative: float = 1e-6
    money: float = 1e-4
    """Million USD: 100 dollars."""
    troops: float = 0.05
    units: float = 1e-6
    teams: float = 1e-6
    effort: float = 1e-6
    lift: float = 1e-4
    """Million tonne-km: what 0.05 troops carry over 2,000 km."""
    logs: float = 1e-6
    index: float = 1e-9
    share: float = 1e-6
    distance: float = 1e-3
    time: float = 1e-4
    per_head: float = 1e-3
    per_gdp: float = 1e-5
    tightness: float = 1e-4
    """Slack, absolute and relative to the limit, at which a rule still counts as binding."""

    def absolute(self, quantity: Quantity) -> float:
        """The absolute part for `quantity`; for counts and factors, what rounding in a float comes to.

        >>> Tolerance().absolute(Quantity.MONEY), Tolerance().absolute(Quantity.COUNT)
        (0.0001, 1e-12)
        """
        return float(getattr(self, quantity.name.lower(), 1e-12))
