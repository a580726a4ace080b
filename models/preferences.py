"""What practitioners would prefer among plans that are worth the same."""

from __future__ import annotations

from .base import Model
from .quantities import NonNegative


class Preferences(Model):
    """Weights of postings, which change neither value nor cost of a plan, and are chosen last."""

    distance: NonNegative = 1.0
    """Per contingent unit or team, and 1,000 km between its capital and where it is posted."""
    strain: NonNegative = 1.0
    """Per contingent unit beyond 0.1 per cent of its state's military personnel, and again beyond 0.2, 0.5,
    1, 2, 5 and 10 per cent."""
    arrivals: NonNegative = 2.0
    """Per unit that arrives where it was not in the period before."""
    nations: NonNegative = 5.0
    """Per nation in a garrison, and period."""
    rivals: NonNegative = 20.0
    """Per pair of rivals in one garrison, and period."""
