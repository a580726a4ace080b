"""Cross-checks of scales: that their parameters fit together, and that the states have what they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .assessment import CapacityToPay, assess, base_years, missing_years
from .fairness import Scale, ScaleRule
from .finding import Path
from .state import State
from .tiers import AssessmentTiers

Fault = tuple[Path, str, str | None, str]
"""Path, message, value, remedy."""


def scale_faults(
    path: Path, scale: Scale, states: Sequence[State], numbers: dict[str, int]
) -> Iterator[Fault]:
    """Everything wrong with `scale` over `states`; `numbers` gives the place of each in the problem."""
    for rule, field in (
        (ScaleRule.TABLE, "table"),
        (ScaleRule.CAPACITY_TO_PAY, "capacity_to_pay"),
        (ScaleRule.AFRICAN_UNION, "african_union"),
    ):
        if getattr(scale, field) and scale.rule is not rule:
            message = f"the rule {scale.rule.value} takes no {field}"
            yield (*path, field), message, None, f"use `rule: {rule.value}`"
    match scale.rule:
        case ScaleRule.TABLE:
            yield from _table_faults((*path, "table"), scale)
        case ScaleRule.CAPACITY_TO_PAY:
            rules = scale.capacity_to_pay or CapacityToPay()
            where = (*path, "capacity_to_pay")
            yield from (
                list(_missing_figures(states, rules, numbers))
                or list(_bound_faults(where, rules, states))
                or _unassessable(where, rules, states)
            )
        case ScaleRule.AFRICAN_UNION:
            yield from _tier_faults(
                (*path, "african_union"), scale.african_union or AssessmentTiers(), states
            )


def _table_faults(path: Path, scale: Scale) -> Iterator[Fault]:
    total = sum(scale.table.values())
    if abs(total - 1) > 1e-6:
        remedy = f"divide each share by {total:.6g}" if total > 0 else "give the states' shares"
        yield path, "the shares of a scale must sum to 1", f"{total:.6g}", remedy


def _missing_figures(
    states: Sequence[State], rules: CapacityToPay, numbers: dict[str, int]
) -> Iterator[Fault]:
    """Years of the base periods without a figure."""
    records = [state.economic_record() for state in states]
    years = sorted({year for period in base_years(records, rules) for year in period})
    for record in records:
        for field, figures in (("gni", record.income), ("external_debt", record.debt)):
            lacking = missing_years(figures, years)
            if lacking or (isinstance(figures, dict) and not years):
                message = f"the scale needs a figure of {record.id} for every year of its base periods"
                span = f"none for {', '.join(map(str, lacking))}" if lacking else "none at all"
                remedy = "give the years, one figure for all years, or other base_periods or last_year"
                yield ("states", numbers[record.id], field), message, span, remedy


def _bound_faults(path: Path, rules: CapacityToPay, states: Sequence[State]) -> Iterator[Fault]:
    poorest = min(rules.least_developed_ceiling, rules.ceiling)
    most = sum(poorest if state.least_developed else rules.ceiling for state in states)
    if rules.floor > poorest:
        value = f"{rules.floor:g} > {poorest:g}"
        yield (*path, "floor"), "the floor is above a ceiling", value, "lower the floor or raise the ceilings"
    elif rules.floor * len(states) > 1:
        message = f"{len(states)} states at the floor bear more than the whole"
        yield (*path, "floor"), message, f"{rules.floor:g}", f"at most {1 / len(states):.4g}"
    elif most < 1 - 1e-9:
        message = f"{len(states)} states at their ceilings bear {most:.4g} of the whole"
        remedy = f"raise the ceiling to at least {_least_ceiling(rules, states):.4g}"
        yield (*path, "ceiling"), message, f"{rules.ceiling:g}", remedy


def _unassessable(path: Path, rules: CapacityToPay, states: Sequence[State]) -> Iterator[Fault]:
    """What only the steps themselves show, such as debts beyond all incomes."""
    try:
        assess([state.economic_record() for state in states], rules)
    except ValueError as error:
        yield path, str(error), None, "raise the ceilings, or check incomes and debts of the payers"


def _least_ceiling(rules: CapacityToPay, states: Sequence[State]) -> float:
    least_developed = sum(state.least_developed for state in states)
    others = len(states) - least_developed
    return (1 - least_developed * rules.least_developed_ceiling) / others if others else 1.0


def _tier_faults(path: Path, rules: AssessmentTiers, states: Sequence[State]) -> Iterator[Fault]:
    limits = [tier.above for tier in rules.tiers]
    if limits[-1] != 0 or any(lower >= upper for upper, lower in pairwise(limits)):
        value, remedy = ", ".join(f"{limit:g}" for limit in limits), "such as 0.04, 0.01, 0"
        yield (*path, "tiers"), "the limits of the tiers must fall to 0", value, remedy
    total = sum(tier.share or 0.0 for tier in rules.tiers)
    if total > 1 + 1e-9:
        yield (*path, "tiers"), "the tiers bear more than the whole", f"{total:g}", "lower their shares"
    for n, tier in enumerate(rules.tiers):
        if tier.equal and tier.share is None:
            message = "a tier with equal parts needs a share"
            yield (*path, "tiers", n, "equal"), message, None, "give the tier a share, or leave out `equal`"
    if rules.ceiling * len(states) < 1 - 1e-9:
        message = f"{len(states)} states at the ceiling of the scale bear less than the whole"
        yield (*path, "ceiling"), message, f"{rules.ceiling:g}", f"at least {1 / len(states):.4g}"
