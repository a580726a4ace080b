"""Programmes and organs (equations 2.1-2.7).

2.1  z[i,k,t] <= zmax[k] e[o,t]
2.2  sum_k sum_i x[i,k,t] <= ceiling[o] e[o,t]
2.3  sum_i x[i,k,t] >= minimum[k] on[k,t],  z[i,k,t] <= zmax[k] on[k,t]
         sum_i x[i,k,t] <= ceiling[o] on[k,t]
2.4  e[o,t] >= e[o,t-1]
2.5  e[o,t] <= e[o',t]
2.6  e[o,t] = 0 before earliest
2.7  founded[o,t] = max(0, e[o,t] - e[o,t-1])
"""

from __future__ import annotations

from models import DesignProblem
from optimizer.algebra import Expression, Relation
from optimizer.formulation.equation import Scene, equation
from optimizer.formulation.labelling import over, parameter


def applies(problem: DesignProblem) -> bool:
    """Wherever there are programmes or organs."""
    return bool(problem.programmes or problem.organs)


@equation("2.1", "programmes.organ")
def need_organ(scene: Scene) -> Relation:
    """A programme runs only while its organ operates."""
    d, p = scene.decisions, scene.parameters
    links = parameter({(k, o): p.max_intensity[k] for k, o in p.organ_of.items()}, "programme", "organ")
    housed = d.intensity.where(lambda at: at["programme"].isin(list(p.organ_of)))
    return housed <= over((d.operating * links).sum("organ"), housed.index)


@equation("2.1", "programmes.organ", part="running")
def run_under_organ(scene: Scene) -> Relation:
    """A programme with a minimum scale counts as running only while its organ operates."""
    d, organ_of = scene.decisions, scene.parameters.organ_of
    links = parameter(dict.fromkeys(organ_of.items(), 1.0), "programme", "organ")
    housed = d.running.where(lambda at: at["programme"].isin(list(organ_of)))
    return housed <= over((d.operating * links).sum("organ"), housed.index)


@equation("2.2", "organs.ceiling", unit="million USD")
def respect_administrative_ceiling(scene: Scene) -> Relation:
    """An organ administers no more spending than it can, and none while it does not operate."""
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
    """A programme that runs at all spends at least its minimum scale."""
    d, p = scene.decisions, scene.parameters
    spent = d.spending.where(lambda at: at["programme"].isin(p.minimum_scale.index)).sum("state")
    return spent >= d.running * p.minimum_scale


@equation("2.3", "programmes.minimum_scale", part="running")
def count_as_running(scene: Scene) -> Relation:
    """A programme with a minimum scale has no effect while it does not run."""
    d, p = scene.decisions, scene.parameters
    large = d.intensity.where(lambda at: at["programme"].isin(p.minimum_scale.index))
    most = d.running * p.max_intensity
    return large <= over(most, large.index)


@equation("2.3", "programmes.minimum_scale", part="idle", unit="million USD")
def spend_only_when_running(scene: Scene) -> Relation:
    """Nothing is spent on a programme with a minimum scale while it does not run."""
    d, p = scene.decisions, scene.parameters
    ceilings = {organ.id: organ.ceiling for organ in scene.problem.organs if organ.ceiling is not None}
    most = {k: ceilings[o] for k, o in p.organ_of.items() if o in ceilings and k in p.minimum_scale.index}
    spent = d.spending.where(lambda at: at["programme"].isin(list(most))).sum("state")
    return spent <= over(d.running * parameter(most, "programme"), spent.index)


@equation("2.4", "organs.permanence")
def keep_organs(scene: Scene) -> Relation:
    """An organ once established is not closed again, unless it is closable."""
    kept = [organ.id for organ in scene.problem.organs if not organ.closable]
    return _rise(scene).where(lambda at: at["organ"].isin(kept)) >= 0.0


@equation("2.5", "organs.requires")
def establish_required_organs(scene: Scene) -> Relation:
    """An organ operates only together with those that it requires."""
    e = scene.decisions.operating
    pairs = {(o.id, other): 1.0 for o in scene.problem.organs for other in o.requires}
    needs = parameter(pairs, "organ", "required")
    return e * needs <= e.rename(organ="required") * needs


@equation("2.6", "organs.earliest")
def wait_for_earliest(scene: Scene) -> Relation:
    """No organ operates before it may."""
    too_early = {
        (organ.id, t): 1.0
        for organ in scene.problem.organs
        if organ.earliest is not None
        for t in scene.sets.periods
        if t < organ.earliest
    }
    return scene.decisions.operating * parameter(too_early, "organ", "period") <= 0.0


@equation("2.7", "organs.founding")
def pay_for_founding(scene: Scene) -> Relation:
    """An organ is founded in every period that it operates without having operated in the one before."""
    return scene.decisions.founded >= _rise(scene)


@equation("2.7", "organs.founding", part="operates")
def found_only_what_operates(scene: Scene) -> Relation:
    """An organ that is founded operates."""
    return scene.decisions.founded <= scene.decisions.operating


@equation("2.7", "organs.founding", part="anew")
def found_only_what_was_closed(scene: Scene) -> Relation:
    """An organ that operated in the period before is not founded."""
    d = scene.decisions
    return d.founded + d.operating.lag("period", 1, scene.sets.periods) <= 1.0


def _rise(scene: Scene) -> Expression:
    """e[o,t] - e[o,t-1]"""
    e = scene.decisions.operating
    return e - e.lag("period", 1, scene.sets.periods)
