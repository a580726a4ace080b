"""What a search for a plan has found, whatever its method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from concord.formulation import Formulation
from concord.formulation.aim import Term
from concord.formulation.labelling import members
from concord.formulation.measures.frame import log_ratios
from concord.models import NextMeasure
from concord.models.plan import LiftedRatio, SecurityLevel
from concord.solving.outer_approximation import Outcome

Start = tuple[Formulation, NDArray[np.float64]]
"""A plan found by another program, to begin from."""


def logs_by_term(formulation: Formulation, values: NDArray[np.float64]) -> dict[Term, float]:
    """Logarithm of every security ratio in a plan."""
    scene = formulation.scene
    return dict(zip(members(scene.sets.states), log_ratios(scene, values).tolist(), strict=True))


@dataclass(frozen=True)
class Level:
    """Who stays at a level, and what is proven of it."""

    terms: tuple[Term, ...]
    bound: float
    ceiling: float
    held: bool = False
    """Whether bound and ceiling are those of the plan's whole decisions alone."""


def told(levels: Sequence[Level], logs: Mapping[Term, float]) -> tuple[SecurityLevel, ...]:
    """The levels as a plan has them, with these logarithms of all ratios that weigh anything."""
    rows, left = list[SecurityLevel](), dict(logs)
    for level in levels:
        value, mine = exp(min(left.values())), [left.pop(term) for term in level.terms]
        rows.append(
            SecurityLevel(
                value=value,
                bound=max(level.bound, value),
                ceiling=max(level.ceiling, exp(sum(mine) / len(mine))),
                ratios=tuple(LiftedRatio(state=state, period=period) for state, period in level.terms),
                whole_decisions_held=level.held,
            )
        )
    return tuple(rows)


@dataclass(frozen=True)
class Stage:
    """A measure that was maximised after others, and what is proven of it."""

    stated: NextMeasure
    bound: float
    """That no plan exceeds which keeps what the measures before it may not lose."""


Proof = tuple[Formulation, Outcome]
"""A program, and the search that proved its bound."""


@dataclass(frozen=True, eq=False)
class Found:
    """The last program, what came of it, and what is proven of the measure."""

    formulation: Formulation
    outcome: Outcome
    value: float
    """Of the measure that was maximised (first), at the plan found."""
    bound: float
    """That no plan exceeds."""
    baseline: float
    """The value without the institution."""
    levels: tuple[Level, ...] = ()
    """Of a measure that is lifted level by level, from the lowest."""
    stages: tuple[Stage, ...] = ()
    """Measures that were maximised after it."""
    proofs: tuple[Proof, ...] = ()
    """Searches whose bounds are told, where the last one is not all of them."""

    @property
    def proven_by(self) -> tuple[Proof, ...]:
        """Searches whose bounds are told, in their order."""
        return self.proofs or ((self.formulation, self.outcome),)
