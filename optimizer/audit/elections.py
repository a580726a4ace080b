"""Check 7: election observers are where and when elections are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .case import EPSILON, Case, spelled
from .codes import Code
from .finding import Finding, Severity


def elections(case: Case) -> Iterator[Finding]:
    """Zones of a kind that has a calendar, watched outside it, or without any date of their own."""
    zones = {zone.id: zone for zone in (case.problem.monitoring.zones if case.problem.monitoring else ())}
    dated = {zone.kind for zone in zones.values() if zone.periods is not None}
    outside: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in case.plan.monitoring:
        zone = zones.get(row.zone)
        if row.teams <= EPSILON or zone is None or zone.kind not in dated:
            continue
        if zone.periods is None or row.period not in zone.periods:
            outside[zone.id][row.period] += row.teams
    for zone_id, years in sorted(outside.items()):
        zone, teams = zones[zone_id], sum(years.values())
        calendar = (
            f"the calendar names {spelled(zone.periods)}"
            if zone.periods
            else "the calendar has no date for it"
        )
        name = zone.name or zone.id
        yield Finding(
            Code.OBSERVERS_WITHOUT_ELECTION,
            Severity.SERIOUS,
            zone_id,
            {"teams": teams, "periods": len(years)},
            f"{name} has {teams:,.0f} teams in {spelled(years)}; {calendar}.",
            f"{name} ({spelled(years)})",
        )
