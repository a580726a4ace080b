"""What a search for a plan has found, whatever its method."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.formulation import Formulation
from optimizer.solving.outer_approximation import Outcome


@dataclass(frozen=True, eq=False)
class Found:
    """The last program, what came of it, and what is proven of the measure."""

    formulation: Formulation
    outcome: Outcome
    value: float
    """Of the measure that the problem asks for, at the plan found."""
    bound: float
    """That no plan exceeds."""
