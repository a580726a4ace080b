"""The frontier between a measure and a figure of fairness, by limits on the figure (epsilon-constraint)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import hypot, inf, isfinite

import pandas as pd

from concord.analysis.fairness_figures import FairnessFigure, fairness_figure, stated_measure
from concord.analysis.session import Session
from concord.errors import BadInput, Infeasible
from concord.models import DesignProblem, Plan
from concord.models.plan import TerminationReason
from concord.problem import maximising
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch

FEWEST = 2
INFEASIBLE, NO_PLAN, BREAK_POINT = "infeasible", "no-plan", "break-point"
CLOSEST = 1e-3
"""Points nearer to each other than this share of the whole axis are not worth a search."""


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best plan under one limit. Figures are absent where there is no plan."""

    limit: float | None
    """On the figure of fairness; none for the best plan of all, which answers to no limit."""
    status: str
    """Why the search ended: such as `optimal`; `infeasible`; `no-plan` where a limit came first. Or
    `break-point`, which is no search's (see `concord.analysis.break_points`)."""
    reached: float | None = None
    value: float | None = None
    bound: float | None = None
    """No plan under the limit has a higher measure."""
    seconds: float | None = None
    worth_stricter: float | None = None
    """Of a break-point: relative rise of the measure per unit of looser limit, on the stricter side of it."""
    worth_looser: float | None = None
    """The same on the looser side, where it is less."""
    told_to: float | None = None
    """The limit up to which all break-points behind this point have been told."""
    plan: Plan | None = field(default=None, compare=False, repr=False)
    """Absent where it was read from a table."""


OF_BREAK_POINTS = ["worth_stricter", "worth_looser", "told_to"]
COLUMNS = [
    "limit", "reached", "status", "value", "bound", "gap", "price", "price_least", "price_most", "seconds",
    *OF_BREAK_POINTS,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What a frontier is asked about."""

    problem: DesignProblem
    figure: FairnessFigure
    x: str
    y: str

    @classmethod
    def of(cls, problem: DesignProblem, x: str, y: str) -> Question:
        """`y` is `measure`, what the problem maximises, or the name of a measure. Raises BadInput."""
        if y != "measure":
            stated = stated_measure(y)
            problem = maximising(problem, stated.measure, stated.alpha)
        return cls(problem, fairness_figure(x), x, y)


def frontier_points(
    question: Question,
    n: int,
    options: SolveOptions,
    *,
    watch: Watch | None = None,
    known: Iterable[FrontierPoint] = (),
    tell: Callable[[list[FrontierPoint]], None] | None = None,
) -> list[FrontierPoint]:
    """At most `n` points from the fairest to the best plan of all, which is last.

    The first half is spread evenly; each other halves the stretch where the curve bends most or a plan ceases
    to exist. `known` points are not sought again, and `tell` hears of all points after each. Each search
    begins from where the one before ended. Raises BadInput, SolverFailure, and Infeasible and NoPlanFound
    where there is no plan without a limit.
    """
    if n < FEWEST:
        message = f"a frontier has {FEWEST} points at least, not {n}"
        raise BadInput.single(message, field="n", remedy="ask for more")
    known = list(known)
    points = {point.limit: point for point in known if point.status != BREAK_POINT}
    breaks = [point for point in known if point.status == BREAK_POINT]
    session = Session(question.problem, options, watch)
    if None not in points:
        points[None] = _point(question.figure, None, session.solve_problem(question.problem), session.problem)
        _tell(tell, [*points.values(), *breaks], question.figure)
    free = points[None]
    strictest = _strictest(question, session)
    first = max(FEWEST, (n + 1) // 2)
    planned = _spread(question.figure, strictest, free, first)
    while len(points) < n and free.status != TerminationReason.INTERRUPTED:
        limit = next((one for one in planned if one not in points), None)
        limit = _where_it_bends(points.values(), question.figure) if limit is None else limit
        if limit is None or limit in points:
            break
        points[limit] = _sought(question, limit, session, points.values())
        _tell(tell, [*points.values(), *breaks], question.figure)
        if points[limit].status == TerminationReason.INTERRUPTED:
            break
    return ordered([*points.values(), *breaks], question.figure)


def _tell(
    tell: Callable[[list[FrontierPoint]], None] | None,
    points: Collection[FrontierPoint],
    figure: FairnessFigure,
) -> None:
    if tell is not None:
        tell(ordered(points, figure))


def _strictest(question: Question, session: Session) -> float:
    figure = question.figure
    if figure.strictest is not None:
        return figure.strictest
    assert figure.measure is not None
    fairest = maximising(question.problem, figure.measure.measure, figure.measure.alpha)
    return session.solve_problem(fairest).measure.value


def _spread(figure: FairnessFigure, strictest: float, free: FrontierPoint, count: int) -> list[float]:
    """Limits from the strictest towards that of the free plan, which needs no search of its own."""
    low, high = figure.place(strictest), _place(figure, free)
    if abs(high - low) <= CLOSEST * max(abs(high), abs(low)):
        return []
    places = [low + (high - low) * step / (count - 1) for step in range(count - 1)]
    return [strictest, *map(figure.limit_at, places[1:])]


def _place(figure: FairnessFigure, point: FrontierPoint) -> float:
    limit = point.reached if point.limit is None else point.limit
    return figure.place(inf if limit is None else limit)


def ordered(points: Collection[FrontierPoint], figure: FairnessFigure) -> list[FrontierPoint]:
    """From the strictest limit to none at all; a bound under a looser limit holds under a stricter one."""
    loosest_last = figure.at_least or figure.inverted
    given = [point for point in points if point.limit is not None]
    given.sort(key=lambda point: figure.place(point.limit or 0.0), reverse=loosest_last)
    given += [point for point in points if point.limit is None]
    bound, told = inf, []
    for point in reversed(given):
        bound = min(bound, inf if point.bound is None else point.bound)
        told.append(point if point.bound is None else replace(point, bound=bound))
    return told[::-1]


def _where_it_bends(points: Collection[FrontierPoint], figure: FairnessFigure) -> float | None:
    """The limit in the middle of the stretch that tells least about the curve; none where all are short."""
    line = ordered(points, figure)
    values = [point.value for point in line if point.value is not None]
    tall = (max(values) - min(values)) or 1.0
    wide = abs(_place(figure, line[-1]) - _place(figure, line[0])) or 1.0
    at = [(_place(figure, one) / wide, None if one.value is None else one.value / tall) for one in line]
    best, limit = 0.0, None
    for n, ((x, y), (next_x, next_y)) in enumerate(pairwise(at)):
        width = abs(next_x - x)
        if width <= CLOSEST or (y is None and next_y is None):
            continue
        if y is None or next_y is None:
            score = width
        else:
            bend = max(_turn(at, n), _turn(at, n + 1))
            score = hypot(width, next_y - y) * (0.1 + bend)
        if score > best:
            best, limit = score, figure.limit_at((x + next_x) / 2 * wide)
    return limit


def _turn(at: list[tuple[float, float | None]], n: int) -> float:
    """By how much the slope changes at a point, as a part of both slopes; 0 at an end."""
    if not 0 < n < len(at) - 1:
        return 0.0
    (a, ya), (b, yb), (c, yc) = at[n - 1 : n + 2]
    if ya is None or yb is None or yc is None or b in (a, c):
        return 0.0
    before, after = (yb - ya) / (b - a), (yc - yb) / (c - b)
    return abs(after - before) / (1 + abs(before) + abs(after))


def _sought(
    question: Question, limit: float, session: Session, known: Iterable[FrontierPoint]
) -> FrontierPoint:
    """The point of a limit; where a looser limit admits no plan there is nothing to search."""
    figure = question.figure
    lost = [figure.place(p.limit) for p in known if p.limit is not None and p.status == INFEASIBLE]
    here, falling = figure.place(limit), figure.at_least or figure.inverted
    if any(here >= place if falling else here <= place for place in lost):
        return FrontierPoint(limit, INFEASIBLE)
    found = session.attempt_problem(figure.bounded(question.problem, limit))
    if not isinstance(found, Plan):
        return FrontierPoint(limit, INFEASIBLE if isinstance(found, Infeasible) else NO_PLAN)
    return _point(figure, limit, found, session.problem)


def _point(figure: FairnessFigure, limit: float | None, plan: Plan, problem: DesignProblem) -> FrontierPoint:
    return FrontierPoint(
        limit=limit,
        status=plan.termination.reason.value,
        reached=figure.reached(plan, problem),
        value=plan.measure.value,
        bound=plan.measure.bound,
        seconds=plan.termination.seconds,
        plan=plan,
    )


def frontier_table(points: Iterable[FrontierPoint]) -> pd.DataFrame:
    """One row a point, with the gap and the price of fairness: the share of the best plan's measure given up.

    The best plan is that of any point, because a plan under a limit is one without it too. `price` compares
    the two values; by the bounds the true price is between `price_least` and `price_most`.
    """
    points = list(points)
    free = next((point for point in points if point.limit is None), None)
    best = max((point.value for point in points if point.value is not None), default=0.0)
    rows = []
    for point in points:
        row = {name: getattr(point, name, None) for name in COLUMNS}
        if point.value is not None and point.bound is not None:
            row["gap"] = point.bound / point.value - 1
            row["price"] = 1 - point.value / best
            row["price_least"] = max(0.0, 1 - point.bound / best)
            if free is not None and free.bound is not None:
                row["price_most"] = 1 - point.value / free.bound
        rows.append(row)
    frame = pd.DataFrame(rows, columns=COLUMNS)
    numbers = [name for name in COLUMNS if name != "status"]
    return frame.astype(dict.fromkeys(numbers, float))


def points_of(table: pd.DataFrame) -> list[FrontierPoint]:
    """The points of a table that `frontier_table` made. Raises KeyError, ValueError for any other."""

    def number(value: object) -> float | None:
        told = float(str(value))
        return told if isfinite(told) or told == inf else None

    figures = ("reached", "value", "bound", "seconds", "worth_stricter", "worth_looser", "told_to")
    return [
        FrontierPoint(
            limit=number(row["limit"]),
            status=str(row["status"]),
            **{name: number(row[name]) for name in figures},  # type: ignore[arg-type]
        )
        for row in table.to_dict("records")
    ]
