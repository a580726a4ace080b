"""The capacities of every state one by one, as a plan leaves them: the terms of S.6."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from concord.formulation.assemble import Formulation
from concord.formulation.labelling import entries, members
from concord.models import MILITARY_DIMENSIONS
from concord.models.plan import CapacityRecord


def capacities(formulation: Formulation, values: NDArray[np.float64]) -> tuple[CapacityRecord, ...]:
    """Every dimension of every state of the region and period; `values` satisfy the true functions."""
    scene, program = formulation.scene, formulation.program
    problem, weight = scene.problem, scene.parameters.capacity_weight
    posture = dict(entries(program.evaluate(scene.decisions.posture, values)))
    gains = {programme.id: programme.gains for programme in problem.programmes if programme.gains}
    raised: dict[tuple[str, int, str], float] = {}
    for (i, k, t), intensity in entries(program.evaluate(scene.decisions.intensity, values)):
        for q, gain in gains.get(k, {}).items():
            raised[i, t, q] = raised.get((i, t, q), 0.0) + gain * intensity
    rows = []
    for i, t in members(scene.sets.states):
        for q, level in problem.state_by_id[i].capacities.items():
            military = posture.get((i, t), 0.0) if q in MILITARY_DIMENSIONS else 0.0
            value = level * (1 + raised.get((i, t, q), 0.0) + military)
            rows.append(
                CapacityRecord(
                    state=i, period=t, dimension=q, weight=weight[i, q], baseline=level, value=value
                )
            )
    return tuple(rows)
