"""Missions and transport: 4.1 to 4.4, and the distances that a plan states."""

from __future__ import annotations

from collections import defaultdict
from math import inf

from models.mission import Mission
from models.site import Garrisons

from .case import Case
from .costs import distances, transport
from .decisions import added
from .flow import shortfall
from .tolerance import Quantity

TROOPS = Quantity.TROOPS


def check_missions(case: Case) -> None:
    """Every rule over troops at missions and how they get there."""
    garrisons = case.problem.garrisons
    if garrisons is None:
        return
    _parties(case)
    at_mission = case.decisions.at_mission()
    for mission in case.problem.missions:
        for period in case.problem.periods:
            _strength(case, mission, period, at_mission.get((mission.id, period), 0.0))
    _reach(case, garrisons)
    _transport(case)


def _parties(case: Case) -> None:
    barred = {mission.id: mission.parties for mission in case.problem.missions}
    supply: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for (state, site, period), troops in case.troops().items():
        supply[site, period][state] = troops
    demand: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for (site, mission, period), troops in case.decisions.assigned.items():
        demand[site, period][mission] = troops
    for (site, period), wanted in demand.items():
        short = shortfall(supply[site, period], wanted, barred)
        rivals = " and ".join(short.missions)
        asked = sum(wanted[mission] for mission in short.missions)
        text = (
            f"{site} tells off {{value}} to {rivals} in {period}, "
            "and has {limit} for them from nations not party to the dispute"
        )
        limit = asked - short.troops
        case.ledger.at_most("missions.parties", (site, period), asked, limit, TROOPS, text)


def _strength(case: Case, mission: Mission, period: int, troops: float) -> None:
    subject, ledger = (mission.id, period), case.ledger
    text = "{value} are at {0} in {1}, "
    ledger.at_most("missions.need", subject, troops, mission.need, TROOPS, text + "which needs {limit}")
    if not (mission.start or 0) <= period <= (mission.end or inf):
        text += "when there is no such mission"
        ledger.at_most("missions.period", subject, troops, 0.0, TROOPS, text)
    elif mission.minimum_strength and not troops <= ledger.tolerance.troops:
        text += "which needs at least {limit} if any"
        least = mission.minimum_strength
        ledger.at_least("missions.minimum_strength", subject, troops, least, TROOPS, text)


def _reach(case: Case, garrisons: Garrisons) -> None:
    km, ledger = distances(case.problem), case.ledger
    deadlines = {mission.id: mission.deadline for mission in case.problem.missions}
    for row in case.plan.assignments:
        if (row.site, row.mission) not in km:
            continue
        subject = (row.site, row.mission, row.period)
        distance = km[row.site, row.mission]
        hours = garrisons.lift.preparation + distance / garrisons.lift.speed
        if row.troops > 0:
            text = "troops from {0} reach {1} after {value}, allowed {limit}"
            deadline = deadlines[row.mission]
            ledger.at_most("missions.reach", subject, hours, deadline, Quantity.TIME, text)
        text = "the way from {0} to {1} is stated as {value}, and is {limit}"
        ledger.equal("figures.distance", subject, row.distance_km, distance, Quantity.DISTANCE, text)
        ledger.equal("figures.distance", subject, row.hours, hours, Quantity.TIME, text)


def _transport(case: Case) -> None:
    pledged = added((period, amount) for (_, period), amount in case.decisions.lift.items())
    moved = transport(case.problem, case.decisions)
    for period in case.problem.periods:
        text = "{value} are moved in {0}, pledged {limit}"
        limit = pledged.get(period, 0.0)
        case.ledger.at_most("missions.lift", (period,), moved.get(period, 0.0), limit, Quantity.LIFT, text)
        if case.problem.garrisons and case.problem.garrisons.lift.sender_cost > 0:
            text = "{value} are pledged in {0} at the pledgers' cost, and {limit} are moved"
            used = moved.get(period, 0.0)
            case.ledger.at_most("missions.lift_used", (period,), limit, used, Quantity.LIFT, text)
    for (state, period), amount in case.decisions.lift.items():
        text = "{0} pledges {value} in {1}, and has {limit}"
        most = case.problem.state_by_id[state].lift
        case.ledger.at_most("missions.lift_pledge", (state, period), amount, most, Quantity.LIFT, text)
