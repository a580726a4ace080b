"""An agreed plan that a new one may depart from in so many whole decisions only."""

from __future__ import annotations

from .base import Model
from .quantities import Count, Identifier


class Agreement(Model):
    """What was agreed for the last period. What the problem no longer has does not count."""

    garrisons: dict[Identifier, Identifier] = {}
    """Site to tier of every garrison agreed; at every other site there is none."""
    organs: tuple[Identifier, ...] = ()
    """Organs agreed; no other operates."""
    max_moves: Count
    """Most sites and organs that may be otherwise than agreed in the last period."""
