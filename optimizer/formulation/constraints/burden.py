"""Burden sharing: scales of assessment, floors and ceilings (equations 6.1-6.3).

6.1  |pay[f,u,t] - share[f,u] paid[u,t]| <= tolerance[u] share[f,u] paid[u,t]
6.2  pay[f,u,t] >= floor[u] paid[u,t]
6.3  pay[f,u,t] <= ceiling[u] paid[u,t]
"""

from __future__ import annotations

import pandas as pd

from concord.algebra import Expression, Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter
from concord.models import DesignProblem


def applies(problem: DesignProblem) -> bool:
    """Wherever a fund shares its burden by rule."""
    return any(fund.scale or fund.floor > 0 or fund.ceiling < 1 for fund in problem.funds)


@equation("6.1", "burden.scale", part="above", unit="million USD")
def pay_no_more_than_scale(scene: Scene) -> Relation:
    """No payer pays more than its share on the scale, within the tolerance.

    pay[f,u,t] <= (1 + tolerance) share[f,u] paid[u,t], million USD. Dual: the rise for one million USD
    more than its share that the payer may bear.
    """
    paid, due = _paid_and_due(scene)
    return paid <= due * (1 + _tolerance(scene))


@equation("6.1", "burden.scale", part="below", unit="million USD")
def pay_no_less_than_scale(scene: Scene) -> Relation:
    """No payer pays less than its share on the scale, within the tolerance.

    pay[f,u,t] >= (1 - tolerance) share[f,u] paid[u,t], million USD. Dual: the loss for one million USD
    more that the payer must bear.
    """
    paid, due = _paid_and_due(scene)
    return paid >= due * (1 - _tolerance(scene))


@equation("6.2", "burden.floor", unit="million USD")
def pay_at_least_floor(scene: Scene) -> Relation:
    """Every payer bears at least the floor.

    pay[f,u,t] >= floor[u] paid[u,t], million USD. Dual: the loss for one million USD more that the payer
    must bear.
    """
    floors = parameter({fund.id: fund.floor for fund in scene.problem.funds if fund.floor > 0}, "fund")
    paid = scene.decisions.contribution.where(lambda at: at["fund"].isin(floors.index))
    return paid >= over(scene.decisions.collected * floors, paid.index)


@equation("6.3", "burden.ceiling", unit="million USD")
def pay_at_most_ceiling(scene: Scene) -> Relation:
    """No payer bears more than the ceiling.

    pay[f,u,t] <= ceiling[u] paid[u,t], million USD. Dual: the rise for one million USD more that the
    payer may bear.
    """
    ceilings = parameter({fund.id: fund.ceiling for fund in scene.problem.funds if fund.ceiling < 1}, "fund")
    paid = scene.decisions.contribution.where(lambda at: at["fund"].isin(ceilings.index))
    return paid <= over(scene.decisions.collected * ceilings, paid.index)


def _paid_and_due(scene: Scene) -> tuple[Expression, Expression]:
    """Contributions to funds with a scale, and what the scale makes of the total."""
    share = scene.parameters.scale_share
    assessed = share.index.get_level_values("fund").unique()
    paid = scene.decisions.contribution.where(lambda at: at["fund"].isin(assessed))
    return paid, (scene.decisions.collected * share).on(paid.index)


def _tolerance(scene: Scene) -> pd.Series[float]:
    return parameter({fund.id: fund.tolerance for fund in scene.problem.funds}, "fund")
