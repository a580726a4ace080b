"""Membership: everybody in, or an entry test that leaves some states of the region out."""

from __future__ import annotations

from .base import Model
from .quantities import Effect, Identifier, Index
from .state import CapacityDimension, State


class Membership(Model):
    """The entry test. Without one every state whose role is member is admitted.

    A state left out keeps its place in the measure and its threats. It is not served and contributes nothing:
    no programme, site, mission or zone of its own, no contingent, lift, monitors, money or promise.
    """

    named: tuple[Identifier, ...] | None = None
    """The states that may be admitted; none: any."""
    least: dict[CapacityDimension, Index] = {}
    """Least index before the institution acts, such as `political-legitimacy: 1.1` for democracies."""
    exclusion: Effect = 0.0
    """How much more a state left out feels threatened (eta): the rise of the log of every kind of threat that
    responds to posture, if all military expenditure of the others were spent by those inside."""

    def admits(self, state: State) -> bool:
        """Whether `state` passes every part of the test."""
        listed = self.named is None or state.id in self.named
        return listed and all(state.capacities.get(q, 0.0) >= index for q, index in self.least.items())
