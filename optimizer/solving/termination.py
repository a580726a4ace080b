"""Why a run ended. The vocabulary is that of OR-Tools MathOpt: a reason, a limit, bounds on the objective."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

Sense = Literal["max", "min"]


class Reason(StrEnum):
    """What is known of the program when the run has ended."""

    OPTIMAL = "optimal"
    """The solution is proven to be within the requested gap of the best."""
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    INFEASIBLE_OR_UNBOUNDED = "infeasible_or_unbounded"
    """Presolve proved that there is no optimum without telling which of the two it is."""
    FEASIBLE = "feasible"
    """A limit was reached with a solution in hand that is not proven to be within the gap."""
    NO_SOLUTION_FOUND = "no_solution_found"
    """A limit was reached without a solution; the program may or may not have one."""
    ERROR = "error"
    """The solver broke down or cannot vouch for its answer."""


class Limit(StrEnum):
    """The limit that ended a run whose reason is feasible or no_solution_found."""

    TIME = "time"
    NODE = "node"
    ITERATION = "iteration"
    MEMORY = "memory"
    INTERRUPTED = "interrupted"
    """The user, or the watch, asked the run to stop."""
    UNDETERMINED = "undetermined"
    """The solver stopped early and does not tell why."""


@dataclass(frozen=True, slots=True)
class ObjectiveBounds:
    """Where the optimum lies: `primal` is the best solution's objective, `dual` the proven bound.

    Maximising, primal <= optimum <= dual; minimising, dual <= optimum <= primal. What is unknown is infinite.
    """

    primal: float
    dual: float

    @classmethod
    def unknown(cls, sense: Sense) -> Self:
        """Neither a solution nor a proof."""
        return cls(-math.inf, math.inf) if sense == "max" else cls(math.inf, -math.inf)

    @classmethod
    def infeasible(cls, sense: Sense) -> Self:
        """No solution exists, so that the proven bound is as bad as can be."""
        return cls(-math.inf, -math.inf) if sense == "max" else cls(math.inf, math.inf)

    @classmethod
    def unbounded(cls, sense: Sense) -> Self:
        """Solutions exist of any objective."""
        return cls(math.inf, math.inf) if sense == "max" else cls(-math.inf, -math.inf)


@dataclass(frozen=True, slots=True)
class Termination:
    """Why a run ended, with the solver's own words in `detail`."""

    reason: Reason
    limit: Limit | None
    detail: str
    objective_bounds: ObjectiveBounds

    @property
    def proven(self) -> bool:
        """Whether the answer, whatever it is, is final: more time would not change it beyond the gap."""
        return self.reason not in {Reason.FEASIBLE, Reason.NO_SOLUTION_FOUND, Reason.ERROR}

    @classmethod
    def infeasible(cls, sense: Sense, detail: str) -> Self:
        """No point satisfies the program."""
        return cls(Reason.INFEASIBLE, None, detail, ObjectiveBounds.infeasible(sense))

    @classmethod
    def unbounded(cls, sense: Sense, detail: str) -> Self:
        """The objective has no limit."""
        return cls(Reason.UNBOUNDED, None, detail, ObjectiveBounds.unbounded(sense))

    @classmethod
    def infeasible_or_unbounded(cls, sense: Sense, detail: str) -> Self:
        """One or the other; nothing is known of the objective."""
        return cls(Reason.INFEASIBLE_OR_UNBOUNDED, None, detail, ObjectiveBounds.unknown(sense))

    @classmethod
    def error(cls, sense: Sense, detail: str) -> Self:
        """The solver broke down."""
        return cls(Reason.ERROR, None, detail, ObjectiveBounds.unknown(sense))

    @classmethod
    def stopped(cls, limit: Limit, detail: str, bounds: ObjectiveBounds) -> Self:
        """A limit was reached; whether with a solution shows in the primal bound."""
        found = math.isfinite(bounds.primal)
        return cls(Reason.FEASIBLE if found else Reason.NO_SOLUTION_FOUND, limit, detail, bounds)
