"""No hegemon: ceilings on what one state is of the whole, each kind of weight apart from the others."""

from __future__ import annotations

from enum import StrEnum

from .base import Model
from .quantities import Identifier, Share

HORIZON = "horizon"
"""Names the span of all periods together, where others are named by their period."""


class Weight(StrEnum):
    """What a state can have too much of."""

    MONEY = "money"
    """Contributions to all funds."""
    TROOPS = "troops"
    """Contingents in all garrisons."""
    HOSTED_TROOPS = "hosted-troops"
    """Troops in the garrisons on a state's soil."""
    GARRISONS = "garrisons"
    """Garrisons on a state's soil, in number."""
    HEADQUARTERS = "headquarters"
    """Organs at home on a state's soil, in number."""
    MONITORS = "monitors"
    """Monitoring teams of all types."""


class Span(StrEnum):
    """Over what a rule is counted."""

    PERIOD = "period"
    HORIZON = "horizon"


class WeightCeiling(Model):
    """Largest share that one state may have of all money, troops, garrisons or organs hosted, or monitors."""

    id: Identifier
    of: Weight
    share: Share
    """Of the whole, all states together."""
    states: tuple[Identifier, ...] | None = None
    """States that the ceiling holds for, each on its own; none: every state."""
    over: Span = Span.PERIOD
    """Whether the ceiling holds in every period, or for the sum over all periods."""

    def holds_for(self, state: str) -> bool:
        """Whether `state` is under the ceiling."""
        return self.states is None or state in self.states

    def span_of(self, period: int) -> int | str:
        """Name of the span that `period` belongs to: its own, or the horizon."""
        return period if self.over is Span.PERIOD else HORIZON
