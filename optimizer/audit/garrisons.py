"""Checks 2, 4 and 5 in garrisons: few nations, no rivals among them, in units that exist, with a task.

Soldiers are whole, and so are companies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import ceil

from concord.models import RelationKind

from .case import EPSILON, Case, spelled
from .codes import Code
from .finding import Finding, Severity

BATTALION = 600.0
"""Soldiers of one nation who stand on their own feet; a garrison may have a nation for each of them."""
SPARE_NATIONS = 1
"""Nations beyond that about which nobody complains."""
COMPANY = 100.0
"""Soldiers in the smallest company there is."""
WHOLE = 1e-3
"""Of a soldier or of a company: what rounding leaves."""


def garrisons(case: Case) -> Iterator[Finding]:
    """Patchworks, rivals together, idle garrisons, contingents too small, and broken companies."""
    yield from _many_nations(case)
    yield from _rivals(case)
    yield from _idle(case)
    yield from _below_company(case)
    yield from _fractions(case)


def _many_nations(case: Case) -> Iterator[Finding]:
    if case.problem.garrisons is None:
        return
    rules = case.problem.garrisons.contingents
    least = max(rules.min_nations, ceil(1 / rules.max_state_share - 1e-9) if rules.max_state_share else 1)
    worst: dict[str, tuple[int, int]] = {}
    for (site, period), states in case.nations.items():
        few = max(least, ceil(case.stationed[site, period] / BATTALION))
        if len(states) > few + SPARE_NATIONS:
            worst[site] = max(worst.get(site, (0, 0)), (len(states), -period))
    for site, (number, negative) in sorted(worst.items()):
        troops = case.stationed[site, -negative]
        yield Finding(
            Code.GARRISON_OF_MANY_NATIONS,
            Severity.MINOR,
            site,
            {"nations": number, "troops": troops, "period": -negative},
            f"{case.place(site)} has {number} nations among {troops:,.0f} soldiers in {-negative}, "
            f"{troops / number:,.0f} on average; the rules ask for {least}.",
            f"{case.place(site)} ({number} nations, {troops:,.0f} soldiers)",
        )


def _rivals(case: Case) -> Iterator[Finding]:
    """Nations that are rivals by `relations`, in one garrison."""
    years = defaultdict[tuple[str, str, str], list[int]](list)
    for (site, period), states in case.nations.items():
        for one in states:
            for other in case.problem.related(RelationKind.RIVALS, one) & set(states):
                if one < other:
                    years[site, one, other].append(period)
    for (site, one, other), periods in sorted(years.items()):
        names = f"{case.name(one)} and {case.name(other)}"
        yield Finding(
            Code.RIVALS_IN_GARRISON,
            Severity.MINOR,
            f"{site}, {one}, {other}",
            {"periods": len(periods)},
            f"Soldiers of {names}, rivals, share the garrison in {case.place(site)} "
            f"in {spelled(sorted(periods))}.",
            f"{names} in {case.place(site)}",
        )


def _idle(case: Case) -> Iterator[Finding]:
    """Garrisons with a battalion or more that serves in no mission for a whole period."""
    idle = defaultdict[str, list[int]](list)
    for (site, period), troops in case.stationed.items():
        if troops >= BATTALION and case.assigned.get((site, period), 0.0) <= EPSILON:
            idle[site].append(period)
    for site, periods in sorted(idle.items()):
        most = max(case.stationed[site, period] for period in periods)
        yield Finding(
            Code.GARRISON_WITHOUT_TASK,
            Severity.MINOR,
            site,
            {"troops": most, "periods": len(periods)},
            f"{most:,.0f} soldiers in {case.place(site)} serve in no mission in {spelled(sorted(periods))}.",
            f"{case.place(site)} ({most:,.0f})",
        )


def _below_company(case: Case) -> Iterator[Finding]:
    company = max(case.unit, COMPANY)
    small = [
        row
        for row in case.plan.contingents
        if EPSILON < row.troops < company - WHOLE and row.site in case.sites
    ]
    if small:
        least = min(small, key=lambda row: row.troops)
        yield Finding(
            Code.CONTINGENT_BELOW_COMPANY,
            Severity.MINOR,
            ", ".join(sorted({row.state for row in small})),
            {"contingents": len(small), "smallest": least.troops, "company": company},
            f"{_count(len(small), 'contingent is', 'contingents are')} smaller than a company of "
            f"{company:,.0f}; the smallest is {least.troops:,.3g} soldiers of {case.name(least.state)} "
            f"in {case.place(least.site)}.",
            f"{len(small)}, the smallest {least.troops:,.3g} soldiers",
        )


def _fractions(case: Case) -> Iterator[Finding]:
    rows = [
        *(
            (f"{case.name(r.state)} in {case.place(r.site)}", r.period, r.troops)
            for r in case.plan.contingents
        ),
        *(
            (f"{case.place(r.site)} for {_mission(case, r.mission)}", r.period, r.troops)
            for r in case.plan.assignments
        ),
        *(
            (f"{case.name(r.state)} in {_mission(case, r.mission)}", r.period, r.troops)
            for r in case.plan.deployments
        ),
    ]
    rows = [row for row in rows if row[2] > EPSILON]
    parts = [row for row in rows if _broken(row[2])]
    if parts:
        label, period, troops = parts[0]
        yield Finding(
            Code.FRACTIONAL_SOLDIERS,
            Severity.MINOR,
            spelled(row[1] for row in parts),
            {"rows": len(parts), "of": len(rows)},
            f"{len(parts)} of {len(rows)} entries of troops are not whole soldiers, such as "
            f"{troops:,.2f} ({label}, {period}).",
            f"{len(parts)} entries, such as {troops:,.2f}",
        )
    yield from _companies(case, rows)


def _companies(case: Case, rows: Iterable[tuple[str, int, float]]) -> Iterator[Finding]:
    every = list(rows)
    broken = [row for row in every if _broken(row[2] / case.unit) and not _broken(row[2])]
    if broken:
        label, period, troops = broken[0]
        yield Finding(
            Code.BROKEN_COMPANIES,
            Severity.MINOR,
            spelled(row[1] for row in broken),
            {"rows": len(broken), "of": len(every), "company": case.unit},
            f"{len(broken)} of {len(every)} entries of troops are not whole companies of "
            f"{case.unit:,.0f}, such as {troops:,.0f} ({label}, {period}).",
            f"{len(broken)} entries, such as {troops:,.0f}",
        )


def _broken(figure: float) -> bool:
    return abs(figure - round(figure)) > WHOLE


def _mission(case: Case, mission: str) -> str:
    return case.missions[mission].name if mission in case.missions else mission


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
