"""Verdicts given at a limit, which prove nothing.

A solver that runs out of time in the midst of its preparations may call a program infeasible, or unbounded,
that is neither: CBC does so when its preprocessing is cut short.
"""

from __future__ import annotations

from concord.solving.options import RunLimits
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Sense, Termination

_VERDICTS = {Reason.INFEASIBLE, Reason.UNBOUNDED, Reason.INFEASIBLE_OR_UNBOUNDED}


def weighed(
    end: Termination,
    sense: Sense,
    limits: RunLimits,
    seconds: float,
    nodes: int = 0,
    interrupted: bool = False,
    work: float = 0.0,
) -> Termination:
    """The end of a run; a verdict counts only where the solver had time, nodes and work left."""
    if end.reason not in _VERDICTS:
        return end
    limit = _reached(limits, seconds, nodes, interrupted, work)
    if limit is None:
        return end
    return Termination.stopped(limit, f"{end.detail}, told at a limit", ObjectiveBounds.unknown(sense))


def _reached(limits: RunLimits, seconds: float, nodes: int, interrupted: bool, work: float) -> Limit | None:
    if interrupted:
        return Limit.INTERRUPTED
    if limits.time_limit is not None and seconds >= limits.time_limit:
        return Limit.TIME
    if limits.node_limit is not None and 0 < nodes >= limits.node_limit:  # before any node none was missing
        return Limit.NODE
    if limits.work_limit is not None and work >= limits.work_limit:
        return Limit.UNDETERMINED
    return None
