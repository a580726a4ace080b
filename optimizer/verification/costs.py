"""What a plan's decisions cost, by head and region."""

from __future__ import annotations

from collections import defaultdict

from concord.models.fund import COMMON, Head
from concord.models.organ import Organ
from concord.models.problem import DesignProblem
from concord.models.site import Garrisons

from .arithmetic import distance_km
from .decisions import Decisions

Costs = dict[tuple[str, str, int], float]
"""Head, region and period to million USD."""


def distances(problem: DesignProblem) -> dict[tuple[str, str], float]:
    """Great-circle distance in km by site and mission."""
    return {
        (site.id, mission.id): distance_km(site.latitude, site.longitude, mission.latitude, mission.longitude)
        for site in problem.sites
        for mission in problem.missions
    }


def transport(problem: DesignProblem, decisions: Decisions) -> dict[int, float]:
    """Million tonne-km moved in each period."""
    moved: defaultdict[int, float] = defaultdict(float)
    if problem.garrisons:
        km, tonnes = distances(problem), problem.garrisons.lift.tonnes_per_soldier
        for (site, mission, period), troops in decisions.assigned.items():
            moved[period] += troops * km[site, mission] * tonnes / 1e6
    return moved


def true_costs(problem: DesignProblem, decisions: Decisions) -> Costs:
    """The cost of every head in every region and period (the table of heads), wherever it is not 0."""
    costs: defaultdict[tuple[str, str, int], float] = defaultdict(float)
    region = {state.id: state.region for state in problem.states}
    for (state, programme, period), spending in decisions.spending.items():
        costs[programme, region[state], period] += spending
    for (state, programme, period), upkeep in decisions.upkeep(problem).items():
        costs[programme, region[state], period] += upkeep
    for organ in problem.organs:
        for period in problem.periods:
            cost = organ_cost(problem, decisions, organ, period)
            if cost:
                costs[Head.ORGANS, organ.region or COMMON, period] += cost
    missions = {mission.id: mission for mission in problem.missions}
    for (name, period), troops in decisions.at_mission().items():
        mission = missions[name]
        costs[Head.MISSIONS, region[mission.state], period] += mission.cost_per_soldier * troops / 1000
    _add_garrisons(costs, problem, decisions)
    _add_monitoring(costs, problem, decisions)
    return dict(costs)


def organ_cost(problem: DesignProblem, decisions: Decisions, organ: Organ, period: int) -> float:
    """Million USD that an organ costs in a period: upkeep, and its set-up less what experience saves."""
    cost = organ.upkeep if (organ.id, period) in decisions.operating else 0.0
    if decisions.begins(organ.id, period + organ.lead):
        lessons = (lesson for lesson in problem.timetable.experience if organ.id in lesson.organs)
        saved = sum(
            lesson.reduction
            for lesson in lessons
            if decisions.operated(lesson.test_bed, period) >= lesson.periods
        )
        cost += organ.setup_cost * (1 - saved)
    return cost


def soldier_cost(garrisons: Garrisons) -> float:
    """Thousand USD that the institution pays for a soldier in a period, refunds to his sender included."""
    rules = garrisons.contingents
    return rules.cost_per_soldier + rules.sender_cost * rules.reimbursed


def _add_garrisons(costs: Costs, problem: DesignProblem, decisions: Decisions) -> None:
    garrisons = problem.garrisons
    if not garrisons:
        return
    home = {site.id: problem.state_by_id[site.host].region for site in garrisons.sites}
    tiers = {tier.id: tier for tier in garrisons.tiers}
    for site, tier, period in decisions.garrisons:
        costs[Head.GARRISONS, home[site], period] += tiers[tier].upkeep
        if decisions.built(site, tier, period):
            costs[Head.GARRISONS, home[site], period - garrisons.lead] += tiers[tier].setup_cost
    rules, lift = garrisons.contingents, garrisons.lift
    a_soldier = soldier_cost(garrisons)
    for (_, site, period), units in decisions.units.items():
        costs[Head.GARRISONS, home[site], period] += a_soldier * rules.unit * units / 1000
    for period, moved in transport(problem, decisions).items():
        costs[Head.LIFT, COMMON, period] += (lift.cost + lift.sender_cost * lift.reimbursed) * moved


def _add_monitoring(costs: Costs, problem: DesignProblem, decisions: Decisions) -> None:
    if not problem.monitoring:
        return
    each = {
        monitor.id: monitor.cost + monitor.sender_cost * monitor.reimbursed
        for monitor in problem.monitoring.monitors
    }
    regions = {
        zone.id: [problem.state_by_id[state].region for state in zone.states] or [COMMON]
        for zone in problem.monitoring.zones
    }
    for (monitor, _, zone, period), teams in decisions.teams.items():
        for region in regions[zone]:
            costs[Head.MONITORING, region, period] += each[monitor] * teams / 1000 / len(regions[zone])
