"""Security: how instruments move threats and capacities (the linear equations of S.1 to S.10).

S.1  K[i,k,t] = delta[k] K[i,k,t-1] + x[i,k,t-lead]
S.2  z <= w log(1 + K / (s w)), z <= zmax (curves.py)
S.3  p[i,t] = own[i,t] - r[i,t] + sum_k pi[k] z[i,k,t] + sum_j rho[j,i] p[j,t]
S.4  l[i,theta,t] = log T0 + drift t - (programmes, missions, zones, complementarities, frontiers)
         + spillover + backlash + exclusion
S.5  exp(l[i,theta,t] - l[i,t]) <= u[i,theta,t],  sum_theta u[i,theta,t] <= 1
S.6  C[i,t] = sum_q kappa c0 (1 + sum_k gamma z + [military] p)
S.7  c[i,t] <= log C[i,t] (curves.py)
S.8  lambda[i,t] = c[i,t] - l[i,t] (variables.py, `log_ratio`)
S.9  bonus <= v / need,  bonus <= z / zmax
S.10 y[k,i,j,t] <= z[i,k,t],  y[k,i,j,t] <= z[j,k,t]
"""

from __future__ import annotations

import pandas as pd

from concord.algebra import Expression, Relation, constant, total
from concord.formulation.equation import Scene, equation
from concord.formulation.exclusion import exclusion
from concord.formulation.labelling import over, parameter
from concord.formulation.timing import arriving, backlash
from concord.models import DesignProblem


def applies(problem: DesignProblem) -> bool:
    """Always: security is what every plan is about."""
    return bool(problem.measured)


@equation("S.1", "programmes.stock")
def accumulate_stock(scene: Scene) -> Relation:
    """The stock of a programme is what lasts of the last stock, and spending as it begins to work.

    K[i,k,t] = delta[k] K[i,k,t-1] + x[i,k,t-lead], million USD. Dual: the worth of a million USD of
    stock.
    """
    d, p = scene.decisions, scene.parameters
    lasting = (d.stock.lag("period", 1, scene.sets.periods) * p.persistence).on(scene.sets.programmes)
    return d.stock == lasting + arriving(scene)


@equation("S.3", "dilemma.posture")
def settle_postures(scene: Scene) -> Relation:
    """Posture is what a state does itself and how it answers to others: a fixed point in logs.

    p[i,t] = own[i,t] - r[i,t] + sum_k pi[k] z[i,k,t] + sum_j rho[j,i] p[j,t], logs. Dual: the worth of a
    log unit of the state's posture to all states.
    """
    d, p = scene.decisions, scene.parameters
    own = d.arming - d.reduction
    programmes = (d.intensity * p.programme_posture).sum("programme")
    answers = (d.posture.rename(state="source") * p.reaction).sum("source")
    return d.posture == total([own, programmes, answers], scene.sets.postures)


@equation("S.4", "security.threats")
def abate_threats(scene: Scene) -> Relation:
    """The log of a threat falls with instruments; neighbours' posture, backlash and exclusion raise it.

    S.4 of docs/formulation.md, logs. Dual: the worth of a log unit of this threat to this state.
    """
    d, p = scene.decisions, scene.parameters
    instruments = [
        ((d.intensity * p.abatement) * p.present).sum("programme"),
        (scene.added_strength * p.pacification).sum("mission"),
        (d.effort * p.reassurance).sum("zone"),
        ((d.bonus * p.bonus_effect) * p.present).sum("complementarity"),
        (d.mutual * p.confidence).sum("programme", "one", "other"),
    ]
    spillover = (d.posture.rename(state="source") * p.spillover).sum("source")
    harm = backlash(scene).sum("programme")
    alarm = constant(exclusion(scene))
    fall = total([*instruments, -spillover, -harm, -alarm], scene.sets.threats)
    return d.log_threat == constant(p.log_baseline_threat) - fall


@equation("S.5", "security.threat")
def add_up_threats(scene: Scene) -> Relation:
    """The kinds of threat together are no more than the total.

    sum_theta u[i,theta,t] <= 1. Dual: the worth of a relative fall of the state's total threat.
    """
    return scene.decisions.threat_share.sum("threat") <= 1.0


@equation("S.6", "security.capacity")
def build_capacity(scene: Scene) -> Relation:
    """Capacity is raised by programmes, and its military part moves with the posture.

    C[i,t] = sum_q kappa c0 (1 + sum_k gamma z + [military] p), index units. Dual: the worth of an index
    unit of the state's capacity.
    """
    d, p = scene.decisions, scene.parameters
    gains = (d.intensity * p.capacity_gain).sum("programme")
    military = d.posture * p.military_capacity
    return d.capacity == total([constant(p.initial_capacity), gains, military], scene.sets.states)


@equation("S.9", "security.complementarity", part="peacekeepers")
def need_peacekeepers_for_bonus(scene: Scene) -> Relation:
    """A complementarity works only as far as the mission is manned.

    bonus[s,i,t] <= v[h,t] / need[h]. Dual: the worth of the whole bonus.
    """
    d, p = scene.decisions, scene.parameters
    manned = ((d.strength * (1 / p.need)) * _links(scene, "mission")).sum("mission")
    return d.bonus <= over(manned, d.bonus.index)


@equation("S.9", "security.complementarity", part="programme")
def need_programme_for_bonus(scene: Scene) -> Relation:
    """A complementarity works only as far as its programme runs in the state.

    bonus[s,i,t] <= z[i,k,t] / zmax[k]. Dual: the worth of the whole bonus.
    """
    d, p = scene.decisions, scene.parameters
    running = ((d.intensity * (1 / p.max_intensity)) * _links(scene, "programme")).sum("programme")
    return d.bonus <= over(running, d.bonus.index)


@equation("S.10", "security.frontier", part="one")
def need_one_side(scene: Scene) -> Relation:
    """A frontier is no quieter than the one side makes it.

    y[k,i,j,t] <= z[i,k,t]. Dual: the worth of a unit of the one side's intensity to both.
    """
    return scene.decisions.mutual <= _side(scene, "one")


@equation("S.10", "security.frontier", part="other")
def need_other_side(scene: Scene) -> Relation:
    """A frontier is no quieter than the other side makes it.

    y[k,i,j,t] <= z[j,k,t]. Dual: the worth of a unit of the other side's intensity to both.
    """
    return scene.decisions.mutual <= _side(scene, "other")


def _side(scene: Scene, side: str) -> Expression:
    """Intensity of the programme on one side of each frontier."""
    return over(scene.decisions.intensity.rename(state=side), scene.decisions.mutual.index)


def _links(scene: Scene, instrument: str) -> pd.Series[float]:
    """1 at every complementarity and its mission or programme."""
    bonuses = scene.problem.complementarities
    return parameter({(s.id, getattr(s, instrument)): 1.0 for s in bonuses}, "complementarity", instrument)
