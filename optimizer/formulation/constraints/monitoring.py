"""Monitoring, and the restraint that it makes possible (equations 5.0-5.11).

5.0  teams[a,z,t] = sum_m teams[a,m,z,t],  w[z,t] = sum_a effort[a] teams[a,z,t]
5.1  w[z,t] <= ceiling[z]
5.2  w[z,t] >= minimum[z]
5.3  sum_z teams[a,m,z,t] <= stock[a,m]
5.4  teams[a,m,z,t] exists only where m is not barred from z and a watches its kind (index set `teams`)
5.5  sum_{z of i} sum_a teams[a,z,t] <= received_quota
5.6  sum_{z of i} sum_a teams[a,m,z,t] <= floor(share_from_one received_quota)
5.7  w[z,t] <= ceiling[z] e[o,t]
5.8  r[i,t] <= reduction_per_effort sum_{z of i} w[z,t-lead]
5.9  p[i,t] >= -posture_floor
5.10 w[z,t] >= w[z,t-1]
5.11 r[i,t] <= (1 + reciprocity) r[j,t]
"""

from __future__ import annotations

from math import floor

import pandas as pd

from concord.algebra import Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter, spread, without_level
from concord.models import DesignProblem, RelationKind


def applies(problem: DesignProblem) -> bool:
    """Wherever there is monitoring, or a posture that can be changed."""
    dilemma = problem.dilemma
    changing = dilemma.reduction_ceiling > 0 or dilemma.arming_ceiling > 0
    return problem.monitoring is not None or changing or any(k.posture for k in problem.programmes)


@equation("5.0", "monitoring.effort")
def add_up_effort(scene: Scene) -> Relation:
    """The effort at a zone is that of the teams there.

    w[z,t] = sum_a effort[a] teams[a,z,t], units of effort. Dual: the worth of a unit of effort at the
    zone.
    """
    d = scene.decisions
    made = (d.watching * scene.parameters.team_effort).sum("monitor")
    return d.effort == made.on(scene.sets.zones)


@equation("5.0", "monitoring.effort", part="teams")
def add_up_teams(scene: Scene) -> Relation:
    """The teams at a zone are those of all nations.

    teams[a,z,t] = sum_m teams[a,m,z,t]. Over whole teams, it has no price of its own.
    """
    d = scene.decisions
    return d.watching == d.teams.sum("state")


@equation("5.1", "monitoring.ceiling", unit="effort")
def watch_no_more_than_useful(scene: Scene) -> Relation:
    """No zone is watched beyond its ceiling.

    w[z,t] <= ceiling[z], units of effort. Dual: the rise for a unit more that is of use.
    """
    return scene.decisions.effort <= over(scene.parameters.zone_ceiling, scene.sets.zones)


@equation("5.2", "monitoring.minimum", unit="effort")
def watch_named_zones(scene: Scene) -> Relation:
    """A zone with a minimum is watched at least that much.

    w[z,t] >= minimum[z], units of effort. Dual: the loss for a unit more that is due.
    """
    least = scene.parameters.zone_minimum
    watched = scene.decisions.effort.where(lambda at: at["zone"].isin(least.index))
    return watched >= over(least, watched.index)


@equation("5.3", "monitoring.stock", unit="teams")
def send_available_teams(scene: Scene) -> Relation:
    """No state sends more teams of a type than it has.

    sum_z teams[a,m,z,t] <= stock[a,m], teams. Over whole teams, it has no price of its own.
    """
    out = scene.provided
    return out <= over(scene.parameters.stock, out.index)


@equation("5.3", "monitoring.stock", part="together")
def send_available_teams_together(scene: Scene) -> Relation:
    """All states that may send teams have no more of a type than is out (implied, and cheaper to see).

    sum_z teams[a,z,t] <= sum_m stock[a,m], teams. Over whole teams, it has no price of its own.
    """
    providers = without_level(scene.sets.teams, "zone").drop_duplicates()
    stock = spread(scene.parameters.stock, providers).groupby(level=["monitor", "period"]).sum()
    out = scene.decisions.watching.sum("zone")
    return out <= over(stock, out.index)


@equation("5.5", "monitoring.quota", unit="teams")
def respect_received_quota(scene: Scene) -> Relation:
    """No state receives more teams than its quota.

    sum_{z of i} sum_a teams[a,z,t] <= received_quota, teams. Over whole teams, it has no price of its
    own.
    """
    quota = parameter({kind: received for kind, (received, _) in _quotas(scene).items()}, "kind")
    received = (scene.decisions.watching * _watched(scene)).sum("monitor", "zone")
    return received <= over(quota, received.index)


@equation("5.6", "monitoring.share_from_one")
def spread_over_nations(scene: Scene) -> Relation:
    """No state receives more than a share of its quota from any one state.

    sum_{z of i} sum_a teams[a,m,z,t] <= floor(share_from_one received_quota), teams. Over whole teams, it has
    no price of its own.
    """
    shares = {kind: floor(share * quota + 1e-9) for kind, (quota, share) in _quotas(scene).items()}
    most = parameter(shares, "kind")
    received = (scene.decisions.teams * _watched(scene)).sum("monitor", "zone")
    return received <= over(most, received.index)


@equation("5.7", "monitoring.organ")
def monitor_under_organ(scene: Scene) -> Relation:
    """Monitors are out only while their organ operates.

    w[z,t] <= ceiling[z] e[o,t], units of effort. Dual: what the switch, held as it is, keeps from being
    done.
    """
    organ = scene.problem.monitoring.organ if scene.problem.monitoring else None
    d = scene.decisions
    led = d.effort if organ else d.effort.select(zone=[])
    command = d.operating.where(lambda at: at["organ"] == organ).sum("organ")
    return led <= over(command * scene.parameters.zone_ceiling, led.index)


@equation("5.8", "dilemma.monitored_reduction", unit="logs")
def monitor_before_reducing(scene: Scene) -> Relation:
    """Forces are reduced only as far as monitoring runs ahead.

    r[i,t] <= reduction_per_effort sum_{z of i} w[z,t-lead], logs. Dual: the rise for a log unit of forces
    more that may be cut unmonitored.
    """
    d, dilemma = scene.decisions, scene.problem.dilemma
    if dilemma.reduction_per_effort is None or dilemma.reduction_ceiling == 0:
        return d.reduction.select(state=[]) <= 0.0
    verified = (d.effort * _verifying(scene)).sum("zone").on(scene.sets.states)
    ahead = verified.lag("period", dilemma.monitoring_lead, scene.sets.periods)
    return d.reduction <= ahead * dilemma.reduction_per_effort


@equation("5.10", "monitoring.stays")
def stay_on_watch(scene: Scene) -> Relation:
    """Effort of a kind that stays is no less than in the period before.

    w[z,t] >= w[z,t-1], units of effort. Dual: what it would be worth to leave sooner.
    """
    effort, staying = scene.decisions.effort, _staying(scene)
    later = effort.where(
        lambda at: [label in staying for label in zip(at["zone"], at["period"], strict=True)]
    )
    return later >= over(effort.lag("period", 1, scene.sets.periods), later.index)


@equation("5.11", "dilemma.reciprocity", unit="logs")
def reduce_together(scene: Scene) -> Relation:
    """Rivals reduce their forces together.

    r[i,t] <= (1 + reciprocity) r[j,t] for every rival j of i, logs. Dual: the worth of a log unit that i may
    be ahead.
    """
    reduction, share = scene.decisions.reduction, scene.problem.dilemma.reciprocity
    pairs = parameter(dict.fromkeys(_rival_pairs(scene), 1.0), "state", "rival")
    answered = reduction.rename(state="rival") * (pairs * (1 + (share or 0.0)))
    return reduction * pairs <= answered


@equation("5.11", "dilemma.reciprocity", part="alone")
def reduce_nothing_alone(scene: Scene) -> Relation:
    """A state without a rival in the region does not reduce its forces.

    r[i,t] <= 0, logs. It is a limit of nobody's choosing, and has no price of its own.
    """
    paired = {state for state, _ in _rival_pairs(scene)}
    applies_here = scene.problem.dilemma.reciprocity is not None
    reduction = scene.decisions.reduction
    return reduction.where(lambda at: ~at["state"].isin(paired) & applies_here) <= 0.0


@equation("5.9", "dilemma.self_defence", unit="logs")
def keep_self_defence(scene: Scene) -> Relation:
    """No state's posture falls below what it needs for its defence.

    p[i,t] >= -posture_floor, logs. Dual: the rise for a log unit less that defence needs.
    """
    return scene.decisions.posture >= -scene.problem.dilemma.posture_floor


def _staying(scene: Scene) -> set[tuple[str, int]]:
    """Zone and period wherever effort stays from the period before, in which the zone was watched too."""
    monitoring = scene.problem.monitoring
    kinds = {kind.id for kind in (monitoring.kinds if monitoring else ()) if kind.stays}
    zones = {zone.id for zone in (monitoring.zones if monitoring else ()) if zone.kind in kinds}
    known = set(scene.sets.zones)
    return {(z, t) for z, t in known if z in zones and (z, t - 1) in known}


def _rival_pairs(scene: Scene) -> list[tuple[str, str]]:
    """Every state of the region and each of its rivals there; none where reductions may be one-sided."""
    problem, inside = scene.problem, [state.id for state in scene.problem.measured]
    if problem.dilemma.reciprocity is None:
        return []
    rivals = {i: problem.related(RelationKind.RIVALS, i) for i in inside}
    return [(i, j) for i in inside for j in inside if j in rivals[i]]


def _quotas(scene: Scene) -> dict[str, tuple[int, float]]:
    """Received quota and share from one, by kind of zone that has a quota."""
    monitoring = scene.problem.monitoring
    kinds = monitoring.kinds if monitoring else ()
    return {
        kind.id: (kind.received_quota, kind.share_from_one)
        for kind in kinds
        if kind.received_quota is not None
    }


def _watched(scene: Scene) -> pd.Series[float]:
    """1 at each zone under a quota, its kind, and each state that receives teams there."""
    quotas, zones = _quotas(scene), scene.problem.monitoring.zones if scene.problem.monitoring else ()
    return parameter(
        {(zone.id, zone.kind, i): 1.0 for zone in zones if zone.kind in quotas for i in zone.states},
        "zone", "kind", "receiver",
    )  # fmt: skip


def _verifying(scene: Scene) -> pd.Series[float]:
    """1 at each zone that verifies reductions and each of its states."""
    monitoring = scene.problem.monitoring
    kinds = {kind.id for kind in (monitoring.kinds if monitoring else ()) if kind.verifies}
    zones = monitoring.zones if monitoring else ()
    return parameter(
        {(zone.id, i): 1.0 for zone in zones if zone.kind in kinds for i in zone.states}, "zone", "state"
    )
