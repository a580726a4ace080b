"""Check 5: a mission is served from the nearest garrison with room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from concord.models import Eligibility, Mission
from concord.models.plan import Assignment

from .case import EPSILON, Case, shortened
from .codes import Code
from .finding import Finding, Severity
from .reach import estranged, site_to_mission_km, sites_in_reach

NEARER_KM, NEARER_SHARE = 100.0, 0.75
"""Another garrison is nearer where it is so many km, and a quarter of the way, closer."""


def nearest(case: Case) -> Iterator[Finding]:
    """Missions that a nearer garrison could serve, alone or by changing places with another."""
    if case.problem.garrisons is None:
        return
    yield from _idle(case)
    yield from _crossed(case)


def _idle(case: Case) -> Iterator[Finding]:
    worst: dict[str, tuple[float, Assignment, str, float, float]] = {}
    for row in case.plan.assignments:
        mission = case.missions.get(row.mission)
        if mission is None or row.troops <= EPSILON:
            continue
        for km, site in sites_in_reach(case.problem, mission):
            if not _nearer(km, row.distance_km):
                break
            room = 0.0 if site.id == row.site else _room(case, mission, site.id, row.period)
            if room < case.unit:
                continue
            saved = min(room, row.troops) * (row.distance_km - km)
            if saved > worst.get(mission.id, (0.0,))[0]:
                worst[mission.id] = (saved, row, site.id, km, room)
    for mission_id, (_, row, other, km, room) in sorted(worst.items()):
        yield Finding(
            Code.NEARER_GARRISON_IDLE,
            Severity.MINOR,
            f"{mission_id}, {row.site}",
            {
                "troops": row.troops,
                "km": row.distance_km,
                "nearer_km": km,
                "room": room,
                "period": row.period,
            },
            f"{case.missions[mission_id].name} gets {row.troops:,.0f} soldiers from {case.place(row.site)}, "
            f"{row.distance_km:,.0f} km away, in {row.period}, while {case.place(other)}, {km:,.0f} km away, "
            f"has room for {room:,.0f}.",
            shortened(case.missions[mission_id].name),
        )


def _nearer(km: float, than: float) -> bool:
    return km < min(than - NEARER_KM, than * NEARER_SHARE)


def _room(case: Case, mission: Mission, site: str, period: int) -> float:
    """Beds that are free in a garrison that stands, or soldiers there who may serve and have no mission."""
    where, rules = (site, period), case.problem.garrisons
    if rules is None or where not in case.beds:
        return 0.0
    most = case.beds[where] if rules.max_troops is None else min(case.beds[where], rules.max_troops)
    free = most - case.stationed.get(where, 0.0)
    return max(0.0, free, _idle_soldiers(case, rules.contingents, mission, where))


def _idle_soldiers(case: Case, rules: Eligibility, mission: Mission, where: tuple[str, int]) -> float:
    idle = case.stationed.get(where, 0.0) - case.assigned.get(where, 0.0)
    if idle < case.unit:
        return 0.0
    eligible = sum(
        troops
        for state, troops in case.nations.get(where, {}).items()
        if estranged(case.problem, rules, state, mission) is None
    )
    return min(eligible, idle)


def _crossed(case: Case) -> Iterator[Finding]:
    """Two garrisons that would both be nearer if they changed missions."""
    by_period: dict[int, list[Assignment]] = defaultdict(list)
    for row in case.plan.assignments:
        if row.troops >= case.unit and row.site in case.sites and row.mission in case.missions:
            by_period[row.period].append(row)
    seen: set[frozenset[tuple[str, str]]] = set()
    for _, rows in sorted(by_period.items()):
        for one, other in combinations(rows, 2):
            pair = frozenset({(one.site, one.mission), (other.site, other.mission)})
            if pair not in seen and _would_swap(case, one, other):
                seen.add(pair)
                yield _swap(case, one, other)


def _would_swap(case: Case, one: Assignment, other: Assignment) -> bool:
    if one.site == other.site or one.mission == other.mission:
        return False
    if case.problem.garrisons is None:
        return False
    for row, instead in ((one, other), (other, one)):
        site, mission = case.sites[row.site], case.missions[instead.mission]
        km = site_to_mission_km(site, mission)
        if not _nearer(km, instead.distance_km) or case.problem.garrisons.lift.hours(km) > mission.deadline:
            return False
    return True


def _swap(case: Case, one: Assignment, other: Assignment) -> Finding:
    straight = [
        site_to_mission_km(case.sites[one.site], case.missions[other.mission]),
        site_to_mission_km(case.sites[other.site], case.missions[one.mission]),
    ]
    names = case.missions[one.mission].name, case.missions[other.mission].name
    return Finding(
        Code.MISSIONS_CROSSED,
        Severity.MINOR,
        f"{one.mission}, {other.mission}",
        {
            "km": one.distance_km + other.distance_km,
            "km_exchanged": sum(straight),
            "troops": min(one.troops, other.troops),
            "period": one.period,
        },
        f"In {one.period} {case.place(one.site)} serves {names[0]} ({one.distance_km:,.0f} km) and "
        f"{case.place(other.site)} serves {names[1]} ({other.distance_km:,.0f} km); exchanged, they would be "
        f"{straight[1]:,.0f} and {straight[0]:,.0f} km away.",
        f"{case.place(one.site)} and {case.place(other.site)}",
    )
