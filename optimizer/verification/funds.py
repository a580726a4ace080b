"""Funds and burden sharing: 1.1 to 1.7, 6.1 to 6.3, and the figures that a plan states about money."""

from __future__ import annotations

from concord.models.fund import Earmark, EarmarkSense, Fund
from concord.models.quantities import in_period

from .case import Case
from .costs import true_costs
from .decisions import added
from .scales import scale_shares
from .tolerance import Quantity

MONEY = Quantity.MONEY


def check_funds(case: Case) -> None:
    """Every rule over money paid, carried and drawn."""
    _coverage(case)
    paid = added(((fund, period), amount) for (_, fund, period), amount in case.decisions.paid.items())
    arrived = _arrived(case)
    drawn = added(((fund, period), amount) for (fund, _, _, period), amount in case.decisions.drawn.items())
    for fund in case.problem.funds:
        for period in case.problem.periods:
            total = paid.get((fund.id, period), 0.0)
            _limits(case, fund, period, total)
            index = (fund.id, period)
            _balance(case, fund, period, (arrived.get(index, 0.0), drawn.get(index, 0.0)))
            _sharing(case, fund, period, total)
        for earmark in fund.earmarks:
            if earmark.share is not None:
                _earmark_of_share(case, fund, earmark, earmark.share)
            elif earmark.donors is not None:
                _earmark_of_donors(case, fund, earmark, earmark.donors)
    _stated_balances(case, arrived, drawn)
    _stated_arrears(case)
    _stated_shares(case, paid)


def _arrived(case: Case) -> dict[tuple[str, int], float]:
    """Money that arrives by fund and period: what is assessed, less arrears."""
    rates = {fund.id: fund.delivery for fund in case.problem.funds}
    return added(
        ((fund, period), amount * rates[fund].get(payer, 1.0))
        for (payer, fund, period), amount in case.decisions.paid.items()
    )


def fund_shares(case: Case, fund: Fund) -> dict[str, float] | None:
    """Each payer's share by the fund's scale, or None where it has none."""
    if fund.scale is None:
        return None
    return scale_shares(fund.scale, case.problem.payers(fund), fund.floor, fund.ceiling)


def _coverage(case: Case) -> None:
    drawn = added(
        ((head, region, period), amount) for (_, head, region, period), amount in case.decisions.drawn.items()
    )
    costs = true_costs(case.problem, case.decisions)
    for head in case.problem.heads:
        for region in case.problem.regions:
            for period in case.problem.periods:
                case.ledger.equal(
                    "funds.coverage",
                    (head, region, period),
                    drawn.get((head, region, period), 0.0),
                    costs.get((head, region, period), 0.0),
                    MONEY,
                    "{value} is drawn for {0} in {1} in {2}, which costs {limit}",
                )


def _limits(case: Case, fund: Fund, period: int, total: float) -> None:
    subject = (fund.id, period)
    budget = in_period(fund.budget, period)
    case.ledger.at_most(
        "funds.budget", subject, total, budget, MONEY, "{value} is paid into {0} in {1}, allowed {limit}"
    )
    if fund.commitment is not None:
        least = in_period(fund.commitment, period)
        text = "{value} is paid into {0} in {1}, committed {limit}"
        case.ledger.at_least("funds.commitment", subject, total, least, MONEY, text)


def _balance(case: Case, fund: Fund, period: int, flows: tuple[float, float]) -> None:
    paid, drawn = flows
    carried = case.decisions.carried
    left = carried.get((fund.id, period - 1), 0.0) + paid - drawn
    out = carried.get((fund.id, period), 0.0)
    subject = (fund.id, period)
    text = "{0} carries {value} out of {1}; what comes in less what is drawn leaves {limit}"
    case.ledger.equal("funds.balance", subject, out, left, MONEY, text)
    if not fund.carry_over or (period == case.last and fund.commitment is None):
        text = "{0} carries {value} out of {1}, allowed {limit}"
        case.ledger.at_most("funds.carry_over", subject, out, 0.0, MONEY, text)


def _earmark_of_share(case: Case, fund: Fund, earmark: Earmark, share: float) -> None:
    for period in case.problem.periods:
        inside, outside = _spent(case, fund, earmark, period)
        parts = (inside, inside + outside, share)
        words = "{value} of what {0} spends in {2} falls under {1}, "
        if earmark.sense is EarmarkSense.AT_LEAST:
            record, words = case.ledger.share_at_least, words + "required {limit}"
        else:
            record, words = case.ledger.share, words + "allowed {limit}"
        record("funds.earmark", (fund.id, earmark.id, period), parts, MONEY, words)


def _earmark_of_donors(case: Case, fund: Fund, earmark: Earmark, donors: tuple[str, ...]) -> None:
    others = [payer.id for payer in case.problem.payers(fund) if payer.id not in donors]
    spent = available = 0.0
    for period in case.problem.periods:
        inside, outside = _spent(case, fund, earmark, period)
        spent += outside if earmark.sense is EarmarkSense.AT_LEAST else inside
        available += sum(
            fund.delivery.get(payer, 1.0) * case.decisions.paid.get((payer, fund.id, period), 0.0)
            for payer in others
        )
        where = "outside" if earmark.sense is EarmarkSense.AT_LEAST else "under"
        text = f"by {{2}} {{0}} has spent {{value}} {where} {{1}}, and others have delivered {{limit}}"
        case.ledger.at_most("funds.donors", (fund.id, earmark.id, period), spent, available, MONEY, text)


def _spent(case: Case, fund: Fund, earmark: Earmark, period: int) -> tuple[float, float]:
    """Money drawn from the fund inside and outside the earmark."""
    inside = outside = 0.0
    for (name, head, region, when), amount in case.decisions.drawn.items():
        if name == fund.id and when == period:
            if case.problem.serves(head, region, earmark.purposes, earmark.regions):
                inside += amount
            else:
                outside += amount
    return inside, outside


def _sharing(case: Case, fund: Fund, period: int, total: float) -> None:
    """1.7 and 6.1 to 6.3: what each payer bears."""
    scale = fund_shares(case, fund)
    ledger = case.ledger
    for payer in case.problem.payers(fund):
        amount = case.decisions.paid.get((payer.id, fund.id, period), 0.0)
        subject = (payer.id, fund.id, period)
        if fund.affordability is not None:
            most = fund.affordability * payer.gdp
            text = "{0} pays {value} into {1} in {2}, and can afford {limit}"
            ledger.at_most("funds.affordability", subject, amount, most, MONEY, text)
        text = "{0} pays {value} of {1} in {2}, "
        if scale is not None:
            fair, spread = scale[payer.id], fund.tolerance
            high, low = (amount, total, fair * (1 + spread)), (amount, total, fair * (1 - spread))
            ledger.share("burden.scale", subject, high, MONEY, text + "allowed by the scale {limit}")
            ledger.share_at_least("burden.scale", subject, low, MONEY, text + "required by the scale {limit}")
        ledger.share_at_least(
            "burden.floor", subject, (amount, total, fund.floor), MONEY, text + "required {limit}"
        )
        ledger.share(
            "burden.ceiling", subject, (amount, total, fund.ceiling), MONEY, text + "allowed {limit}"
        )


def _stated_balances(
    case: Case, paid: dict[tuple[str, int], float], drawn: dict[tuple[str, int], float]
) -> None:
    stated = {(row.fund, row.period) for row in case.plan.balances}
    for index in ((fund.id, period) for fund in case.problem.funds for period in case.problem.periods):
        text = "the plan has no balance of {0} in {1}"
        case.ledger.demand("figures.balance", index, index in stated, text)
    for row in case.plan.balances:
        index = (row.fund, row.period)
        true = {
            "carried_in": case.decisions.carried.get((row.fund, row.period - 1), 0.0),
            "paid": paid.get(index, 0.0),
            "drawn": drawn.get(index, 0.0),
        }
        for field, figure in true.items():
            text = f"the balance of {{0}} in {{1}} states {{value}} as {field}, and the rows sum to {{limit}}"
            case.ledger.equal("figures.balance", index, getattr(row, field), figure, MONEY, text)


def _stated_arrears(case: Case) -> None:
    rates = {fund.id: fund.delivery for fund in case.problem.funds}
    for row in case.plan.contributions:
        rate = rates.get(row.fund, {}).get(row.payer, 1.0)
        text = "{0}'s arrears in {1} in {2} are stated as {value}, and are {limit}"
        subject = (row.payer, row.fund, row.period)
        case.ledger.equal("figures.arrears", subject, row.arrears, (1 - rate) * row.amount, MONEY, text)


def _stated_shares(case: Case, paid: dict[tuple[str, int], float]) -> None:
    scales = {fund.id: fund_shares(case, fund) for fund in case.problem.funds}
    for row in case.plan.contributions:
        subject = (row.payer, row.fund, row.period)
        total = paid.get((row.fund, row.period), 0.0)
        share = row.amount / total if total else 0.0
        text = "{0}'s share of {1} in {2} is stated as {value}, and is {limit}"
        case.ledger.equal("figures.shares", subject, row.share, share, Quantity.SHARE, text)
        fair = (scales.get(row.fund) or {}).get(row.payer)
        if row.scale_share is None or fair is None:
            text = "{0} has a scale share in {1} in {2} exactly where the fund has a scale"
            case.ledger.demand("figures.shares", subject, row.scale_share is fair, text)
        else:
            text = "{0}'s scale share of {1} in {2} is stated as {value}, and is {limit}"
            case.ledger.equal("figures.shares", subject, row.scale_share, fair, Quantity.SHARE, text)
