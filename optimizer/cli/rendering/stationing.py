"""The part of a summary that is about people: who sends, where they stand, what they watch."""

from __future__ import annotations

from collections import defaultdict

from rich.table import Table

from concord.models import DesignProblem, Mission, Plan

from .tables import Column, amount, percent, shortened, table, text_column

SENDERS, GARRISONS, MISSIONS, ZONE_KINDS = 6, 7, 7, 5
TIER = 13
"""Columns for the name of a tier."""


def senders_table(plan: Plan, problem: DesignProblem) -> Table | None:
    """The states with most troops in garrisons in the last period of the garrisons."""
    if not plan.contingents:
        return None
    period = max(row.period for row in plan.contingents)
    troops: dict[str, float] = defaultdict(float)
    sites: dict[str, set[str]] = defaultdict(set)
    for row in plan.contingents:
        if row.period == period and row.troops > 0:
            troops[row.state] += row.troops
            sites[row.state].add(row.site)
    total = sum(troops.values()) or 1.0
    names = {state.id: state.name for state in problem.states}
    rows = [
        [
            names.get(state, state),
            amount(troops[state], 0),
            percent(troops[state] / total),
            str(len(sites[state])),
        ]
        for state in sorted(troops, key=lambda state: (-troops[state], state))
    ]
    heading = text_column(f"Who sends {period} ({len(troops)} states)")
    return table(
        [heading, Column("troops"), Column("share"), Column("sites")], shortened(rows, SENDERS), expand=True
    )


def garrisons_table(plan: Plan, problem: DesignProblem) -> Table | None:
    """Garrisons of the last period: tier, first year, troops, number of nations."""
    standing = [row for row in plan.garrisons if row.working]
    if not standing:
        return None
    period = max(row.period for row in standing)
    nations: dict[str, set[str]] = defaultdict(set)
    for posting in plan.contingents:
        if posting.period == period and posting.troops > 0:
            nations[posting.site].add(posting.state)
    since: dict[str, int] = {}
    for row in standing:
        since[row.site] = min(row.period, since.get(row.site, row.period))
    present = sorted(
        (row for row in standing if row.period == period), key=lambda row: (-row.troops, row.site)
    )
    names = {site.id: site.name for site in problem.sites}
    rows = [
        [
            names.get(row.site, row.site),
            row.tier,
            str(since[row.site]),
            amount(row.troops, 0),
            str(len(nations[row.site])),
        ]
        for row in present
    ]
    heading = text_column(f"Garrisons {period} ({len(present)})")
    columns = [heading, text_column("tier", TIER), Column("since"), Column("troops"), Column("states")]
    return table(columns, shortened(rows, GARRISONS), expand=True)


def missions_table(plan: Plan, problem: DesignProblem) -> Table | None:
    """The largest needs: troops in the last period of each, the need, and its cover then and in the mean."""
    if not problem.open_missions:
        return None
    troops: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.assignments:
        troops[row.mission, row.period] += row.troops
    rows = []
    for mission in sorted(problem.open_missions, key=lambda mission: (-mission.need, mission.id)):
        periods = _periods_of(mission, problem)
        last = troops[mission.id, periods[-1]]
        mean = sum(troops[mission.id, period] for period in periods) / len(periods)
        ended = periods[-1] < problem.periods[-1]
        rows.append(
            [
                f"until {periods[-1]}: {mission.name}" if ended else mission.name,
                amount(last, 0),
                amount(mission.need, 0),
                f"{100 * last / mission.need:.0f}/{percent(mean / mission.need, 0)}",
            ]
        )
    served = len({mission for (mission, _), number in troops.items() if number > 0})
    heading = text_column(f"Missions ({served} of {len(problem.open_missions)})")
    columns = [heading, Column("troops"), Column("need"), Column("end/mean")]
    return table(columns, shortened(rows, MISSIONS), expand=True)


def _periods_of(mission: Mission, problem: DesignProblem) -> list[int]:
    first = problem.periods[0] if mission.start is None else mission.start
    last = problem.periods[-1] if mission.end is None else mission.end
    return [period for period in problem.periods if first <= period <= last]


def monitoring_table(plan: Plan, problem: DesignProblem) -> Table | None:
    """By kind of zone, in the last period of monitoring: zones watched, teams, and the busiest zone."""
    if not plan.monitoring or problem.monitoring is None:
        return None
    period = max(row.period for row in plan.monitoring)
    teams: dict[str, float] = defaultdict(float)
    for row in plan.monitoring:
        if row.period == period:
            teams[row.zone] += row.teams
    rows = []
    used = {zone.kind for zone in problem.monitoring.zones}
    for kind in [kind for kind in problem.monitoring.kinds if kind.id in used][:ZONE_KINDS]:
        zones = {zone.id: zone.name or zone.id for zone in problem.monitoring.zones if zone.kind == kind.id}
        watched = {zone: number for zone, number in teams.items() if zone in zones and number > 0}
        busiest = max(watched, key=lambda zone: (watched[zone], zone), default=None)
        rows.append(
            [
                kind.name or kind.id,
                f"{len(watched)}/{len(zones)}",
                amount(sum(watched.values()), 0),
                "" if busiest is None else zones[busiest],
            ]
        )
    columns = [
        text_column(f"Monitored {period}"),
        Column("zones"),
        Column("teams"),
        text_column("most at", 15),
    ]
    return table(columns, rows, expand=True)
