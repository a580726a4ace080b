"""The security dilemma: one state's arming is its neighbour's threat, and the neighbour compensates."""

from __future__ import annotations

from .base import Model
from .quantities import Count, Effect, Identifier, Logs, NonNegative, Positive, Share, Switch


class Influence(Model):
    """How strongly the posture of one state bears on another, as an elasticity."""

    source: Identifier
    """The state whose posture changes."""
    target: Identifier
    """The state that perceives it."""
    spillover: Effect = 0.0
    """Rise of the target's log threat per unit of the source's posture (sigma)."""
    reaction: Effect = 0.0
    """Rise of the target's own posture per unit of the source's posture (rho)."""


class SecurityDilemma(Model):
    """Posture is a logarithmic change of a state's military strength, 0 being the status quo.

    `posture = arming + programmes' posture - reduction + sum of reactions to others' posture`.
    """

    influences: tuple[Influence, ...] = ()
    reduction_ceiling: Share = 0.0
    """Largest reduction of forces by the end, in logs."""
    exempt_at_war: Switch = False
    """Whether states at war on their own soil are exempt from reductions."""
    arming_ceiling: Logs = 0.0
    """Largest arming on a state's own account, in logs."""
    posture_floor: Logs = 0.0
    """Self-defence: posture never falls below minus this figure."""
    reduction_per_effort: Positive | None = None
    """Reduction that one unit of verifying effort on a state's zones allows (lambda); none: unbounded."""
    reciprocity: NonNegative | None = None
    """Rivals reduce together: no state reduces by more than 1 plus this share of what each of its
    rivals does, and a state without a rival in the region not at all; none: reductions may be one-sided."""
    monitoring_lead: Count = 1
    """Periods by which monitoring runs ahead of the reduction that it verifies."""
