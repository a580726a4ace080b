"""Capacity to pay: the scale of assessments of the United Nations, step by step.

The methodology is that of resolutions 70/245 and 73/271 of the General Assembly as the Committee on
Contributions carries it out. Each base period makes a machine scale of its own:

1. income: gross national income, the mean over the base period;
2. debt burden: an eighth of the debt stock, the mean over the base period, is deducted;
3. low income per head: whoever is below the threshold is relieved of a share of its income, the gradient
   times the distance from the threshold; those above it absorb that in proportion to their income, but
   nobody absorbs beyond the ceiling;
4. floor: the least share; the others pay less in proportion, but for those at the ceiling;
5. ceiling of the least developed; the others pay more, but for those at the floor or the ceiling;
6. ceiling; the others pay more, but for those at the floor, and no least developed state beyond its own.

The scale is the mean of the machine scales. Money is in million USD, income per head in USD, shares sum to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from .base import Model
from .quantities import Identifier, NonNegative, Period, Positive, Share, Switch
from .shares import lowered_to, raised_to, spread

Figures = float | dict[int, float]
"""One figure for all years, or figures by year."""


class CapacityToPay(Model):
    """Parameters of the United Nations methodology; the defaults are those of the scale for 2019-2021."""

    base_periods: Annotated[
        tuple[Annotated[int, Field(strict=True, ge=1, le=100)], ...], Field(min_length=1)
    ] = (3, 6)
    """Lengths in years of the base periods, each of which makes a machine scale."""
    last_year: Period | None = None
    """Last year of the base periods; none: the last year with an income."""
    debt_repayment: Share = 0.125
    """Share of the debt stock that is deducted from income every year."""
    threshold: Positive | None = None
    """Income per head in USD under which a state is relieved; none: the mean over all payers."""
    gradient: Share = 0.8
    """Share of the distance from the threshold by which income is reduced."""
    floor: Share = 0.00001
    """Least share."""
    least_developed_ceiling: Share = 0.0001
    """Largest share of a least developed state."""
    ceiling: Share = 0.22
    """Largest share."""


class EconomicRecord(Model):
    """What the methodology knows of a state: each figure for all years, or by year."""

    id: Identifier
    income: Positive | dict[Period, Positive]
    """Gross national income, million USD a year."""
    population: Positive | dict[Period, Positive]
    """Persons."""
    debt: NonNegative | dict[Period, NonNegative] = 0.0
    """External debt stock, million USD; 0 where the debt burden is not considered."""
    least_developed: Switch = False


class AssessmentSteps(Model):
    """A state through the steps of one machine scale."""

    id: str
    income: float
    """Million USD, the mean over the base period."""
    income_share: float
    debt_adjustment: float
    """Million USD."""
    debt_adjusted_share: float
    income_per_head: float
    """USD, after the debt adjustment."""
    relief: float
    """Million USD by which low income per head reduces income."""
    absorbed: float
    """Million USD of others' relief."""
    relieved_share: float
    floored_share: float
    least_developed_share: float
    share: float
    """After the ceiling: the state's share on this machine scale."""


class MachineScale(Model):
    """The scale that one base period makes."""

    years: tuple[int, ...]
    """Empty where no figure is given by year."""
    threshold: float
    """USD a head."""
    steps: tuple[AssessmentSteps, ...]


class Assessment(Model):
    """A scale by capacity to pay, with the machine scales of which it is the mean."""

    machine_scales: tuple[MachineScale, ...]
    shares: dict[str, float]
    """By state, summing to 1."""


def assess(records: Sequence[EconomicRecord], rules: CapacityToPay | None = None) -> Assessment:
    """The scale of assessments of `records` by capacity to pay.

    Raises ValueError where a figure of a base period is missing, where nobody has an income after debts, and
    where no shares within floor and ceilings sum to 1.

    >>> rich = EconomicRecord(id="R", income=900.0, population=1e6)
    >>> poor = EconomicRecord(id="P", income=100.0, population=1e6)
    >>> scale = assess([rich, poor], CapacityToPay(ceiling=1.0))
    >>> {state: round(share, 6) for state, share in scale.shares.items()}
    {'R': 0.964, 'P': 0.036}
    """
    used = rules or CapacityToPay()
    if not records:
        raise ValueError("a scale needs at least one state")
    scales = tuple(machine_scale(records, years, used) for years in base_years(records, used))
    shares = {
        record.id: sum(scale.steps[n].share for scale in scales) / len(scales)
        for n, record in enumerate(records)
    }
    return Assessment(machine_scales=scales, shares=shares)


def base_years(records: Sequence[EconomicRecord], rules: CapacityToPay) -> tuple[tuple[int, ...], ...]:
    """The years of each base period; empty ones where no figure is given by year."""
    series = [record.income for record in records if isinstance(record.income, dict)]
    dated = [year for figures in series for year in figures]
    last = rules.last_year if rules.last_year is not None else max(dated, default=None)
    if last is None:
        return ((),) * len(rules.base_periods)
    return tuple(tuple(range(last - length + 1, last + 1)) for length in rules.base_periods)


def machine_scale(
    records: Sequence[EconomicRecord], years: Sequence[int], rules: CapacityToPay
) -> MachineScale:
    """The scale that the base period of `years` makes, with every step. Raises what `assess` raises."""
    income = {r.id: _mean(r.id, "income", r.income, years) for r in records}
    population = {r.id: _mean(r.id, "population", r.population, years) for r in records}
    debt = {r.id: rules.debt_repayment * _mean(r.id, "debt", r.debt, years) for r in records}
    adjusted = {name: max(0.0, income[name] - debt[name]) for name in income}
    total = sum(adjusted.values())
    if total <= 0:
        raise ValueError("nobody has an income after the debt adjustment")
    threshold = rules.threshold or 1e6 * sum(income.values()) / sum(population.values())
    per_head = {name: 1e6 * adjusted[name] / population[name] for name in income}
    relief = {
        name: rules.gradient * amount * max(0.0, 1 - per_head[name] / threshold)
        for name, amount in adjusted.items()
    }
    absorbed = _absorbed(adjusted, {n for n in income if per_head[n] >= threshold}, relief, rules.ceiling)
    assessable = {name: adjusted[name] - relief[name] + absorbed[name] for name in income}
    whole = sum(assessable.values())
    relieved = {name: amount / whole for name, amount in assessable.items()}
    limits = _limits(relieved, {record.id for record in records if record.least_developed}, rules)
    steps = tuple(
        AssessmentSteps(
            id=name,
            income=income[name],
            income_share=income[name] / sum(income.values()),
            debt_adjustment=income[name] - adjusted[name],
            debt_adjusted_share=adjusted[name] / total,
            income_per_head=per_head[name],
            relief=relief[name],
            absorbed=absorbed[name],
            relieved_share=relieved[name],
            floored_share=limits[0][name],
            least_developed_share=limits[1][name],
            share=limits[2][name],
        )
        for name in income
    )
    return MachineScale(years=tuple(years), threshold=threshold, steps=steps)


def _absorbed(
    adjusted: Mapping[str, float], above: set[str], relief: Mapping[str, float], ceiling: float
) -> dict[str, float]:
    """Relief absorbed by those above the threshold, up to the ceiling; beyond it only if all are there."""
    keys = {name: amount if name in above else 0.0 for name, amount in adjusted.items()}
    granted, weight, total = sum(relief.values()), sum(keys.values()), sum(adjusted.values())
    room = {name: max(0.0, ceiling * total - amount) for name, amount in adjusted.items()}
    parts = spread(granted, keys, room)
    left = granted - sum(parts.values())
    if weight <= 0 or left <= 1e-12 * total:
        return parts
    return {name: part + left * keys[name] / weight for name, part in parts.items()}


def _limits(
    shares: Mapping[str, float], least_developed: set[str], rules: CapacityToPay
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Shares after the floor, after the ceiling of the least developed, and after the ceiling."""
    at_ceiling = {name for name, share in shares.items() if share >= rules.ceiling * (1 - 1e-12)}
    floored = raised_to(shares, rules.floor, at_ceiling)
    at_floor = {name for name, share in floored.items() if share <= rules.floor}
    own = dict.fromkeys(sorted(least_developed), rules.least_developed_ceiling)
    relieved = lowered_to(floored, own, at_floor | (at_ceiling - least_developed))
    ceilings = {name: min(rules.ceiling, own.get(name, 1.0)) for name in shares}
    for held in (at_floor, set[str]()):
        limited = lowered_to(relieved, ceilings, held)
        if abs(sum(limited.values()) - 1) <= 1e-9:
            return floored, relieved, limited
    raise ValueError(
        f"no shares of {len(shares)} states between the floor {rules.floor:g} and the ceiling "
        f"{rules.ceiling:g} ({rules.least_developed_ceiling:g} for the least developed) sum to 1"
    )


def _mean(name: str, what: str, figures: Figures, years: Sequence[int]) -> float:
    """Mean over `years`. Raises ValueError for a year without a figure."""
    if not isinstance(figures, dict):
        return figures
    lacking = missing_years(figures, years)
    if lacking or not years:
        raise ValueError(f"no {what} of {name} in {', '.join(map(str, lacking)) or 'any base period'}")
    return sum(figures[year] for year in years) / len(years)


def missing_years(figures: Figures, years: Sequence[int]) -> tuple[int, ...]:
    """The years without a figure."""
    return tuple(year for year in years if year not in figures) if isinstance(figures, dict) else ()
