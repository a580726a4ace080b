"""What a rule costs: its price with the whole decisions of a plan held.

A program with whole numbers has no dual values. What can be told without a new search is the price with the
whole decisions of a plan held: what the best continuous decisions gain from a looser rule and lose with a
stricter one, each from programs solved again. What a change is truly worth, garrisons and organs moving with
it, only a new search tells (revaluation.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from time import perf_counter

import numpy as np

from concord.analysis.file_rules import FileRule, Looser, file_rules, with_values
from concord.analysis.held_program import Optimum, optimum
from concord.errors import BadInput
from concord.formulation import formulate
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.models import DesignProblem, Plan
from concord.models.plan import BindingRule
from concord.solving.options import RunLimits
from concord.solving.progress import Progress, SilentWatch, Watch

MOST_RULES = 10
NUDGE = 0.01
"""Relative change of a figure from which its price is taken."""
FURTHER = (0.05, 0.2, 0.5)
"""Relative changes over which a price is tried."""
SAME = 0.1
"""Prices that differ by no more than this share are called the same."""
ROUGH_SHARE = 0.3
"""Of the time, after which dual values are taken as they are."""
NOTHING = 1e-8
"""A relative change of the measure below this is rounding."""


@dataclass(frozen=True)
class Price:
    """What a rule that binds costs, whole decisions held. Effects are relative changes of the measure."""

    rule: str
    """Path in the problem file."""
    value: float
    unit: str
    claim: str
    rows: int
    """How many rows of the plan's `binding` stand for it."""
    step: float
    """The natural step: one unit, or a round fraction of it where the figure is small."""
    looser: float | None
    """Effect of loosening the rule by a step, as near the plan's figure; null where only whole decisions
    could profit."""
    stricter: float | None
    """Effect of tightening it by a step; null where the whole decisions held do not admit it."""
    holds_from: float
    """Least figure that was tried for which the price still tells the effect, to a tenth."""
    holds_to: float
    solved: bool = True
    """Whether programs were solved again for it; else it is the dual values', of which one cannot tell
    how far they hold, nor whether both sides differ."""


@dataclass(frozen=True)
class Prices:
    """Prices of the rules that bind a plan, dearest first."""

    problem: str
    measure: float
    prices: tuple[Price, ...]
    whole: tuple[str, ...]
    """Rules that bind and have no price, because continuous decisions alone would gain nothing from them:
    what they are worth takes a new search."""
    switches: tuple[str, ...]
    """Rules that bind and have no figure: they can only be left out."""
    left_out: int
    """Further rules that bind, whose first-order effect is smaller."""
    unpriced: tuple[str, ...] = ()
    """Rules of which no time was left to tell anything."""


def prices(
    plan: Plan,
    problem: DesignProblem,
    most: int = MOST_RULES,
    watch: Watch | None = None,
    time_limit: float | None = None,
) -> Prices:
    """Prices of the rules of the file that bind `plan`, at most so many, by programs solved anew.

    Dual values rank the rules and price them all; as long as `time_limit` seconds last, the dearest are then
    priced by programs solved again. Raises BadInput where the plan's whole decisions do not fit the problem,
    or its measure has no program.
    """
    watch, begin = watch or SilentWatch(), perf_counter()
    pricer = Pricer(plan, problem, watch, time_limit)
    bound = _bound_rules(plan, problem)
    figures = {rule: rows for rule, rows in bound if rule.numeric}
    effects, unpriced = dict[FileRule, float](), list[str]()
    for rule in sorted(figures, key=lambda rule: -_roughly(figures[rule])):
        if pricer.late:
            unpriced.append(rule.name)
        else:
            effects[rule] = pricer.first_order(rule) if _priced(figures[rule]) else 0.0
    worth = sorted((r for r in effects if abs(effects[r]) > NOTHING), key=lambda rule: -abs(effects[rule]))
    found = list[Price]()
    for number, rule in enumerate(worth[:most], 1):
        seconds = perf_counter() - begin
        watch.report(Progress(f"price {number} of {len(worth[:most])}", None, None, None, seconds))
        found.append(pricer.price(rule, len(figures[rule]), effects[rule]))
    found.sort(key=lambda price: -max(abs(price.looser or 0.0), abs(price.stricter or 0.0)))
    return Prices(
        problem.id,
        plan.measure.value,
        tuple(found),
        tuple(rule.name for rule in figures if abs(effects.get(rule, 1.0)) <= NOTHING),
        tuple(rule.name for rule, _ in bound if not rule.numeric),
        len(worth) - len(worth[:most]),
        tuple(unpriced),
    )


class _Late(Exception):
    """No time was left for a program."""


class Pricer:
    """Solves the continuous program of one plan's whole decisions for changed rules."""

    def __init__(
        self, plan: Plan, problem: DesignProblem, watch: Watch, time_limit: float | None = None
    ) -> None:
        self._end = None if time_limit is None else perf_counter() + time_limit
        if not in_one_program(problem):
            raise BadInput.single(
                f"prices are those of one program, and {problem.objective.measure.value} needs several",
                field="objective.measure",
                remedy="price a rule with --rule and --step, or another measure",
            )
        self._plan, self._problem, self._watch = plan, problem, watch
        share = None if time_limit is None else perf_counter() + time_limit * ROUGH_SHARE
        self._base = self._optimum(problem, None, share)

    @property
    def base(self) -> Optimum:
        """The plan's own continuous program. Raises BadInput where the problem is not the plan's."""
        if self._base is None:
            raise BadInput.single(
                "the problem does not admit the whole decisions of the plan",
                remedy="name the problem that the plan was made for",
            )
        return self._base

    @property
    def late(self) -> bool:
        """Whether no time is left."""
        return self._end is not None and perf_counter() > self._end

    def _refine(self) -> None:
        """Bring the plan's own program to its optimum, where time was short for that before."""
        if not self.base.precise:
            refined = None if self.late else self._optimum(self._problem, self.base)
            if refined is None or not refined.precise:
                raise _Late
            self._base = refined

    def effect(self, values: dict[FileRule, float]) -> float | None:
        """Relative change of the measure with other figures; None where the whole decisions forbid them."""
        changed = self._optimum(with_values(self._problem, dict(values)), self.base)
        if self.late and (changed is None or not changed.precise):
            raise _Late
        if changed is None:
            return None
        effect = changed.measure / self.base.measure - 1
        return effect if abs(effect) > NOTHING else 0.0

    def first_order(self, rule: FileRule) -> float:
        """Effect of loosening a rule by a hundredth, from the dual values (the envelope theorem)."""
        base = self.base
        formulation = formulate(rule.at(self._problem, _moved(rule, NUDGE)))
        other = formulation.program.matrix()
        if other.matrix.shape != base.form.matrix.shape:
            return 1.0
        priced = np.flatnonzero(np.abs(base.duals) > 0)
        duals = base.duals[priced]
        slack, more = (
            np.where(duals > 0, form.row_upper[priced], form.row_lower[priced])
            - form.matrix[priced] @ base.point
            for form in (base.form, other)
        )
        gain = float(duals @ np.where(np.isfinite(slack) & np.isfinite(more), more - slack, 0.0))
        return float(base.formulation.form.relative_price(base.formulation.scene, np.array([gain]))[0])

    def price(self, rule: FileRule, rows: int, first_order: float) -> Price:
        """Both sides of a rule, and how far each price holds; by `first_order` where time is short."""
        value, step = float(rule.value), natural_step(float(rule.value), rule.sort.unit)
        looser: float | None
        stricter: float | None
        try:
            self._refine()
            (looser, far), (stricter, near), solved = self._side(rule, 1.0), self._side(rule, -1.0), True
        except _Late:
            (looser, far), (stricter, near), solved = (first_order, value), (-first_order, value), False
        scale = step / (NUDGE * _size(rule))
        ends = sorted((value, far, near))
        return Price(
            rule.name,
            value,
            rule.sort.unit,
            rule.claim,
            rows,
            step,
            None if looser is None else looser * scale,
            None if stricter is None else stricter * scale,
            ends[0],
            ends[-1],
            solved,
        )

    def _side(self, rule: FileRule, sign: float) -> tuple[float | None, float]:
        """Effect of a nudge to one side, and the furthest figure there for which it tells the effect."""
        nudge = self.effect({rule: _moved(rule, sign * NUDGE)})
        value = float(rule.value)
        if nudge is None:
            return None, value
        held = _moved(rule, sign * NUDGE)
        for share in FURTHER:
            if self.late:
                break
            figure = _moved(rule, sign * share)
            effect = self.effect({rule: figure}) if _possible(rule, figure) else None
            told = nudge * share / NUDGE
            if effect is None or abs(effect - told) > SAME * abs(told) + NOTHING:
                break
            held = figure
        return nudge, held

    def _optimum(
        self, problem: DesignProblem, near: Optimum | None, end: float | None = None
    ) -> Optimum | None:
        """The optimum of a problem, rough after `end`; the plan's own takes the time it takes to be known."""
        end, left = end or self._end, None
        if near is not None and self._end is not None:
            left = max(0.0, self._end - perf_counter())
        limits = RunLimits(absolute_gap=1e-7, time_limit=left)
        found = optimum(problem, self._plan, limits, self._watch, near, end)
        if self._watch.stop_requested():
            raise KeyboardInterrupt
        return found


def in_one_program(problem: DesignProblem) -> bool:
    """Whether the measure is that of one program, whose whole decisions can be held."""
    return form_of(problem.objective.plain).method is Method.DIRECT


def natural_step(value: float, unit: str) -> float:
    """One unit of money or effort; else the power of ten below a tenth of the figure, a hundredth at most.

    >>> natural_step(180.0, "million USD"), natural_step(0.25, "of the whole"), natural_step(0.002, "of GDP")
    (1.0, 0.01, 0.0001)
    """
    if abs(value) >= 5.0 or unit in ("million USD", "effort", "troops", "hours"):
        return 1.0
    return float(min(0.01, 10.0 ** floor(log10(abs(value) / 10)))) if value else 0.01


def _size(rule: FileRule) -> float:
    return abs(float(rule.value)) or 1.0


def _moved(rule: FileRule, share: float) -> float:
    """The figure loosened by a share of itself; tightened, where the share is negative."""
    up = 1.0 if rule.sort.looser is Looser.UP else -1.0
    return float(rule.value) + up * share * _size(rule)


def _possible(rule: FileRule, figure: float) -> bool:
    """Whether a figure does not go beyond what the rule can mean."""
    if rule.sort.looser is Looser.UP:
        return 0.0 <= figure <= rule.sort.end
    return figure >= rule.sort.end


def _bound_rules(plan: Plan, problem: DesignProblem) -> list[tuple[FileRule, list[BindingRule]]]:
    """Rules of the file with the binding rows that may be theirs."""
    found = []
    for rule in file_rules(problem):
        rows = [row for row in plan.binding if rule.concerns(row.rule, row.subject.split(", "))]
        if rows:
            found.append((rule, rows))
    return found


def _priced(rows: Sequence[BindingRule]) -> bool:
    return any(row.price is not None for row in rows)


def _roughly(rows: Sequence[BindingRule]) -> float:
    """What a share more of the limits of these rows is worth, by the prices that the plan tells."""
    return sum(abs(row.price * row.limit) for row in rows if row.price is not None)
