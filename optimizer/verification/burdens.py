"""What states bear, in money and in kind, and what regions receive: P.18, P.19."""

from __future__ import annotations

from collections import defaultdict

from concord.models.fund import COMMON
from concord.models.zone import MonitorType

from .case import Case
from .decisions import added
from .tolerance import Quantity

MONEY = Quantity.MONEY
KINDS = ("cash", "contingents", "lift", "monitors")

Burdens = dict[tuple[str, int], dict[str, float]]
"""State and period to kind of burden to million USD."""


def true_burdens(case: Case) -> Burdens:
    """Money delivered, and what contingents, lift and teams cost their senders and is not paid back."""
    decisions, problem = case.decisions, case.problem
    borne: defaultdict[tuple[str, int], dict[str, float]] = defaultdict(lambda: dict.fromkeys(KINDS, 0.0))
    rates = {fund.id: fund.delivery for fund in problem.funds}
    for (payer, fund, period), amount in decisions.paid.items():
        borne[payer, period]["cash"] += amount * rates[fund].get(payer, 1.0)
    if problem.garrisons:
        rules, lift = problem.garrisons.contingents, problem.garrisons.lift
        for (state, _, period), troops in case.troops().items():
            cost = rules.sender_cost - rules.sender_cost * rules.reimbursed
            borne[state, period]["contingents"] += troops * cost / 1000
        for (state, period), pledged in decisions.lift.items():
            borne[state, period]["lift"] += pledged * (lift.sender_cost - lift.sender_cost * lift.reimbursed)
    each = {a.id: a.sender_cost - a.sender_cost * a.reimbursed for a in _monitors(case)}
    for (monitor, state, _, period), teams in decisions.teams.items():
        borne[state, period]["monitors"] += teams * each[monitor] / 1000
    return dict(borne)


def bearers(case: Case) -> list[str]:
    """States that pay into a fund, and members where anything that they send costs them something."""
    problem = case.problem
    payers = {payer.id for fund in problem.funds for payer in problem.payers(fund)}
    costs = [monitor.sender_cost * (1 - monitor.reimbursed) for monitor in _monitors(case)]
    if problem.garrisons:
        rules, lift = problem.garrisons.contingents, problem.garrisons.lift
        costs += [rules.sender_cost * (1 - rules.reimbursed), lift.sender_cost * (1 - lift.reimbursed)]
    senders = {state.id for state in problem.members} if any(costs) else set()
    return [state.id for state in problem.states if state.id in payers | senders]


def _monitors(case: Case) -> tuple[MonitorType, ...]:
    return case.problem.monitoring.monitors if case.problem.monitoring else ()


def check_burdens(case: Case) -> None:
    """Every row of the table of burdens, and that every state that bears anything has one."""
    true, ledger = true_burdens(case), case.ledger
    stated = {(row.state, row.period): row for row in case.plan.burdens}
    for index, parts in true.items():
        text = "the plan has no record of what {0} bears in {1}"
        some = sum(parts.values()) > ledger.tolerance.money
        ledger.demand("figures.burden", index, index in stated or not some, text)
    for index, row in stated.items():
        if row.state not in case.problem.state_by_id:
            continue
        parts = true.get(index, dict.fromkeys(KINDS, 0.0))
        for kind in (*KINDS, "total"):
            right = sum(parts.values()) if kind == "total" else parts[kind]
            text = "the burden of {0} in {1} ({2}) is stated as {value}, and is {limit}"
            ledger.equal("figures.burden", (*index, kind), getattr(row, kind), right, MONEY, text)
        share = sum(parts.values()) / case.problem.state_by_id[row.state].gdp
        text = "the burden of {0} in {1} is stated as {value} of its GDP, and is {limit}"
        subject = (*index, "share_of_gdp")
        ledger.equal("figures.burden", subject, row.share_of_gdp, share, Quantity.FACTOR, text)


def check_spending(case: Case) -> None:
    """Every row of spending by region, and that every region where anything is spent has one."""
    problem, ledger = case.problem, case.ledger
    spent = added(((region, period), sum_) for (_, _, region, period), sum_ in case.decisions.drawn.items())
    stated = {(row.region, row.period): row for row in case.plan.spending}
    heads = added((state.region, state.population) for state in problem.members)
    heads[COMMON] = sum(heads.values())
    for index, amount in spent.items():
        text = "the plan has no record of what is spent in {0} in {1}"
        small = amount <= ledger.tolerance.money or not heads.get(index[0])
        ledger.demand("figures.spending", index, index in stated or small, text)
    for index, row in stated.items():
        amount, people = spent.get(index, 0.0), heads.get(row.region, 0.0)
        text = "spending in {0} in {1} is stated as {value}, and is {limit}"
        ledger.equal("figures.spending", index, row.amount, amount, MONEY, text)
        text = "spending a head in {0} in {1} is stated as {value}, and is {limit}"
        each = 1e6 * amount / people if people else 0.0
        ledger.equal("figures.spending", (*index, "per_head"), row.per_head, each, Quantity.PER_HEAD, text)
