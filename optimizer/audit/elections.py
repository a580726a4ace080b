"""Check 7: election observers are where and when elections are held, first of all beside peacekeepers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .case import EPSILON, Case, spelled
from .codes import Code
from .finding import Finding, Severity
from .observers import could_watch


def elections(case: Case) -> Iterator[Finding]:
    """Teams without an election, and elections without teams."""
    yield from _without_election(case)
    yield from _unobserved(case)


def _unobserved(case: Case) -> Iterator[Finding]:
    """Elections in states that peacekeepers serve in at the time, with nobody to watch them."""
    watched = {(row.zone, row.period) for row in case.plan.monitoring if row.teams > EPSILON}
    for zone in case.problem.open_zones:
        missions = [mission for mission in case.problem.missions if mission.state in zone.states]
        for period in zone.periods or ():
            troops = sum(case.troops(mission.id, period) for mission in missions)
            if troops > 0 and (zone.id, period) not in watched and could_watch(case, zone, period):
                name = zone.name or zone.id
                yield Finding(
                    Code.ELECTION_UNOBSERVED,
                    Severity.MINOR,
                    zone.id,
                    {"period": period, "troops": troops},
                    f"{name} in {period} has no observers, beside {troops:,.0f} soldiers who keep the peace.",
                    f"{name} ({period})",
                )


def _without_election(case: Case) -> Iterator[Finding]:
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
