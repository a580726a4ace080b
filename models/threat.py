"""Threats: their kinds, and which capacities are of use against them."""

from __future__ import annotations

from .base import Model
from .quantities import Identifier, Share, Switch, Text
from .state import CapacityDimension


class ThreatKind(Model):
    """One kind of threat that a political unit may perceive, from within or from outside."""

    id: Identifier
    name: Text = ""
    relevance: dict[CapacityDimension, Share]
    """How much each capacity matters against this kind, 0 to 1. A dimension left out is of no use."""
    responds_to_posture: Switch = False
    """Whether the neighbours' military posture raises it (the security dilemma)."""
