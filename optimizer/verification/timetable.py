"""The timetable and doctrine: 9.1 to 9.6, 10.2. What experience saves (9.7, 9.8) is held to by the costs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from concord.models.timetable import Activity, Precedence

from .case import Case
from .tolerance import Quantity

LOGS, COUNT, MONEY = Quantity.LOGS, Quantity.COUNT, Quantity.MONEY


def check_timetable(case: Case) -> None:
    """When things may be, must be, and what has to come first."""
    _windows(case)
    for organ in case.problem.organs:
        for period in case.problem.periods if organ.due is not None else ():
            promised = (organ.due or 0) <= period <= (organ.latest or case.last)
            kept = not promised or case.operates(organ.id, period)
            text = f"{{0}} does not operate in {{1}}, and is due from {organ.due} on"
            case.ledger.demand("timetable.due", (organ.id, period), kept, text)
    _leads(case)
    for precedence in case.problem.timetable.precedence:
        for period in case.problem.periods:
            _order(case, precedence, period)


def _windows(case: Case) -> None:
    """9.1: nothing is spent on a programme, and no garrison stands, outside its periods."""
    programmes = {programme.id: programme for programme in case.problem.programmes}
    sites = {site.id: site for site in case.problem.sites}
    for state, programme, period in case.decisions.spending:
        text = "{0} has {1} in {2}, outside the periods when that may run"
        kept = programmes[programme].may_run(period)
        case.ledger.demand("timetable.window", (state, programme, period), kept, text)
    for site, tier, period in sorted(case.decisions.garrisons):
        text = "a {1} garrison stands at {0} in {2}, outside the periods when it may"
        kept = sites[site].may_stand(period)
        case.ledger.demand("timetable.window", (site, tier, period), kept, text)


def _leads(case: Case) -> None:
    """9.3: nothing begins to work earlier than its lead after the first period."""
    first = case.problem.periods[0]
    lead = {organ.id: organ.lead for organ in case.problem.organs}
    text = "{0} works in {1}, before anything founded in the first period could"
    for organ, period in sorted(case.decisions.operating):
        case.ledger.demand("timetable.lead", (organ, period), period >= first + lead[organ], text)
    building = case.problem.garrisons.lead if case.problem.garrisons else 0
    for site, _, period in sorted(case.decisions.garrisons):
        case.ledger.demand("timetable.lead", (site, period), period >= first + building, text)


def _order(case: Case, precedence: Precedence, period: int) -> None:
    """9.4 to 9.6: the second runs only after the first has run long enough."""
    waiting = next(_runs(case, precedence.then, period), None)
    ran = sum(_has_run(case, precedence.first, when) for when in case.problem.periods if when < period)
    text = f"{waiting} in {{1}}, after {{value}} periods of what must come first, required {{limit}}"
    least = 0 if waiting is None else precedence.periods
    case.ledger.at_least("timetable.precedence", (precedence.id, period), ran, least, COUNT, text)
    if precedence.first.organ is None:
        spent = _spent(case, precedence.first, period)
        tried = precedence.first.least if _has_run(case, precedence.first, period) else 0.0
        text = "what comes first of {0} spends {value} in {1}, required {limit}"
        case.ledger.at_least("timetable.precedence", (precedence.id, period), spent, tried, MONEY, text)


def _has_run(case: Case, activity: Activity, period: int) -> bool:
    if activity.organ is not None:
        return case.operates(activity.organ, period)
    return _spent(case, activity, period) >= activity.least - case.ledger.tolerance.money


def _spent(case: Case, activity: Activity, period: int) -> float:
    """Million USD."""
    return sum(
        case.decisions.spending.get((state, programme, period), 0.0)
        for state, programme in case.problem.undertakings(activity)
    )


def _runs(case: Case, activity: Activity, period: int) -> Iterator[str]:
    """What of an activity that has to wait runs in a period, in words."""
    decisions, tolerance = case.decisions, case.ledger.tolerance
    if activity.organ is not None and case.operates(activity.organ, period):
        yield f"{activity.organ} operates"
    for state, programme in case.problem.undertakings(activity):
        effect = decisions.intensity.get((state, programme, period), 0.0)
        spent = decisions.spending.get((state, programme, period), 0.0)
        if not (effect <= tolerance.logs and spent <= tolerance.money):
            yield f"{programme} runs in {state}"
    if activity.region is not None and activity.programme is None:
        hosts = {site.id: site.host for site in case.problem.sites}
        for site, _, when in sorted(decisions.garrisons):
            if when == period and case.problem.state_by_id[hosts[site]].region == activity.region:
                yield f"a garrison stands at {site}"


def check_doctrine(case: Case) -> None:
    """10.1 and 10.2: a state that arms has abated first."""
    share, decisions = case.problem.rules.abate_before_arming, case.decisions
    if share is None:
        return
    off = case.ledger.tolerance.logs
    arms = {programme.id for programme in case.problem.programmes if programme.arms}
    arming = {(i, t) for (i, k, t), effect in decisions.intensity.items() if k in arms and not effect <= off}
    arming |= {index for index, amount in decisions.arming.items() if not amount <= off}
    for programme in case.problem.programmes:
        if not programme.abates:
            continue
        open_to = {state.id for state in case.problem.beneficiaries(programme)}
        for state, period in product(sorted(open_to), filter(programme.may_run, case.problem.periods)):
            subject = (state, programme.id, period)
            effect = decisions.intensity.get(subject, 0.0)
            least = share * programme.max_intensity if (state, period) in arming else 0.0
            text = "{0} arms in {2} with an intensity of {1} of {value}, required {limit}"
            case.ledger.at_least("doctrine.abate_before_arming", subject, effect, least, LOGS, text)
