"""The weighted geometric mean of security ratios: `exp(sum_t omega[t] sum_i w[i] lambda[i,t])`.

An index has no natural scale; only the geometric mean ranks plans the same whatever unit each state's
index is in.
"""

from __future__ import annotations

from math import exp, log

import numpy as np
from numpy.typing import NDArray

from optimizer.algebra import Expression
from optimizer.formulation.equation import Scene
from optimizer.formulation.labelling import members, parameter


def objective(scene: Scene) -> Expression:
    """What the program maximises: the sum of log ratios, with weights whose mean is 1.

    It is the logarithm of the measure times the number of log ratios; so scaled, the prices of money and
    troops lie well above a solver's tolerances.
    """
    states, periods = scene.problem.state_weights(), scene.problem.period_weights()
    count = terms(scene)
    weights = {(i, t): count * states[i] * periods[t] for i, t in members(scene.sets.states)}
    return (scene.decisions.log_ratio * parameter(weights, "state", "period")).sum()


def terms(scene: Scene) -> int:
    """How many log ratios the measure has."""
    return len(scene.sets.states)


def measure(scene: Scene, objective_value: float) -> float:
    """The measure, from the objective of the program."""
    return exp(objective_value / terms(scene))


def relative_price(scene: Scene, duals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative changes of the measure, from duals of the program."""
    return duals / terms(scene)


def objective_tolerance(scene: Scene, gap: float) -> float:
    """How far objective and bound may lie apart for a relative gap of the measure."""
    return terms(scene) * log(1 + gap)
