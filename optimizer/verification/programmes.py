"""Programmes and organs: S.1, S.2, 2.1 to 2.7, and the cost of organs."""

from __future__ import annotations

import math
from statistics import median

from models.organ import Organ
from models.programme import Programme

from .arithmetic import logarithm_above_one
from .case import Case
from .tolerance import Quantity


def check_programmes(case: Case) -> None:
    """Every rule over programmes and the organs that run them."""
    stocks = case.decisions.stocks(case.problem)
    for row in case.plan.programmes:
        index = (row.state, row.programme, row.period)
        text = "the stock of {1} in {0} in {2} is stated as {value}, and is {limit}"
        case.ledger.equal("programmes.stock", index, row.stock, stocks.get(index, 0.0), Quantity.MONEY, text)
    for programme in case.problem.programmes:
        _intensities(case, programme, stocks)
        if programme.minimum_scale:
            _minimum_scale(case, programme)


def check_organs(case: Case) -> None:
    """Every rule over organs, and what each is stated to cost."""
    organs = {organ.id: organ for organ in case.problem.organs}
    for organ in case.problem.organs:
        for period in case.problem.periods:
            _ceiling(case, organ, period)
            _operation(case, organ, period)
    for row in case.plan.organs:
        if row.organ in organs:
            organ, founded = organs[row.organ], case.decisions.founded(row.organ, row.period)
            text = "{0} is founded in a period when it operates and did not before; not so stated for {1}"
            case.ledger.demand("organs.founding", (row.organ, row.period), row.founded is founded, text)
            cost = organ.upkeep + (organ.setup_cost if founded else 0.0)
            text = "the cost of {0} in {1} is stated as {value}, and is {limit}"
            subject = (row.organ, row.period)
            case.ledger.equal("figures.cost", subject, row.cost, cost, Quantity.MONEY, text)


def _scale(case: Case, programme: Programme, state: str) -> float:
    """Million USD that bring the intensity log(2) of `programme` in `state`."""
    by = programme.scaling.by.value
    if by == "nothing":
        return programme.scale
    middle = median(float(getattr(member, by)) for member in case.problem.members)
    size = float(getattr(case.problem.state_by_id[state], by)) / middle
    return programme.scale * math.pow(size, programme.scaling.exponent)


def _intensities(case: Case, programme: Programme, stocks: dict[tuple[str, str, int], float]) -> None:
    for (state, name, period), intensity in case.decisions.intensity.items():
        if name != programme.id:
            continue
        stock = stocks.get((state, name, period), 0.0)
        reach = logarithm_above_one(stock / _scale(case, programme, state))
        subject = (state, name, period)
        text = "{1} in {0} in {2} has the intensity {value}, and its stock gives {limit}"
        case.ledger.at_most("programmes.intensity", subject, intensity, reach, Quantity.LOGS, text)
        most = programme.max_intensity
        text = "{1} in {0} in {2} has the intensity {value}, allowed {limit}"
        case.ledger.at_most("programmes.max_intensity", subject, intensity, most, Quantity.LOGS, text)
        if programme.organ is not None:
            limit = math.inf if case.operates(programme.organ, period) else 0.0
            text = (
                f"{{1}} in {{0}} in {{2}} has the intensity {{value}}, and {programme.organ} allows {{limit}}"
            )
            case.ledger.at_most("programmes.organ", subject, intensity, limit, Quantity.LOGS, text)


def _minimum_scale(case: Case, programme: Programme) -> None:
    for period in case.problem.periods:
        runs = any(
            name == programme.id
            and when == period
            and not intensity <= case.ledger.tolerance.absolute(Quantity.LOGS)
            for (_, name, when), intensity in case.decisions.intensity.items()
        )
        spent = _spending(case, [programme.id], period)
        least = programme.minimum_scale if runs else 0.0
        text = "{0} runs in {1} on {value}, and needs at least {limit}"
        subject = (programme.id, period)
        case.ledger.at_least("programmes.minimum_scale", subject, spent, least, Quantity.MONEY, text)


def _ceiling(case: Case, organ: Organ, period: int) -> None:
    if organ.ceiling is None:
        return
    run = [programme.id for programme in case.problem.programmes if programme.organ == organ.id]
    limit = organ.ceiling if case.operates(organ.id, period) else 0.0
    text = "{0} has {value} of programmes to administer in {1}, allowed {limit}"
    spent = _spending(case, run, period)
    case.ledger.at_most("organs.ceiling", (organ.id, period), spent, limit, Quantity.MONEY, text)


def _spending(case: Case, programmes: list[str], period: int) -> float:
    return sum(
        amount
        for (_, name, when), amount in case.decisions.spending.items()
        if name in programmes and when == period
    )


def _operation(case: Case, organ: Organ, period: int) -> None:
    """2.4 to 2.6: when an organ may and must operate."""
    operates, ledger, subject = case.operates(organ.id, period), case.ledger, (organ.id, period)
    if not organ.closable:
        closed = not operates and (organ.id, period - 1) in case.decisions.operating
        ledger.demand("organs.permanence", subject, not closed, "{0} is closed in {1}, and is not closable")
    for required in organ.requires:
        kept = not operates or case.operates(required, period)
        text = f"{{0}} operates in {{1}} without {required}, which it requires"
        ledger.demand("organs.requires", subject, kept, text)
    if organ.earliest is not None:
        early = operates and period < organ.earliest
        text = f"{{0}} operates in {{1}}, and may from {organ.earliest} on"
        ledger.demand("organs.earliest", subject, not early, text)
