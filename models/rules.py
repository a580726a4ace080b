"""Rules of doctrine that hold whatever the figures say."""

from __future__ import annotations

from .base import Model
from .quantities import Share


class Rules(Model):
    """Rules that an analyst lays over a problem."""

    abate_before_arming: Share | None = None
    """A state arms in a period only if each abating programme open to it then runs there with at least this
    share of its largest intensity; none: arms need not wait. What arms and what abates is told by
    `Programme.arms` and `Programme.abates`; arming on a state's own account is arming too."""
