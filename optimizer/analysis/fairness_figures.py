"""Figures of fairness that a frontier may run over: the rule that bounds each, and where a plan shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import exp, inf, log

from pydantic import ValidationError

from concord.errors import BadInput
from concord.models import DesignProblem, Measure, Plan
from concord.models.burden import BurdenRule
from concord.models.objective import MeasureFloor, StatedMeasure
from concord.models.plan import FairnessFigures
from concord.verification.measures import aggregate

RULE = "frontier"
"""Id of the burden rule that a frontier adds."""


@dataclass(frozen=True, slots=True)
class FairnessFigure:
    """A figure, how a problem bounds it and how a plan answers it."""

    name: str
    meaning: str
    strictest: float | None
    """The fairest value that there can be; none where it has to be sought as `measure`."""
    bounded: Callable[[DesignProblem, float], DesignProblem]
    """The problem under a limit. Raises BadInput where the limit is none."""
    reached: Callable[[Plan, DesignProblem], float]
    at_least: bool = False
    """Whether the limit is a floor."""
    measure: StatedMeasure | None = None
    inverted: bool = False
    """Whether points are spread evenly over 1 / limit: for figures that may be infinite."""
    multiplied: bool = False
    """Whether the limit multiplies what is decided, so that no program is linear in it."""

    def place(self, limit: float) -> float:
        """Where a limit lies on the axis on which points are spread."""
        return 1 / limit if self.inverted else limit

    limit_at = place

    def parameter(self, limit: float) -> float:
        """What stands on the right side of the limit's rows; of floors under measures, the logarithm."""
        return log(limit) if self.at_least else limit

    def limit_of(self, parameter: float) -> float:
        """The limit of such a right side."""
        return exp(parameter) if self.at_least else parameter


def _bearers(plan: Plan) -> FairnessFigures | None:
    return next((row for row in plan.fairness if row.subject == "burden-to-gdp"), None)


def _gini(row: FairnessFigures, _: int) -> float:
    return row.gini


def _spread(row: FairnessFigures, periods: int) -> float:
    return (row.maximum - row.minimum) / periods


def _ratio(row: FairnessFigures, _: int) -> float:
    return 1 / row.min_max_ratio if row.min_max_ratio > 0 else inf


def _largest(row: FairnessFigures, periods: int) -> float:
    return row.maximum / periods


def _of_burdens(
    read: Callable[[FairnessFigures, int], float], nobody: float, plan: Plan, problem: DesignProblem
) -> float:
    row = _bearers(plan)
    return nobody if row is None else read(row, len(problem.periods))


def _ruled(field: str, problem: DesignProblem, limit: float) -> DesignProblem:
    rule = BurdenRule.model_validate({"id": RULE, "states": "bearers", field: limit})
    rules = [one.model_dump() for one in (*problem.burden_sharing, rule)]
    return _judged(problem.model_dump() | {"burden_sharing": rules}, field)


def _floored(stated: StatedMeasure, problem: DesignProblem, limit: float) -> DesignProblem:
    floor = MeasureFloor(measure=stated.measure, alpha=stated.alpha, least=limit)
    objective = problem.objective.model_copy(update={"floors": (*problem.objective.floors, floor)})
    return _judged(problem.model_dump() | {"objective": objective.model_dump()}, stated.label)


def _judged(document: Mapping[str, object], name: str) -> DesignProblem:
    try:
        return DesignProblem.model_validate(document)
    except ValidationError as error:
        raise BadInput.single(error.errors()[0]["msg"], field=name) from error


def _measured(stated: StatedMeasure, plan: Plan, problem: DesignProblem) -> float:
    return aggregate(problem, stated, {(row.state, row.period): log(row.ratio) for row in plan.security})


def _burden(
    field: str,
    meaning: str,
    strictest: float,
    read: Callable[[FairnessFigures, int], float],
    *,
    inverted: bool = False,
    multiplied: bool = False,
) -> FairnessFigure:
    return FairnessFigure(
        f"burden.{field}",
        meaning,
        strictest,
        partial(_ruled, field),
        partial(_of_burdens, read, strictest),
        inverted=inverted,
        multiplied=multiplied,
    )


BURDENS = {
    figure.name: figure
    for figure in (
        _burden("gini", "largest Gini coefficient of burdens as shares of GDP", 0.0, _gini, multiplied=True),
        _burden(
            "spread", "most by which the largest burden exceeds the smallest, shares of GDP", 0.0, _spread
        ),
        _burden(
            "ratio",
            "most times that the largest burden is the smallest",
            1.0,
            _ratio,
            inverted=True,
            multiplied=True,
        ),
        _burden("affordability", "largest burden as a share of GDP", 0.0, _largest),
    )
}
"""By name: what everybody who can bear anything bears, on average over all periods."""


def stated_measure(name: str) -> StatedMeasure:
    """A measure by name, such as `minimum` or `alpha:2`. Raises BadInput."""
    measure, _, alpha = name.partition(":")
    try:
        return StatedMeasure(measure=Measure(measure), alpha=float(alpha) if alpha else None)
    except ValueError as error:
        known = ", ".join([*BURDENS, "geometric", "harmonic", "minimum", "alpha:2"])
        raise BadInput.single(f"unknown figure {name!r}", field=name, remedy=f"one of {known}") from error


def fairness_figure(name: str) -> FairnessFigure:
    """The figure of a name: one of `BURDENS`, or a measure on which a floor is put. Raises BadInput."""
    if name in BURDENS:
        return BURDENS[name]
    stated = stated_measure(name)
    if stated.measure is Measure.LEXIMIN:
        raise BadInput.single(
            "leximin has no single number to put a floor under", field=name, remedy="take minimum"
        )
    return FairnessFigure(
        name,
        f"least value of the measure {stated.label}",
        None,
        partial(_floored, stated),
        partial(_measured, stated),
        at_least=True,
        measure=stated,
    )
