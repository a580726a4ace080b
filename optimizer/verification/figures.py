"""What a plan states about itself: measure, bound, fairness and binding rules (P.14, P.16, P.17)."""

from __future__ import annotations

from concord.models.plan import BindingRule, FairnessFigures

from .arithmetic import exponential, logarithm
from .burdens import bearers, true_burdens
from .case import Case
from .decisions import added
from .distribution import gini, jain
from .funds import fund_shares
from .measures import aggregate
from .rules import RULES
from .tolerance import Quantity
from .vocabulary import Vocabulary

INDEX, FACTOR = Quantity.INDEX, Quantity.FACTOR

DATA_LIMITS = frozenset(
    {
        "funds.budget",
        "funds.commitment",
        "funds.affordability",
        "garrisons.max_open",
        "garrisons.min_open",
        "garrisons.max_per_host",
        "contingents.availability",
        "missions.need",
        "missions.lift_pledge",
        "monitoring.minimum",
        "monitoring.stock",
        "monitoring.quota",
        "monitoring.share_from_one",
        "dilemma.reduction_ceiling",
        "dilemma.arming_ceiling",
        "locks.least",
        "locks.most",
    }
)
"""Rules whose limit is a figure of the problem, so that the limit that a plan states can be compared."""


def check_measure(case: Case) -> None:
    """The value, the baseline, the bound and the gap."""
    stated, true, ledger = case.plan.measure, case.evaluation, case.ledger
    name = case.problem.objective.measure
    text = f"the problem asks for the measure {case.problem.objective.label}"
    asked = stated.name is name and stated.alpha == case.problem.objective.alpha
    ledger.demand("figures.measure", ("name",), asked, text)
    text = "the {0} of the measure is stated as {value}, and is {limit}"
    ledger.equal("figures.measure", ("value",), stated.value, true.value, INDEX, text)
    ledger.equal("figures.measure", ("baseline",), stated.baseline, true.baseline, INDEX, text)
    gap = (stated.bound - stated.value) / stated.value if stated.value else float("inf")
    ledger.equal("figures.measure", ("gap",), stated.gap, gap, FACTOR, text)
    text = "the {0} is stated as {value}, below the plan's own value {limit}"
    ledger.at_least("figures.measure", ("bound",), stated.bound, true.value, INDEX, text)


def check_next_measures(case: Case) -> None:
    """The measures maximised afterwards are the first of those asked for, and their values are true."""
    asked, ledger = case.problem.objective.then, case.ledger
    ratios = {index: true.log_ratio for index, true in case.evaluation.security.items()}
    for number, stated in enumerate(case.plan.measure.then):
        known = number < len(asked) and (stated.name, stated.alpha) == (
            asked[number].measure,
            asked[number].alpha,
        )
        text = "the measure {0} is not what the problem asks for next"
        ledger.demand("figures.measure", (stated.name.value, "then"), known, text)
        if not known:
            continue
        label = asked[number].label
        true = aggregate(case.problem, asked[number], ratios)
        text = "the {1} of {0} is stated as {value}, and is {limit}"
        ledger.equal("figures.measure", (label, "value"), stated.value, true, INDEX, text)
        gap = (stated.bound - stated.value) / stated.value if stated.value else float("inf")
        ledger.equal("figures.measure", (label, "gap"), stated.gap, gap, FACTOR, text)
        text = "the {1} of {0} is stated as {value}, below the plan's own value {limit}"
        ledger.at_least("figures.measure", (label, "bound"), stated.bound, true, INDEX, text)


def check_floors_of_measures(case: Case) -> None:
    """No measure below its floor (11.3), in logs as the program has it."""
    ratios = {index: true.log_ratio for index, true in case.evaluation.security.items()}
    for floor in case.problem.objective.floors:
        value = logarithm(aggregate(case.problem, floor, ratios))
        text = "{0} is {value}, and its floor is {limit}"
        case.ledger.at_least(
            "measures.floor", (floor.label,), value, logarithm(floor.least), Quantity.LOGS, text
        )


def check_fairness(case: Case) -> None:
    """Every fairness figure, over all states that could bear or gain, and that none is left out."""
    stated = {row.subject for row in case.plan.fairness}
    for subject in _subjects(case):
        text = "the plan has no figures of fairness of {0}"
        case.ledger.demand("figures.fairness", (subject,), subject in stated, text)
    for row in case.plan.fairness:
        distribution = _distribution(case, row.subject)
        text = "unknown subject {0}"
        case.ledger.demand("figures.fairness", (row.subject,), bool(distribution), text)
        if distribution:
            _fairness(case, row, distribution)


def _fairness(case: Case, row: FairnessFigures, distribution: dict[str, float]) -> None:
    figures = distribution.values()
    for name, stated, true in (
        ("gini", row.gini, gini(figures)),
        ("jain", row.jain, jain(figures)),
        ("minimum", row.minimum, min(figures)),
        ("maximum", row.maximum, max(figures)),
        ("min_max_ratio", row.min_max_ratio, min(figures) / max(figures) if max(figures) else 1.0),
    ):
        text = "the {1} of {0} is stated as {value}, and is {limit}"
        case.ledger.equal("figures.fairness", (row.subject, name), stated, true, FACTOR, text)
    text = "{2} is stated to have the largest {0}: {value}, and the largest is {limit}"
    holder = (row.subject, "largest", row.largest)
    largest = distribution.get(row.largest, float("-inf"))
    case.ledger.equal("figures.fairness", holder, largest, max(figures), FACTOR, text)
    if row.share_above_scale is not None:
        _above_scale(case, row.subject, row.share_above_scale)
    else:
        text = "the share of {0} borne above scale is not stated"
        scaled = {f"contributions:{fund.id}" for fund in case.problem.funds if fund.scale} | {"burden"}
        case.ledger.demand("figures.fairness", (row.subject,), row.subject not in scaled, text)


def _subjects(case: Case) -> list[str]:
    """Everything of which a plan tells how even it is."""
    burden = ["burden", "burden-to-gdp"] if bearers(case) else []
    funds = [f"contributions:{fund.id}" for fund in case.problem.funds]
    troops = ["troops-to-population"] if _troops_to_population(case) else []
    return [*burden, *funds, *troops, "gain"]


def _distribution(case: Case, subject: str) -> dict[str, float]:
    """State to figure for a subject; empty where there is no such subject."""
    kind, _, fund = subject.partition(":")
    if kind == "contributions":
        return _paid(case, [fund]) if fund in {fund.id for fund in case.problem.funds} else {}
    borne = added((state, sum(parts.values())) for (state, _), parts in true_burdens(case).items())
    burden = {state: borne.get(state, 0.0) for state in bearers(case)}
    match subject:
        case "burden":
            return burden
        case "burden-to-gdp":
            return {state: figure / case.problem.state_by_id[state].gdp for state, figure in burden.items()}
        case "troops-to-population":
            return _troops_to_population(case)
        case "gain":
            return _gain(case)
    return {}


def _paid(case: Case, funds: list[str]) -> dict[str, float]:
    """Million USD over all periods, by every state that may pay into one of `funds`."""
    payers = {
        payer.id: 0.0
        for fund in case.problem.funds
        if fund.id in funds
        for payer in case.problem.payers(fund)
    }
    paid = added((payer, amount) for (payer, fund, _), amount in case.decisions.paid.items() if fund in funds)
    return {payer: paid.get(payer, 0.0) for payer in payers}


def _troops_to_population(case: Case) -> dict[str, float]:
    """Troops posted per head, on average over the periods, of every contributor."""
    if not case.problem.garrisons:
        return {}
    posted = added((state, troops) for (state, _, _), troops in case.troops().items())
    spell = len(case.problem.periods)
    return {
        state: posted.get(state, 0.0) / case.problem.state_by_id[state].population / spell
        for state in case.contributors(case.problem.garrisons)
    }


def _gain(case: Case) -> dict[str, float]:
    """Factor by which each member's security ratio rises, the geometric mean over the periods."""
    rises = added(
        (state, true.log_ratio - true.log_baseline_ratio)
        for (state, _), true in case.evaluation.security.items()
    )
    return {state: exponential(rise / len(case.problem.periods)) for state, rise in rises.items()}


def _above_scale(case: Case, name: str, stated: float) -> None:
    """Share of the whole borne above the shares of a fund's scale, or of GDP for the whole burden."""
    subject = (name, "share_above_scale")
    if name == "burden":
        borne = _distribution(case, name)
        gdp = {state: case.problem.state_by_id[state].gdp for state in borne}
        by_income = {state: gdp[state] / sum(gdp.values()) for state in gdp}
        _share_above(case, subject, stated, (borne, by_income))
        return
    fund = next((fund for fund in case.problem.funds if name == f"contributions:{fund.id}"), None)
    scale = fund_shares(case, fund) if fund else None
    if fund is None or scale is None:
        case.ledger.demand("figures.fairness", subject, False, "there is no scale for {0}")
        return
    _share_above(case, subject, stated, (_paid(case, [fund.id]), scale))


def _share_above(
    case: Case, subject: tuple[str, str], stated: float, sides: tuple[dict[str, float], dict[str, float]]
) -> None:
    paid, scale = sides
    total = sum(paid.values()) or 1.0
    above = sum(max(0.0, amount / total - scale[payer]) for payer, amount in paid.items())
    text = "the share of {0} borne above scale is stated as {value}, and is {limit}"
    case.ledger.equal("figures.fairness", subject, stated, above, Quantity.SHARE, text)


def check_binding(case: Case) -> None:
    """Every rule that is called binding is known, speaks of the problem's things, and has no slack.

    A subject that names a rule only in part, or a rule over what the plan does not state, is not judged.
    """
    vocabulary = Vocabulary.of(case.problem)
    for row in case.plan.binding:
        known = row.rule in RULES and not RULES[row.rule].startswith("P")
        case.ledger.demand("figures.binding", (row.rule, row.subject), known, "there is no rule {0}")
        words = [word for word in row.subject.split(", ") if word]
        named = all(vocabulary.speaks_of(word) for word in words)
        text = "{0} is called binding for {1}, which the problem does not have"
        case.ledger.demand("figures.binding", (row.rule, row.subject), named, text)
        _tight(case, row)


def _tight(case: Case, row: BindingRule) -> None:
    found = case.ledger.instance(row.rule, row.subject, row.unit)
    if found is None:
        return
    ledger, subject = case.ledger, (row.rule, row.subject)
    slack = ledger.tolerance.tightness * max(1.0, abs(found.limit))
    text = f"{{0}} is called binding for {{1}}, and has a slack of {found.slack:.6g} {found.unit}"
    ledger.demand("figures.binding", subject, found.slack <= slack, text)
    if row.rule in DATA_LIMITS and row.unit == found.unit:
        off = abs(row.limit - found.limit)
        text = f"the limit of {{0}} for {{1}} is stated as {row.limit:.6g}, and is {found.limit:.6g}"
        ledger.demand("figures.binding", subject, off <= 1e-6 * max(1.0, abs(found.limit)), text)
