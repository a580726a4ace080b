"""Reading what PuLP answered.

PuLP reports a solver that reached its limit with a solution as optimal (only `sol_status` tells), tells no
bound, and gives duals in each solver's own sign, and zeros for a program with integer columns. A bound is
claimed here only for a proven optimum, no tighter than the gap that was asked for; duals only of linear
programs, and only if they prove the optimum.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pulp import constants

from concord.algebra.matrix import MatrixForm
from concord.solving.backends.duals import proven_duals
from concord.solving.backends.pulp_worker import Answer, Job
from concord.solving.backends.verdicts import weighed
from concord.solving.options import RunLimits
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Termination


def job(solver: str, program: MatrixForm, limits: RunLimits, start: NDArray[np.float64] | None) -> Job:
    """The job of solving the program once."""
    return Job(
        solver=solver,
        maximise=program.sense == "max",
        cost=program.cost.tolist(),
        offset=float(program.offset),
        starts=program.matrix.indptr.tolist(),
        columns=program.matrix.indices.tolist(),
        coefficients=program.matrix.data.tolist(),
        row_lower=program.row_lower.tolist(),
        row_upper=program.row_upper.tolist(),
        lower=program.lower.tolist(),
        upper=program.upper.tolist(),
        integer=program.integer.tolist(),
        options={
            "timeLimit": limits.time_limit,
            "gapAbs": limits.absolute_gap,
            "gapRel": limits.relative_gap,
            "maxNodes": limits.node_limit,
            "threads": limits.threads,
            "warmStart": None if start is None else True,
        },
        start=None if start is None else start.tolist(),
    )


def read(name: str, program: MatrixForm, limits: RunLimits, answer: Answer) -> RunResult:
    """The result of a run; `name` is our name of the solver."""
    seconds, sol_status = answer["seconds"], answer["sol_status"]
    if sol_status not in {constants.LpSolutionOptimal, constants.LpSolutionIntegerFeasible}:
        end = _without_solution(program, answer["status"], limits, name, seconds)
        return RunResult(weighed(end, program.sense, limits, seconds), seconds=seconds)
    values = np.array(answer["values"], dtype=np.float64)
    objective = float(program.cost @ values) + program.offset
    optimal = sol_status == constants.LpSolutionOptimal
    slack = max(limits.absolute_gap, limits.relative_gap * abs(objective)) if program.integer.any() else 0.0
    better = 1.0 if program.sense == "max" else -1.0
    proven = objective + better * slack if optimal else better * np.inf
    bounds = ObjectiveBounds(objective, proven)
    detail = f"{name}: {constants.LpSolution[sol_status]}"
    end = (
        Termination(Reason.OPTIMAL, None, detail, bounds)
        if optimal
        else Termination.stopped(_limit(limits, seconds), detail, bounds)
    )
    prices = np.array(answer["prices"], dtype=np.float64)
    duals = None if program.integer.any() or not optimal else proven_duals(program, values, prices)
    row_duals, reduced_costs = duals or (None, None)
    return RunResult(end, values, row_duals, reduced_costs, seconds=seconds)


def _without_solution(
    program: MatrixForm, status: int, limits: RunLimits, name: str, seconds: float
) -> Termination:
    detail = f"{name}: {constants.LpStatus[status]}"
    if status == constants.LpStatusInfeasible:
        # PuLP calls a program infeasible also when its solver only knows that it has no optimum.
        return Termination.infeasible_or_unbounded(program.sense, detail)
    if status == constants.LpStatusUnbounded:
        return Termination.unbounded(program.sense, detail)
    if status == constants.LpStatusNotSolved:
        unknown = ObjectiveBounds.unknown(program.sense)
        return Termination.stopped(_limit(limits, seconds), detail, unknown)
    return Termination.error(program.sense, detail)


def _limit(limits: RunLimits, seconds: float) -> Limit:
    timed_out = limits.time_limit is not None and seconds >= limits.time_limit
    return Limit.TIME if timed_out else Limit.UNDETERMINED
