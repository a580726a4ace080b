"""Check 3: soldiers come from the region first, then from afar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from concord.models import Eligibility, State
from concord.models.geography import great_circle_km

from .case import EPSILON, Case, shortened
from .codes import Code
from .finding import Finding, Severity
from .reach import bars_by_fact, estranged, to_spare


@dataclass(frozen=True, slots=True)
class _Place:
    """Where soldiers serve: a mission where the plan names it, else a garrison."""

    id: str
    name: str
    state: str
    latitude: float
    longitude: float
    mission: str | None


def origins(case: Case) -> Iterator[Finding]:
    """Places that are served from afar while nearer states of the region send nobody at all."""
    from_afar: dict[_Place, dict[str, float]] = defaultdict(dict)
    idle: dict[_Place, dict[str, float]] = defaultdict(dict)
    for place, state, period, troops in _service(case):
        known = case.problem.state_by_id.get(state)
        host = case.problem.state_by_id.get(place.state)
        if known is None or host is None or known.region == host.region:
            continue
        nearer = _nearer(case, place, known, period)
        if nearer:
            from_afar[place][state] = max(troops, from_afar[place].get(state, 0.0))
            idle[place].update(nearer)
    for place, senders in sorted(from_afar.items(), key=lambda each: each[0].id):
        total, spare = sum(senders.values()), sum(idle[place].values())
        ranked = sorted(senders, key=lambda each: (-senders[each], each))
        near = sorted(idle[place], key=lambda each: (-idle[place][each], each))
        verb = "has" if len(near) == 1 else "have"
        yield Finding(
            Code.CONTINGENT_FROM_AFAR,
            Severity.MINOR,
            place.id,
            {"troops": total, "spare": spare},
            f"{place.name} is served by {total:,.0f} soldiers of {case.names(ranked)}, from outside its "
            f"region, while {case.names(near)}, nearer and of the region, {verb} {spare:,.0f} to spare.",
            f"{shortened(place.name)} ({total:,.0f})",
        )


def _service(case: Case) -> Iterator[tuple[_Place, str, int, float]]:
    for row in case.plan.deployments:
        mission = case.missions.get(row.mission)
        if mission and row.troops > EPSILON:
            where = (mission.state, mission.latitude, mission.longitude)
            yield _Place(mission.id, mission.name, *where, mission.id), row.state, row.period, row.troops
    if case.plan.deployments:
        return
    for posting in case.plan.contingents:
        site = case.sites.get(posting.site)
        if site and posting.troops > EPSILON:
            where = (site.host, site.latitude, site.longitude)
            yield _Place(site.id, site.name, *where, None), posting.state, posting.period, posting.troops


def _nearer(case: Case, place: _Place, sender: State, period: int) -> dict[str, float]:
    """States of the region with soldiers to spare who send none, nearer than `sender`; and how many."""
    problem = case.problem
    rules = problem.garrisons.contingents if problem.garrisons else Eligibility()
    region = problem.state_by_id[place.state].region

    def km(state: State) -> float:
        return great_circle_km(state.latitude, state.longitude, place.latitude, place.longitude)

    return {
        state.id: to_spare(problem, state)
        for state in problem.senders
        if state.region == region
        and (state.id, period) not in case.sent
        and to_spare(problem, state) > 0
        and km(state) < km(sender)
        and bars_by_fact(problem, rules, state.id, period) is None
        and (not place.mission or estranged(problem, rules, state.id, case.missions[place.mission]) is None)
    }
