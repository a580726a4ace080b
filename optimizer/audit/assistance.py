"""Check 8: assistance goes to states that need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from concord.models import Join, State

from .case import Case, amount
from .codes import Code
from .finding import Finding, Severity

RICH = 10_000.0
"""USD of GDP a head from which a state can pay for itself."""
NOTICEABLE = 0.005
"""Share of the money of programmes below which nobody asks."""


def assistance(case: Case) -> Iterator[Finding]:
    """Rich states under little threat that receive money of programmes.

    Programmes that move posture (arms control) do not count, nor those that all must join.
    """
    counted = {
        programme.id
        for programme in case.problem.programmes
        if programme.posture == 0 and programme.join is not Join.ALL_OR_NONE
    }
    received: dict[str, float] = defaultdict(float)
    for row in case.plan.programmes:
        if row.programme in counted:
            received[row.state] += row.spending
    total = sum(received.values())
    middle = median(_threat(case, state) for state in case.problem.measured) if case.problem.measured else 0.0
    for state in sorted(received, key=lambda each: (-received[each], each)):
        known = case.problem.state_by_id.get(state)
        if known is None or received[state] < NOTICEABLE * total or received[state] <= 0:
            continue
        a_head = known.gdp * 1e6 / known.population
        if a_head >= RICH and _threat(case, known) < middle:
            yield Finding(
                Code.ASSISTANCE_TO_RICH,
                Severity.MINOR,
                state,
                {
                    "money": received[state],
                    "share": received[state] / total,
                    "gdp_a_head": a_head,
                    "threat": _threat(case, known),
                    "median_threat": middle,
                },
                f"{known.name} receives {amount(received[state])} {case.problem.currency} of assistance "
                f"({received[state] / total:.1%} of all), with {a_head:,.0f} USD a head and a threat of "
                f"{_threat(case, known):.2f} where the median is {middle:.2f}.",
                f"{known.name} ({amount(received[state])})",
            )


def _threat(case: Case, state: State) -> float:
    """Total threat before the institution acts."""
    return sum(state.initial_threat(kind.id) for kind in case.problem.threat_kinds)
