"""Benefit: what every member may count on (equations 7.1 and 7.2).

7.1  lambda[i,t] >= log S0[i,t], from a period on
7.2  lambda[i,t] >= log floor[i]
"""

from __future__ import annotations

from math import log

from concord.algebra import Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter
from concord.models import DesignProblem


def applies(problem: DesignProblem) -> bool:
    """Wherever members are promised anything."""
    rules = problem.benefit
    return rules.nobody_worse_off or rules.ratio_floor is not None or bool(rules.ratio_floors)


@equation("7.1", "benefit.nobody_worse_off", unit="logs")
def leave_nobody_worse_off(scene: Scene) -> Relation:
    """No member is less secure than it would be without the institution, from the period given on.

    lambda[i,t] >= log S0[i,t], logs. Dual: the loss of the whole for a log unit more that the member is
    promised.
    """
    rules = scene.problem.benefit
    inside = [state.id for state in scene.problem.members] if rules.nobody_worse_off else []
    when = [t for t in scene.sets.periods if t >= (rules.nobody_worse_off_from or t)]
    states = scene.sets.states
    promised = states[states.isin(inside, level="state") & states.isin(when, level="period")]
    baseline = scene.parameters.log_baseline_ratio.loc[promised]
    return over(scene.decisions.log_ratio, promised) >= baseline


@equation("7.2", "benefit.ratio_floor", unit="logs")
def lift_to_floor(scene: Scene) -> Relation:
    """Every member reaches the least security ratio it was promised.

    lambda[i,t] >= log floor[i], logs. Dual: the loss of the whole for a log unit more that the member is
    promised.
    """
    rules = scene.problem.benefit
    since = rules.ratio_floor_from if rules.ratio_floor_from is not None else scene.sets.periods[-1]
    promised = {
        state.id: rules.ratio_floors.get(state.id, rules.ratio_floor) for state in scene.problem.members
    }
    floors = parameter(
        {
            (i, t): log(s)
            for i, s in promised.items() if s is not None
            for t in scene.sets.periods if t >= since
        },
        "state", "period",
    )  # fmt: skip
    return over(scene.decisions.log_ratio, floors.index) >= floors
