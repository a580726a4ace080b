"""The scale of assessments of the African Union: tiers by share of the total product.

Assembly decision 578 (2015): states with above 4 % of the members' gross domestic product bear 60 % of the
budget in equal parts; those above 1 % and those up to 1 % bear the rest by capacity to pay; nobody bears
more than 12 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from .base import Model
from .quantities import Share, Switch
from .shares import bounded_shares


class AssessmentTier(Model):
    """States whose share of the total product lies above one figure, up to that of the next tier."""

    above: Share
    """Share of the total product that a state of this tier exceeds."""
    share: Share | None = None
    """Share of the whole that the tier bears; none: the tiers without one divide the rest by product."""
    equal: Switch = False
    """Whether the tier's share is borne in equal parts; otherwise in proportion to product."""


class AssessmentTiers(Model):
    """Parameters of a scale by tiers; the defaults are those of the African Union."""

    tiers: Annotated[tuple[AssessmentTier, ...], Field(min_length=1)] = (
        AssessmentTier(above=0.04, share=0.60, equal=True),
        AssessmentTier(above=0.01),
        AssessmentTier(above=0.0),
    )
    """From the richest to the poorest; the last begins at 0."""
    ceiling: Share = 0.12
    """Largest share of a state; what it cuts off is spread over the others in proportion."""

    def tier_of(self, share: float) -> int:
        """Number of the tier, from 0, of a state with `share` of the total product."""
        return next((n for n, tier in enumerate(self.tiers) if share > tier.above), len(self.tiers) - 1)


def tiered_shares(products: Mapping[str, float], rules: AssessmentTiers | None = None) -> dict[str, float]:
    """Share of each state by tier, `products` being gross domestic products in one unit.

    The share of a tier without states falls to those that divide the rest; where there are none, to all in
    proportion. Raises ValueError where so few states cannot bear the whole under the ceiling.
    """
    used, total = rules or AssessmentTiers(), sum(products.values())
    members: dict[int, list[str]] = {}
    for name, product in products.items():
        members.setdefault(used.tier_of(product / total), []).append(name)
    fixed = {n: share for n in members if (share := used.tiers[n].share) is not None}
    sharing = [name for n, names in members.items() if n not in fixed for name in names]
    keys = dict(_proportional(max(0.0, 1 - sum(fixed.values())), {n: products[n] for n in sharing}))
    for n, share in fixed.items():
        parts = {name: 1.0 if used.tiers[n].equal else products[name] for name in members[n]}
        keys |= _proportional(share, parts)
    return bounded_shares({name: keys[name] for name in products}, ceiling=used.ceiling)


def _proportional(amount: float, keys: Mapping[str, float]) -> dict[str, float]:
    total = sum(keys.values())
    return {name: amount * key / total for name, key in keys.items()}
