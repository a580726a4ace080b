"""A plan before the verifier: problem, plan, decisions, their true security, and the ledger to write in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from concord.models.eligibility import Bar, Eligibility
from concord.models.mission import Mission
from concord.models.plan import Plan
from concord.models.problem import DesignProblem
from concord.models.site import Garrisons

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

    def barred_at_home(self, rules: Eligibility, state: str, period: int) -> str | None:
        """Why `state` sends nobody in `period`; None where nothing keeps its people at home."""
        facts = {
            Bar.AT_WAR: self.problem.state_by_id[state].at_war,
            Bar.SANCTIONED: self.problem.state_by_id[state].sanctioned,
            Bar.HOSTING: any(
                mission.state == state and self.stands(mission, period) for mission in self.problem.missions
            ),
        }
        for bar, true in facts.items():
            if true and bar in rules.ineligible and state not in rules.exceptions.get(bar, ()):
                return bar.value
        return None

    def stands(self, mission: Mission, period: int) -> bool:
        """Whether a mission may stand in `period`: needed, admitted, and in a state that is not left out."""
        first = max(mission.start or period, mission.consent_from or period)
        within = first <= period <= (mission.end or period)
        return mission.consent and within and mission.state not in self.problem.left_out

    def rivals(self, rules: Eligibility, of: Collection[str]) -> set[str]:
        """States that the rules keep away from rivals, and that have one among `of`."""
        return self._related(rules, Bar.RIVALS, of)

    def neighbours(self, rules: Eligibility, of: Collection[str]) -> set[str]:
        """States that the rules keep away from neighbours, and that have one among `of`."""
        return self._related(rules, Bar.NEIGHBOURS, of)

    def parties(self, rules: Eligibility, hosts: Collection[str]) -> set[str]:
        """Parties to conflicts in the states `hosts`, where the rules keep them away as they do rivals."""
        excepted = rules.exceptions.get(Bar.RIVALS, ())
        if Bar.RIVALS not in rules.ineligible:
            return set()
        return {
            party
            for mission in self.problem.missions
            if mission.state in hosts
            for party in mission.parties
            if party not in excepted
        }

    def _related(self, rules: Eligibility, bar: Bar, of: Collection[str]) -> set[str]:
        if bar not in rules.ineligible:
            return set()
        pairs = [(r.one, r.other) for r in self.problem.relations if r.kind.value == bar.value]
        found = {one for one, other in pairs if other in of} | {other for one, other in pairs if one in of}
        return found - set(rules.exceptions.get(bar, ()))

    def contributors(self, garrisons: Garrisons) -> list[str]:
        """Members that can spare the least number of units that a contingent may have, and may send it."""
        rules = garrisons.contingents
        least = rules.unit * max(1, rules.minimum_units)
        return [
            state.id
            for state in self.problem.senders
            if rules.availability * state.military_personnel >= least * (1 - 1e-12)
            and any(self.barred_at_home(rules, state.id, period) is None for period in self.problem.periods)
        ]
