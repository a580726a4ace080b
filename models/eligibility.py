"""Who may send troops and observers, and where to: facts about states that keep their soldiers at home."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from .base import Model
from .quantities import Identifier

if TYPE_CHECKING:
    from .mission import Mission
    from .problem import DesignProblem
    from .zone import Zone


class Bar(StrEnum):
    """A reason for which a state sends nobody, or nobody to a certain place."""

    AT_WAR = "at-war"
    """There is war on its own soil (`states.*.at_war`)."""
    SANCTIONED = "sanctioned"
    """It is under an arms embargo or suspended (`states.*.sanctioned`)."""
    HOSTING = "hosting"
    """A peacekeeping mission may stand on its own soil in the period."""
    RIVALS = "rivals"
    """It is a rival of the state where the soldiers would serve (`relations`)."""
    NEIGHBOURS = "neighbours"
    """It is a neighbour of the state where the soldiers would serve (`relations`)."""


AT_HOME = (Bar.AT_WAR, Bar.SANCTIONED, Bar.HOSTING)
"""Bars that keep a state's soldiers at home altogether; the others keep them away from single places."""


class RelationKind(StrEnum):
    """What two states are to each other."""

    RIVALS = "rivals"
    NEIGHBOURS = "neighbours"


class Relation(Model):
    """Two states that are rivals, or neighbours; the order does not matter."""

    one: Identifier
    other: Identifier
    kind: RelationKind


class Eligibility(Model):
    """Rules that keep the soldiers or observers of some states away."""

    ineligible: tuple[Bar, ...] = ()
    """Reasons for which a state sends nobody: at-war, sanctioned and hosting everywhere, rivals and
    neighbours to the states concerned."""
    exceptions: dict[Bar, tuple[Identifier, ...]] = {}
    """States to which a reason does not apply."""

    def bars(self, bar: Bar, state: str) -> bool:
        """Whether `bar`, where it is the case, keeps `state` away."""
        return bar in self.ineligible and state not in self.exceptions.get(bar, ())


def bar_at_home(problem: DesignProblem, rules: Eligibility, state: str, period: int) -> Bar | None:
    """The first reason for which `state` sends nobody anywhere in `period`; None where there is none."""
    facts = {
        Bar.AT_WAR: problem.state_by_id[state].at_war,
        Bar.SANCTIONED: problem.state_by_id[state].sanctioned,
        Bar.HOSTING: (state, period) in problem.hosting,
    }
    return next((bar for bar in AT_HOME if facts[bar] and rules.bars(bar, state)), None)


def barred_from_mission(problem: DesignProblem, mission: Mission) -> frozenset[str]:
    """States whose soldiers never serve in `mission`: its parties, and rivals and neighbours of its host."""
    rules = problem.garrisons.contingents if problem.garrisons else Eligibility()
    return frozenset(mission.parties) | _estranged(problem, rules, (mission.state,))


def barred_from_zone(problem: DesignProblem, zone: Zone) -> frozenset[str]:
    """States whose observers never watch `zone`: those watched, and their rivals and neighbours."""
    return frozenset(zone.states) | _estranged(problem, problem.monitoring or Eligibility(), zone.states)


def _estranged(problem: DesignProblem, rules: Eligibility, hosts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        state
        for bar, kind in ((Bar.RIVALS, RelationKind.RIVALS), (Bar.NEIGHBOURS, RelationKind.NEIGHBOURS))
        for host in hosts
        for state in problem.related(kind, host)
        if rules.bars(bar, state)
    )
