"""Asking another solver whether it finds the same."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.models.plan import OpinionVerdict
from concord.solving.backends.protocol import Backend
from concord.solving.options import RunLimits
from concord.solving.progress import Progress, Watch
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Sense, Termination


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What another solver says of the same program; `objective` and `bound` are None where it has none."""

    solver: str
    version: str
    objective: float | None
    bound: float | None
    verdict: OpinionVerdict
    detail: str
    seconds: float


def second_opinion(
    program: MatrixForm,
    backend: Backend,
    expected: ObjectiveBounds,
    limits: RunLimits,
    *,
    start: NDArray[np.float64] | None = None,
    watch: Watch | None = None,
) -> SecondOpinion:
    """Solve the program to the gap of `limits`, and compare with what the first solver found.

    `expected` holds the objective of its solution and the bound that it proved; `start` is a point to begin
    from. A backend that cannot take the program, or breaks down, gives no opinion: that is told, not raised.
    """
    try:
        run = backend.solve(program, limits, start, watch and _Second(watch, backend.name))
    except SolverFailure as failure:
        run = RunResult(Termination.error(program.sense, failure.message))
    verdict, detail = _verdict(program.sense, run, expected, limits.absolute_gap)
    return SecondOpinion(
        backend.name,
        backend.version(),
        run.objective if run.has_solution else None,
        run.bound if math.isfinite(run.bound) else None,
        verdict,
        detail,
        run.seconds,
    )


@dataclass(frozen=True, slots=True)
class _Second:
    """Tells a watch whose progress it is."""

    inner: Watch
    solver: str

    def report(self, progress: Progress) -> None:
        """The same, as a phase of its own."""
        self.inner.report(replace(progress, phase=f"second opinion of {self.solver}"))

    def stop_requested(self) -> bool:
        """Whatever the inner watch says."""
        return self.inner.stop_requested()


def _verdict(
    sense: Sense, run: RunResult, expected: ObjectiveBounds, gap: float
) -> tuple[OpinionVerdict, str]:
    """What the run says of the expected optimum, and that in words."""
    end = run.termination
    if end.reason in {Reason.INFEASIBLE, Reason.UNBOUNDED, Reason.INFEASIBLE_OR_UNBOUNDED}:
        called = end.reason.value.replace("_", " ")
        return OpinionVerdict.DISAGREES, f"disagrees: calls the program {called}"
    if end.reason == Reason.ERROR:
        return OpinionVerdict.NONE, f"gives no opinion: {end.detail}"
    contradiction = _contradiction(sense, end.objective_bounds, expected, gap)
    if contradiction is not None:
        return OpinionVerdict.DISAGREES, f"disagrees: {contradiction}"
    if end.reason == Reason.OPTIMAL:
        return OpinionVerdict.AGREES, "agrees within the gap"
    where = "within the time" if end.limit == Limit.TIME else f"before it stopped ({end.detail})"
    if not run.has_solution:
        return OpinionVerdict.UNDECIDED, f"consistent, but found no solution {where}"
    return OpinionVerdict.UNDECIDED, f"consistent, not proven {where}"


def _contradiction(sense: Sense, told: ObjectiveBounds, expected: ObjectiveBounds, gap: float) -> str | None:
    """Why the optimum cannot lie in both intervals: a solution beats the other's bound by over the gap."""
    better = 1.0 if sense == "max" else -1.0
    if better * (told.primal - expected.dual) > gap:
        return f"its solution {told.primal:.9g} beats the bound {expected.dual:.9g}"
    if better * (expected.primal - told.dual) > gap:
        return f"its bound {told.dual:.9g} denies the solution {expected.primal:.9g}"
    return None
