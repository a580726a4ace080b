"""Rules on the burden: how large it may be for anybody, and how evenly it is borne."""

from __future__ import annotations

from typing import Literal

from .base import Model
from .hegemony import Span
from .quantities import Identifier, Multiple, NonNegative, Share


class EqualSacrifice(Model):
    """Burdens proportional to `gdp ** exponent`."""

    exponent: NonNegative = 1.0
    """1 asks the same share of GDP of everybody; above 1 the rich bear more than in proportion."""
    tolerance: NonNegative = 0.0
    """Relative departure from the proportional burden that is allowed."""


class BurdenRule(Model):
    """Limits on the burdens of some states: cash, and what they send without being paid back for it."""

    id: Identifier
    states: tuple[Identifier, ...] | Literal["members", "bearers"] = "members"
    """Whose burdens count: named states, all members, or everybody who can bear anything."""
    over: Span = Span.HORIZON
    """Whether the rule holds in every period, or for the mean over all periods."""
    affordability: Share | None = None
    """Largest burden as a share of GDP."""
    spread: Share | None = None
    """Most by which the largest burden may exceed the smallest, both as shares of GDP."""
    ratio: Multiple | None = None
    """Most times that the largest burden may be the smallest, both as shares of GDP."""
    gini: Share | None = None
    """Largest Gini coefficient of burdens as shares of GDP."""
    equal_sacrifice: EqualSacrifice | None = None

    @property
    def limits_anything(self) -> bool:
        """Whether the rule demands anything at all."""
        limits = (self.affordability, self.spread, self.ratio, self.gini, self.equal_sacrifice)
        return any(limit is not None for limit in limits)
