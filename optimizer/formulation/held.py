"""From a plan back to the whole decisions of a program, so that they can be held there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concord.algebra import Variables
from concord.formulation.assemble import Formulation
from concord.formulation.interpret import NEGLIGIBLE
from concord.models import Plan

Columns = NDArray[np.int64]
Values = NDArray[np.float64]
Row = tuple[Mapping[str, Any], float]


def whole_decisions(formulation: Formulation, plan: Plan) -> tuple[Columns, Values]:
    """Columns of the whole decisions that a plan tells, and the values that it gives them.

    What a plan does not tell (when a precedence is fulfilled, when a lesson is learned) is not among them,
    nor are decisions that need not be whole in this problem.
    """
    d, problem = formulation.scene.decisions, formulation.scene.problem
    arms = {programme.id for programme in problem.programmes if programme.arms}
    posted = [({**_labels(row), "state": row.state, "site": row.site}, row.units) for row in plan.contingents]
    teams = [
        ({**_labels(row), "state": row.state, "zone": row.zone, "monitor": row.monitor}, row.teams)
        for row in plan.monitoring
    ]
    active = [row for row in plan.programmes if max(row.intensity, row.spending) > NEGLIGIBLE]
    told: list[tuple[Variables, Iterable[Row]]] = [
        (d.operating, [({**_labels(row), "organ": row.organ}, 1.0) for row in plan.organs if row.working]),
        (
            d.garrison,
            [({**_labels(r), "site": r.site, "tier": r.tier}, 1.0) for r in plan.garrisons if r.working],
        ),
        *((block, posted) for block in (d.units, d.garrisoned, d.force, d.sent)),
        (d.assigned, _assigned(formulation, plan)),
        (d.presence, [(label, 1.0) for label, units in posted if units > NEGLIGIBLE]),
        (d.arrivals, _arrivals(posted)),
        *((block, teams) for block in (d.teams, d.watching, d.provided)),
        (d.running, _once(({**_labels(row), "programme": row.programme}) for row in active)),
        (d.deployed, _once(({**_labels(row), "mission": row.mission}) for row in plan.assignments)),
        (
            d.armed,
            _once(
                [
                    *({**_labels(r), "state": r.state} for r in active if r.programme in arms),
                    *({**_labels(r), "state": r.state} for r in plan.posture if r.arming > NEGLIGIBLE),
                ]
            ),
        ),
    ]
    blocks = [(block, _filled(block, rows)) for block, rows in told if block.size and block.integer]
    return (
        np.concatenate([np.zeros(0, np.int64), *(block.columns for block, _ in blocks)]),
        np.round(np.concatenate([np.zeros(0), *(values for _, values in blocks)])),
    )


def curved(formulation: Formulation, plan: Plan) -> Values:
    """A point with the arguments of every curve as `plan` tells them, for tangents to be laid at.

    Everything else is 0, so that it is no point of the program.
    """
    d, point = formulation.scene.decisions, np.zeros(formulation.program.width)
    states = [({**_labels(row), "state": row.state}, row) for row in plan.security]
    told: list[tuple[Variables, Iterable[Row]]] = [
        (d.stock, _by_programme((row, row.stock) for row in plan.programmes)),
        (d.intensity, _by_programme((row, row.intensity) for row in plan.programmes)),
        (d.capacity, [(label, row.capacity) for label, row in states]),
        (d.log_capacity, [(label, log(row.capacity)) for label, row in states]),
        (d.log_total_threat, [(label, log(row.threat)) for label, row in states]),
        (
            d.log_threat,
            [({**of, "threat": kind}, log(t)) for of, row in states for kind, t in row.threats.items() if t],
        ),
    ]
    for block, rows in told:
        if block.size:
            point[block.columns] = _filled(block, rows)
    return point


def _assigned(formulation: Formulation, plan: Plan) -> list[Row]:
    """Units of each garrison at each mission."""
    unit = 1000 * formulation.scene.parameters.contingent_unit
    return [
        ({**_labels(row), "site": row.site, "mission": row.mission}, row.troops / unit)
        for row in plan.assignments
    ]


def _by_programme(rows: Iterable[tuple[Any, float]]) -> list[Row]:
    return [({**_labels(r), "state": r.state, "programme": r.programme}, value) for r, value in rows]


def _labels(row: Any) -> dict[str, Any]:
    return {"period": row.period}


def _arrivals(posted: Iterable[Row]) -> list[Row]:
    """What a contingent has more than in the period before."""
    units = {(label["state"], label["site"], label["period"]): units for label, units in posted}
    return [
        ({"state": m, "site": g, "period": t}, max(0.0, more - units.get((m, g, t - 1), 0.0)))
        for (m, g, t), more in units.items()
    ]


def _once(labels: Iterable[Mapping[str, Any]]) -> list[Row]:
    """1 for each label, however often it occurs."""
    return [(dict(label), 1.0) for label in dict.fromkeys(tuple(sorted(label.items())) for label in labels)]


def _filled(block: Variables, rows: Iterable[Row]) -> Values:
    """The sum of the rows at each label of the block, 0 where there is none."""
    sums: dict[tuple[Any, ...], float] = defaultdict(float)
    for label, value in rows:
        sums[tuple(label[dim] for dim in block.labels.dims)] += value
    return np.array([sums.get(block.labels.label(n), 0.0) for n in range(block.size)])
