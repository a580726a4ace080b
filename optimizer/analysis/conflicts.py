"""Irreducible conflicts: rules of a file that no plan satisfies together, none of them superfluous."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from concord.analysis.admission import Judge
from concord.analysis.file_rules import FileRule, only
from concord.models import DesignProblem

Refutes = Callable[[Collection[FileRule]], bool]


@dataclass(frozen=True)
class Core:
    """Rules in conflict, whatever the other rules say."""

    rules: tuple[FileRule, ...]
    continuous: bool
    """Whether they contradict each other even without whole numbers."""
    proven: bool
    """Whether leaving out any one of them was shown to admit a plan, the other rules being left out too."""


@dataclass
class Finder:
    """Finds conflicts among `rules`, which are all the rules of the problem."""

    problem: DesignProblem
    rules: tuple[FileRule, ...]
    judge: Judge

    def find(self, dropped: Collection[FileRule] = ()) -> Core | None:
        """A conflict of the problem without the dropped rules; None where it was shown to have a plan.

        Raises Undecided where the limits came before an answer.
        """
        active = [rule for rule in self.rules if rule not in dropped]
        if self._refuted(active):
            named = self.judge.suspects(self._only(active), active)
            silent = [rule for rule in active if not rule.sort.equations]
            suspects = next(some for some in (named, [*named, *silent], active) if self._refuted(some))
            core = irreducible(suspects, self._refuted)
            return self._whole_core(core, continuous=True)
        admitted = self.judge.admits(self._only(active))
        if admitted is None:
            raise Undecided
        return None if admitted else self._whole_core(active, continuous=False)

    def _whole_core(self, rules: Sequence[FileRule], *, continuous: bool) -> Core:
        """The conflict among rules that are contradictory, with whole numbers: it may be a smaller one."""
        if not continuous:
            rules = irreducible(rules, self._contradictory)
        proven = True
        for rule in rules:
            rest = [other for other in rules if other is not rule]
            admitted = self.judge.admits(self._only(rest))
            if admitted is False:
                return self._whole_core(rest, continuous=False)
            proven = proven and admitted is True
        return Core(tuple(rules), continuous, proven)

    def _refuted(self, active: Collection[FileRule]) -> bool:
        return self.judge.refutes(self._only(active))

    def _contradictory(self, active: Collection[FileRule]) -> bool:
        return self.judge.admits(self._only(active)) is False

    def _only(self, active: Collection[FileRule]) -> DesignProblem:
        return only(self.problem, self.rules, active)


class Undecided(Exception):
    """Limits came before it was known whether there is a plan."""


def irreducible(rules: Sequence[FileRule], contradictory: Refutes) -> list[FileRule]:
    """A contradictory subset of contradictory rules of which no rule can be spared.

    Deletion filtering by halves (Junker's QuickXplain): for a conflict of k among n rules about
    2 k log(n / k) questions instead of n.
    """
    if contradictory([]):
        return []
    return _needed([], [], list(rules), contradictory)


def _needed(
    background: list[FileRule], fresh: list[FileRule], rules: list[FileRule], contradictory: Refutes
) -> list[FileRule]:
    """Those of `rules` that are needed to contradict `background`, to which `fresh` was just added."""
    if fresh and contradictory(background):
        return []
    if len(rules) == 1:
        return rules
    half = len(rules) // 2
    first, second = rules[:half], rules[half:]
    of_second = _needed([*background, *first], first, second, contradictory)
    of_first = _needed([*background, *of_second], of_second, first, contradictory)
    return [*of_first, *of_second]
