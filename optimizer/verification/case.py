"""A plan before the verifier: problem, plan, decisions, their true security, and the ledger to write in."""

from __future__ import annotations

from dataclasses import dataclass

from models.plan import Plan
from models.problem import DesignProblem
from models.site import Garrisons

from .decisions import Decisions
from .evaluation import Evaluation
from .ledger import Ledger


@dataclass(frozen=True, slots=True)
class Case:
    """What every family of checks works on."""

    problem: DesignProblem
    plan: Plan
    decisions: Decisions
    evaluation: Evaluation
    ledger: Ledger

    @property
    def last(self) -> int:
        """The last period."""
        return self.problem.periods[-1]

    def operates(self, organ: str | None, period: int) -> bool:
        """Whether `organ` operates; true where no organ is needed."""
        return organ is None or (organ, period) in self.decisions.operating

    def troops(self) -> dict[tuple[str, str, int], float]:
        """Troops by state, site and period."""
        unit = self.problem.garrisons.contingents.unit if self.problem.garrisons else 0.0
        return {index: unit * units for index, units in self.decisions.units.items()}

    def contributors(self, garrisons: Garrisons) -> list[str]:
        """Members that can spare the least number of units that a contingent may have."""
        rules = garrisons.contingents
        least = rules.unit * max(1, rules.minimum_units)
        return [
            state.id
            for state in self.problem.senders
            if rules.availability * state.military_personnel >= least * (1 - 1e-12)
        ]
