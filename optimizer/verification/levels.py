"""Levels of `leximin`: what a plan says of them follows from its ratios."""

from __future__ import annotations

from math import inf

from concord.models.objective import Measure
from concord.models.plan import SecurityLevel, TerminationReason

from .arithmetic import exponential, logarithm
from .case import Case
from .tolerance import Quantity

INDEX = Quantity.INDEX
ROUNDING = 1e-5
"""How far, in logs, a plan may stand below the value of a level that a search before it proved."""


def check_levels(case: Case) -> None:
    """Every ratio that weighs anything is in one level, levels rise, and bounds lie above values."""
    levels, demand = case.plan.measure.levels, case.ledger.demand
    if case.problem.objective.measure is not Measure.LEXIMIN:
        text = "only leximin has levels"
        demand("figures.levels", ("levels",), not levels, text)
        return
    weights, seen = case.problem.state_weights(), set[tuple[str, int]]()
    weighty = {index for index in case.evaluation.security if weights[index[0]] > 0}
    below = 0.0
    for number, level in enumerate(levels, 1):
        members = {(ratio.state, ratio.period) for ratio in level.ratios}
        sound = bool(members) and members <= weighty and not members & seen
        sound = sound and len(members) == len(level.ratios)
        demand("figures.levels", (str(number),), sound, "level {0} names ratios twice, or unknown ones")
        if sound:
            _level(case, number, level, below)
            least = min(case.evaluation.security[index].ratio for index in weighty - seen)
            text = "the value of level {0} is stated as {value}, and no ratio from there on is below {limit}"
            subject = (str(number),)
            case.ledger.at_least("figures.levels", subject, level.value, least * (1 - ROUNDING), INDEX, text)
        seen |= members
        below = level.value
    if case.plan.termination.reason is TerminationReason.OPTIMAL:
        text = "not every ratio is in a level"
        demand("figures.levels", ("all",), seen >= weighty, text)
    elif levels:
        rest = [case.evaluation.security[index].ratio for index in weighty - seen]
        text = "a ratio in no level is {value}, and the last level {limit}"
        least = min(rest, default=inf)
        case.ledger.at_least("figures.levels", ("rest",), least, below * (1 - ROUNDING), INDEX, text)


def _level(case: Case, number: int, level: SecurityLevel, below: float) -> None:
    ledger, subject = case.ledger, (str(number),)
    logs = [case.evaluation.security[ratio.state, ratio.period].log_ratio for ratio in level.ratios]
    text = "the least ratio of level {0} is {value}, and its value is stated as {limit}"
    ledger.at_least(
        "figures.levels", subject, exponential(min(logs)), level.value * (1 - ROUNDING), INDEX, text
    )
    text = "level {0} has the value {value}, and the one below it {limit}"
    if not case.plan.measure.then:  # what comes next may lift a level for its own reasons
        ledger.at_least("figures.levels", subject, level.value, below * (1 - ROUNDING), INDEX, text)
    text = "the bound of level {0} is stated as {value}, below its value {limit}"
    ledger.at_least("figures.levels", subject, level.bound, level.value, INDEX, text)
    text = "the ratios of level {0} have the geometric mean {value}, above their ceiling {limit}"
    mean = exponential(sum(logs) / len(logs))
    ceiling = exponential(logarithm(level.ceiling) + ROUNDING)
    ledger.at_most("figures.levels", subject, mean, ceiling, INDEX, text)
