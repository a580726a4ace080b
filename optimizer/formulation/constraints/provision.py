"""What regions, equals and weak states may count on (equations 7.3-7.6).

7.3  mean_t sum_{e in E} sum_u draw[u,e,r,t] >= floor[r]
7.4  s[i] <= factor s[j],  gain[i] - gain[j] <= log factor   for equals i and j
7.5  mean_t sum_k x[i,k,t] >= least[i]                        for weak i
7.6  lambda[i,T] >= log S0[i,T] + log gain                    for weak i
"""

from __future__ import annotations

from math import log

import pandas as pd

from concord.algebra import Expression, Relation, constant, total
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, over, parameter
from concord.models import DesignProblem, EqualTreatment, SpendingFloor, Treatment
from concord.models.fund import COMMON

MILLION = 1e6


def applies(problem: DesignProblem) -> bool:
    """Wherever regions, equals or weak states are promised anything."""
    rules = problem.benefit
    return bool(rules.spending_floors or rules.equal_treatment or rules.weak_states)


@equation("7.3", "benefit.spending_floor", unit="million USD")
def spend_in_each_region(scene: Scene) -> Relation:
    """Each region gets at least its floor of spending."""
    return _floors(scene, together=False)


@equation("7.3", "benefit.spending_floor", part="together", unit="million USD")
def spend_in_all_regions(scene: Scene) -> Relation:
    """The regions of a floor that counts them together get at least that much."""
    return _floors(scene, together=True)


@equation("7.4", "benefit.equal_treatment", part="spending", unit="USD a head")
def spend_equally_on_equals(scene: Scene) -> Relation:
    """Programme spending a head is within the factor among equals."""
    served = {state.id for k in scene.problem.programmes for state in scene.problem.beneficiaries(k)}
    per_head = parameter(
        {s.id: MILLION / s.population for s in scene.problem.members if s.id in served}, "state"
    )
    spent = scene.decisions.spending.sum("programme") * per_head
    one, other, factor = _equals(scene, Treatment.SPENDING, spent, served)
    return one <= other * factor


@equation("7.4", "benefit.equal_treatment", part="gain", unit="logs")
def secure_equals_equally(scene: Scene) -> Relation:
    """The first-order rise of security is within the factor among equals."""
    everybody = {state.id for state in scene.problem.members}
    one, other, factor = _equals(scene, Treatment.GAIN, first_order_gain(scene), everybody)
    return other - one >= -over(factor.map(log), one.index)


@equation("7.5", "benefit.weak_spending", unit="million USD")
def spend_on_the_weak(scene: Scene) -> Relation:
    """Every weak state gets at least its programme spending, on average over the horizon."""
    rules = scene.problem.benefit.weak_states
    per_head = rules.spending_per_head if rules else 0.0
    least = {
        state: per_head * scene.problem.state_by_id[state].population / MILLION
        for state in (scene.problem.weak if per_head > 0 else ())
    }
    floors = parameter(least, "state")
    spent = scene.decisions.spending.sum("programme", "period") / len(scene.sets.periods)
    return total([over(spent, floors.index)], floors.index) >= floors


@equation("7.6", "benefit.weak_gain", unit="logs")
def lift_the_weak(scene: Scene) -> Relation:
    """Every weak state's security stands the promised factor above what it would be without."""
    rules, last = scene.problem.benefit.weak_states, scene.sets.periods[-1]
    baseline = scene.parameters.log_baseline_ratio
    factor = rules.gain if rules else None
    weak = scene.problem.weak if factor is not None else ()
    floors = parameter(
        {(i, last): float(baseline[i, last]) + log(factor or 1.0) for i in weak}, "state", "period"
    )
    return over(scene.decisions.log_ratio, floors.index) >= floors


def first_order_gain(scene: Scene) -> Expression:
    """`sum_theta tau (log T0 + drift t - l) + C / C0 - 1` by `state, period`: linear in what is decided."""
    d, p, sets = scene.decisions, scene.parameters, scene.sets
    whole = {
        state.id: sum(state.initial_threat(kind.id) for kind in scene.problem.threat_kinds)
        for state in scene.problem.measured
    }
    weight = parameter(
        {(i, kind): level / whole[i] for (i, kind), level in p.initial_threat.items()}, "state", "threat"
    )
    abated = ((constant(p.log_baseline_threat) - d.log_threat) * weight).sum("threat")
    added = d.capacity * (1 / p.initial_capacity) - 1.0
    return total([abated, added], sets.states)


def _floors(scene: Scene, *, together: bool) -> Relation:
    """Mean spending under each floor of one sort against it."""
    inside, least = dict[tuple[object, ...], float](), dict[tuple[object, ...], float]()
    places = dict.fromkeys(
        zip(*(scene.sets.costs.get_level_values(n) for n in ("head", "region")), strict=True)
    )
    for floor in scene.problem.benefit.spending_floors:
        if floor.together is together:
            for last, spell in scene.problem.spans(floor.over).items():
                for label, regions, limit in promised(scene.problem, floor):
                    place = (floor.id, *label, last)
                    least[place] = limit
                    inside |= {
                        (*place, head, region, t): 1 / len(spell)
                        for head, region in places
                        if region in regions and scene.problem.serves(head, region, floor.purposes, None)
                        for t in spell
                    }
    names = ("floor", "last") if together else ("floor", "where", "last")
    weights = parameter(inside, *names, "head", "region", "period")
    spent = (scene.decisions.draw.sum("fund") * weights).sum("head", "region", "period")
    floors = parameter(least, *names)
    return total([spent], floors.index) >= floors


def promised(
    problem: DesignProblem, floor: SpendingFloor
) -> list[tuple[tuple[str, ...], tuple[str, ...], float]]:
    """Label, regions and million USD of every promise of a floor."""
    peopled = tuple(dict.fromkeys(state.region for state in problem.members))
    regions = floor.regions or ((*peopled, COMMON) if floor.together else peopled)
    if floor.together:
        return [((), regions, _least(problem, floor, regions))]
    return [((region,), (region,), _least(problem, floor, (region,))) for region in regions]


def _least(problem: DesignProblem, floor: SpendingFloor, regions: tuple[str, ...]) -> float:
    heads = sum(s.population for s in problem.members if s.region in regions or COMMON in regions)
    return max(floor.amount, floor.per_head * heads / MILLION)


def _equals(
    scene: Scene, of: Treatment, received: Expression, among: set[str]
) -> tuple[Expression, Expression, pd.Series[float]]:
    """What one and the other of each ordered pair of equals receive on average, and the factor by rule."""
    rules = [rule for rule in scene.problem.benefit.equal_treatment if rule.of is of]
    pairs = [(rule, *pair) for rule in rules for pair in _ordered_pairs(scene.problem, rule, among)]
    sides = []
    for mine in (0, 1):
        weights = {
            (rule.id, *pair, last, pair[mine], t): 1 / len(spell)
            for rule, *pair in pairs
            for last, spell in scene.problem.spans(rule.over).items()
            for t in spell
        }
        weight = parameter(weights, "rule", "one", "other", "last", "state", "period")
        index = index_of(
            (
                (rule.id, *pair, last)
                for rule, *pair in pairs
                for last in scene.problem.spans(rule.over)
            ),
            "rule", "one", "other", "last",
        )  # fmt: skip
        sides.append((received * weight).sum("state", "period").on(index))
    return sides[0], sides[1], parameter({rule.id: rule.factor for rule in rules}, "rule")


def _ordered_pairs(problem: DesignProblem, rule: EqualTreatment, among: set[str]) -> list[tuple[str, str]]:
    pairs = rule.pairs(problem.members, problem.threat_kinds)
    return [p for a, b in pairs if a in among and b in among for p in ((a, b), (b, a))]
