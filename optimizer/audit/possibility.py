"""What the figures of a problem make impossible together, though each alone is in order."""

from __future__ import annotations

from collections.abc import Iterator

from concord.models import DesignProblem, Zone
from concord.models.eligibility import bar_at_home, barred_from_zone

from .case import listed, spelled
from .caution import Caution
from .reach import site_to_mission_km, sites_in_reach, to_spare


def impossible(problem: DesignProblem) -> Iterator[Caution]:
    """Capabilities that no figure permits."""
    yield from _left_out_years(problem)
    if problem.open_missions:
        yield from _force(problem)
    yield from _observers(problem)


def _left_out_years(problem: DesignProblem) -> Iterator[Caution]:
    for fund in problem.funds:
        for name, figure in (("budget", fund.budget), ("commitment", fund.commitment)):
            missing = [p for p in problem.periods if isinstance(figure, dict) and p not in figure]
            if missing:
                yield Caution(
                    "year-left-out",
                    f"the {name} of fund {fund.id} leaves out {spelled(missing)}, which counts as 0",
                )


def _force(problem: DesignProblem) -> Iterator[Caution]:
    if problem.garrisons is None or not problem.sites:
        yield Caution("no-garrisons", "there are missions but no garrison sites: nobody can be sent to them")
        return
    if not any(state.lift > 0 for state in problem.members):
        yield Caution(
            "no-lift", "no member can pledge lift (states.*.lift): no soldier can be moved to a mission"
        )
    if not any(to_spare(problem, state) > 0 for state in problem.senders):
        yield Caution(
            "nobody-to-send",
            "no member can spare a contingent (garrisons.contingents: contributors, availability, unit): "
            "nobody can be sent to missions",
        )
        return
    yield from _missions(problem)


def _missions(problem: DesignProblem) -> Iterator[Caution]:
    """What stands in the way of single missions."""
    if problem.garrisons is None:
        return
    rules, lift = problem.garrisons.contingents, problem.garrisons.lift
    for mission in problem.open_missions:
        if not sites_in_reach(problem, mission):
            nearest = min(problem.sites, key=lambda site: (site_to_mission_km(site, mission), site.id))
            hours = lift.hours(site_to_mission_km(nearest, mission))
            yield Caution(
                "mission-out-of-reach",
                f"no site where a garrison may stand reaches mission {mission.id} within its "
                f"{mission.deadline:,.0f} hours; from {nearest.name}, the nearest, it takes {hours:,.0f}",
            )
        if rules.integral and mission.need < rules.unit:
            yield Caution(
                "need-below-contingent",
                f"mission {mission.id} needs {mission.need:,.0f} soldiers, fewer than one "
                f"contingent unit of {rules.unit:,.0f}",
            )


def _observers(problem: DesignProblem) -> Iterator[Caution]:
    alone = [zone.id for zone in problem.open_zones if not _watchable(problem, zone)]
    if alone and len(alone) == len(problem.open_zones):
        yield Caution("no-observer", "no state is eligible to send observers to any zone")
    elif alone:
        noun = "zone" if len(alone) == 1 else f"{len(alone)} zones:"
        yield Caution("no-observer", f"no state is eligible to send observers to {noun} {listed(alone, 6)}")


def _watchable(problem: DesignProblem, zone: Zone) -> bool:
    """Whether anybody can watch the zone at some time. A zone that nobody may or need watch is left alone."""
    monitoring = problem.monitoring
    periods = [period for period in problem.periods if zone.open_in(period)]
    if monitoring is None or not periods:
        return True
    barred = barred_from_zone(problem, zone) | set(problem.left_out)
    return any(
        stock > 0 and state not in barred and bar_at_home(problem, monitoring, state, period) is None
        for monitor in monitoring.monitors
        if zone.kind in monitor.kinds
        for state, stock in monitor.stock.items()
        for period in periods
    )
