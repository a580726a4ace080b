"""Check 11: states rank the way a textbook would."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from .case import Case
from .codes import Code
from .finding import Finding, Severity

WAR = 1000.0
"""Battle deaths in two years that make a war."""


def ranks(case: Case) -> Iterator[Finding]:
    """States at war, and the host of the deadliest conflict, that are more secure than the median state."""
    first = min((row.period for row in case.plan.security), default=None)
    ratio = {row.state: row.baseline_ratio for row in case.plan.security if row.period == first}
    if not ratio:
        return
    middle = median(ratio.values())
    ordered = sorted(ratio, key=lambda state: (-ratio[state], state))
    for state, why in _suspects(case).items():
        if ratio.get(state, 0.0) > middle:
            rank = ordered.index(state) + 1
            yield Finding(
                Code.RANK_ABOVE_MEDIAN,
                _severity(case, state),
                state,
                {"ratio": ratio[state], "median": middle, "rank": rank, "of": len(ratio)},
                f"{case.name(state)} {why}, yet without the institution it ranks {rank} of {len(ratio)} in "
                f"security ({ratio[state]:.2f}; the median is {middle:.2f}).",
                f"{case.name(state)} ({ratio[state]:.2f}, median {middle:.2f})",
            )


def _severity(case: Case, state: str) -> Severity:
    """A war of so many deaths at home and a place above the median do not go together."""
    deaths = sum(mission.deaths or 0.0 for mission in case.problem.missions if mission.state == state)
    at_war = case.problem.state_by_id[state].at_war
    return Severity.SERIOUS if at_war and deaths >= WAR else Severity.MINOR


def _suspects(case: Case) -> dict[str, str]:
    """States that a textbook puts at the bottom, and why."""
    found = {state.id: "is at war" for state in case.problem.measured if state.at_war}
    deadly = [mission for mission in case.problem.missions if mission.deaths]
    if deadly:
        worst = max(deadly, key=lambda mission: mission.deaths or 0.0)
        found[worst.state] = f"hosts the deadliest conflict, {worst.name}"
    return found
