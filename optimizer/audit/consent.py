"""Check 10: no mission where the government refuses one, and what stands is reduced only on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from .case import EPSILON, Case, shortened, spelled
from .codes import Code
from .finding import Finding, Severity


def consent(case: Case) -> Iterator[Finding]:
    """Soldiers without consent, and standing missions that are cut."""
    for mission in case.problem.missions:
        allowed = case.problem.mission_periods(mission)
        without = [
            period for period in case.periods if case.troops(mission.id, period) > 0 and period not in allowed
        ]
        refused = [
            period for period in without if not mission.consent or period < (mission.consent_from or 0)
        ]
        if refused:
            most = max(case.troops(mission.id, period) for period in refused)
            since = f" before {mission.consent_from}" if mission.consent and mission.consent_from else ""
            yield Finding(
                Code.MISSION_WITHOUT_CONSENT,
                Severity.SERIOUS,
                mission.id,
                {"troops": most, "periods": len(refused)},
                f"{mission.name} has up to {most:,.0f} soldiers in {spelled(refused)}, where the government "
                f"in control admits none{since}.",
                f"{shortened(mission.name)} ({spelled(refused)})",
            )
        until = mission.standing_until or mission.end or case.periods[-1]
        cut = [
            period
            for period in case.periods
            if period <= until and case.troops(mission.id, period) < mission.standing - EPSILON - 1e-6
        ]
        if cut and allowed:
            fewest = min(case.troops(mission.id, period) for period in cut)
            yield Finding(
                Code.STANDING_MISSION_CUT,
                Severity.SERIOUS,
                mission.id,
                {"standing": mission.standing, "troops": fewest, "periods": len(cut)},
                f"{mission.standing:,.0f} soldiers stand in {mission.name}; the plan leaves {fewest:,.0f} in "
                f"{spelled(cut)}.",
                f"{shortened(mission.name)} ({fewest:,.0f} of {mission.standing:,.0f})",
            )
