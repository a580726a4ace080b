"""What the figures allow: who can spare soldiers, which garrisons reach a mission, what moving costs."""

from __future__ import annotations

from math import floor

from concord.models import Bar, DesignProblem, Eligibility, Mission, RelationKind, Site, State
from concord.models.eligibility import bar_at_home, barred_from_mission
from concord.models.geography import great_circle_km

LEAST_SHARE = 0.4
"""Share of the need that a mission must have to be there in strength."""


def strength(mission: Mission) -> float:
    """Fewest soldiers with whom `mission` is there in strength."""
    return mission.minimum_strength or LEAST_SHARE * mission.need


def to_spare(problem: DesignProblem, state: State) -> float:
    """Soldiers that `state` can station at a time; 0 where they are fewer than its least contingent."""
    if problem.garrisons is None or not state.is_member or state.id in problem.left_out:
        return 0.0
    rules = problem.garrisons.contingents
    if rules.contributors is not None and state.id not in rules.contributors:
        return 0.0
    able = rules.availability * state.military_personnel
    if able < rules.unit * rules.minimum_units:
        return 0.0
    return rules.unit * floor(able / rules.unit + 1e-9) if rules.integral else able


def senders_to(problem: DesignProblem, mission: Mission, period: int) -> tuple[State, ...]:
    """States that the rules of the problem let send soldiers to `mission`, and that have some to spare."""
    rules = problem.garrisons.contingents if problem.garrisons else Eligibility()
    barred = barred_from_mission(problem, mission)
    return tuple(
        state
        for state in problem.senders
        if state.id not in barred
        and bar_at_home(problem, rules, state.id, period) is None
        and to_spare(problem, state) > 0
    )


def sites_in_reach(problem: DesignProblem, mission: Mission) -> tuple[tuple[float, Site], ...]:
    """Distance and site wherever a garrison may stand that reaches `mission` in time, the nearest first."""
    if problem.garrisons is None:
        return ()
    lift, periods = problem.garrisons.lift, problem.mission_periods(mission)
    found = (
        (site_to_mission_km(site, mission), site)
        for site in problem.sites
        if any(site.may_stand(period) for period in periods)
    )
    return tuple(
        sorted(
            ((km, site) for km, site in found if lift.hours(km) <= mission.deadline),
            key=lambda each: (each[0], each[1].id),
        )
    )


def site_to_mission_km(site: Site, mission: Mission) -> float:
    """Great-circle distance."""
    return great_circle_km(site.latitude, site.longitude, mission.latitude, mission.longitude)


def lift_of(problem: DesignProblem, troops: float, km: float) -> float:
    """Million tonne-km that move so many soldiers so far."""
    tonnes = problem.garrisons.lift.tonnes_per_soldier if problem.garrisons else 0.0
    return troops * tonnes * km / 1e6


def cost_of(problem: DesignProblem, mission: Mission, troops: float, km: float) -> float:
    """Million USD a period for so many soldiers in `mission`: pay, deployment and transport."""
    if problem.garrisons is None:
        return troops * mission.cost_per_soldier / 1e3
    rules, lift = problem.garrisons.contingents, problem.garrisons.lift
    a_head = mission.cost_per_soldier + rules.cost_per_soldier + rules.reimbursed * rules.sender_cost
    transport = lift.cost + lift.reimbursed * lift.sender_cost
    return troops * a_head / 1e3 + lift_of(problem, troops, km) * transport


def bars_by_fact(problem: DesignProblem, rules: Eligibility, state: str, period: int) -> Bar | None:
    """Why an expert would keep the soldiers of `state` at home, whatever the rules; None where excepted."""
    return bar_at_home(problem, _strict(rules), state, period)


def estranged(problem: DesignProblem, rules: Eligibility, state: str, mission: Mission) -> Bar | str | None:
    """Why an expert would keep `state` away from `mission`; None where nothing speaks against it."""
    if state in mission.parties:
        return PARTY
    of = {Bar.RIVALS: (mission.state, *mission.parties), Bar.NEIGHBOURS: (mission.state,)}
    for bar, kind in ((Bar.RIVALS, RelationKind.RIVALS), (Bar.NEIGHBOURS, RelationKind.NEIGHBOURS)):
        related = any(state in problem.related(kind, other) for other in of[bar])
        if related and state not in rules.exceptions.get(bar, ()):
            return bar
    return None


PARTY = "party"
"""A state that is party to the conflict."""


def _strict(rules: Eligibility) -> Eligibility:
    """Every bar, with the exceptions that the problem names."""
    return Eligibility(ineligible=tuple(Bar), exceptions=rules.exceptions)
