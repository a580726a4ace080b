"""What it means to be left out: the alarm that those inside raise in those whom the entry test rejects."""

from __future__ import annotations

import pandas as pd

from concord.formulation.equation import Scene
from concord.formulation.labelling import parameter


def exclusion(scene: Scene) -> pd.Series[float]:
    """`eta m[i]` by `state, threat, period`: on the kinds of threat that respond to posture, in logs.

    `m[i]` is the share of those inside in the military expenditure of all others than i.
    """
    problem = scene.problem
    eta, inside = problem.membership.exclusion, _military_weight_inside(scene)
    responding = {kind.id for kind in problem.threat_kinds if kind.responds_to_posture}
    return parameter(
        {
            (i, kind, t): eta * inside[i]
            for i, kind, t in scene.sets.threats
            if eta > 0 and i in inside and kind in responding
        },
        "state", "threat", "period",
    )  # fmt: skip


def _military_weight_inside(scene: Scene) -> dict[str, float]:
    """m by state left out; a state without a share is one beside whom nobody spends anything."""
    problem = scene.problem
    spent = {state.id: state.military_expenditure for state in problem.measured}
    inside, everybody = sum(spent[state.id] for state in problem.members), sum(spent.values())
    return {i: inside / (everybody - spent[i]) for i in problem.left_out if everybody > spent[i]}
