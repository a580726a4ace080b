"""Military posture as the fixed point of everybody's reactions (S.3)."""

from __future__ import annotations

import numpy as np

from concord.models.problem import DesignProblem

from .decisions import Decisions


def solve_posture(problem: DesignProblem, decisions: Decisions) -> dict[tuple[str, int], float]:
    """Posture of every state of the region in every period, in logs, by solving the linear system."""
    place = {state.id: number for number, state in enumerate(problem.measured)}
    system = np.eye(len(place))
    for influence in problem.dilemma.influences:
        system[place[influence.target], place[influence.source]] -= influence.reaction
    moves = {programme.id: programme.posture for programme in problem.programmes if programme.posture}
    drive = np.zeros((len(place), len(problem.periods)))
    column = {period: number for number, period in enumerate(problem.periods)}
    for amounts, sign in ((decisions.arming, 1.0), (decisions.reduction, -1.0)):
        for (state, period), amount in amounts.items():
            if state in place:
                drive[place[state], column[period]] += sign * amount
    for (state, programme, period), intensity in decisions.intensity.items():
        if state in place and programme in moves:
            drive[place[state], column[period]] += moves[programme] * intensity
    with np.errstate(all="ignore"):
        solution = np.linalg.solve(system, drive)
    return {
        (state, period): float(solution[row, column[period]])
        for state, row in place.items()
        for period in problem.periods
    }
