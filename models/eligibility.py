"""Who may send troops and observers, and where to: facts about states that keep their soldiers at home."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from .base import Model
from .quantities import Identifier

if TYPE_CHECKING:
    from .mission import Mission
    from .problem import DesignProblem
    from .site import Site
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
    """It is a rival of a party to the conflict, of the state that would host its garrison, or of one that its
    observers would watch (`relations`); so is, there, a party to a conflict."""
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
    """States whose soldiers never serve in `mission`: parties, their rivals, and neighbours of its host."""
    rules = problem.garrisons.contingents if problem.garrisons else Eligibility()
    parties = (mission.state, *mission.parties)
    return (
        frozenset(mission.parties)
        | _related_by(problem, rules, Bar.RIVALS, parties)
        | _related_by(problem, rules, Bar.NEIGHBOURS, (mission.state,))
    )


def barred_from_site(problem: DesignProblem, site: Site) -> frozenset[str]:
    """States whose soldiers never stand at `site`: rivals of its host, and parties to a conflict there."""
    rules = problem.garrisons.contingents if problem.garrisons else Eligibility()
    estranged = _parties_in(problem, rules, (site.host,)) | _related_by(
        problem, rules, Bar.RIVALS, (site.host,)
    )
    return estranged - {site.host}


def barred_from_zone(problem: DesignProblem, zone: Zone) -> frozenset[str]:
    """States whose observers never watch `zone`: those watched, their rivals and neighbours, and parties to a
    conflict in one of them where rivals are barred."""
    rules = problem.monitoring or Eligibility()
    estranged = (_related_by(problem, rules, bar, zone.states) for bar in (Bar.RIVALS, Bar.NEIGHBOURS))
    return frozenset(zone.states).union(_parties_in(problem, rules, zone.states), *estranged)


def _parties_in(problem: DesignProblem, rules: Eligibility, hosts: tuple[str, ...]) -> frozenset[str]:
    """Parties to conflicts in the states `hosts`, where the rules bar rivals."""
    parties = (party for mission in problem.missions if mission.state in hosts for party in mission.parties)
    return frozenset(party for party in parties if rules.bars(Bar.RIVALS, party))


_KINDS = {Bar.RIVALS: RelationKind.RIVALS, Bar.NEIGHBOURS: RelationKind.NEIGHBOURS}


def _related_by(problem: DesignProblem, rules: Eligibility, bar: Bar, to: tuple[str, ...]) -> frozenset[str]:
    """Rivals, or neighbours, of any of the states `to` whom the rules bar for it."""
    related = (state for other in to for state in problem.related(_KINDS[bar], other))
    return frozenset(state for state in related if rules.bars(bar, state))
