"""Locks: decisions that are held, forbidden or bounded (equations 12.1-12.2).

12.1  least[l] <= sum over the decisions that lock l names, in the periods of a span
12.2  the same sum <= most[l]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from concord.algebra import Expression, Relation, total
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, members, parameter
from concord.models import DesignProblem
from concord.models.lock import LOCKABLE, Locked, locked

Bound = Callable[[Locked], float | None]


def applies(problem: DesignProblem) -> bool:
    """Wherever a decision is locked."""
    return bool(problem.locks)


def unit_of(scene: Scene, lock: object) -> str:
    """What the lock of that name is counted in."""
    return next(each.unit for each in locked(scene.problem) if each.name == lock)


@equation("12.1", "locks.least", unit="of the decision", unit_of=unit_of)
def hold_at_least(scene: Scene) -> Relation:
    """What is promised, or exists already, is in the plan.

    `sum of the decisions >= least[l]` for each span of lock l. Dual: what a unit less of the promise would
    bring; where the decisions are whole numbers, it has no price of its own.
    """
    return _sums(scene, _minimum) >= _bounds(scene, _minimum)


@equation("12.2", "locks.most", unit="of the decision", unit_of=unit_of)
def hold_at_most(scene: Scene) -> Relation:
    """What is forbidden is not in the plan, and what is bounded stays within its bound.

    `sum of the decisions <= most[l]` for each span of lock l. Dual: what a unit more would bring; where the
    decisions are whole numbers, it has no price of its own.
    """
    return _sums(scene, _maximum) <= _bounds(scene, _maximum)


def _minimum(lock: Locked) -> float | None:
    return lock.lock.minimum


def _maximum(lock: Locked) -> float | None:
    return lock.lock.maximum


def _bounds(scene: Scene, bound: Bound) -> pd.Series[float]:
    """The figure of every lock that has one, by `lock, span`."""
    figures = {
        (each.name, span): figure
        for each in locked(scene.problem)
        if (figure := bound(each)) is not None
        for span in each.spans
    }
    return parameter(figures, "lock", "span")


def _sums(scene: Scene, bound: Bound) -> Expression:
    """What every lock that has a figure looks at, by `lock, span`."""
    wanted = [each for each in locked(scene.problem) if bound(each) is not None]
    parts = []
    for kind in dict.fromkeys(each.lock.kind for each in wanted):
        decisions, dims = _decisions(scene, kind), (*LOCKABLE[kind].dimensions, "period")
        chosen = {
            (each.name, span, *label): 1.0
            for label in _labels(decisions.index, dims)
            for each in wanted
            if each.lock.kind == kind and each.holds(dict(zip(dims, label, strict=True)))
            for span, periods in each.spans.items()
            if label[-1] in periods
        }
        if chosen:
            parts.append((decisions * parameter(chosen, "lock", "span", *dims)).sum(*dims))
    spans = ((each.name, span) for each in wanted for span in each.spans)
    return total(parts, index_of(spans, "lock", "span"))


def _labels(index: pd.Index, dims: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The labels of an index with its levels in this order."""
    return list(zip(*(members(index.get_level_values(dim)) for dim in dims), strict=True))


def _decisions(scene: Scene, kind: str) -> Expression:
    """The decisions of a kind in the unit in which locks count them."""
    d = scene.decisions
    blocks: dict[str, Expression] = {
        "garrisons": d.garrison,
        "organs": d.operating,
        "contingents": d.units,
        "monitors": d.teams,
        "contributions": d.contribution,
        "programmes": d.spending,
        "spending": d.draw,
        "missions": scene.assigned * 1000.0,
        "lift": d.lift,
        "arming": d.arming,
        "reduction": d.reduction,
    }
    return blocks[kind]
