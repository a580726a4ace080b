"""What a rule costs: its price with the whole decisions held, and the true value of changing it.

A program with whole numbers has no dual values. What can be told without a new search is the price with the
whole decisions of a plan held: what the best continuous decisions gain from a looser rule and lose with a
stricter one, each from programs solved again. What a change is truly worth, garrisons and organs moving with
it, only a new search tells (`revalue`), to within the gaps of both plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from time import perf_counter

import numpy as np

from models import DesignProblem, Plan
from models.plan import BindingRule
from optimizer.analysis.file_rules import FileRule, Looser, file_rules, validated, with_values
from optimizer.analysis.held_program import Optimum, optimum
from optimizer.errors import BadInput, Fault, Infeasible, NoPlanFound, likely
from optimizer.formulation import formulate
from optimizer.formulation.measures.frame import Method
from optimizer.formulation.measures.registry import form_of
from optimizer.planning import solve
from optimizer.solving.options import RunLimits, SolveOptions
from optimizer.solving.progress import Progress, SilentWatch, Watch

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


@dataclass(frozen=True)
class Revaluation:
    """What a change of rules is truly worth: another search, compared with the plan."""

    rules: tuple[str, ...]
    old: tuple[float, ...]
    new: tuple[float, ...]
    measure: float | None
    """Value of the better of the plan found anew and the old one adapted; null where neither is known."""
    gap: float | None
    effect: float | None
    """Relative difference of that value and the old plan's."""
    at_least: float | None
    """The effect on the best value lies between this and `at_most`, by both plans' bounds."""
    at_most: float | None
    held: float | None
    """The effect with the whole decisions of the plan held; null where they do not admit the change, and
    where the measure takes several programs."""
    one_program: bool
    """Whether the measure is that of one program, whose whole decisions can be held."""

    @property
    def certain(self) -> bool:
        """Whether the sign of the effect is proven: it is larger than the gaps."""
        return self.at_least is not None and self.at_most is not None and self.at_least * self.at_most > 0


def prices(
    plan: Plan,
    problem: DesignProblem,
    most: int = MOST_RULES,
    watch: Watch | None = None,
    time_limit: float | None = None,
) -> Prices:
    """Prices of the rules of the file that bind `plan`, at most so many, by programs solved anew.

    Dual values rank the rules and price them all; as long as `time_limit` seconds last, the dearest are then
    priced by programs solved again. Raises BadInput where
    the plan's whole decisions do not fit the problem, or its measure has no program.
    """
    watch, begin = watch or SilentWatch(), perf_counter()
    pricer = _Pricer(plan, problem, watch, time_limit)
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


def revalue(
    plan: Plan,
    problem: DesignProblem,
    rule: str,
    step: float,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
) -> Revaluation:
    """The plan searched anew with `step` added to a rule: a path, or an equation's name for all its paths.

    Raises BadInput for an unknown rule, and for a figure that the problem cannot have.
    """
    chosen = _named(rule, problem)
    values = {each: float(each.value) + step for each in chosen}
    changed = validated(with_values(problem, values))
    if changed is None:
        figures = ", ".join(f"{each.name} = {value:g}" for each, value in values.items())
        raise BadInput.single(
            "the problem cannot have the figure", field="--step", remedy=f"another step; it makes {figures}"
        )
    one_program = _in_one_program(problem)
    held = _Pricer(plan, problem, watch or SilentWatch()).effect(values) if one_program else None
    names, old, new = zip(
        *((each.name, float(each.value), value) for each, value in values.items()), strict=True
    )
    found, bound = _searched(changed, options or SolveOptions(), watch)
    before = plan.measure
    # The plan with its whole decisions held is one of the changed problem, and may be the better one.
    adapted = None if held is None else before.value * (1 + held)
    value = max((each for each in (found, adapted) if each is not None), default=None)
    if value is None or bound is None:
        return Revaluation(names, old, new, value, None, None, None, None, held, one_program)
    bound = max(value, bound)
    at_least, at_most = value / before.bound - 1, bound / before.value - 1
    if all((step > 0) == (each.sort.looser is Looser.UP) for each in chosen):
        at_least = max(at_least, 0.0)
    elif all((step > 0) == (each.sort.looser is Looser.DOWN) for each in chosen):
        at_most = min(at_most, 0.0)
    effect, gap = value / before.value - 1, bound / value - 1
    return Revaluation(names, old, new, value, gap, effect, at_least, at_most, held, one_program)


def _searched(
    problem: DesignProblem, options: SolveOptions, watch: Watch | None
) -> tuple[float | None, float | None]:
    """Value of the plan found, and what none exceeds; None where that is not known."""
    try:
        again = solve(problem, options, watch).measure
    except Infeasible:
        return None, None
    except NoPlanFound as reason:
        return None, reason.bound
    return again.value, again.bound


class _Late(Exception):
    """No time was left for a program."""


class _Pricer:
    """Solves the continuous program of one plan's whole decisions for changed rules."""

    def __init__(
        self, plan: Plan, problem: DesignProblem, watch: Watch, time_limit: float | None = None
    ) -> None:
        self._end = None if time_limit is None else perf_counter() + time_limit
        if not _in_one_program(problem):
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


def _in_one_program(problem: DesignProblem) -> bool:
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


def _named(name: str, problem: DesignProblem) -> list[FileRule]:
    """Numeric rules of that path, or of the equation with that name. Raises BadInput."""
    rules = [rule for rule in file_rules(problem) if rule.numeric and rule.value is not None]
    mine = [rule for rule in rules if rule.name == name]
    mine = mine or [rule for rule in rules if rule.name.startswith(f"{name}.")]
    mine = mine or [rule for rule in rules if name in rule.sort.equations.split(" ")]
    if not mine:
        known = [rule.name for rule in rules]
        remedy = f"known: {', '.join(known[:12])}" + (", ..." if len(known) > 12 else "")
        message = f"no rule with a figure has this name{likely(name, known)}"
        raise BadInput([Fault(message, field="--rule", value=name, remedy=remedy)])
    return mine
