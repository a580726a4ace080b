"""Funds: who pays into them, by which scale, and what the money may be spent on."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .base import Model
from .fairness import Scale
from .quantities import Identifier, NonNegative, PerPeriod, Share, Switch, Text


class Head(StrEnum):
    """Heads of expenditure beside the programmes, each of which is a head of its own."""

    ORGANS = "organs"
    GARRISONS = "garrisons"
    MISSIONS = "missions"
    LIFT = "lift"
    MONITORING = "monitoring"


PROGRAMMES = "programmes"
"""In a list of purposes, stands for every programme."""
COMMON = "common"
"""Region of what serves the whole organisation, such as its organs."""


class EarmarkSense(StrEnum):
    """Whether an earmark is a floor or a ceiling."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Earmark(Model):
    """Ties a share of what a fund spends, or the money of some donors, to purposes and regions."""

    id: Identifier
    purposes: tuple[Identifier, ...] | None = None
    """Heads or programme ids; none: every purpose."""
    regions: tuple[Identifier, ...] | None = None
    """None: every region."""
    sense: EarmarkSense = EarmarkSense.AT_LEAST
    share: Share | None = None
    """Share of the fund's spending of a period, for an earmark without donors."""
    donors: tuple[Identifier, ...] | None = None
    """Payers whose money may only be spent on these purposes and regions."""


class Fund(Model):
    """A purse with payers and rules of its own: an assessed budget, a Fund for Regional Security."""

    id: Identifier
    name: Text
    payers: tuple[Identifier, ...] | Literal["members"]
    budget: PerPeriod
    """Cap on what is paid in, as assessed, million USD a period."""
    commitment: PerPeriod | None = None
    """Least that is paid in, as assessed, million USD a period."""
    carry_over: Switch = True
    """Whether money unspent may be used in later periods."""
    purposes: tuple[Identifier, ...] | None = None
    """Heads or programme ids that the fund may pay for; none: everything."""
    regions: tuple[Identifier, ...] | None = None
    """Regions that the fund may spend in; none: everywhere."""
    scale: Scale | None = None
    """How contributions are shared; none: freely."""
    tolerance: NonNegative = 0.0
    """Relative departure from the scale that is allowed."""
    floor: Share = 0.0
    """Least share of any payer."""
    ceiling: Share = 1.0
    """Largest share of any payer."""
    affordability: Share | None = None
    """Largest contribution of a payer in a period, as a share of its GDP."""
    delivery: dict[Identifier, Share] = {}
    """Share of what a payer is assessed that arrives; the whole where left out."""
    earmarks: tuple[Earmark, ...] = ()

    def delivered(self, payer: str) -> float:
        """Share of what `payer` is assessed that arrives."""
        return self.delivery.get(payer, 1.0)
