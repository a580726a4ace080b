"""Missions and transport: 4.1 to 4.7, and the distances that a plan states."""

from __future__ import annotations

from collections import defaultdict
from math import floor

from concord.models.mission import Mission
from concord.models.site import Contingents, Garrisons

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
    _deployments(case, garrisons)
    at_mission = case.decisions.at_mission()
    for mission in case.problem.missions:
        for period in case.problem.periods:
            _strength(case, mission, period, at_mission.get((mission.id, period), 0.0))
    _reach(case, garrisons)
    _transport(case)


def _parties(case: Case) -> None:
    barred = _barred(case)
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
            f"{site} assigns {{value}} to {rivals} in {period}, "
            "and has {limit} for them from nations that may serve there"
        )
        limit = asked - short.troops
        case.ledger.at_most("missions.parties", (site, period), asked, limit, TROOPS, text)


def _barred(case: Case) -> dict[str, dict[str, str]]:
    """States that may not serve in each mission, each with the reason."""
    rules = case.problem.garrisons.contingents if case.problem.garrisons else Contingents()
    return {
        mission.id: dict.fromkeys(case.neighbours(rules, {mission.state}), "neighbours")
        | dict.fromkeys(case.rivals(rules, {mission.state, *mission.parties}), "rivals")
        | dict.fromkeys(mission.parties, "party")
        for mission in case.problem.missions
    }


def _deployments(case: Case, garrisons: Garrisons) -> None:
    """4.7: who serves where makes up what is assigned, out of what stands there, and nobody who is barred."""
    unit, ledger, barred = garrisons.contingents.unit, case.ledger, _barred(case)
    serving = case.decisions.serving
    for state, site, mission, period in serving:
        reason = barred[mission].get(state)
        text = f"{{0}} serves at {{2}} in {{3}}, from which it is barred: {reason}"
        ledger.demand("missions.deployed", (state, site, mission, period), reason is None, text)
    sent = added(((site, h, t), unit * units) for (_, site, h, t), units in serving.items())
    for site, mission, period in dict.fromkeys([*sent, *case.decisions.assigned]):
        subject = (site, mission, period)
        stated, wanted = sent.get(subject, 0.0), case.decisions.assigned.get(subject, 0.0)
        text = "{value} of all nations serve at {1} from {0} in {2}, where {limit} are assigned"
        ledger.equal("missions.deployed", subject, stated, wanted, TROOPS, text)
    away = added(((state, site, t), units) for (state, site, _, t), units in serving.items())
    for (state, site, period), units in away.items():
        text = "{0} has {value} of {1} at missions in {2}, and {limit} stationed"
        most = case.decisions.units.get((state, site, period), 0.0)
        ledger.at_most("missions.deployed", (state, site, period), units, most, Quantity.UNITS, text)
    for row in case.plan.deployments:
        text = "{0} is stated to have {value} at {2} in {3}, and its units make {limit}"
        stated_at = (row.state, row.site, row.mission, row.period)
        ledger.equal("figures.garrison", stated_at, row.troops, unit * row.units, TROOPS, text)


def _standing(case: Case, mission: Mission, period: int) -> float:
    """4.6: troops that stay at least, in whole units."""
    garrisons = case.problem.garrisons
    if garrisons is None or not case.stands(mission, period):
        return 0.0
    ready = period >= case.problem.periods[0] + garrisons.lead
    if not ready or period > (mission.standing_until or period):
        return 0.0
    rules, kept = garrisons.contingents, min(mission.standing, mission.need)
    return floor(kept / rules.unit + 1e-9) * rules.unit if rules.integral else kept


def _strength(case: Case, mission: Mission, period: int, troops: float) -> None:
    subject, ledger = (mission.id, period), case.ledger
    text = "{value} are at {0} in {1}, "
    ledger.at_most("missions.need", subject, troops, mission.need, TROOPS, text + "which needs {limit}")
    least = _standing(case, mission, period)
    words = text + "where {limit} stood before and stay"
    ledger.at_least("missions.standing", subject, troops, least, TROOPS, words)
    if not case.stands(mission, period):
        text += "when there is no such mission, or no consent to it"
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
