"""What a plan comes to, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from concord.audit import reductions_sentence
from concord.models import DesignProblem, Plan
from concord.models.plan import OpinionVerdict

from ..about import ENDINGS, UNVERIFIED, headline
from ..digests import last_security, payers, senders, spending_by_head
from ..names import Names, listed, money, signed

FEW = 3
NOTICEABLE = 0.0005
"""Relative changes that round to 0.1 %."""


def span(plan: Plan) -> str:
    """The periods, from first to last."""
    periods = plan.problem.periods
    return f"{periods[0]}–{periods[-1]}" if len(periods) > 1 else f"{periods[0]}"


def sentences(plan: Plan, problem: DesignProblem, names: Names) -> list[str]:
    """The plan in a few paragraphs: security, force, money, what holds it back, proof."""
    paragraphs = (_security, _force, _money, _limits, _proof)
    return [text for each in paragraphs if (text := " ".join(each(plan, problem, names)))]


def doubts(plan: Plan) -> str:
    """What speaks against believing the proof; empty where nothing does."""
    if plan.refuted:
        return headline(plan)
    if plan.provenance.second_opinion_verdict is OpinionVerdict.DISAGREES:
        return f"The proof is in doubt: {plan.provenance.second_opinion}"
    return ""


def _security(plan: Plan, problem: DesignProblem, names: Names) -> Iterator[str]:
    measure = plan.measure
    if measure.baseline > 0:
        yield (
            f"Over {span(plan)}, the institution changes aggregate security ({measure.name.value} index) "
            f"from {measure.baseline:.3f} to {measure.value:.3f} "
            f"({signed(measure.value / measure.baseline - 1)})."
        )
    if measure.insecurity is not None and measure.baseline_insecurity is not None:
        yield (
            f"Mean insecurity, threats over capacities, goes from {measure.baseline_insecurity:.3f} to "
            f"{measure.insecurity:.3f}; no plan brings it below {measure.least_insecurity:.3f}."
        )
    for after in measure.then:
        if after.insecurity is not None:
            yield f"Minimised next, mean insecurity (threats over capacities) is {after.insecurity:.3f}."
    changes = last_security(plan)
    if not changes:
        return
    best = [
        f"{names.state(each.state)} ({signed(each.change)})"
        for each in changes[:FEW]
        if each.change > NOTICEABLE
    ]
    if best:
        gain = "gains" if len(best) == 1 else "gain"
        yield f"In {max(plan.problem.periods)}, {listed(best)} {gain} most."
    worse = [each for each in changes if each.change < -NOTICEABLE]
    if worse:
        yield f"{len(worse)} of {len(changes)} states are less secure than without it, " + (
            f"most of all {names.state(worse[-1].state)} ({signed(worse[-1].change)})."
        )
    else:
        yield f"None of {len(changes)} states is less secure than without it."
    if problem.left_out:
        yield f"Left out by the entry test: {names.states(problem.left_out)}."


def _force(plan: Plan, problem: DesignProblem, names: Names) -> Iterator[str]:
    period = max(plan.problem.periods)
    sent = senders(plan)
    sites = {row.site for row in plan.garrisons if row.period == period and row.working}
    troops = sum(number for _, number in sent)
    if sent:
        noun = "garrison" if len(sites) == 1 else "garrisons"
        top = [f"{names.state(state)} ({number:,.0f})" for state, number in sent[:FEW]]
        yield (
            f"In {period}, {troops:,.0f} troops of {_states(len(sent))} stand in "
            f"{len(sites)} {noun}; {listed(top)} {'sends' if len(top) == 1 else 'send'} most."
        )
    served: dict[str, float] = defaultdict(float)
    for row in plan.assignments:
        served[row.mission] += row.troops
    if problem.open_missions:
        admitted = len(problem.open_missions)
        noun = "mission" if admitted == 1 else "missions"
        yield f"Peacekeepers go to {len(served)} of {admitted} {noun} that governments admit."
    yield reductions_sentence(plan, problem)
    zones = {row.zone for row in plan.monitoring if row.period == period}
    if zones:
        teams = sum(row.teams for row in plan.monitoring if row.period == period)
        yield f"{teams:,.0f} monitoring teams watch {len(zones)} {'zone' if len(zones) == 1 else 'zones'}."


def _money(plan: Plan, _problem: DesignProblem, names: Names) -> Iterator[str]:
    paid = payers(plan)
    if not paid:
        yield "Nobody pays."
        return
    total = sum(payer.paid for payer in paid)
    top = [f"{names.state(payer.state)} ({payer.share:.1%})" for payer in paid[:FEW]]
    verb = "pays" if len(paid) == 1 else "pay"
    yield f"{_states(len(paid))} {verb} {money(total)} {plan.problem.currency}; {listed(top)} most."
    spent = spending_by_head(plan)
    whole = sum(amount for _, amount in spent)
    if whole > 0:
        parts = [f"{names.head(head)} ({amount / whole:.0%})" for head, amount in spent[:FEW]]
        yield f"The largest heads of expenditure are {listed(parts)}."
    late = sum(row.arrears for row in plan.contributions)
    if late > 0:
        yield f"{money(late)} of it is expected never to arrive."


def _states(number: int) -> str:
    return f"{number} state" if number == 1 else f"{number} states"


def _limits(plan: Plan, _problem: DesignProblem, names: Names) -> Iterator[str]:
    priced = [rule for rule in plan.binding if rule.price]
    if priced:
        dearest = max(priced, key=lambda rule: abs((rule.price or 0.0) * rule.limit))
        yield (
            f"{len(plan.binding)} rules leave no slack. What holds the plan back most is {dearest.rule} "
            f"({names.subject(dearest.subject)}): one more {dearest.unit or 'unit'} would be worth "
            f"{100 * (dearest.price or 0.0):.2g}% of the measure."
        )


def _proof(plan: Plan, _problem: DesignProblem, _names: Names) -> Iterator[str]:
    measure = plan.measure
    if plan.refuted:
        yield f"Proof: {UNVERIFIED}."
        return
    yield (
        f"No plan that keeps the rules exceeds {measure.bound:.4f}: this one is within {measure.gap:.2%} of "
        f"the best possible, {ENDINGS[plan.termination.reason]}."
    )
    if plan.provenance.second_opinion:
        yield f"Second opinion: {plan.provenance.second_opinion}."
