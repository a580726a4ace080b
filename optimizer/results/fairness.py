"""How even a plan's burdens and benefits are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log

from concord.formulation.index_sets import IndexSets
from concord.models.plan import BurdenRecord, ContingentPosting, Contribution, FairnessFigures, SecurityRecord


def gini(amounts: Iterable[float]) -> float:
    """Half the mean absolute difference, relative to the mean: 0 when equal; 0 when all is 0.

    >>> gini([1.0, 1.0]), gini([0.0, 1.0])
    (0.0, 0.5)
    """
    ordered = sorted(amounts)
    count, total = len(ordered), sum(ordered)
    if total == 0:
        return 0.0
    ranked = sum((2 * rank - count + 1) * amount for rank, amount in enumerate(ordered))
    return ranked / (count * total)


def jain(amounts: Iterable[float]) -> float:
    """Jain's index: 1 when equal, 1/n when one has all; 1 when all is 0."""
    values = list(amounts)
    largest = max(values, default=0.0)
    if not largest:
        return 1.0
    shares = [value / largest for value in values]  # whose squares neither vanish nor overflow
    return sum(shares) ** 2 / (len(shares) * sum(share * share for share in shares))


def fairness(
    sets: IndexSets,
    contributions: tuple[Contribution, ...],
    contingents: tuple[ContingentPosting, ...],
    security: tuple[SecurityRecord, ...],
    burdens: tuple[BurdenRecord, ...],
) -> tuple[FairnessFigures, ...]:
    """Burden, contributions to each fund, troops and gain, over everybody who could bear or receive them."""
    problem, periods = sets.problem, len(sets.periods)
    paid: dict[tuple[str, str], float] = {}
    for row in contributions:
        paid[row.fund, row.payer] = paid.get((row.fund, row.payer), 0.0) + row.amount
    payers = {fund.id: [payer.id for payer in problem.payers(fund)] for fund in problem.funds}
    burden = {bearer.id: 0.0 for bearer in problem.bearers}
    for borne in burdens:
        burden[borne.state] += borne.total
    figures = []
    if burden:
        gdp = {s: problem.state_by_id[s].gdp for s in burden}
        whole = sum(gdp.values())
        above_gdp = _above_scale(burden, {s: income / whole for s, income in gdp.items()})
        figures.append(_figures("burden", burden, above_gdp))
        to_gdp = {s: amount / gdp[s] for s, amount in burden.items()}
        figures.append(_figures("burden-to-gdp", to_gdp))
    for fund in problem.funds:
        mine = {payer: paid.get((fund.id, payer), 0.0) for payer in payers[fund.id]}
        above = _above_scale(mine, fund_scale(sets, fund.id)) if fund.scale else None
        figures.append(_figures(f"contributions:{fund.id}", mine, above))
    if sets.contributors:
        troops = dict.fromkeys(sets.contributors, 0.0)
        for posting in contingents:
            troops[posting.state] += posting.troops / periods / problem.state_by_id[posting.state].population
        figures.append(_figures("troops-to-population", troops))
    gain = {s.id: 0.0 for s in problem.measured}
    for record in security:
        gain[record.state] += log(record.ratio / record.baseline_ratio) / periods
    figures.append(_figures("gain", {s: exp(change) for s, change in gain.items()}))
    return tuple(figures)


def fund_scale(sets: IndexSets, fund_id: str) -> dict[str, float]:
    """Shares of a fund's scale, floor and ceiling applied."""
    fund = next(fund for fund in sets.problem.funds if fund.id == fund_id)
    if fund.scale is None:
        return {}
    return fund.scale.shares(sets.problem.payers(fund), fund.floor, fund.ceiling)


def _above_scale(paid: Mapping[str, float], scale: Mapping[str, float]) -> float:
    """Share of the whole that payers bear beyond their scale shares."""
    total = sum(paid.values())
    return sum(max(0.0, paid[p] / total - share) for p, share in scale.items()) if total else 0.0


def _figures(subject: str, amounts: Mapping[str, float], above: float | None = None) -> FairnessFigures:
    largest = max(sorted(amounts), key=lambda state: amounts[state])
    return FairnessFigures(
        subject=subject,
        gini=gini(amounts.values()),
        jain=jain(amounts.values()),
        minimum=min(amounts.values()),
        maximum=amounts[largest],
        largest=largest,
        min_max_ratio=min(amounts.values()) / amounts[largest] if amounts[largest] else 1.0,
        share_above_scale=above,
    )
