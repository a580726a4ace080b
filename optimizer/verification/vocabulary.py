"""Which names and periods a problem has, and by which of them the rows of each table are told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from concord.models.base import Model
from concord.models.hegemony import HORIZON
from concord.models.lock import locked
from concord.models.problem import DesignProblem
from concord.models.state import CapacityDimension

Row = TypeVar("Row", bound=Model)

INDEX: Mapping[str, Mapping[str, str]] = {
    "contributions": {"payer": "state", "fund": "fund", "period": "period"},
    "expenditures": {"fund": "fund", "head": "head", "region": "region", "period": "period"},
    "balances": {"fund": "fund", "period": "period"},
    "programmes": {"programme": "programme", "state": "state", "period": "period"},
    "frontiers": {"programme": "programme", "state": "state", "neighbour": "state", "period": "period"},
    "organs": {"organ": "organ", "period": "period"},
    "power": {"organ": "organ", "state": "state", "period": "period"},
    "garrisons": {"site": "site", "tier": "tier", "period": "period"},
    "contingents": {"state": "state", "site": "site", "period": "period"},
    "assignments": {"site": "site", "mission": "mission", "period": "period"},
    "deployments": {"state": "state", "site": "site", "mission": "mission", "period": "period"},
    "lift": {"state": "state", "period": "period"},
    "monitoring": {"monitor": "monitor", "state": "state", "zone": "zone", "period": "period"},
    "posture": {"state": "state", "period": "period"},
    "security": {"state": "state", "period": "period"},
    "capacities": {"state": "state", "period": "period", "dimension": "dimension"},
    "standing": {"state": "state", "period": "period"},
    "burdens": {"state": "state", "period": "period"},
    "spending": {"region": "region", "period": "period"},
}
"""Table to the fields that index it, each with the kind of name that it holds."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names that a problem knows, by kind."""

    names: Mapping[str, frozenset[str | int]]

    @classmethod
    def of(cls, problem: DesignProblem) -> Vocabulary:
        """Everything in `problem` that a plan may name."""
        garrisons, monitoring = problem.garrisons, problem.monitoring
        return cls(
            {
                "state": frozenset(state.id for state in problem.states),
                "fund": frozenset(fund.id for fund in problem.funds),
                "period": frozenset(problem.periods),
                "dimension": frozenset(CapacityDimension),
                "head": frozenset(problem.heads),
                "region": frozenset(problem.regions),
                "programme": frozenset(programme.id for programme in problem.programmes),
                "organ": frozenset(organ.id for organ in problem.organs),
                "site": frozenset(site.id for site in problem.sites),
                "tier": frozenset(tier.id for tier in garrisons.tiers) if garrisons else frozenset(),
                "mission": frozenset(mission.id for mission in problem.missions),
                "zone": frozenset(zone.id for zone in monitoring.zones) if monitoring else frozenset(),
                "zone-kind": frozenset(kind.id for kind in monitoring.kinds) if monitoring else frozenset(),
                "monitor": frozenset(m.id for m in monitoring.monitors) if monitoring else frozenset(),
                "complementarity": frozenset(bonus.id for bonus in problem.complementarities),
                "precedence": frozenset(rule.id for rule in problem.timetable.precedence),
                "earmark": frozenset(mark.id for fund in problem.funds for mark in fund.earmarks),
                "ceiling": frozenset(ceiling.id for ceiling in problem.hegemony),
                "span": frozenset({HORIZON}),
                "floor": frozenset(floor.id for floor in problem.benefit.spending_floors),
                "treatment": frozenset(rule.id for rule in problem.benefit.equal_treatment),
                "burden-rule": frozenset(rule.id for rule in problem.burden_sharing),
                "measure": frozenset(
                    stated.label for stated in (problem.objective, *problem.objective.floors)
                ),
                "threat-kind": frozenset(kind.id for kind in problem.threat_kinds),
                "lock": frozenset(each.name for each in locked(problem)),
            }
        )

    def unknown(self, table: str, row: Model) -> Iterator[tuple[str, str | int]]:
        """Kind and name of every index of `row` that the problem does not have."""
        for field, kind in INDEX[table].items():
            name = getattr(row, field)
            if name not in self.names[kind]:
                yield kind, name

    def known(self, table: str, rows: tuple[Row, ...]) -> Iterator[Row]:
        """Rows of which every index is known."""
        return (row for row in rows if not any(True for _ in self.unknown(table, row)))

    def speaks_of(self, word: str) -> bool:
        """Whether `word` is any name or period of the problem."""
        return any(word in names for names in self.names.values()) or word in map(str, self.names["period"])


def index_of(table: str, row: Model) -> tuple[str | int, ...]:
    """The names that tell `row` from the other rows of its table."""
    return tuple(getattr(row, field) for field in INDEX[table])
