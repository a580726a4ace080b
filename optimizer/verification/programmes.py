"""Programmes and organs: S.1, S.2, 2.1 to 2.8, and the cost of organs."""

from __future__ import annotations

import math
from statistics import median

from concord.models.organ import Organ
from concord.models.programme import Join, Programme

from .arithmetic import logarithm_above_one
from .case import Case
from .costs import organ_cost
from .decisions import added
from .tolerance import Quantity


def check_programmes(case: Case) -> None:
    """Every rule over programmes and the organs that run them."""
    stocks, upkeep = case.decisions.stocks(case.problem), case.decisions.upkeep(case.problem)
    for row in case.plan.programmes:
        index = (row.state, row.programme, row.period)
        text = "the stock of {1} in {0} in {2} is stated as {value}, and is {limit}"
        case.ledger.equal("programmes.stock", index, row.stock, stocks.get(index, 0.0), Quantity.MONEY, text)
        text = "the upkeep of {1} in {0} in {2} is stated as {value}, and is {limit}"
        case.ledger.equal("figures.cost", index, row.upkeep, upkeep.get(index, 0.0), Quantity.MONEY, text)
    _intensities(case, stocks)
    _frontiers(case)
    spent = _spending(case)
    for programme in case.problem.programmes:
        if programme.minimum_scale:
            _minimum_scale(case, programme, spent)
        if programme.join is Join.ALL_OR_NONE:
            _all_or_none(case, programme)


def _frontiers(case: Case) -> None:
    """Along a frontier no more than on the side that does less (S.10)."""
    intensity = case.decisions.intensity
    for programme in case.problem.programmes:
        for one, other in case.problem.frontiers(programme):
            for period in case.problem.periods:
                index = (programme.id, one, other, period)
                less = min(intensity.get((side, programme.id, period), 0.0) for side in (one, other))
                text = "{0} along the frontier of {1} and {2} in {3} is {value}, where one side does {limit}"
                stated = case.decisions.mutual.get(index, 0.0)
                case.ledger.at_most("security.frontier", index, stated, less, Quantity.LOGS, text)


def check_organs(case: Case) -> None:
    """Every rule over organs, and what each is stated to cost."""
    organs = {organ.id: organ for organ in case.problem.organs}
    spent = _spending(case)
    for organ in case.problem.organs:
        for period in case.problem.periods:
            _ceiling(case, organ, period, spent)
            _operation(case, organ, period)
    for row in case.plan.organs:
        if row.organ in organs:
            organ = organs[row.organ]
            founded = case.decisions.begins(row.organ, row.period + organ.lead)
            text = f"{{0}} begins {organ.lead} periods after it is founded; not so stated for {{1}}"
            case.ledger.demand("organs.founding", (row.organ, row.period), row.founded is founded, text)
            cost = organ_cost(case.problem, case.decisions, organ, row.period)
            text = "the cost of {0} in {1} is stated as {value}, and is {limit}"
            subject = (row.organ, row.period)
            home = organ.headquarters
            known = (home.host, home.city) if home else (None, None)
            place = f"{home.city}, {home.host}" if home else "nowhere in particular"
            text = f"{{0}} is not stated for {{1}} where it is at home: {place}"
            agrees = (row.host, row.city) == known
            case.ledger.demand("figures.headquarters", subject, agrees, text)
            case.ledger.equal("figures.cost", subject, row.cost, cost, Quantity.MONEY, text)


def _spending(case: Case) -> dict[tuple[str, int], float]:
    """Million USD by programme and period."""
    return added(((name, when), amount) for (_, name, when), amount in case.decisions.spending.items())


def _scales(case: Case, programme: Programme) -> dict[str, float]:
    """Million USD that bring the intensity log(2) of `programme` in each state."""
    by = programme.scaling.by.value
    if by == "nothing":
        return {state.id: programme.scale for state in case.problem.states}
    middle = median(float(getattr(member, by)) for member in case.problem.measured)
    return {
        state.id: programme.scale * math.pow(getattr(state, by) / middle, programme.scaling.exponent)
        for state in case.problem.states
    }


def _intensities(case: Case, stocks: dict[tuple[str, str, int], float]) -> None:
    ledger, programmes = case.ledger, {programme.id: programme for programme in case.problem.programmes}
    scales = {programme.id: _scales(case, programme) for programme in case.problem.programmes}
    for subject, intensity in case.decisions.intensity.items():
        state, name, period = subject
        programme = programmes[name]
        reach = logarithm_above_one(stocks.get(subject, 0.0) / scales[name][state])
        text = "{1} in {0} in {2} has the intensity {value}, "
        words = text + "and its stock gives {limit}"
        ledger.at_most("programmes.intensity", subject, intensity, reach, Quantity.LOGS, words)
        most, words = programme.max_intensity, text + "allowed {limit}"
        ledger.at_most("programmes.max_intensity", subject, intensity, most, Quantity.LOGS, words)
        if programme.organ is not None:
            limit = math.inf if case.operates(programme.organ, period) else 0.0
            words = f"{text}and without {programme.organ} may have {{limit}}"
            ledger.at_most("programmes.organ", subject, intensity, limit, Quantity.LOGS, words)


def _running(case: Case, programme: Programme) -> set[int]:
    """Periods in which the programme has any effect."""
    off = case.ledger.tolerance.logs
    return {
        when
        for (_, name, when), intensity in case.decisions.intensity.items()
        if name == programme.id and not intensity <= off
    }


def _all_or_none(case: Case, programme: Programme) -> None:
    """2.8: each state of a programme that runs has spent what joining it takes."""
    scales = _scales(case, programme)
    running = sorted(_running(case, programme))
    for state in case.problem.beneficiaries(programme):
        for period in running:
            amount = case.decisions.spending.get((state.id, programme.id, period - programme.lead), 0.0)
            least = programme.joining_cost * scales[state.id] / programme.scale
            text = "{1} runs in {2}, where {0} joins with {value} and must with at least {limit}"
            subject = (state.id, programme.id, period)
            case.ledger.at_least("programmes.all_or_none", subject, amount, least, Quantity.MONEY, text)


def _minimum_scale(case: Case, programme: Programme, spent: dict[tuple[str, int], float]) -> None:
    running = _running(case, programme)
    for period in case.problem.periods:
        subject = (programme.id, period)
        least = programme.minimum_scale if period in running else 0.0
        text = "{0} runs in {1} on {value}, and needs at least {limit}"
        amount = spent.get((programme.id, period - programme.lead), 0.0)
        case.ledger.at_least("programmes.minimum_scale", subject, amount, least, Quantity.MONEY, text)


def _ceiling(case: Case, organ: Organ, period: int, spent: dict[tuple[str, int], float]) -> None:
    if organ.ceiling is None:
        return
    run = [programme.id for programme in case.problem.programmes if programme.organ == organ.id]
    amount = sum(spent.get((name, period), 0.0) for name in run)
    limit = organ.ceiling if case.operates(organ.id, period) else 0.0
    text = "{0} has {value} of programmes to administer in {1}, allowed {limit}"
    case.ledger.at_most("organs.ceiling", (organ.id, period), amount, limit, Quantity.MONEY, text)


def _operation(case: Case, organ: Organ, period: int) -> None:
    """2.4 to 2.6: when an organ may and must operate."""
    operates, ledger, subject = case.operates(organ.id, period), case.ledger, (organ.id, period)
    if not organ.closable and (organ.latest is None or period <= organ.latest):
        closed = not operates and (organ.id, period - 1) in case.decisions.operating
        ledger.demand("organs.permanence", subject, not closed, "{0} is closed in {1}, and is not closable")
    for required in organ.requires:
        kept = not operates or case.operates(required, period)
        text = f"{{0}} operates in {{1}} without {required}, which it requires"
        ledger.demand("organs.requires", subject, kept, text)
    if operates and organ.lead and case.decisions.begins(organ.id, period):
        rows = {(row.organ, row.period) for row in case.plan.organs if row.founded}
        text = f"{{0}} begins in {{1}} without having been founded in {period - organ.lead}"
        ledger.demand("organs.founding", subject, (organ.id, period - organ.lead) in rows, text)
    if organ.latest is not None:
        late = operates and period > organ.latest
        text = f"{{0}} operates in {{1}}, and may until {organ.latest}"
        ledger.demand("organs.latest", subject, not late, text)
    if organ.earliest is not None:
        early = operates and period < organ.earliest
        text = f"{{0}} operates in {{1}}, and may from {organ.earliest} on"
        ledger.demand("organs.earliest", subject, not early, text)
