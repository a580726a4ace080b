"""HiGHS's model status in the vocabulary of `concord.solving.termination`."""

from __future__ import annotations

import highspy

from concord.solving.termination import Limit, ObjectiveBounds, Reason, Sense, Termination

_STATUS = highspy.HighsModelStatus
_LIMITS = {
    _STATUS.kTimeLimit: Limit.TIME,
    _STATUS.kSolutionLimit: Limit.NODE,
    _STATUS.kIterationLimit: Limit.ITERATION,
    _STATUS.kMemoryLimit: Limit.MEMORY,
    _STATUS.kInterrupt: Limit.INTERRUPTED,
    _STATUS.kUnknown: Limit.UNDETERMINED,
}
_FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)


def termination(highs: highspy.Highs, sense: Sense, mixed: bool) -> Termination:
    """Why the run that has just ended did so; `mixed` tells whether the program has integer columns."""
    status = highs.getModelStatus()
    detail = f"HiGHS: {highs.modelStatusToString(status)}"
    if status == _STATUS.kOptimal:
        return Termination(Reason.OPTIMAL, None, detail, _bounds(highs, sense, mixed, proven=True))
    if status == _STATUS.kInfeasible:
        return Termination.infeasible(sense, detail)
    if status == _STATUS.kUnbounded:
        return Termination.unbounded(sense, detail)
    if status == _STATUS.kUnboundedOrInfeasible:
        return Termination.infeasible_or_unbounded(sense, detail)
    if status in _LIMITS:
        return Termination.stopped(_LIMITS[status], detail, _bounds(highs, sense, mixed, proven=False))
    return Termination.error(sense, detail)


def _bounds(highs: highspy.Highs, sense: Sense, mixed: bool, proven: bool) -> ObjectiveBounds:
    """The objective of the solution and the bound; of a linear program, only its optimum is a bound."""
    info = highs.getInfo()
    unknown = ObjectiveBounds.unknown(sense)
    found = proven or info.primal_solution_status == _FEASIBLE
    primal = float(info.objective_function_value) if found else unknown.primal
    if mixed:
        return ObjectiveBounds(primal, float(info.mip_dual_bound))
    return ObjectiveBounds(primal, primal if proven else unknown.dual)
