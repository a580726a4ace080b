"""A bound that anyone can recompute: weak duality for the program with a plan's whole decisions held.

For multipliers y of the rows and of tangents of the curves, no point of the program exceeds
`sum y bound + sum over columns of max (c - y A) x` within the columns' bounds. This holds for all y of the
right sign (Boyd and Vandenberghe 2004, section 5.1), so that a solver only matters for how tight it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import exp, fsum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import Curve, MatrixForm, Program
from concord.algebra.curve import CurveBlock
from concord.algebra.naming import Block
from concord.analysis.held_program import optimum
from concord.formulation import Formulation, formulate
from concord.formulation.held import whole_decisions
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.formulation.true_values import status_quo
from concord.models import DesignProblem, Plan
from concord.models.certificate import Certificate, CurveMultiplier, RowMultiplier
from concord.solving.backends.highs import HighsSession
from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.propagation import implied_bounds

Values = NDArray[np.float64]
Touch = tuple[str, int, float]
"""Curve, position of the label, point."""
ROUNDS = 40
OFFENCE = 1e-8
"""How far on the wrong side of a curve a point must lie for another tangent."""
STEEP = 30.0
"""Largest logarithm of a slope that is used; steeper tangents prove nothing."""
POSTURES = ("dilemma.posture", "posture")
"""The rows of a fixed point, and the columns that it settles."""
SAFETY = 1e-6
"""By how much bounds found by inversion are widened against rounding, logs."""
ROUNDING = 1e-12
"""Margin for rounding, relative to the sum of the absolute terms; sums here err by far less."""


def why_none(problem: DesignProblem, plan: Plan) -> str | None:
    """Why a plan's bound cannot be recomputed; None where it can be tried."""
    if form_of(problem.objective.plain).method is not Method.DIRECT or problem.objective.then:
        return f"the measure {problem.objective.measure.value} is not that of one convex program"
    return "the plan has no certificate; solve with --certificate" if plan.certificate is None else None


def certify(problem: DesignProblem, plan: Plan, watch: Watch) -> Certificate | None:
    """Multipliers of the continuous program of a plan's whole decisions; None where there are none."""
    if form_of(problem.objective.plain).method is not Method.DIRECT or problem.objective.then:
        return None
    limits = RunLimits()
    best = optimum(problem, plan, limits, watch)
    if best is None:
        return None
    formulation = best.formulation
    program = formulation.program
    form = _held(formulation, plan)
    touches = _touching(program, best.point) + _touching(program, status_quo(program, formulation.scene))
    session = HighsSession(replace(form, integer=np.zeros_like(form.integer)))
    session.add_rows(*_tangents(program, touches))
    duals = np.zeros(0)
    for _ in range(ROUNDS):
        run = session.run(limits, watch, phase="certificate")
        if run.row_duals is None:
            return None
        duals = run.row_duals
        broken = _touching(program, run.values, OFFENCE)
        if not broken:
            break
        session.add_rows(*_tangents(program, broken))
        touches += broken
    return _told(program, form, duals, touches[: len(duals) - len(form.row_lower)])


def held_bound(problem: DesignProblem, plan: Plan) -> float | None:
    """What no plan with the same whole decisions exceeds in the measure, by the plan's certificate.

    The program is the one that is written from the problem; multipliers of rows and curves that it does not
    have, or of a wrong sign, count as zero. None where the multipliers prove nothing.
    """
    if plan.certificate is None:
        return None
    formulation = formulate(problem)
    form, program = _held(formulation, plan), formulation.program
    rows = _numbers(
        [(block.name, block.labels.label(n)) for block in form.row_blocks for n in range(block.labels.size)]
    )
    duals = np.zeros(len(rows))
    for row in plan.certificate.rows:
        if (row.rule, row.labels) in rows and np.isfinite(row.multiplier):
            duals[rows[row.rule, row.labels]] = row.multiplier
    places = _numbers([(c.name, c.labels.label(n)) for c in program.curves.values() for n in range(c.size)])
    starts = np.cumsum([0, *(c.size for c in program.curves.values())])
    first = dict(zip(program.curves, starts.tolist(), strict=False))
    known = [
        ((t.curve, places[t.curve, t.labels] - first[t.curve], t.point), t.multiplier)
        for t in plan.certificate.curves
        if (t.curve, t.labels) in places and np.isfinite(t.multiplier) and _has_tangent(program, t)
    ]
    widened = form.with_rows(*_tangents(program, [touch for touch, _ in known]), "tangent")
    multipliers = np.concatenate([duals, [value for _, value in known]])
    ceiling = lagrangian_bound(widened, multipliers)
    if not np.isfinite(ceiling) and np.isfinite(plan.measure.value) and plan.measure.value > 0:
        # the objective of a plan a little worse: what a gap from 1 to its value makes
        least = formulation.form.tolerance(formulation.scene, plan.measure.value * (1 - SAFETY) - 1)
        ceiling = lagrangian_bound(widened, multipliers, least)
    try:
        value = float(formulation.form.value(formulation.scene, ceiling))
    except OverflowError:
        return None
    return value if np.isfinite(value) else None


def lagrangian_bound(form: MatrixForm, multipliers: Values, least: float = -np.inf) -> float:
    """What `form`, a program that maximises, cannot exceed, integers relaxed; infinite if none is proven.

    Multipliers of one-sided rows with the wrong sign count as zero. Points with an objective below `least`
    need not be looked at, since what is told is no less; that bounds columns which nothing else does, such
    as a minimum from below.
    """
    bounds = np.where(multipliers > 0, form.row_upper, form.row_lower)
    y = np.where(np.isfinite(bounds) & np.isfinite(multipliers), multipliers, 0.0)
    priced = y * np.where(np.isfinite(bounds), bounds, 0.0)
    reduced = form.cost - form.matrix.T @ y
    slip = ROUNDING * (np.abs(form.cost) + abs(form.matrix).T @ np.abs(y))
    lower, upper = _boxes(replace(_at_least(form, least), integer=np.zeros_like(form.integer)))
    with np.errstate(invalid="ignore"):
        ends = [
            np.where(r == 0.0, 0.0, r * b) for r in (reduced - slip, reduced + slip) for b in (lower, upper)
        ]
    parts = np.max(ends, axis=0)
    if not np.isfinite(np.abs(parts).sum() + np.abs(priced).sum()):
        return np.inf
    terms = [form.offset, *priced.tolist(), *parts.tolist()]
    return max(least, fsum(terms) + ROUNDING * fsum(map(abs, terms)))


def _at_least(form: MatrixForm, least: float) -> MatrixForm:
    if not np.isfinite(least):
        return form
    objective = sparse.csr_array(form.cost.reshape(1, -1))
    return form.with_rows(objective, np.array([least - form.offset]), np.array([np.inf]), "objective")


def _boxes(form: MatrixForm) -> tuple[Values, Values]:
    """Bounds of every column that hold at every point of `form`; its own where it has no point.

    Postures answer to each other, in a circle that propagation along rows does not close: from
    `B p = b - A x`, they lie within what the inverse of `B` makes of the range of the right side.
    """
    rows, columns = _places(form.row_blocks, POSTURES[0]), _places(form.column_blocks, POSTURES[1])
    lower, upper = implied_bounds(form)
    if len(rows) and len(rows) == len(columns):
        settled, others = sparse.csr_array(form.matrix[rows]), np.setdiff1d(np.arange(len(lower)), columns)
        inverse, rest = np.linalg.inv(settled[:, columns].toarray()), settled[:, others].toarray()
        up, down = np.maximum(rest, 0.0), np.minimum(rest, 0.0)
        most = form.row_upper[rows] - _product(up, lower[others]) - _product(down, upper[others])
        least = form.row_lower[rows] - _product(up, upper[others]) - _product(down, lower[others])
        up, down = np.maximum(inverse, 0.0), np.minimum(inverse, 0.0)
        lower[columns] = np.fmax(lower[columns], _product(up, least) + _product(down, most) - SAFETY)
        upper[columns] = np.fmin(upper[columns], _product(up, most) + _product(down, least) + SAFETY)
        lower, upper = implied_bounds(replace(form, lower=lower, upper=upper))
    return (form.lower, form.upper) if np.any(lower > upper) else (lower, upper)


def _product(factors: Values, values: Values) -> Values:
    """Their product, in which nothing times infinity is nothing; infinities have one sign on either side."""
    finite = np.isfinite(values)
    sums: Values = factors @ np.where(finite, values, 0.0)
    endless: Values = np.sign(factors) @ np.where(finite, 0.0, np.sign(values))
    return np.where(endless == 0.0, sums, np.copysign(np.inf, endless))


def _places(blocks: Sequence[Block], name: str) -> NDArray[np.int64]:
    """Numbers of the rows or columns of the block of this name; none where there is none."""
    first = 0
    for block in blocks:
        if block.name == name:
            return np.arange(first, first + block.labels.size)
        first += block.labels.size
    return np.arange(0)


def _held(formulation: Formulation, plan: Plan) -> MatrixForm:
    return formulation.program.matrix().fixed(*whole_decisions(formulation, plan))


def _numbers(labels: list[tuple[str, tuple[str | int, ...]]]) -> dict[tuple[str, tuple[str | int, ...]], int]:
    return {label: number for number, label in enumerate(labels)}


def _has_tangent(program: Program, told: CurveMultiplier) -> bool:
    """Whether the curve has a tangent at the point that arithmetic is sure of."""
    if program.curves[told.curve].kind is Curve.LOG:
        return exp(-STEEP) <= told.point <= exp(STEEP)
    return abs(told.point) <= STEEP


def _touching(program: Program, values: Values, offence: float | None = None) -> list[Touch]:
    """Where tangents touch at `values`, or only where it is on the wrong side of a curve by `offence`."""
    found: list[Touch] = []
    for curve in program.curves.values():
        at = curve.arguments(values)
        fit = np.isfinite(at) & ((at > 0) | (curve.kind is not Curve.LOG))
        if offence is not None:
            fit &= curve.violation(values) > offence
        found += [(curve.name, int(n), float(at[n])) for n in np.flatnonzero(fit)]
    return found


def _tangents(program: Program, touches: list[Touch]) -> tuple[sparse.csr_array, Values, Values]:
    """The tangents as rows, in this order."""
    batches: dict[str, list[int]] = defaultdict(list)
    for number, (name, _, _) in enumerate(touches):
        batches[name].append(number)
    order = np.array([number for batch in batches.values() for number in batch], dtype=np.int64)
    rows = [_batch(program.curves[name], [touches[n] for n in batch]) for name, batch in batches.items()]
    if not rows:
        return sparse.csr_array((0, program.width)), np.zeros(0), np.zeros(0)
    back = np.argsort(order)
    matrix = sparse.csr_array(sparse.vstack([row[0] for row in rows], format="csr"))
    lower, upper = (np.concatenate([row[side] for row in rows]) for side in (1, 2))
    return sparse.csr_array(matrix[back]), lower[back], upper[back]


def _batch(curve: CurveBlock, touches: list[Touch]) -> tuple[sparse.csr_array, Values, Values]:
    which = np.array([number for _, number, _ in touches], dtype=np.int64)
    return curve.tangent_rows(np.array([point for _, _, point in touches]), which)


def _told(program: Program, form: MatrixForm, duals: Values, touches: list[Touch]) -> Certificate:
    rows, number = [], 0
    for block in form.row_blocks:
        for n in range(block.labels.size):
            if duals[number]:
                rows.append(
                    RowMultiplier(
                        rule=block.name, labels=block.labels.label(n), multiplier=float(duals[number])
                    )
                )
            number += 1
    curves = [
        CurveMultiplier(
            curve=name, labels=program.curves[name].labels.label(n), point=point, multiplier=float(value)
        )
        for (name, n, point), value in zip(touches, duals[number:], strict=True)
        if value
    ]
    return Certificate(rows=tuple(rows), curves=tuple(curves))
