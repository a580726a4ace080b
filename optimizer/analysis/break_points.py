"""Where along a frontier the price of fairness jumps, the whole decisions of a plan held.

With them held, the logarithm of the measure is a concave function of the limit, where the limit stands alone
on the right side of rows; its slope is what the duals of these rows say. It is linear as long as the same
rules bind and nothing curved answers to the limit, and has break-points where that changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.analysis.fairness_figures import FairnessFigure
from concord.analysis.frontier import BREAK_POINT, FrontierPoint, Question, ordered
from concord.analysis.held_program import Optimum, continuous_optimum, optimum
from concord.analysis.session import Session
from concord.analysis.successive_lines import Kink, Precision, Touch, kinks, merged
from concord.errors import BadInput
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.methods.clock import Clock
from concord.models import Plan
from concord.solving.backends.highs import HighsSession
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import SilentWatch, Watch
from concord.solving.relaxation import Relaxation

Values = NDArray[np.float64]
UNTOLD = 1e-3
"""Jumps that matter less than this share of the rise of the whole frontier are not looked for on curves."""


class _Lost(Exception):
    """No time is left, or the whole decisions do not admit a plan."""


def refuse_unless_linear(question: Question) -> None:
    """Raise BadInput where no break-points can be told."""
    objective = question.problem.objective
    if question.figure.multiplied:
        message = "the limit multiplies what is decided, so that the frontier has no break-points to find"
        raise BadInput.single(
            message, field=question.x, remedy="take burden.spread, burden.affordability or a measure"
        )
    if form_of(objective.plain).method is not Method.DIRECT or objective.then:
        message = f"break-points are those of one convex program, which {question.y} is not maximised by"
        raise BadInput.single(
            message, field="y", remedy="take geometric, harmonic, minimum, or alpha from 1 on"
        )


def with_break_points(
    question: Question,
    points: Iterable[FrontierPoint],
    options: SolveOptions,
    *,
    watch: Watch | None = None,
    tell: Callable[[list[FrontierPoint]], None] | None = None,
) -> list[FrontierPoint]:
    """The points of a frontier with the break-points of the stretches between them.

    In each stretch the whole decisions of its stricter end are held, which stay admitted under every looser
    limit. Stretches told before are kept; `tell` hears of all points after each. `options.time_limit` is for
    one stretch. Raises BadInput (see `refuse_unless_linear`) and SolverFailure.
    """
    refuse_unless_linear(question)
    points, figure, watch = list(points), question.figure, watch or SilentWatch()
    known = [point for point in points if point.status == BREAK_POINT]
    line = ordered([point for point in points if point.status != BREAK_POINT], figure)
    session = Session(question.problem, options, watch)
    precision = _precision(line)
    done: list[FrontierPoint] = []
    for number, (point, following) in enumerate(pairwise(line)):
        end = _end(point, following, figure)
        if end is None or point.limit is None:
            done.append(point)
        elif point.told_to == end:
            between = sorted((point.limit, end))
            done += [point, *(one for one in known if between[0] < (one.limit or 0.0) < between[1])]
        elif watch.stop_requested():
            done.append(replace(point, told_to=None))
        else:
            told, found = _stretch(question, point, end, session, options, watch, precision)
            done += [told, *found]
        if tell is not None:
            tell(ordered([*done, *line[number + 1 :]], figure))
    return ordered([*done, line[-1]], figure)


def _end(point: FrontierPoint, following: FrontierPoint, figure: FairnessFigure) -> float | None:
    """Where the stretch behind a point ends; None where there is none."""
    end = following.reached if following.limit is None else following.limit
    if point.limit is None or end is None or point.value is None or following.value is None:
        return None
    strict, loose = figure.place(point.limit), figure.place(end)
    return end if (strict > loose if figure.at_least else strict < loose) else None


def _precision(line: list[FrontierPoint]) -> Precision:
    values = [point.value for point in line if point.value is not None]
    return Precision(curved=max(1e-7, UNTOLD * log(max(values) / min(values))))


def _stretch(
    question: Question,
    point: FrontierPoint,
    end: float,
    session: Session,
    options: SolveOptions,
    watch: Watch,
    precision: Precision,
) -> tuple[FrontierPoint, list[FrontierPoint]]:
    """The point as one that was told, or not wholly, and the break-points behind it."""
    assert point.limit is not None
    found = point.plan or session.attempt_problem(question.figure.bounded(question.problem, point.limit))
    if not isinstance(found, Plan):
        return replace(point, told_to=None), []
    low, high = sorted(map(question.figure.parameter, (point.limit, end)))
    jumps: list[Kink] = []
    told: float | None = end
    try:
        held = _Held(question, found, (low, high), Clock(options), watch)
        jumps += kinks(held.touch, low, high, precision)
    except _Lost:
        told = None
    return replace(point, plan=found, told_to=told), [
        _told(one, question.figure) for one in merged(jumps, precision.closest * (high - low))
    ]


def _told(kink: Kink, figure: FairnessFigure) -> FrontierPoint:
    """A kink as a point, with what loosening is worth on either side in units of the limit."""
    limit = figure.limit_of(kink.at)
    before, after = (
        (-s / limit for s in (kink.after, kink.before)) if figure.at_least else (kink.before, kink.after)
    )
    return FrontierPoint(
        limit=limit, status=BREAK_POINT, reached=limit, value=exp(kink.value), bound=inf,
        worth_stricter=before, worth_looser=after,
    )  # fmt: skip


class _Held:
    """The best continuous decisions for a plan's whole ones, along a stretch of limits.

    Raises _Lost where no time is left, or there are none at an end.
    """

    def __init__(
        self, question: Question, plan: Plan, ends: tuple[float, float], clock: Clock, watch: Watch
    ) -> None:
        self._clock, self._watch = clock, watch
        first = self._end(question, plan, ends[0], None)
        last = self._end(question, plan, ends[1], first)
        self._from, self._formulation, self._form = ends[0], last.formulation, first.form
        self._speeds = [speed / (ends[1] - ends[0]) for speed in _moved(first.form, last.form)]
        self._rows = np.flatnonzero(self._speeds[0] + self._speeds[1])
        relaxed = replace(first.form, integer=np.zeros_like(first.form.integer))
        self._session = HighsSession(relaxed)
        self._relaxation = Relaxation(relaxed, last.tangents, self._session)
        self._session.add_rows(*last.tangents.rows)
        if last.basis is not None:
            self._relaxation.basis = last.basis
        self._touches = {at: self._touch(at, best) for at, best in zip(ends, (first, last), strict=True)}

    def touch(self, parameter: float) -> Touch:
        """The logarithm of the measure there, and its slope. Raises _Lost."""
        if parameter not in self._touches:
            lower, upper = (
                side[self._rows] + speed[self._rows] * (parameter - self._from)
                for side, speed in zip(
                    (self._form.row_lower, self._form.row_upper), self._speeds, strict=True
                )
            )
            self._session.change_row_bounds(self._rows, lower, upper)
            best = continuous_optimum(self._relaxation, self._formulation, self._limits(), self._watch)
            self._touches[parameter] = self._touch(parameter, best)
        return self._touches[parameter]

    def _end(self, question: Question, plan: Plan, parameter: float, near: Optimum | None) -> Optimum:
        figure = question.figure
        problem = figure.bounded(question.problem, figure.limit_of(parameter))
        best = optimum(problem, plan, self._limits(), self._watch, near)
        if best is None:
            raise _Lost
        return best

    def _limits(self) -> RunLimits:
        if self._clock.out_of_time or self._watch.stop_requested():
            raise _Lost
        return RunLimits(time_limit=self._clock.left().time_limit)

    def _touch(self, parameter: float, best: Optimum | None) -> Touch:
        if best is None:
            raise _Lost
        form, scene = best.formulation.form, best.formulation.scene
        speed = np.where(best.duals > 0, self._speeds[1], self._speeds[0])
        slope = form.relative_price(scene, np.array([best.duals @ speed]))
        return Touch(parameter, log(best.measure), float(slope[0]))


def _moved(first: MatrixForm, last: MatrixForm) -> list[Values]:
    """By how much the lower and the upper bounds of each row have moved."""
    pairs = (first.row_lower, last.row_lower), (first.row_upper, last.row_upper)
    return [np.where(np.isfinite(before), after - np.where(np.isfinite(before), before, 0.0), 0.0)
            for before, after in pairs]  # fmt: skip
