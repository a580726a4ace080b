"""From a point of the relaxation to the plan it stands for, by the true functions.

A relaxation promises a little more than the true functions give. The decisions that cost something (money,
troops, teams) are kept as they are; what follows from them (intensities, postures, threats, capacities) is
computed anew, so that every curve holds exactly and the objective is the plan's true value.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import spsolve

from concord.algebra import Program, Variables
from concord.formulation.equation import Scene
from concord.formulation.labelling import without_level
from concord.formulation.measures.registry import settle_measures

Values = NDArray[np.float64]
BONUS_LIMITS = ("security.complementarity.peacekeepers", "security.complementarity.programme")
FRONTIER_LIMITS = ("security.frontier.one", "security.frontier.other")


def true_values(program: Program, scene: Scene, values: Values) -> Values:
    """The point with the costly decisions of `values` on which every curve and every definition holds."""
    d = scene.decisions
    point = values.copy()
    for variables in (d.intensity, d.bonus):
        point[variables.columns] = np.clip(point[variables.columns], variables.lower, variables.upper)
    _settle(program, "programmes.stock", d.stock, point)
    reached = program.curves["security.intensity"].attained(point)
    most = (scene.parameters.max_intensity.reindex(d.intensity.index, level="programme")).to_numpy()
    point[d.intensity.columns] = np.minimum.reduce([point[d.intensity.columns], reached, most])
    _settle(program, "dilemma.posture", d.posture, point)
    _settle_least(program, d.bonus, BONUS_LIMITS, point)
    _settle_least(program, d.mutual, FRONTIER_LIMITS, point)
    _settle(program, "security.threats", d.log_threat, point)
    _settle(program, "security.capacity", d.capacity, point)
    _settle_ratio(scene, point)
    _settle_pledges(program, scene, point)
    settle_measures(scene, point)
    return point


def status_quo(program: Program, scene: Scene) -> Values:
    """The point at which nothing is done: every costly decision is zero."""
    width = len(program.matrix().cost)
    return true_values(program, scene, np.zeros(width))


def without_institution(program: Program, scene: Scene) -> Values:
    """The status quo as it would be if nobody were left out of anything: the baseline of the measure."""
    point, d, p = status_quo(program, scene), scene.decisions, scene.parameters
    logs = p.initial_capacity.reindex(scene.sets.states, level="state").map(np.log)
    point[d.log_capacity.columns] = logs.to_numpy()
    point[d.log_total_threat.columns] = (logs - p.log_baseline_ratio.reindex(logs.index)).to_numpy()
    settle_measures(scene, point)
    return point


def _settle(program: Program, name: str, variables: Variables, point: Values) -> None:
    """Solve the equations that define `variables` for them, everything else being given."""
    if not variables.size:
        return
    block = program.constraints[name]
    own = csr_array(block.matrix[:, variables.columns])
    residual = block.lower - block.matrix @ point
    point[variables.columns] += spsolve(own.tocsc(), residual)


def _settle_least(program: Program, joint: Variables, limits: tuple[str, str], point: Values) -> None:
    """Everything that needs two things works as far as both let it."""
    if not joint.size:
        return
    point[joint.columns] = joint.upper
    for name in limits:
        block = program.constraints[name]
        slack = block.upper - block.matrix @ point
        point[joint.columns] = np.maximum(0.0, np.minimum(point[joint.columns], point[joint.columns] + slack))


def _settle_pledges(program: Program, scene: Scene, point: Values) -> None:
    """Nobody pledges transport that stays idle: of what is used, each has the same share of its pledge.

    Where pledging costs something 4.5 says so; where it costs nothing, a search pledges all there is. What
    locks say of pledges is left as it is.
    """
    lift, block = scene.decisions.lift.columns, program.constraints.get("missions.lift")
    if block is None or any(lock.decision.startswith("lift") for lock in scene.problem.locks):
        return
    own = csr_array(block.matrix[:, lift])
    pledged = -(own @ point[lift])
    moved = np.maximum(block.matrix @ point + pledged, 0.0)
    used = np.divide(moved, pledged, out=np.ones_like(moved), where=pledged > moved)
    point[lift] *= -(own.T @ used)


def _settle_ratio(scene: Scene, point: Values) -> None:
    """Total threat by summing exponentials, capacity by its logarithm."""
    d = scene.decisions
    log_kind = point[d.log_threat.columns]
    of_state = scene.sets.states.get_indexer(without_level(scene.sets.threats, "threat"))
    largest = np.full(len(scene.sets.states), -np.inf)
    np.maximum.at(largest, of_state, log_kind)
    summed = np.bincount(of_state, np.exp(log_kind - largest[of_state]), len(scene.sets.states))
    point[d.log_total_threat.columns] = largest + np.log(summed)
    point[d.threat_share.columns] = np.exp(log_kind - point[d.log_total_threat.columns][of_state])
    with np.errstate(invalid="ignore", divide="ignore"):
        point[d.log_capacity.columns] = np.log(np.maximum(point[d.capacity.columns], 0.0))
