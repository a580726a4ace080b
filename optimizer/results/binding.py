"""Which rules leave no slack in a plan, and what loosening them would bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concord.algebra import Constraints
from concord.formulation.assemble import EQUATIONS, Formulation
from concord.formulation.equation import Equation, Scene
from concord.models.plan import BindingRule

Values = NDArray[np.float64]
TIGHT = 1e-6
"""Slack, relative to the size of the row, that counts as none."""
FLOOR = "measures.floor"
WAITING = "timetable.precedence.spending"
"""It binds just where it forbids all spending."""
WORTHLESS = 1e-9
"""A price below this is rounding."""


def binding(formulation: Formulation, values: Values, row_duals: Values | None) -> tuple[BindingRule, ...]:
    """Rules without slack: those with a price by falling price, then those over whole decisions alone.

    A price is the relative rise of the measure for one unit more of the limit, the whole decisions being
    held as they are: the dual of the last continuous program, whose objective is the logarithm of the
    measure. Without duals no price is known. Floors that a sequence of measures sets itself are not told.
    """
    program = formulation.program
    whole = program.matrix().integer
    prices = None if row_duals is None else _prices(formulation, values, row_duals)
    rules: list[BindingRule] = []
    for name, block in program.constraints.items():
        if EQUATIONS[name].unit:
            rules += _of_block(formulation.scene, EQUATIONS[name], block, values, prices, whole)
    asked = {floor.label: log(floor.least) for floor in formulation.scene.problem.objective.floors}
    rules = [rule for rule in rules if rule.rule != FLOOR or rule.limit == asked.get(rule.subject)]
    return tuple(
        sorted(rules, key=lambda rule: (rule.price is None, -(rule.price or 0.0), rule.rule, rule.subject))
    )


def _prices(formulation: Formulation, values: Values, row_duals: Values) -> Values:
    """The price of each row's limit, in every row where the same figure limits.

    Where two rows say the same, a dual may sit on either of them, and on one that is nobody's limit.
    """
    prices = np.abs(formulation.form.relative_price(formulation.scene, row_duals))
    constraints, told = formulation.program.constraints, prices.copy()
    for name, limits in _SAME_FIGURE.items():
        if (block := constraints.get(name)) is None:
            continue
        for n in np.flatnonzero(prices[block.rows] >= WORTHLESS):
            at = dict(zip(block.labels.dims, block.labels.label(int(n)), strict=True))
            for other, place, share in limits(formulation, values, at):
                if (row := _row(constraints, other, place)) is not None:
                    told[row] += prices[block.rows[n]] * share
    return told


def _row(constraints: Mapping[str, Constraints], name: str, place: Place) -> int | None:
    """The number of the row of that place in that block; None where there is none."""
    if (block := constraints.get(name)) is None:
        return None
    label = tuple(place[dim] for dim in block.labels.dims)
    return int(block.rows[block.index.get_loc(label)]) if label in block.index else None


Place = Mapping[str, Any]
"""Dimension to name."""
Limit = tuple[str, Place, float]
"""Name and place of a row, and how much its limit moves that of another row."""


def _ceiling_of_organ(formulation: Formulation, values: Values, at: Place) -> Iterator[Limit]:
    """2.3 allows a programme that runs the whole ceiling of its organ, 2.2 allows it to all of them."""
    scene, k, t = formulation.scene, at["programme"], at["period"]
    lead = next(each.lead for each in scene.problem.programmes if each.id == k)
    running = formulation.program.value(scene.decisions.running, values)
    place = {"organ": scene.parameters.organ_of[k], "period": t - lead}
    yield "organs.ceiling", place, float(running.xs((k, t), level=("programme", "period")).iloc[0])


def _spending_not_admitted(formulation: Formulation, _: Values, at: Place) -> Iterator[Limit]:
    """9.6 forbids spending on what has to wait, and its effect: a million USD more needs both."""
    scene = formulation.scene
    if not any(each.lead for each in scene.problem.programmes if each.id == at["programme"]):
        scale = float(scene.parameters.scale[at["state"], at["programme"]])
        yield WAITING, at, 1 / scale


def _money_admitted(formulation: Formulation, values: Values, at: Place) -> Iterator[Limit]:
    """9.6 allows what is admitted all the money so far: it is the budgets that limit that, not what waits."""
    scene, last = formulation.scene, at["period"]
    admissions = formulation.program.value(scene.decisions.admitted, values)
    admitted = float(admissions.xs((at["precedence"], last), level=("precedence", "period")).iloc[0])
    yield WAITING, at, -admitted
    for fund in scene.problem.funds:
        for t in scene.sets.periods:
            if t <= last:
                yield "funds.budget", {"fund": fund.id, "period": t}, admitted


_SAME_FIGURE = {
    "programmes.minimum_scale.idle": _ceiling_of_organ,
    "timetable.precedence.programme": _spending_not_admitted,
    WAITING: _money_admitted,
}


def _of_block(
    scene: Scene,
    equation: Equation,
    block: Constraints,
    values: Values,
    prices: Values | None,
    whole: NDArray[np.bool_],
) -> list[BindingRule]:
    activity = block.matrix @ values
    extent = abs(block.matrix) @ np.abs(values)
    size = np.maximum(1.0, extent)
    upper_tight = block.upper - activity <= TIGHT * size
    lower_tight = activity - block.lower <= TIGHT * size
    rules = []
    for n in np.flatnonzero(upper_tight | lower_tight):
        limit = float(block.upper[n] if upper_tight[n] else block.lower[n])
        forbids = equation.unit_of is not None or equation.name == WAITING
        if limit == 0.0 and extent[n] <= TIGHT and not forbids:  # nothing is there to be bound
            continue
        columns = block.matrix.indices[block.matrix.indptr[n] : block.matrix.indptr[n + 1]]
        price = None if whole[columns].all() or prices is None else float(prices[block.rows[n]])
        label = block.labels.label(int(n))
        worth_telling = limit != 0.0 if price is None else price >= WORTHLESS
        if not (worth_telling or equation.unit_of):
            continue
        unit = equation.unit_of(scene, label[0]) if equation.unit_of else equation.unit
        rules.append(
            BindingRule(
                rule=equation.rule,
                subject=", ".join(map(str, label)),
                limit=limit,
                unit=unit,
                price=price,
                price_unit=None if price is None else f"relative rise of the measure per {unit}",
            )
        )
    return rules
