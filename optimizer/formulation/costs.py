"""What everything costs, by head, region and period (the table of docs/formulation.md, family 1)."""

from __future__ import annotations

from concord.algebra import Expression, total
from concord.formulation.equation import Scene
from concord.formulation.labelling import parameter
from concord.formulation.timing import stock_upkeep
from concord.models import Head
from concord.models.fund import COMMON


def cost(scene: Scene) -> Expression:
    """Cost in million USD on the index set of costs."""
    heads = (_programmes, _organs, _garrisons, _missions, _lift, _monitoring)
    return total([head(scene) for head in heads], scene.sets.costs)


def _programmes(scene: Scene) -> Expression:
    d, p = scene.decisions, scene.parameters
    cost = total([d.spending, stock_upkeep(scene)], scene.sets.programmes).rename(programme="head")
    return cost.group("state", p.region_of, to="region")


def _organs(scene: Scene) -> Expression:
    d, p = scene.decisions, scene.parameters
    paid = total([d.founded * p.setup_cost, d.operating * p.upkeep, -saving(scene)], scene.sets.organs)
    places = {organ.id: organ.region or COMMON for organ in scene.problem.organs}
    return paid.group("organ", places, to="region") * p.place(Head.ORGANS, None)


def saving(scene: Scene) -> Expression:
    """What experience saves of the set-up cost, million USD by organ and period of founding."""
    reductions = {s.id: s.reduction for s in scene.problem.timetable.experience}
    saved = scene.decisions.profiting * parameter(reductions, "experience")
    return (saved * scene.parameters.setup_cost).sum("experience")


def _garrisons(scene: Scene) -> Expression:
    d, p, problem = scene.decisions, scene.parameters, scene.problem
    may_begin = scene.parameters.may_stand
    begun = (d.garrison - d.garrison.lag("period", 1, scene.sets.periods)) * may_begin[may_begin > 0]
    lead = problem.garrisons.lead if problem.garrisons else 0
    decided = {t: t - lead for t in scene.sets.periods}
    building = (begun * p.tier_setup).sum("tier").group("period", decided, to="period")
    standing = total([building, (d.garrison * p.tier_upkeep).sum("tier")], scene.sets.sites)
    manned = d.garrisoned * (p.contingent_unit * p.soldier_cost)
    hosts = {site.id: p.region_of[site.host] for site in problem.sites}
    return (standing + manned).group("site", hosts, to="region") * p.place(Head.GARRISONS, None)


def _missions(scene: Scene) -> Expression:
    p, missions = scene.parameters, scene.problem.missions
    per_thousand = parameter({mission.id: mission.cost_per_soldier for mission in missions}, "mission")
    places = {mission.id: p.region_of[mission.state] for mission in missions}
    deployed = scene.decisions.strength * per_thousand
    return deployed.group("mission", places, to="region") * p.place(Head.MISSIONS, None)


def _lift(scene: Scene) -> Expression:
    p = scene.parameters
    hauled = (scene.assigned * p.haul).sum("site", "mission")
    return hauled * p.lift_cost * p.place(Head.LIFT)


def _monitoring(scene: Scene) -> Expression:
    p, monitoring = scene.parameters, scene.problem.monitoring
    zones = monitoring.zones if monitoring else ()
    parts: dict[tuple[str, str], float] = {}
    for zone in zones:
        for i in zone.states:
            part = (zone.id, p.region_of[i])
            parts[part] = parts.get(part, 0.0) + 1 / len(zone.states)
    paid = (scene.decisions.watching * p.team_cost).sum("monitor")
    return (paid * parameter(parts, "zone", "region")).sum("zone") * p.place(Head.MONITORING, None)
