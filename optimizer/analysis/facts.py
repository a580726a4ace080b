"""Facts for which no plan can have what is asked about: they are the answer, and no search is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concord.models import DesignProblem, Eligibility
from concord.models.eligibility import Bar
from concord.models.eligibility_checks import bars_at_home, kept_away

MOST_NAMED = 6
"""How many states a sentence names."""
MEANS = {
    Bar.AT_WAR: "there is war on its own soil",
    Bar.SANCTIONED: "it is under an arms embargo or suspended",
    Bar.HOSTING: "a peacekeeping mission may stand on its own soil",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the problem states and that rules out what is asked about."""

    says: str
    """What is ruled out, and why, in a sentence."""
    remedy: dict[str, Any]
    """Paths of the problem file to values with which it is ruled out no longer; empty where no single
    entry decides it."""


def against_mission(problem: DesignProblem, name: str) -> Fact | None:
    """Why nobody may go to a mission in any period; None where somebody may."""
    mission = next(each for each in problem.missions if each.id == name)
    nobody = f"Nobody may go to {mission.id}"
    if mission.state in problem.left_out:
        return Fact(f"{nobody}: the entry test leaves out {mission.state}, where it would stand.", {})
    if not mission.consent:
        says = f"{nobody}: the government in control of the place does not consent."
        return Fact(says, {f"missions.{mission.id}.consent": True})
    periods = problem.mission_periods(mission)
    if not periods:
        last = mission.end or problem.periods[-1]
        says = f"{nobody}: the government consents from {mission.consent_from} on, the need ends with {last}."
        return Fact(says, {f"missions.{mission.id}.consent_from": last})
    rules = problem.garrisons.contingents if problem.garrisons else Eligibility()
    reasons: dict[str, list[str]] = {}
    for sender in problem.senders:
        party = ["party to the dispute"] * (sender.id in mission.parties)
        reasons[sender.id] = party + list(kept_away(problem, rules, (mission.state,), sender.id, periods))
    return _if_none_is_free(nobody, reasons, rules, "garrisons.contingents")


def against_zone(problem: DesignProblem, name: str) -> Fact | None:
    """Why nobody may watch a zone in any period; None where somebody may."""
    if problem.monitoring is None:
        return None
    zone = next(each for each in problem.monitoring.zones if each.id == name)
    nobody, outside = f"Nobody may watch {zone.id}", sorted(set(zone.states) & set(problem.left_out))
    if outside:
        return Fact(f"{nobody}: the entry test leaves out {', '.join(outside)}.", {})
    periods = [period for period in problem.periods if zone.open_in(period)]
    if not periods:
        path = f"monitoring.zones.{zone.id}.periods"
        return Fact(f"{nobody}: its list of periods is empty.", {path: list(problem.periods)})
    nations = {
        state
        for monitor in problem.monitoring.monitors
        if zone.kind in monitor.kinds
        for state, stock in monitor.stock.items()
        if stock > 0 and state not in {*zone.states, *problem.left_out}
    }
    reasons = {
        state: kept_away(problem, problem.monitoring, zone.states, state, periods)
        for state in sorted(nations)
    }
    return _if_none_is_free(nobody, reasons, problem.monitoring, "monitoring")


def against_contributor(problem: DesignProblem, name: str) -> Fact | None:
    """Why a state sends nobody in any period; None where it may."""
    sends = problem.garrisons is not None and name in {state.id for state in problem.senders}
    what, path = ("troops", "garrisons.contingents") if sends else ("monitors", "monitoring")
    rules = problem.garrisons.contingents if problem.garrisons and sends else problem.monitoring
    bars = bars_at_home(problem, rules, name, problem.periods) if rules else ()
    if not rules or not bars:
        return None
    because = ", and ".join(f"{MEANS[bar]} ({bar.value})" for bar in bars)
    return Fact(f"{name} may send no {what}: {because}.", _exceptions(path, rules, name, bars))


def _if_none_is_free(
    nobody: str, reasons: Mapping[str, Sequence[str]], rules: Eligibility, path: str
) -> Fact | None:
    """The fact that reasons keep everybody away, and what would free the state with the fewest."""
    if not reasons or not all(reasons.values()):
        return None
    told = [f"{state} ({', '.join(mine)})" for state, mine in reasons.items()]
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    says = f"{nobody}: the rules keep all away, {', '.join(told[:MOST_NAMED])}{more}."
    free = {state: mine for state, mine in reasons.items() if all(isinstance(reason, Bar) for reason in mine)}
    if not free:
        return Fact(says, {})
    state = min(free, key=lambda each: len(free[each]))
    return Fact(says, _exceptions(path, rules, state, [Bar(reason) for reason in free[state]]))


def _exceptions(path: str, rules: Eligibility, state: str, bars: Sequence[Bar]) -> dict[str, Any]:
    return {f"{path}.exceptions.{bar.value}": [*rules.exceptions.get(bar, ()), state] for bar in bars}
