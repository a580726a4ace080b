"""Funds: who pays into which purse, and what the money is drawn for (equations 1.1-1.7).

1.0  paid[u,t] = sum_f pay[f,u,t]
1.1  sum_f pay[f,u,t] <= budget[u,t]
1.2  sum_f pay[f,u,t] >= commitment[u,t]
1.3  carry[u,t-1] + sum_f delivery[f,u] pay[f,u,t] = sum_er draw[u,e,r,t] + carry[u,t]
1.4  sum_u draw[u,e,r,t] = cost[e,r,t]
1.5  sum_E draw[u,e,r,t] >= / <= share sum_er draw[u,e,r,t]
1.6  sum_{s<=t} sum_{not E} draw[u,e,r,s] <= sum_{s<=t} sum_{not donors} delivery[f,u] pay[f,u,s]
1.7  pay[f,u,t] <= affordability[u] GDP[f]
"""

from __future__ import annotations

from collections.abc import Iterator

from concord.algebra import Expression, Relation
from concord.formulation.costs import cost
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, over, parameter
from concord.models import DesignProblem, Earmark, EarmarkSense, Fund


def applies(problem: DesignProblem) -> bool:
    """Wherever something can cost money; without a fund nothing can be paid for."""
    return bool(problem.funds or problem.programmes or problem.organs or problem.sites or problem.monitoring)


@equation("1.0", "funds.collected")
def add_up_contributions(scene: Scene) -> Relation:
    """What a fund takes in is what its payers pay.

    paid[u,t] = sum_f pay[f,u,t], million USD. Dual: what a million USD given to the fund by nobody would
    be worth.
    """
    return scene.decisions.collected == scene.decisions.contribution.sum("payer").on(scene.sets.funds)


@equation("1.1", "funds.budget", unit="million USD")
def respect_budget(scene: Scene) -> Relation:
    """No fund takes in more than its budget in a period.

    paid[u,t] <= budget[u,t], million USD. Dual: the rise of the objective for one million USD more that
    the fund may take in.
    """
    return scene.decisions.collected <= scene.parameters.fund_figure("budget")


@equation("1.2", "funds.commitment", unit="million USD")
def honour_commitment(scene: Scene) -> Relation:
    """Every fund takes in at least what was committed to it.

    paid[u,t] >= commitment[u,t], million USD. Dual: the loss for one million USD more that must be paid
    in.
    """
    commitment = scene.parameters.fund_figure("commitment")
    return over(scene.decisions.collected, commitment.index) >= commitment


@equation("1.3", "funds.balance")
def balance_fund(scene: Scene) -> Relation:
    """What a fund has and what arrives, it spends or carries into the next period; arrears buy nothing.

    carry[u,t-1] + sum_f delivery[f,u] pay[f,u,t] = sum_er draw[u,e,r,t] + carry[u,t], million USD. Dual:
    the worth of a million USD in the fund's purse in that period.
    """
    d, funds = scene.decisions, scene.sets.funds
    income = d.carried.lag("period", 1, scene.sets.periods) + d.collected
    arrears = (d.contribution * scene.parameters.arrears_rate).sum("payer").on(funds)
    return income == d.draw.sum("head", "region").on(funds) + d.carried + arrears


@equation("1.3", "funds.carry_over")
def leave_nothing_over(scene: Scene) -> Relation:
    """Nothing is carried over where that is not allowed, nor beyond the end of a fund without commitments.

    carry[u,t] <= 0, million USD. Dual: the worth of carrying a million USD into the next period.
    """
    last = scene.sets.periods[-1]
    empty = {
        (fund.id, t): 0.0
        for fund in scene.problem.funds
        for t in scene.sets.periods
        if not fund.carry_over or (t == last and fund.commitment is None)
    }
    nothing = parameter(empty, "fund", "period")
    return over(scene.decisions.carried, nothing.index) <= nothing


@equation("1.4", "funds.coverage")
def pay_costs_in_full(scene: Scene) -> Relation:
    """Every head of expenditure is paid in full, in the region where it falls.

    sum_u draw[u,e,r,t] = cost[e,r,t], million USD. Dual: the loss for one million USD more that the head
    costs there.
    """
    return scene.decisions.draw.sum("fund").on(scene.sets.costs) == cost(scene)


@equation("1.5", "funds.earmark", part="at_least", unit="million USD")
def spend_at_least_on_earmarks(scene: Scene) -> Relation:
    """An earmark's purposes and regions get at least their share of what a fund spends.

    sum_E draw >= share sum draw, million USD. Dual: the loss for one million USD more that the earmark
    demands.
    """
    return _earmarked(scene, EarmarkSense.AT_LEAST) >= 0.0


@equation("1.5", "funds.earmark", part="at_most", unit="million USD")
def spend_at_most_on_earmarks(scene: Scene) -> Relation:
    """An earmark's purposes and regions get at most their share of what a fund spends.

    sum_E draw <= share sum draw, million USD. Dual: the rise for one million USD more that the earmark
    admits.
    """
    return _earmarked(scene, EarmarkSense.AT_MOST) <= 0.0


@equation("1.6", "funds.donors", unit="million USD")
def keep_faith_with_donors(scene: Scene) -> Relation:
    """Donors' money is spent on what they gave it for: what others delivered pays for everything else.

    sum_{s<=t} sum_{not E} draw <= sum_{s<=t} sum_{not donors} delivery pay, million USD. Dual: the worth
    of freeing a million USD of the donors' money.
    """
    d, periods = scene.decisions, scene.sets.periods
    elsewhere, others = {}, {}
    for fund, mark in _earmarks(scene.problem):
        if mark.donors is not None:
            kept_out = mark.sense is EarmarkSense.AT_LEAST
            for head, region in _places(scene, fund):
                if scene.problem.serves(head, region, mark.purposes, mark.regions) != kept_out:
                    elsewhere[mark.id, fund.id, head, region] = 1.0
            for payer in scene.problem.payers(fund):
                if payer.id not in mark.donors:
                    others[mark.id, fund.id, payer.id] = fund.delivered(payer.id)
    marks = [(mark.id, fund.id) for fund, mark in _earmarks(scene.problem) if mark.donors is not None]
    index = index_of(((*mark, t) for mark in marks for t in periods), "earmark", "fund", "period")
    spent = (d.draw * parameter(elsewhere, "earmark", "fund", "head", "region")).sum("head", "region")
    paid = (d.contribution * parameter(others, "earmark", "fund", "payer")).sum("payer")
    return (spent.on(index) - paid.on(index)).cumulative("period", periods) <= 0.0


@equation("1.7", "funds.affordability", unit="million USD")
def stay_affordable(scene: Scene) -> Relation:
    """No payer is asked for more than it can afford.

    pay[f,u,t] <= affordability[u] GDP[f], million USD. Dual: the rise for one million USD more that the
    payer can afford.
    """
    limits = {
        (payer.id, fund.id, t): fund.affordability * payer.gdp
        for fund in scene.problem.funds
        if fund.affordability is not None
        for payer in scene.problem.payers(fund)
        for t in scene.sets.periods
    }
    affordable = parameter(limits, "payer", "fund", "period")
    return over(scene.decisions.contribution, affordable.index) <= affordable


def _earmarked(scene: Scene, sense: EarmarkSense) -> Expression:
    """Spending under earmarks of one sense less their share of all spending, by earmark, fund and period."""
    weights = {}
    for fund, mark in _earmarks(scene.problem):
        if mark.share is not None and mark.sense is sense:
            for head, region in _places(scene, fund):
                inside = scene.problem.serves(head, region, mark.purposes, mark.regions)
                weights[mark.id, fund.id, head, region] = float(inside) - mark.share
    weight = parameter(weights, "earmark", "fund", "head", "region")
    return (scene.decisions.draw * weight).sum("head", "region")


def _earmarks(problem: DesignProblem) -> Iterator[tuple[Fund, Earmark]]:
    return ((fund, mark) for fund in problem.funds for mark in fund.earmarks)


def _places(scene: Scene, fund: Fund) -> list[tuple[str, str]]:
    """Heads and regions that a fund may pay for."""
    draws = scene.sets.draws
    own = draws[draws.get_level_values("fund") == fund.id]
    return list(dict.fromkeys(zip(own.get_level_values("head"), own.get_level_values("region"), strict=True)))
