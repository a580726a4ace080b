"""Check 1: the deadliest conflicts get missions first, early, and in strength."""

from __future__ import annotations

from collections.abc import Iterator

from concord.models import Head, Mission
from concord.models.quantities import in_period

from .case import EPSILON, Case, amount, shortened, spelled
from .codes import Code
from .finding import Finding, Severity
from .reach import LEAST_SHARE, cost_of, lift_of, senders_to, sites_in_reach, strength, to_spare

WAR = 1000.0
"""Battle deaths in two years from which nobody overlooks a conflict."""
HALF, FULL, SMALLER = 0.5, 0.9, 10.0
"""A war is short below half of its need where a conflict with so many times fewer deaths gets nearly all."""
FEW = 50.0
"""Battle deaths in two years below which nobody asks why no soldiers come: 25 a year make a conflict."""


def conflicts(case: Case) -> Iterator[Finding]:
    """Who gets nobody and why, who is late or left early, and who gets too few."""
    for mission in sorted(case.problem.missions, key=lambda each: (-(each.deaths or 0.0), each.id)):
        if any(case.troops(mission.id, period) > 0 for period in case.periods):
            yield from _late(case, mission)
            yield from _left_early(case, mission)
            yield from _understrength(case, mission)
            yield from _short(case, mission)
        else:
            yield _unserved(case, mission)


def _unserved(case: Case, mission: Mission) -> Finding:
    open_in = case.problem.mission_periods(mission)
    told = f"{mission.name} ({_toll(case, mission)})"
    figures = {"need": mission.need}
    if mission.deaths is not None:
        figures["deaths"] = mission.deaths
    if not open_in:
        sentence = f"{told} gets nobody: {_refusal(case, mission)}."
        brief = shortened(mission.name, 26)
        return Finding(Code.CONFLICT_WITHOUT_CONSENT, Severity.NOTE, mission.id, figures, sentence, brief)
    why, short, more = _reason(case, mission, open_in)
    severity = _severity(case, mission)
    unaffordable = more.get("cost", 0.0) > more.get("money_left", 0.0)
    if severity is Severity.SERIOUS and unaffordable and (mission.deaths or 0.0) < WAR:
        severity = Severity.MINOR
    return Finding(
        Code.CONFLICT_UNSERVED,
        severity,
        mission.id,
        {**figures, **more},
        f"{told} gets nobody: {why}.",
        _brief(mission, short),
    )


def why_nobody(case: Case, mission: Mission, period: int) -> str:
    """Why `mission` has no soldiers in `period`, in words; empty where it has some."""
    if case.troops(mission.id, period) > 0:
        return ""
    if period not in case.problem.mission_periods(mission):
        return _refusal(case, mission)
    possible = _first_garrison(case)
    if case.problem.garrisons and period < possible:
        return f"no garrison can stand before {possible}"
    return _reason(case, mission, (period,))[0]


def _refusal(case: Case, mission: Mission) -> str:
    if mission.state in case.problem.left_out:
        return f"the entry test leaves out {case.name(mission.state)}"
    return "the government in control admits no mission"


def _toll(case: Case, mission: Mission) -> str:
    need = f"{mission.need:,.0f} soldiers needed"
    if mission.deaths is None:
        return need
    return f"{mission.deaths:,.0f} battle deaths in the two years before {case.periods[0]}, {need}"


def _brief(mission: Mission, short: str) -> str:
    deaths = [] if mission.deaths is None else [f"{mission.deaths:,.0f} deaths"]
    told = ", ".join([*deaths, *([short] if short else [])])
    name = shortened(mission.name)
    return f"{name} ({told})" if told else name


def _severity(case: Case, mission: Mission) -> Severity:
    if mission.deaths is None:
        return Severity.SERIOUS if case.problem.state_by_id[mission.state].at_war else Severity.MINOR
    passed_over = any(
        other.deaths is not None
        and other.deaths < mission.deaths
        and any(case.troops(other.id, period) > other.standing + EPSILON for period in case.periods)
        for other in case.problem.missions
    )
    if mission.deaths >= WAR or (passed_over and mission.deaths >= FEW):
        return Severity.SERIOUS
    return Severity.NOTE if mission.deaths < FEW else Severity.MINOR


def _reason(case: Case, mission: Mission, open_in: tuple[int, ...]) -> tuple[str, str, dict[str, float]]:
    """Why nobody comes: in words, in brief, and the figures that show it."""
    problem, least = case.problem, strength(mission)
    near = sites_in_reach(problem, mission)
    if problem.garrisons is None:
        return "the problem has no garrisons", "no garrisons", {}
    if not near:
        return (
            f"no site where a garrison may stand is within its deadline of {mission.deadline:.0f} hours",
            "out of reach",
            {},
        )
    if not any(state.lift > 0 for state in problem.members):
        return "no state can pledge lift", "no lift", {}
    able = max(_soldiers_left(case, mission, period) for period in open_in)
    if able < least:
        left = f"{able:,.0f}" if able >= 1 else "none"
        return (
            f"the least strength is {least:,.0f}, and eligible states have {left} more to spare",
            "no soldiers left",
            {"strength": least, "soldiers_left": able},
        )
    km = near[0][0]
    moved, lift = lift_of(problem, least, km), max(_lift_left(case, period) for period in open_in)
    if moved > lift + EPSILON:
        return (
            f"moving {least:,.0f} soldiers takes {amount(moved)} million tonne-km, "
            f"and states have {amount(lift) if lift > EPSILON else 'none'} left",
            "no lift left",
            {"strength": least, "lift": moved, "lift_left": lift},
        )
    return _by_cost(case, mission, (cost_of(problem, mission, least, km), least), open_in)


def _by_cost(
    case: Case, mission: Mission, price: tuple[float, float], open_in: tuple[int, ...]
) -> tuple[str, str, dict[str, float]]:
    (cost, least), left = price, _money_left(case, mission, open_in)
    figures = {"strength": least, "cost": cost, "money_left": left}
    currency = case.problem.currency
    told = f"{least:,.0f} soldiers would cost {amount(cost)} {currency} a year"
    brief = f"{amount(cost)} million a year"
    if cost > left + EPSILON:
        rest = f"{amount(left)} a year" if left > 0.005 else "nothing"
        return f"{told}, and the funds have {rest} left", brief, figures
    return f"{told}, and the funds have {amount(left)} a year left", brief, figures


def _soldiers_left(case: Case, mission: Mission, period: int) -> float:
    """Soldiers of eligible states that are not stationed, or stand in garrisons without a mission."""
    states = senders_to(case.problem, mission, period)
    at_home = sum(
        max(0.0, to_spare(case.problem, state) - case.sent.get((state.id, period), 0.0)) for state in states
    )
    idle = sum(
        max(0.0, troops - case.assigned.get(key, 0.0))
        for key, troops in case.stationed.items()
        if key[1] == period
    )
    return at_home + idle


def _lift_left(case: Case, period: int) -> float:
    able = sum(state.lift for state in case.problem.members)
    moved = (
        lift_of(case.problem, row.troops, row.distance_km)
        for row in case.plan.assignments
        if row.period == period
    )
    return max(0.0, able - sum(moved))


def _money_left(case: Case, mission: Mission, open_in: tuple[int, ...]) -> float:
    """Million USD a year that funds which may pay for `mission` do not assess, or keep to the end."""
    region = case.problem.state_by_id[mission.state].region
    able = [
        fund for fund in case.problem.funds if case.problem.may_pay_for(fund, Head.MISSIONS.value, region)
    ]
    ids = {fund.id for fund in able}
    allowed = sum(in_period(fund.budget, period) for fund in able for period in open_in)
    paid = sum(r.amount for r in case.plan.contributions if r.fund in ids and r.period in open_in)
    kept = sum(r.carried_out for r in case.plan.balances if r.fund in ids and r.period == open_in[-1])
    return max(0.0, allowed - paid + kept) / len(open_in)


def _late(case: Case, mission: Mission) -> Iterator[Finding]:
    first = case.periods[0]
    if not case.problem.state_by_id[mission.state].at_war or not case.problem.garrisons:
        return
    open_in = case.problem.mission_periods(mission)
    if not open_in or open_in[0] != first:
        return
    possible = _first_garrison(case)
    begun = min(period for period in case.periods if case.troops(mission.id, period) > 0)
    if begun > possible:
        near, least = sites_in_reach(case.problem, mission), strength(mission)
        cost = cost_of(case.problem, mission, least, near[0][0]) if near else 0.0
        left = _money_left(case, mission, (possible,))
        spent = cost > left + EPSILON
        why = (
            f"; {least:,.0f} soldiers would cost {amount(cost)} {case.problem.currency} a year, "
            "more than the funds had left"
            if spent
            else ""
        )
        yield Finding(
            Code.MISSION_LATE,
            Severity.MINOR if spent else Severity.SERIOUS,
            mission.id,
            {
                "begun": begun,
                "possible": possible,
                "deaths": mission.deaths or 0.0,
                "cost": cost,
                "money_left": left,
            },
            f"{mission.name} gets nobody before {begun}, though {case.name(mission.state)} is at war in "
            f"{first} and a garrison could stand in {possible}{why}.",
            f"{shortened(mission.name)} ({begun})",
        )


def _left_early(case: Case, mission: Mission) -> Iterator[Finding]:
    """A mission to a war that nobody serves any more before it ends; what stood before is check 10's."""
    if not case.problem.state_by_id[mission.state].at_war or mission.standing > 0:
        return
    last = max(period for period in case.periods if case.troops(mission.id, period) > 0)
    after = tuple(period for period in case.problem.mission_periods(mission) if period > last)
    if not after:
        return
    why, short, more = _reason(case, mission, after)
    spent = more.get("cost", 0.0) > more.get("money_left", 0.0) + EPSILON
    yield Finding(
        Code.MISSION_LEFT_EARLY,
        Severity.MINOR if spent else Severity.SERIOUS,
        mission.id,
        {"last": last, "troops": case.troops(mission.id, last), "deaths": mission.deaths or 0.0, **more},
        f"{mission.name} has {case.troops(mission.id, last):,.0f} soldiers in {last} and nobody in "
        f"{spelled(after)}, though {case.name(mission.state)} is at war in {case.periods[0]}: {why}.",
        f"{shortened(mission.name)} (after {last}{f', {short}' if short else ''})",
    )


def _first_garrison(case: Case) -> int:
    """First period in which a garrison can stand: it is built, and the organ that commands it works."""
    garrisons, first = case.problem.garrisons, case.periods[0]
    if garrisons is None:
        return first
    organ = next((each for each in case.problem.organs if each.id == garrisons.organ), None)
    commanded = max(first + organ.lead, organ.earliest or first) if organ else first
    return max(first + garrisons.lead, commanded)


def _understrength(case: Case, mission: Mission) -> Iterator[Finding]:
    """Periods below 40 % of the need; the first one is ramp-up where the next reaches it."""
    least = LEAST_SHARE * mission.need - EPSILON
    there = [period for period in case.periods if case.troops(mission.id, period) > 0]
    low = [
        period
        for period in there
        if case.troops(mission.id, period) < least and not _only_stands(case, mission, period)
    ]
    if low and low[0] == there[0] and case.troops(mission.id, there[0] + 1) >= least:
        low = low[1:]
    if not low:
        return
    fewest = min(case.troops(mission.id, period) for period in low)
    yield Finding(
        Code.MISSION_UNDERSTRENGTH,
        Severity.SERIOUS,
        mission.id,
        {"troops": fewest, "need": mission.need, "periods": len(low)},
        f"{mission.name} has {fewest:,.0f} of the {mission.need:,.0f} soldiers needed in {spelled(low)}: "
        f"a mission below {LEAST_SHARE:.0%} of its need can hold nothing.",
        f"{shortened(mission.name)} ({fewest / mission.need:.0%})",
    )


def _short(case: Case, mission: Mission) -> Iterator[Finding]:
    """A war that gets a smaller share of its need than a conflict with a tenth of its deaths gets in full."""
    at_war = case.problem.state_by_id[mission.state].at_war or not case.wars_known
    if mission.deaths is None or mission.deaths < WAR or not at_war:
        return
    found: dict[int, Mission] = {}
    for period in case.problem.mission_periods(mission):
        if _met(case, mission, period) >= HALF:
            continue
        for other in case.problem.missions:
            small = other.deaths is not None and other.deaths * SMALLER <= mission.deaths
            full = _met(case, other, period) >= FULL and not _only_stands(case, other, period)
            if small and full:
                found.setdefault(period, other)
    if found:
        first, other = min(found.items())
        share = _met(case, mission, first)
        yield Finding(
            Code.DEADLIER_CONFLICT_SHORT,
            Severity.MINOR,
            f"{mission.id}, {other.id}",
            {
                "share": share,
                "deaths": mission.deaths,
                "deaths_other": other.deaths or 0.0,
                "periods": len(found),
            },
            f"{mission.name} ({mission.deaths:,.0f} battle deaths) gets {share:.0%} of its need in {first}, "
            f"while {other.name} ({other.deaths or 0.0:,.0f}) gets {_met(case, other, first):.0%}.",
            f"{shortened(mission.name)} ({share:.0%})",
        )


def _met(case: Case, mission: Mission, period: int) -> float:
    return case.troops(mission.id, period) / mission.need


def _only_stands(case: Case, mission: Mission, period: int) -> bool:
    """Whether those there are the ones who stood there before, neither fewer nor more."""
    return mission.standing > 0 and abs(case.troops(mission.id, period) - mission.standing) < 1
