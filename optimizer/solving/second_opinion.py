"""Asking another solver whether it finds the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.algebra.matrix import MatrixForm
from optimizer.errors import SolverFailure
from optimizer.solving.backends.protocol import Backend
from optimizer.solving.options import RunLimits, usable_threads
from optimizer.solving.progress import Watch
from optimizer.solving.result import RunResult
from optimizer.solving.termination import Limit, ObjectiveBounds, Reason, Sense


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What another solver says of the same program.

    `agrees`: it came to its end, and where it finds the optimum overlaps with where the first solver did,
    within the gap. `consistent`: nothing it says contradicts the first solver, which is all that can be
    said of a solver that reached a limit. `objective` and `bound` are None where it has none.
    """

    solver: str
    version: str
    objective: float | None
    bound: float | None
    agrees: bool
    consistent: bool
    detail: str
    seconds: float


def second_opinion(  # noqa: PLR0913
    program: MatrixForm,
    backend: Backend,
    expected_value: float,
    expected_bound: float,
    absolute_gap: float,
    *,
    start: NDArray[np.float64] | None = None,
    time_limit: float | None = None,
    watch: Watch | None = None,
) -> SecondOpinion:
    """Solve the program with the backend to the gap, and compare with what the first solver found.

    `expected_value` is the objective of its solution and `expected_bound` what it proved, in the same units
    as `absolute_gap`; `start` is a point to begin from, and `time_limit` is in seconds.


    Raises SolverFailure when the backend cannot take the program or breaks down.
    """
    if (reason := backend.refuses(program)) is not None:
        raise SolverFailure(f"{backend.name} cannot give a second opinion: {reason}", "ask another solver")
    limits = RunLimits(absolute_gap=absolute_gap, time_limit=time_limit, threads=usable_threads())
    run = backend.solve(program, limits, start, watch)
    expected = ObjectiveBounds(expected_value, expected_bound)
    agrees, consistent, detail = _verdict(program.sense, run, expected, absolute_gap)
    return SecondOpinion(
        backend.name,
        backend.version(),
        run.objective if run.has_solution else None,
        run.bound if math.isfinite(run.bound) else None,
        agrees,
        consistent,
        detail,
        run.seconds,
    )


def _verdict(sense: Sense, run: RunResult, expected: ObjectiveBounds, gap: float) -> tuple[bool, bool, str]:
    """Whether the run agrees, whether it is consistent, and that in words."""
    end = run.termination
    if end.reason in {Reason.INFEASIBLE, Reason.UNBOUNDED, Reason.INFEASIBLE_OR_UNBOUNDED}:
        return False, False, f"disagrees: calls the program {end.reason.value.replace('_', ' ')}"
    if end.reason == Reason.ERROR:
        return False, False, f"gives no opinion: {end.detail}"
    contradiction = _contradiction(sense, end.objective_bounds, expected, gap)
    if contradiction is not None:
        return False, False, f"disagrees: {contradiction}"
    if end.reason == Reason.OPTIMAL:
        return True, True, "agrees within the gap"
    where = "within the time" if end.limit == Limit.TIME else f"before it stopped ({end.detail})"
    if not run.has_solution:
        return False, True, f"consistent, but found no solution {where}"
    return False, True, f"consistent, not proven {where}"


def _contradiction(sense: Sense, told: ObjectiveBounds, expected: ObjectiveBounds, gap: float) -> str | None:
    """Why the optimum cannot lie in both intervals: a solution beats the other's bound by over the gap."""
    better = 1.0 if sense == "max" else -1.0
    if better * (told.primal - expected.dual) > gap:
        return f"its solution {told.primal:.9g} beats the bound {expected.dual:.9g}"
    if better * (expected.primal - told.dual) > gap:
        return f"its bound {told.dual:.9g} denies the solution {expected.primal:.9g}"
    return None
