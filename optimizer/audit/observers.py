"""Check 6: observers stand on the frontiers of wars and rivals before quiet ones, and stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from models import RelationKind, Zone
from models.eligibility import bar_at_home, barred_from_zone

from .case import EPSILON, Case, listed, spelled
from .codes import Code
from .finding import Finding, Severity


def observers(case: Case) -> Iterator[Finding]:
    """Disputed frontiers without observers while quiet ones have some, and teams that come and go."""
    if case.problem.monitoring is None:
        return
    teams: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in case.plan.monitoring:
        if row.teams > EPSILON:
            teams[row.zone][row.period] += row.teams
    yield from _unwatched(case, teams)
    yield from _come_and_go(case, teams)


def _unwatched(case: Case, teams: dict[str, dict[int, float]]) -> Iterator[Finding]:
    zones = [zone for zone in case.problem.open_zones if len(set(zone.states)) == 2]
    quiet = [
        zone for zone in zones if teams.get(zone.id) and not dispute(case, zone) and not _verifies(case, zone)
    ]
    for zone in zones:
        why = dispute(case, zone)
        if not why:
            continue
        without = [
            period
            for period in case.periods
            if zone.open_in(period)
            and period not in teams.get(zone.id, {})
            and _could_watch(case, zone, period)
        ]
        instead = {
            other.id: other
            for other in quiet
            for period in without
            if other.kind == zone.kind and period in teams[other.id]
        }
        if not instead:
            continue
        name = zone.name or zone.id
        examples = listed([other.name or other.id for other in instead.values()], 3)
        yield Finding(
            Code.FRONTIER_UNWATCHED,
            Severity.SERIOUS if why == WAR else Severity.MINOR,
            zone.id,
            {"periods": len(without), "quiet": len(instead)},
            f"{name}, {why}, has no observers in {spelled(without)}, while quiet ones have: {examples}.",
            name,
        )


WAR, RIVALRY = "the frontier of a war", "a frontier of rivals"


def dispute(case: Case, zone: Zone) -> str:
    """Why the frontier of two states wants watching; empty where it is quiet."""
    one, other = zone.states[0], zone.states[-1]
    states = case.problem.state_by_id
    if any(states[state].at_war for state in zone.states):
        return WAR
    return RIVALRY if other in case.problem.related(RelationKind.RIVALS, one) else ""


def _verifies(case: Case, zone: Zone) -> bool:
    """Whether observers there verify reductions of forces."""
    kinds = case.problem.monitoring.kinds if case.problem.monitoring else ()
    if not any(kind.id == zone.kind and kind.verifies for kind in kinds):
        return False
    return any(row.state in zone.states and row.reduction > EPSILON for row in case.plan.posture)


def _could_watch(case: Case, zone: Zone, period: int) -> bool:
    """Whether any member that the rules admit has teams for the zone."""
    monitoring = case.problem.monitoring
    if monitoring is None:
        return False
    barred = barred_from_zone(case.problem, zone)
    return any(
        stock > 0
        and state not in barred
        and state not in case.problem.left_out
        and bar_at_home(case.problem, monitoring, state, period) is None
        for monitor in monitoring.monitors
        if zone.kind in monitor.kinds
        for state, stock in monitor.stock.items()
    )


def _come_and_go(case: Case, teams: dict[str, dict[int, float]]) -> Iterator[Finding]:
    """Zones left while they could be watched, and watched again later or for a single period only."""
    found = {}
    for zone in case.problem.open_zones:
        years = sorted(teams.get(zone.id, {}))
        left = [
            period
            for period in years
            if period != case.periods[-1] and zone.open_in(period + 1) and period + 1 not in years
        ]
        if left and zone.periods is None and (len(years) == 1 or left[0] != years[-1]):
            found[zone.id] = (zone.name or zone.id, years)
    if found:
        examples = [f"{name} ({spelled(years)})" for name, years in found.values()]
        yield Finding(
            Code.OBSERVERS_COME_AND_GO,
            Severity.MINOR,
            ", ".join(found),
            {"zones": len(found), "watched": len(teams)},
            f"Observers come and go in {len(found)} of {len(teams)} zones that are watched: "
            f"{listed(examples, 3)}.",
            f"{len(found)} of {len(teams)} zones",
        )
