"""Multipliers from which the bound of a plan's whole decisions is recomputed without a solver."""

from __future__ import annotations

from .base import Model
from .quantities import Figure

Label = str | int


class RowMultiplier(Model):
    """What the objective gains per unit of a row: positive at its upper bound, negative at its lower."""

    rule: str
    labels: tuple[Label, ...] = ()
    multiplier: Figure


class CurveMultiplier(Model):
    """What the objective gains per unit of the tangent of a curve at a point."""

    curve: str
    labels: tuple[Label, ...] = ()
    point: Figure
    multiplier: Figure


class Certificate(Model):
    """Any multipliers whatever give a valid bound; good ones give a tight one. Those of zero are left out."""

    rows: tuple[RowMultiplier, ...] = ()
    curves: tuple[CurveMultiplier, ...] = ()
