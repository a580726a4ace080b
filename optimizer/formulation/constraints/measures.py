"""Measures that look harder at the worse-off than the geometric mean does (11.1-11.4).

11.1  mu[a] <= lambda[i,t] + headroom[a,i,t]
11.2  sum_(i,t) w omega u[a,i,t] <= 0,  u >= (exp((alpha[a] - 1) (mu[a] - lambda[i,t])) - 1) / (alpha[a] - 1)
11.3  log M[a] >= log least[a]
11.4  lambda[i,t] >= v[i,t]

mu[a] is the logarithm of the measure a: of a power mean with aversion alpha[a] > 1, or of the minimum.
"""

from __future__ import annotations

from math import log

from concord.algebra import Relation, constant, total
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter, spread
from concord.formulation.measures.registry import floor_form_of
from concord.models import DesignProblem, Measure


def applies(problem: DesignProblem) -> bool:
    """Wherever a measure other than the geometric mean is maximised, or any has a floor or follows."""
    objective = problem.objective
    return objective.measure is not Measure.GEOMETRIC or bool(objective.floors or objective.then)


@equation("11.1", "measures.worst_off")
def look_at_the_worst_off(scene: Scene) -> Relation:
    """A measure is no higher than any ratio, or than what that ratio's weight in a power mean allows.

    mu[a] <= lambda[i,t] + headroom[a,i,t]; headroom is 0 for the minimum, and -log(w omega) / (alpha - 1) for
    a power mean, for which the row is implied by 11.2. Logs. Dual: how much of the measure's rise hangs on
    this ratio; where it is positive, the ratio is among the worst-off.
    """
    headroom = scene.aggregates.headroom
    d = scene.decisions
    return over(d.log_measure, headroom.index) - over(d.log_ratio, headroom.index) <= constant(headroom)


@equation("11.2", "measures.power_mean")
def add_up_penalties(scene: Scene) -> Relation:
    """The penalties of ratios below a power mean are made up for by those above it.

    sum_(i,t) w omega u[a,i,t] <= 0, logs; the curve of u is in curves.py. Where alpha is near 1, u is
    mu - lambda. Dual: the rise of the objective where penalties may exceed 0 by so much.
    """
    weights = spread(scene.aggregates.weights, scene.aggregates.penalties)
    return (scene.decisions.penalty * weights).sum("state", "period") <= 0.0


@equation("11.3", "measures.floor", unit="logs")
def keep_floors_of_measures(scene: Scene) -> Relation:
    """No measure falls below its floor.

    log M[a] >= log least[a]. Dual: what the maximised measure loses where the floor of the other is raised by
    one per cent, times 100.
    """
    floors = parameter({floor.label: log(floor.least) for floor in scene.aim.floors}, "measure")
    logs = [
        floor_form_of(floor).log_measure(scene) * parameter({floor.label: 1.0}, "measure")
        for floor in scene.aim.floors
    ]
    return total(logs, floors.index) >= constant(floors)


@equation("11.4", "measures.level")
def hold_levels(scene: Scene) -> Relation:
    """No ratio falls below the level to which it was lifted before.

    lambda[i,t] >= v[i,t], in logs, where a level is proven. Dual: what the next level loses for it.
    """
    held = parameter(dict(scene.aim.held), "state", "period")
    return over(scene.decisions.log_ratio, held.index) >= constant(held)
