"""Check 2: no soldiers of states at war, sanctioned, hosting, party, rival or neighbour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from concord.models import Bar, Eligibility, Mission, RelationKind

from .case import EPSILON, Case, shortened, spelled
from .codes import Code
from .finding import Finding, Severity
from .reach import PARTY, bars_by_fact, estranged

_AT_HOME = {
    Bar.AT_WAR: (Code.CONTINGENT_FROM_WAR, "is at war at home"),
    Bar.SANCTIONED: (Code.CONTINGENT_FROM_SANCTIONED, "is under an arms embargo or suspended"),
    Bar.HOSTING: (Code.CONTINGENT_FROM_HOST, "needs a peacekeeping mission on its own soil"),
}
_AWAY: dict[Bar | str, tuple[Code, Severity, str]] = {
    PARTY: (Code.CONTINGENT_FROM_PARTY, Severity.SERIOUS, "party to the conflict"),
    Bar.RIVALS: (Code.CONTINGENT_FROM_RIVAL, Severity.SERIOUS, "a rival of the host or of a party"),
    Bar.NEIGHBOURS: (Code.CONTINGENT_FROM_NEIGHBOUR, Severity.MINOR, "a neighbour of the host"),
}


def contributors(case: Case) -> Iterator[Finding]:
    """States that should have kept their soldiers at home, and those that should not serve where they do."""
    rules = case.problem.garrisons.contingents if case.problem.garrisons else Eligibility()
    yield from _at_home(case, rules)
    if case.plan.deployments:
        yield from _named(case, rules)
    else:
        yield from _inevitable(case, rules)
    yield from _observers(case)


def _at_home(case: Case, rules: Eligibility) -> Iterator[Finding]:
    found: dict[tuple[str, Bar], dict[int, float]] = defaultdict(dict)
    for (state, period), troops in case.sent.items():
        if state in case.problem.state_by_id:
            bar = bars_by_fact(case.problem, rules, state, period)
            if bar:
                found[state, bar][period] = troops
    for (state, bar), years in sorted(found.items()):
        code, why = _AT_HOME[bar]
        most = max(years.values())
        severity = Severity.MINOR if bar is Bar.HOSTING else Severity.SERIOUS
        yield Finding(
            code,
            severity,
            state,
            {"troops": most, "periods": len(years)},
            f"{case.name(state)} sends up to {most:,.0f} soldiers in {spelled(years)}, but {why}.",
            f"{case.name(state)} ({most:,.0f})",
        )


def _named(case: Case, rules: Eligibility) -> Iterator[Finding]:
    """Of soldiers whose mission the plan names."""
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in case.plan.deployments:
        if row.troops > EPSILON and row.mission in case.missions:
            found[row.mission, row.state][row.period] += row.troops
    for (mission, state), years in sorted(found.items()):
        reason = estranged(case.problem, rules, state, case.missions[mission])
        if reason is not None:
            code, severity, why = _AWAY[reason]
            most = max(years.values())
            yield Finding(
                code,
                severity,
                f"{state}, {mission}",
                {"troops": most, "periods": len(years)},
                f"{case.name(state)}, {why}, has up to {most:,.0f} soldiers in the mission "
                f"{case.missions[mission].name} in {spelled(years)}.",
                f"{case.name(state)} in {shortened(case.missions[mission].name)}",
            )


def _inevitable(case: Case, rules: Eligibility) -> Iterator[Finding]:
    """Where the plan names garrisons only: more soldiers go than others in the garrison could be."""
    worst: dict[tuple[str, str, Bar | str], tuple[float, int]] = {}
    for row in case.plan.assignments:
        mission = case.missions.get(row.mission)
        if mission is None:
            continue
        barred = _barred(case, rules, mission, (row.site, row.period))
        total = case.stationed.get((row.site, row.period), 0.0)
        excess = row.troops - (total - sum(troops for _, troops in barred.values()))
        if barred and total > 0 and excess > EPSILON + 1e-6 * total:
            state = max(barred, key=lambda each: (barred[each][1], each))
            key = (mission.id, row.site, barred[state][0])
            worst[key] = max(worst.get(key, (0.0, 0)), (excess, row.period))
    for (mission_id, site, reason), (excess, period) in sorted(worst.items(), key=lambda each: each[0][:2]):
        code, severity, why = _AWAY[reason]
        barred = _barred(case, rules, case.missions[mission_id], (site, period))
        yield Finding(
            code,
            severity,
            f"{mission_id}, {site}",
            {"troops": excess, "period": period},
            f"At least {excess:,.0f} of the soldiers whom {case.place(site)} sends to "
            f"{case.missions[mission_id].name} in {period} must be of {case.names(sorted(barred))}: {why}.",
            f"{case.names(sorted(barred), 2)} in {shortened(case.missions[mission_id].name)}",
        )


def _observers(case: Case) -> Iterator[Finding]:
    """Teams of states at war or sanctioned, and of rivals of those whom they watch."""
    monitoring = case.problem.monitoring
    if monitoring is None:
        return
    zones = {zone.id: zone for zone in monitoring.zones}
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in case.plan.monitoring:
        if row.teams <= EPSILON or row.zone not in zones or row.state not in case.problem.state_by_id:
            continue
        reason = bars_by_fact(case.problem, monitoring, row.state, row.period)
        if reason in (Bar.AT_WAR, Bar.SANCTIONED):
            found[row.state, _AT_HOME[reason][1]][row.period] += row.teams
        elif row.state not in monitoring.exceptions.get(Bar.RIVALS, ()):
            watched = case.problem.related(RelationKind.RIVALS, row.state) & set(zones[row.zone].states)
            if watched:
                found[row.state, f"is a rival of {case.names(sorted(watched))}"][row.period] += row.teams
    for (state, why), years in sorted(found.items()):
        most = max(years.values())
        noun = "team" if most == 1 else "teams"
        yield Finding(
            Code.OBSERVERS_INELIGIBLE,
            Severity.SERIOUS,
            state,
            {"teams": most, "periods": len(years)},
            f"{case.name(state)} sends up to {most:,.0f} {noun} of observers in {spelled(years)}, but {why}.",
            f"{case.name(state)} ({most:,.0f})",
        )


def _barred(
    case: Case, rules: Eligibility, mission: Mission, where: tuple[str, int]
) -> dict[str, tuple[Bar | str, float]]:
    """States in a garrison that should not serve in `mission`: why, and with how many soldiers."""
    found: dict[str, tuple[Bar | str, float]] = {}
    for state, troops in case.nations.get(where, {}).items():
        reason = estranged(case.problem, rules, state, mission)
        if reason is not None:
            found[state] = (reason, troops)
    return found
