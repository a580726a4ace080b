"""Check 6: observers stand on the frontiers of wars and rivals before quiet ones, and stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from concord.models import RelationKind, Zone
from concord.models.eligibility import bar_at_home, barred_from_zone

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
    """Disputed frontiers without observers in a period in which quiet ones have some of the same."""
    monitors = case.problem.monitoring.monitors if case.problem.monitoring else ()
    frontiers: dict[frozenset[str], list[Zone]] = defaultdict(list)
    for zone in case.problem.open_zones:
        if len(set(zone.states)) == 2:
            watchers = frozenset(monitor.id for monitor in monitors if zone.kind in monitor.kinds)
            frontiers[watchers].append(zone)
    for zones in frontiers.values():
        quiet, empty = dict[str, Zone](), dict[str, tuple[Zone, list[int]]]()
        for period in case.periods:
            watched = [zone for zone in zones if period in teams.get(zone.id, {})]
            idle = [zone for zone in watched if not dispute(case, zone) and not _verifies(case, zone)]
            without = [
                zone
                for zone in zones
                if zone not in watched and dispute(case, zone) and could_watch(case, zone, period)
            ]
            if idle and without:
                quiet |= {zone.id: zone for zone in idle}
                for zone in without:
                    empty.setdefault(zone.id, (zone, []))[1].append(period)
        if empty:
            disputed = sum(bool(teams.get(zone.id) and dispute(case, zone)) for zone in zones)
            yield _preferred(case, empty, quiet, disputed)


def _preferred(
    case: Case, empty: dict[str, tuple[Zone, list[int]]], quiet: dict[str, Zone], disputed: int
) -> Finding:
    """Quiet frontiers are watched before disputed ones; wars are named before rivalries."""
    ranked = sorted(
        empty.values(), key=lambda each: (dispute(case, each[0]) != WAR, -len(each[1]), each[0].id)
    )
    told = [f"{zone.name or zone.id} ({dispute(case, zone)}, {spelled(years)})" for zone, years in ranked]
    wars = sum(dispute(case, zone) == WAR for zone, _ in ranked)
    verb = "has" if len(ranked) == 1 else "have"
    return Finding(
        Code.FRONTIER_UNWATCHED,
        Severity.SERIOUS if wars and len(quiet) > disputed else Severity.MINOR,
        ", ".join(zone.id for zone, _ in ranked),
        {"unwatched": len(ranked), "wars": wars, "quiet": len(quiet), "disputed_watched": disputed},
        f"{listed(told, 3)} {verb} no observers, while quiet frontiers have: "
        f"{listed([zone.name or zone.id for zone in quiet.values()], 3)}.",
        f"{len(ranked)}, such as {ranked[0][0].name or ranked[0][0].id}",
    )


WAR, RIVALRY = "war", "rivals"


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


def could_watch(case: Case, zone: Zone, period: int) -> bool:
    """Whether the zone is open, and any member that the rules admit has teams for it."""
    monitoring = case.problem.monitoring
    if monitoring is None or not zone.open_in(period):
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
