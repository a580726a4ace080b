"""Who pays: of all payments that buy the same, those nearest to what the scales ask.

Within the tolerance of a fund its payers may pay more or less than its scale asks, and the measure does not
care who does: a search leaves most of them at an end of the tolerance. Here nobody departs from the scale
without need. Everything but money changes hands as before.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import Expression, MatrixForm
from concord.formulation.equation import Scene
from concord.formulation.labelling import members, over
from concord.solving.backends.highs import HighsBackend
from concord.solving.companies import restricted
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits
from concord.solving.progress import Watch

Values = NDArray[np.float64]

NOTICEABLE = 1e-6
"""Million USD by which payments must come nearer to the scales."""


def nearest_to_scales(
    scene: Scene, program: MatrixForm, values: Values, limits: RunLimits, watch: Watch
) -> Values | None:
    """`values` with payments as near to the scales as all rules allow; None where they are already.

    What is kept small is, for each fund and period, the largest shares by which a payer exceeds the scale and
    falls short of it, times what the fund takes in, and all departures in million USD.
    """
    away = _departures(scene)
    if not len(away.index):
        return None
    d = scene.decisions
    money = (
        d.contribution, d.collected, d.carried, d.draw, d.burden, d.relative_burden, d.highest, d.lowest,
        d.ranked, d.shared,
    )  # fmt: skip
    free = np.concatenate([block.columns for block in money])
    everything = np.arange(len(values), dtype=np.int64)
    part = restricted(program, values, free, np.zeros(len(free)), whole=0, held=everything)
    rows = sparse.csr_array(away.terms.matrix(len(away.index), len(values)))
    due, groups = _due(scene, away, values)
    ended = HighsBackend().solve(_with_departures(part, rows[:, free], due, groups), limits, None, watch)
    if not ended.has_solution:
        return None
    point = values.copy()
    point[free] = ended.values[: len(free)]
    if np.abs(rows @ values).sum() - np.abs(rows @ point).sum() < NOTICEABLE:
        return None
    return point if violation(program, point) <= FEASIBILITY else None


def _departures(scene: Scene) -> Expression:
    """What each payer pays less what the scale makes of the total, million USD: `payer, fund, period`."""
    d, scale = scene.decisions, scene.parameters.scale_share
    paid = d.contribution.where(lambda at: at["fund"].isin(scale.index.get_level_values("fund")))
    return paid - over(d.collected * scale, paid.index)


def _due(scene: Scene, away: Expression, values: Values) -> tuple[Values, NDArray[np.int64]]:
    """What the scale asks of each payer in `values`, million USD, and the number of its fund and period."""
    collected = scene.decisions.collected
    taken = dict(zip(members(collected.index), values[collected.columns], strict=True))
    scale = scene.parameters.scale_share.to_dict()
    due = [scale[payer, fund] * taken[fund, period] for payer, fund, period in members(away.index)]
    numbers = {label: number for number, label in enumerate(taken)}
    groups = [numbers[fund, period] for _, fund, period in members(away.index)]
    return np.array(due), np.array(groups, dtype=np.int64)


def _with_departures(
    part: MatrixForm, rows: sparse.csr_array, due: Values, groups: NDArray[np.int64]
) -> MatrixForm:
    """The program with columns for the size of each departure and for the largest shares of each group.

    size >= +/- departure, most * due >= departure, least * due >= -departure; minimised are all sizes, and of
    each group what is due times most and least.
    """
    number, funds = len(due), int(groups.max()) + 1
    eye, none = sparse.eye_array(number), sparse.csr_array((number, number))
    largest = sparse.csr_array((due, (np.arange(number), groups)), shape=(number, funds))
    nothing = sparse.csr_array((number, funds))
    columns = number + 2 * funds
    matrix = sparse.vstack(
        [
            sparse.hstack([part.matrix, sparse.csr_array((part.matrix.shape[0], columns))]),
            sparse.hstack([-rows, eye, nothing, nothing]),
            sparse.hstack([rows, eye, nothing, nothing]),
            sparse.hstack([-rows, none, largest, nothing]),
            sparse.hstack([rows, none, nothing, largest]),
        ]
    )
    sizes = np.bincount(groups, weights=due, minlength=funds)
    return replace(
        part,
        name=f"{part.name} payments",
        cost=np.concatenate([part.cost, np.ones(number), sizes, sizes]),
        matrix=sparse.csr_array(matrix),
        row_lower=np.concatenate([part.row_lower, np.zeros(4 * number)]),
        row_upper=np.concatenate([part.row_upper, np.full(4 * number, np.inf)]),
        lower=np.concatenate([part.lower, np.zeros(columns)]),
        upper=np.concatenate([part.upper, np.full(columns, np.inf)]),
        integer=np.concatenate([part.integer, np.zeros(columns, dtype=bool)]),
    )
