"""Missions: who keeps the peace where (equations 4.0-4.6).

4.0  v[h,t] = unit sum_g a[g,h,t]
4.1  sum_{h in H} a[g,h,t] + sum_{m barred from all of H} n[m,g,t] <= n[g,t]
4.2  v[h,t] <= need[h]
4.3  minimum[h] d[h,t] <= v[h,t] <= need[h] d[h,t]
4.4  sum_gh a[g,h,t] haul[g,h] <= sum_m lift[m,t],  lift[m,t] <= lift of m
4.5  sum_m lift[m,t] <= sum_gh a[g,h,t] haul[g,h]
4.6  v[h,t] >= standing[h]
"""

from __future__ import annotations

from concord.algebra import Relation, total
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, over, parameter
from concord.models import DesignProblem
from concord.models.eligibility import barred_from_mission


def applies(problem: DesignProblem) -> bool:
    """Wherever there are missions."""
    return bool(problem.missions)


@equation("4.0", "missions.strength")
def add_up_mission(scene: Scene) -> Relation:
    """The troops at a mission are those assigned to it.

    v[h,t] = unit sum_g a[g,h,t], thousand troops. Dual: the worth of a thousand troops at the mission.
    """
    return scene.decisions.strength == scene.assigned.sum("site").on(scene.sets.missions)


@equation("4.1", "missions.parties", unit="thousand troops")
def keep_disputants_out(scene: Scene) -> Relation:
    """Troops can be assigned so that no party, rival or neighbour barred from a mission serves in it.

    By Hall's theorem it is enough that for every set H of missions the troops that may serve in at least one
    of them number as many as H demands. Only sets from which a state is barred restrict more
    than the set of all, and of those only the largest from which the same states are barred.
    """
    d, groups = scene.decisions, demanding_sets(scene.problem)
    unit = scene.parameters.contingent_unit
    member = parameter({(name, h): 1.0 for name, (hs, _) in groups.items() for h in hs}, "group", "mission")
    barred = parameter(
        {(name, m): unit for name, (_, parties) in groups.items() for m in parties}, "group", "state"
    )
    demanded = (scene.assigned * member).sum("mission")
    kept_out = over((d.units * barred).sum("state"), demanded.index)
    return total([demanded, kept_out], demanded.index) <= over(d.garrisoned * unit, demanded.index)


@equation("4.2", "missions.need", unit="thousand troops")
def send_no_more_than_needed(scene: Scene) -> Relation:
    """No mission has more troops than it needs.

    v[h,t] <= need[h], thousand troops. Dual: the rise for a thousand troops more that the mission could
    use.
    """
    need = scene.parameters.need
    return scene.decisions.strength <= over(need, scene.sets.missions)


@equation("4.3", "missions.minimum_strength", unit="thousand troops")
def deploy_in_strength(scene: Scene) -> Relation:
    """A mission that is deployed has at least its minimum strength.

    v[h,t] >= minimum[h] d[h,t], thousand troops. Dual: the loss for a thousand troops more that it takes
    at least.
    """
    d, least = scene.decisions, scene.parameters.minimum_strength
    return over(d.strength, scene.sets.strengths) >= d.deployed * least


@equation("4.3", "missions.minimum_strength", part="deployed")
def count_as_deployed(scene: Scene) -> Relation:
    """A mission with a minimum strength has nobody while it is not deployed.

    v[h,t] <= need[h] d[h,t], thousand troops. Dual: what the switch, held as it is, keeps from being
    done.
    """
    d, need = scene.decisions, scene.parameters.need
    return over(d.strength, scene.sets.strengths) <= d.deployed * need


@equation("4.6", "missions.standing", unit="thousand troops")
def keep_standing_troops(scene: Scene) -> Relation:
    """Troops that stood at a mission before the first period stay, in whole units, as long as is stated.

    v[h,t] >= standing[h], thousand troops. Dual: the worth of a thousand troops more that may leave.
    """
    least = scene.parameters.standing
    return over(scene.decisions.strength, least.index) >= least


@equation("4.4", "missions.lift", unit="million tonne-km")
def move_with_pledged_lift(scene: Scene) -> Relation:
    """Troops move with the transport that states pledge.

    sum_gh a[g,h,t] haul[g,h] <= sum_m lift[m,t], million tonne-km. Dual: the worth of a million tonne-km.
    """
    d, periods = scene.decisions, index_of(((t,) for t in scene.sets.periods), "period")
    hauled = (scene.assigned * scene.parameters.haul).sum("site", "mission")
    return hauled.on(periods) <= d.lift.sum("state").on(periods)


@equation("4.5", "missions.lift_used")
def use_pledged_lift(scene: Scene) -> Relation:
    """Nobody pledges transport that is not used, where pledging costs anything.

    sum_m lift[m,t] <= sum_gh a[g,h,t] haul[g,h], million tonne-km. Dual: what idle transport would be
    worth.
    """
    lift = scene.decisions.lift if scene.rules.lift.sender_cost > 0 else scene.decisions.lift.select(state=[])
    pledged, periods = lift.sum("state"), index_of(((t,) for t in scene.sets.periods), "period")
    hauled = (scene.assigned * scene.parameters.haul).sum("site", "mission")
    return pledged <= over(hauled.on(periods), pledged.index)


@equation("4.4", "missions.lift_pledge", unit="million tonne-km")
def pledge_what_is_available(scene: Scene) -> Relation:
    """No state pledges more transport than it has.

    lift[m,t] <= lift of m, million tonne-km. Dual: the rise for a million tonne-km more that the state
    has.
    """
    own = parameter({s.id: s.lift for s in scene.problem.members if s.lift > 0}, "state")
    return scene.decisions.lift <= over(own, scene.sets.lifters)


def demanding_sets(problem: DesignProblem) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Sets of missions that equation 4.1 needs, by name: the missions, and who is barred from all of them.

    The sets are the intersections of "all missions that m is barred from" over states m, and the set of all.
    """
    everything = frozenset(mission.id for mission in problem.open_missions)
    if not everything:
        return {}
    parties = {mission.id: barred_from_mission(problem, mission) for mission in problem.open_missions}
    states = frozenset[str]().union(*parties.values())
    mine = {frozenset(h for h in everything if m in parties[h]) for m in states}
    closed = {everything, *mine}
    while True:
        meets = {a & b for a in closed for b in mine} - closed - {frozenset()}
        if not meets:
            break
        closed |= meets
    common = {hs: frozenset.intersection(*(parties[h] for h in hs)) for hs in closed}
    ordered = sorted(closed, key=lambda hs: (-len(hs), sorted(hs)))
    return {", ".join(sorted(hs)): (hs, common[hs]) for hs in ordered}
