"""Rules on the burden: 6.7 to 6.10, from the burdens that the plan's decisions make."""

from __future__ import annotations

from concord.models.burden import BurdenRule

from .arithmetic import exponential, logarithm
from .burdens import true_burdens
from .case import Case
from .distribution import gini
from .tolerance import Quantity

PER_GDP = Quantity.PER_GDP


def check_sharing(case: Case) -> None:
    """Every rule on burdens over every one of its spells."""
    borne = true_burdens(case)
    for rule in case.problem.burden_sharing:
        for last, spell in case.problem.spans(rule.over).items():
            mean = {
                state.id: sum(sum(borne.get((state.id, t), _NOTHING).values()) for t in spell) / len(spell)
                for state in case.problem.sharers(rule)
            }
            if not mean:
                continue
            relative = {
                state: 1000 * burden / case.problem.state_by_id[state].gdp for state, burden in mean.items()
            }
            _affordable(case, rule, last, relative)
            _close(case, rule, last, relative)
            _even(case, rule, last, relative)
            _proportional(case, rule, last, mean)


_NOTHING: dict[str, float] = {}


def _affordable(case: Case, rule: BurdenRule, last: int, relative: dict[str, float]) -> None:
    if rule.affordability is None:
        return
    for state, burden in relative.items():
        text = "{1} bears {value} up to {2}, and can afford {limit}"
        subject, most = (rule.id, state, last), 1000 * rule.affordability
        case.ledger.at_most("burden.affordability", subject, burden, most, PER_GDP, text)


def _close(case: Case, rule: BurdenRule, last: int, relative: dict[str, float]) -> None:
    high, low = max(relative.values()), min(relative.values())
    if rule.spread is not None:
        text = "by the rule {0} the burdens lie {value} apart up to {1}, allowed {limit}"
        most = 1000 * rule.spread
        case.ledger.at_most("burden.spread", (rule.id, last), high - low, most, PER_GDP, text)
    if rule.ratio is not None:
        text = "the largest burden of {0} up to {1} is {value}, the smallest allows {limit}"
        most = rule.ratio * low
        case.ledger.at_most("burden.ratio", (rule.id, last), high, most, PER_GDP, text)


def _even(case: Case, rule: BurdenRule, last: int, relative: dict[str, float]) -> None:
    if rule.gini is not None:
        whole = sum(relative.values())
        parts = (gini(relative.values()) * whole, whole, rule.gini)
        text = "the Gini coefficient of the burdens of {0} up to {1} is {value}, allowed {limit}"
        case.ledger.share("burden.gini", (rule.id, last), parts, PER_GDP, text)


def _proportional(case: Case, rule: BurdenRule, last: int, mean: dict[str, float]) -> None:
    if rule.equal_sacrifice is None:
        return
    incomes = {state: logarithm(case.problem.state_by_id[state].gdp) for state in mean}
    exponent, most = rule.equal_sacrifice.exponent, max(incomes.values())
    keys = {state: exponential(exponent * (income - most)) for state, income in incomes.items()}
    whole, spread = sum(mean.values()), rule.equal_sacrifice.tolerance
    for state, burden in mean.items():
        fair, subject = keys[state] / sum(keys.values()), (rule.id, state, last)
        text = "{1} bears {value} of the burden of {0} up to {2}, "
        high, low = (burden, whole, fair * (1 + spread)), (burden, whole, fair * (1 - spread))
        name, unit = "burden.equal_sacrifice", Quantity.MONEY
        case.ledger.share(name, subject, high, unit, text + "equal sacrifice allows {limit}")
        case.ledger.share_at_least(name, subject, low, unit, text + "equal sacrifice requires {limit}")
