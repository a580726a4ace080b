"""Programmes and organs (equations 2.1-2.8).

2.1  z[i,k,t] <= zmax[k] e[o,t]
2.2  sum_k sum_i x[i,k,t] <= ceiling[o] e[o,t]
2.3  sum_i x[i,k,t-lead] >= minimum[k] on[k,t],  z[i,k,t] <= zmax[k] on[k,t]
         sum_i x[i,k,t-lead] <= ceiling[o] on[k,t]
2.4  e[o,t] >= e[o,t-1]
2.5  e[o,t] <= e[o',t]
2.6  e[o,t] = 0 before earliest and after latest
2.7  founded[o,t-lead] >= e[o,t] - e[o,t-1],  founded[o,t] <= e[o,t+lead],  founded[o,t] <= 1 - e[o,t+lead-1]
2.8  x[i,k,t-lead] >= joining_cost[i,k] on[k,t]
"""

from __future__ import annotations

from collections.abc import Mapping

from concord.algebra import Expression, Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter
from concord.formulation.timing import arriving, delayed
from concord.models import DesignProblem, Join
from concord.models.timetable import within


def applies(problem: DesignProblem) -> bool:
    """Wherever there are programmes or organs."""
    return bool(problem.programmes or problem.organs)


@equation("2.1", "programmes.organ")
def need_organ(scene: Scene) -> Relation:
    """A programme runs only while its organ operates.

    z[i,k,t] <= zmax[k] e[o,t]. Dual: what the switch, held as it is, keeps from being done.
    """
    d, p = scene.decisions, scene.parameters
    links = parameter({(k, o): p.max_intensity[k] for k, o in p.organ_of.items()}, "programme", "organ")
    housed = d.intensity.where(lambda at: at["programme"].isin(list(p.organ_of)))
    return housed <= over((d.operating * links).sum("organ"), housed.index)


@equation("2.1", "programmes.organ", part="running")
def run_under_organ(scene: Scene) -> Relation:
    """A programme with a minimum scale counts as running only while its organ operates.

    on[k,t] <= e[o,t]. It is over whole decisions, and has no price of its own.
    """
    d, organ_of = scene.decisions, scene.parameters.organ_of
    links = parameter(dict.fromkeys(organ_of.items(), 1.0), "programme", "organ")
    housed = d.running.where(lambda at: at["programme"].isin(list(organ_of)))
    return housed <= over((d.operating * links).sum("organ"), housed.index)


@equation("2.2", "organs.ceiling", unit="million USD")
def respect_administrative_ceiling(scene: Scene) -> Relation:
    """An organ administers no more spending than it can, and none while it does not operate.

    sum_k sum_i x[i,k,t] <= ceiling[o] e[o,t], million USD. Dual: the rise for one million USD more that
    the organ can administer.
    """
    d = scene.decisions
    ceilings = parameter(
        {organ.id: organ.ceiling for organ in scene.problem.organs if organ.ceiling is not None}, "organ"
    )
    organ_of = {k: o for k, o in scene.parameters.organ_of.items() if o in ceilings.index}
    links = parameter(dict.fromkeys(organ_of.items(), 1.0), "programme", "organ")
    spent = (d.spending * links).sum("state", "programme")
    return spent <= over((d.operating * ceilings), spent.index)


@equation("2.3", "programmes.minimum_scale", unit="million USD")
def reach_minimum_scale(scene: Scene) -> Relation:
    """A programme that runs at all spends at least its minimum scale.

    sum_i x[i,k,t-lead] >= minimum[k] on[k,t], million USD. Dual: the loss for one million USD more that
    it takes at least.
    """
    d, p = scene.decisions, scene.parameters
    spent = arriving(scene).where(lambda at: at["programme"].isin(p.minimum_scale.index)).sum("state")
    return spent >= d.running * p.minimum_scale


@equation("2.3", "programmes.minimum_scale", part="running")
def count_as_running(scene: Scene) -> Relation:
    """A programme with a minimum scale, or that all states join or none, has no effect unless it runs.

    z[i,k,t] <= zmax[k] on[k,t]. Dual: what the switch, held as it is, keeps from being done.
    """
    d, p = scene.decisions, scene.parameters
    switched = d.intensity.where(lambda at: at["programme"].isin(p.switched))
    most = d.running * p.max_intensity
    return switched <= over(most, switched.index)


@equation("2.3", "programmes.minimum_scale", part="idle")
def spend_only_when_running(scene: Scene) -> Relation:
    """Nothing is spent for a period in which a switched programme does not run.

    sum_i x[i,k,t-lead] <= ceiling[o] on[k,t], million USD. Dual: what the switch, held as it is, keeps
    from being done.
    """
    d, p = scene.decisions, scene.parameters
    ceilings = {organ.id: organ.ceiling for organ in scene.problem.organs if organ.ceiling is not None}
    most = {k: ceilings[o] for k, o in p.organ_of.items() if o in ceilings and k in p.switched}
    spent = arriving(scene).where(lambda at: at["programme"].isin(list(most))).sum("state")
    return spent <= over(d.running * parameter(most, "programme"), spent.index)


@equation("2.4", "organs.permanence")
def keep_organs(scene: Scene) -> Relation:
    """An organ once established is not closed again, unless it is closable or its time is over.

    e[o,t] >= e[o,t-1]. It is over whole decisions, and has no price of its own.
    """
    kept = {
        (organ.id, t): 1.0
        for organ in scene.problem.organs
        if not organ.closable
        for t in scene.sets.periods
        if within(t, None, organ.latest)
    }
    return _rise(scene) * parameter(kept, "organ", "period") >= 0.0


@equation("2.5", "organs.requires")
def establish_required_organs(scene: Scene) -> Relation:
    """An organ operates only together with those that it requires.

    e[o,t] <= e[o',t]. It is over whole decisions, and has no price of its own.
    """
    e = scene.decisions.operating
    pairs = {(o.id, other): 1.0 for o in scene.problem.organs for other in o.requires}
    needs = parameter(pairs, "organ", "required")
    return e * needs <= e.rename(organ="required") * needs


@equation("2.6", "organs.earliest")
def wait_for_earliest(scene: Scene) -> Relation:
    """No organ operates before it may.

    e[o,t] = 0 for t < earliest[o]. It is over whole decisions, and has no price of its own.
    """
    return _outside(scene, {o.id: (o.earliest, None) for o in scene.problem.organs}) <= 0.0


@equation("2.6", "organs.latest")
def end_after_latest(scene: Scene) -> Relation:
    """No organ operates after its time is over.

    e[o,t] = 0 for t > latest[o]. It is over whole decisions, and has no price of its own.
    """
    return _outside(scene, {o.id: (None, o.latest) for o in scene.problem.organs}) <= 0.0


@equation("2.7", "organs.founding")
def pay_for_founding(scene: Scene) -> Relation:
    """An organ begins to operate only if it was founded its lead before.

    founded[o,t-lead] >= e[o,t] - e[o,t-1]. Dual: what the switch, held as it is, keeps from being done.
    """
    return _founded_before(scene) >= _rise(scene)


@equation("2.7", "organs.founding", part="operates")
def found_only_what_operates(scene: Scene) -> Relation:
    """An organ that is founded operates after its lead.

    founded[o,t] <= e[o,t+lead]. Dual: what the switch, held as it is, keeps from being done.
    """
    return scene.decisions.founded <= _operating_after(scene, 0)


@equation("2.7", "organs.founding", part="anew")
def found_only_what_was_closed(scene: Scene) -> Relation:
    """An organ that still operates in the period before it would begin is not founded.

    founded[o,t] <= 1 - e[o,t+lead-1]. Dual: what the switch, held as it is, keeps from being done.
    """
    return scene.decisions.founded + _operating_after(scene, -1) <= 1.0


@equation("2.8", "programmes.all_or_none", unit="million USD")
def join_together(scene: Scene) -> Relation:
    """An all-or-none programme runs only with every one of its states.

    x[i,k,t-lead] >= joining[i,k] on[k,t], million USD. Dual: the loss for one million USD more that
    joining costs the state.
    """
    joint = [k for k in scene.problem.programmes if k.join is Join.ALL_OR_NONE]
    least = {
        (state.id, k.id): k.joining_cost * scene.parameters.scale[state.id, k.id] / k.scale
        for k in joint
        for state in scene.problem.beneficiaries(k)
    }
    due = scene.decisions.running * parameter(least, "state", "programme")
    return arriving(scene).select(programme=[k.id for k in joint]) >= due


def _outside(scene: Scene, windows: Mapping[str, tuple[int | None, int | None]]) -> Expression:
    """e[o,t] outside the windows."""
    outside = {
        (o, t): 1.0 for o, limits in windows.items() for t in scene.sets.periods if not within(t, *limits)
    }
    return scene.decisions.operating * parameter(outside, "organ", "period")


def _founded_before(scene: Scene) -> Expression:
    """founded[o,t-lead]"""
    leads = {organ.id: organ.lead for organ in scene.problem.organs}
    return delayed(scene, scene.decisions.founded, "organ", leads)


def _operating_after(scene: Scene, offset: int) -> Expression:
    """e[o,t+lead+offset]"""
    leads = {organ.id: -organ.lead - offset for organ in scene.problem.organs}
    return delayed(scene, scene.decisions.operating, "organ", leads)


def _rise(scene: Scene) -> Expression:
    """e[o,t] - e[o,t-1]"""
    e = scene.decisions.operating
    return e - e.lag("period", 1, scene.sets.periods)
