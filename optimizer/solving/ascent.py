"""Ascent: a measure that is not concave is climbed by linear objectives, each laid at the point reached.

Linear programs alone are solved, from one basis: the objective is laid anew at every solution, and whole
numbers wait until it has settled. With the tangents of an exponential as objectives, every step is a step
of a minorise-maximise scheme and climbs (Hunter and Lange 2004); with `numerator - ratio * denominator` it
is a step of Dinkelbach (1967)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.relaxation import Relaxation
from concord.solving.result import RunResult
from concord.solving.task import Aim
from concord.solving.termination import Reason

Values = NDArray[np.float64]
STEPS = 25


@dataclass(frozen=True, eq=False)
class Course:
    """How a measure is climbed."""

    aim_at: Callable[[Values], Aim]
    """The linear objective at a point."""
    worth_at: Callable[[Values], float]
    """The measure itself at a point of the true program."""
    repair: Callable[[Values], Values]
    """From a solution of a relaxation to the point of the true program."""


def climb(
    relaxation: Relaxation,
    course: Course,
    start: Values,
    precision: float,
    limits: Callable[[], RunLimits],
    watch: Watch,
    steps: int = STEPS,
) -> tuple[Values, RunResult | None]:
    """The point at which the objective has settled, and the last linear program; None if there was none.

    The point obeys every curve; whole numbers are whole only where the relaxation holds them.
    """
    point, last = start, None
    for _ in range(steps):
        relaxation.aim(course.aim_at(point))
        run = relaxation.run(limits(), watch, "ascent")
        if run.termination.reason is not Reason.OPTIMAL or run.interrupted:
            break
        reached, last = course.repair(run.values), run
        settled = abs(course.worth_at(reached) - course.worth_at(point)) <= precision
        point = reached
        if not relaxation.touch(run.values) or settled:
            break
    return point, last
