"""Repairs of a problem without a plan: the cheapest loosenings, each applied and solved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from typing import Any

from concord.analysis.conflicts import Core, Finder, Undecided
from concord.analysis.file_rules import FileRule, Looser, validated, with_values
from concord.analysis.loosening import least_loosening
from concord.errors import Infeasible, NoPlanFound, SolverFailure
from concord.methods.found import Start
from concord.models import DesignProblem
from concord.planning import solve

Needs = Callable[[FileRule, Core], float | None]

MOST_SETS = 40
"""For how many sets of rules solvers are asked."""
WIDER = (0.01, 0.05, 0.2)
"""By what share of itself a figure is loosened further where whole numbers or curves need it."""


@dataclass(frozen=True)
class Change:
    """Another value for a rule; none: the rule is left out."""

    rule: str
    old: Any
    new: float | None


@dataclass(frozen=True)
class Repair:
    """Changes of the file that give the problem a plan."""

    changes: tuple[Change, ...]
    cost: float
    """Sum of the relative changes, each times its weight; leaving a rule out is a change by the whole."""
    measure: float
    """Value of the plan found for the changed problem."""
    gap: float
    """How far that plan may be from the best, proven."""


@dataclass
class Repairer:
    """Looks for sets of rules whose loosening resolves all conflicts (Reiter's hitting sets)."""

    finder: Finder
    cores: list[Core]
    needs: Needs
    """What resolves a rule's conflict where that rule alone gives way."""
    weights: Mapping[str, float]
    kept: frozenset[str]
    late: bool = False
    """Whether the limits came before all sets of rules were looked at."""

    def cheapest(self, most: int) -> tuple[Repair, ...]:
        """At most so many repairs, cheapest first; none of their sets of rules contains another.

        Those found so far where the limits come first, or somebody interrupts.
        """
        found: list[Repair] = []
        try:
            for repair in islice(self._by_cost(), most):
                found.append(repair)  # noqa: PERF402 -- an interruption leaves what was found
        except KeyboardInterrupt:
            self.late = True
        return tuple(sorted(found, key=lambda repair: (repair.cost, -repair.measure)))

    def _by_cost(self) -> Iterator[Repair]:
        """Repairs by sets of rules, taken up in the order of what they cost by the conflicts then known."""
        queue, seen = [(0.0, 0, frozenset[FileRule]())], set[frozenset[FileRule]]()
        hit: list[frozenset[FileRule]] = []
        asked = 0
        while queue:
            chosen = heappop(queue)[-1]
            if chosen in seen or any(other <= chosen for other in hit):
                continue
            seen.add(chosen)
            core = self._known(chosen)
            if core is None:
                self.late = asked == MOST_SETS or self.finder.judge.late
                if self.late:
                    break
                asked += 1
                core = self._unresolved(chosen)
            if core is not None:
                for wider in self._wider_sets(chosen, core):
                    heappush(queue, (self._cost(self._needed(wider)), len(seen) + len(queue), wider))
            elif (repair := self._tuned(self._in_order(chosen))) is not None:
                hit.append(chosen)
                yield repair

    def _wider_sets(self, chosen: frozenset[FileRule], core: Core) -> list[frozenset[FileRule]]:
        return [chosen | {rule} for rule in core.rules if rule.name not in self.kept]

    def _in_order(self, chosen: frozenset[FileRule]) -> list[FileRule]:
        return [rule for rule in self.finder.rules if rule in chosen]

    def _needed(self, chosen: Collection[FileRule]) -> dict[FileRule, float | None]:
        """Each of the rules with what resolves the first of the known conflicts that it is in."""
        first = {rule: next(core for core in self.cores if rule in core.rules) for rule in chosen}
        return {rule: self.needs(rule, core) for rule, core in first.items()}

    def _known(self, chosen: frozenset[FileRule]) -> Core | None:
        return next((core for core in self.cores if not chosen & set(core.rules)), None)

    def _unresolved(self, chosen: frozenset[FileRule]) -> Core | None:
        """A further conflict that leaving out the chosen rules does not resolve."""
        if all(core.continuous for core in self.cores) and not self.finder.judge.refutes(
            self._with(dict.fromkeys(chosen))
        ):
            return None
        try:
            core = self.finder.find(chosen)
        except Undecided:
            return None
        if core is not None:
            self.cores.append(core)
        return core

    def _tuned(self, chosen: Sequence[FileRule]) -> Repair | None:
        """The chosen rules loosened by no more than is needed, and a plan for that; None without one."""
        values = self._needed(chosen)
        if self.finder.judge.refutes(self._with(values)):
            for rule in chosen:
                values[rule] = self._least(rule, values)
        repair = self._solved(values)
        if repair is not None:
            return repair
        if self.finder.judge.admits(self._with(dict.fromkeys(chosen))) is False:
            return None
        for rule in chosen:
            values[rule] = self._wider(rule, values)
        return self._solved(values, self.finder.judge.point)

    def _wider(self, rule: FileRule, values: Mapping[FileRule, float | None]) -> float | None:
        """A figure a little looser than the relaxation needs, those after the rule being left out."""
        others = self._before(rule, values)
        start = values[rule]
        for share in WIDER if start is not None and not rule.sort.whole else ():
            looser = loosened(rule, start or 0.0, share)
            if self.finder.judge.admits(self._with({**others, rule: looser})) is True:
                return looser
        return None

    def _before(
        self, rule: FileRule, values: Mapping[FileRule, float | None]
    ) -> dict[FileRule, float | None]:
        """The values of the rules before one; the others are left out."""
        order = list(values)
        return {other: values[other] if order.index(other) < order.index(rule) else None for other in order}

    def _least(self, rule: FileRule, values: Mapping[FileRule, float | None]) -> float | None:
        """The least loosening of a rule that the relaxation admits, those after it being left out."""
        others, judge = self._before(rule, values), self.finder.judge

        def admits(value: float) -> bool:
            return not judge.refutes(self._with({**others, rule: value}))

        def guess(refused: float, admitted: float) -> float | None:
            return judge.nearest(
                self._with({**others, rule: refused}), self._with({**others, rule: admitted})
            )

        return least_loosening(rule, admits, guess=guess)

    def _solved(self, values: Mapping[FileRule, float | None], start: Start | None = None) -> Repair | None:
        """The repair with a plan of the changed problem, verified; from a plan that is known."""
        changed = validated(self._with(values))
        if changed is None:
            return None
        judge = self.finder.judge
        try:
            plan = solve(changed, judge.options, judge.searching, start=start)
        except (Infeasible, NoPlanFound, SolverFailure):
            return None
        changes = tuple(
            Change(rule.name, rule.value if isinstance(rule.value, bool | int | float | str) else None, value)
            for rule, value in values.items()
        )
        return Repair(changes, self._cost(values), plan.measure.value, plan.measure.gap)

    def _cost(self, values: Mapping[FileRule, float | None]) -> float:
        return sum(self._weight(rule) * _distance(rule, value) for rule, value in values.items())

    def _with(self, values: Mapping[FileRule, float | None]) -> DesignProblem:
        return with_values(self.finder.problem, values)

    def _weight(self, rule: FileRule) -> float:
        """The weight of the longest name that the rule's path begins with."""
        mine = [name for name in self.weights if rule.name == name or rule.name.startswith(f"{name}.")]
        return self.weights[max(mine, key=len)] if mine else 1.0


def loosened(rule: FileRule, value: float, share: float) -> float:
    """A figure loosened by a share of itself, to three digits."""
    up = 1.0 if rule.sort.looser is Looser.UP else -1.0
    looser = float(f"{value + up * share * (abs(value) or 1.0):.3g}")
    return min(looser, rule.sort.end) if up > 0 else max(looser, rule.sort.end)


def _distance(rule: FileRule, value: float | None) -> float:
    if value is None:
        return 1.0
    old = float(rule.value)
    return abs(value - old) / (abs(old) or 1.0)
