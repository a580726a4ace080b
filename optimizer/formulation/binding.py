"""Which rules leave no slack in a plan, and what loosening them would bring."""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

from models.plan import BindingRule
from optimizer.algebra import Constraints
from optimizer.formulation.equation import Equation, Scene
from optimizer.formulation.formulate import Formulation
from optimizer.formulation.registry import EQUATIONS

Values = NDArray[np.float64]
TIGHT = 1e-6
"""Slack, relative to the size of the row, that counts as none."""
FLOOR = "measures.floor"
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
    prices = (
        None if row_duals is None else np.abs(formulation.form.relative_price(formulation.scene, row_duals))
    )
    rules: list[BindingRule] = []
    for name, block in program.constraints.items():
        if EQUATIONS[name].unit:
            rules += _of_block(formulation.scene, EQUATIONS[name], block, values, prices, whole)
    asked = {floor.label: log(floor.least) for floor in formulation.scene.problem.objective.floors}
    rules = [rule for rule in rules if rule.rule != FLOOR or rule.limit == asked.get(rule.subject)]
    return tuple(
        sorted(rules, key=lambda rule: (rule.price is None, -(rule.price or 0.0), rule.rule, rule.subject))
    )


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
        if limit == 0.0 and extent[n] <= TIGHT and equation.unit_of is None:  # nothing is there to be bound
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
