"""Why there is no plan: conflicts among the rules of the file, with amounts, and repairs shown to work.

Conflicts are irreducible: the rules contradict each other, and without any one of them they do not. A repair
loosens one rule or several by no more than is needed; its cost is the sum over rules of the relative change,
times the user's weight.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from math import inf
from typing import Any

from concord.analysis.admission import PATIENCE, Judge
from concord.analysis.conflicts import Core, Finder, Undecided
from concord.analysis.file_rules import FileRule, file_rules, only
from concord.analysis.loosening import least_loosening
from concord.analysis.repairs import Repair, Repairer
from concord.errors import BadInput, Fault, NoPlanFound, likely
from concord.models import DesignProblem
from concord.solving.options import SolveOptions
from concord.solving.progress import Deadline, SilentWatch, Watch

MOST_CONFLICTS, MOST_REPAIRS = 5, 5
MOST_NAMED = 3
"""How many rules a sentence about amounts names."""
ROUGH = 0.02
"""Precision of an amount that only searches can tell."""
LEAST_SECONDS = 10.0
"""Time for a conflict, however short each search may be."""
DEFAULTS = SolveOptions(gap=0.05, time_limit=60.0)
"""How a search for a plan of a changed problem is limited, unless told otherwise."""


@dataclass(frozen=True)
class Ruling:
    """A rule in a conflict."""

    rule: str
    """Path in the problem file."""
    value: Any
    """What the file says."""
    unit: str
    claim: str
    """What the rule demands, in a sentence."""
    enough: float | None
    """The value nearest to the file's with which the other rules of the conflict can be kept; null where
    only leaving the rule out helps."""


@dataclass(frozen=True)
class Conflict:
    """Rules that no plan satisfies together; without any one of them some plan does."""

    rules: tuple[Ruling, ...]
    because: str
    continuous: bool
    """Whether the rules contradict each other even if garrisons, troops and organs could be split."""
    proven: bool
    """Whether leaving out each rule in turn was shown to admit a plan; the contradiction always is."""


@dataclass(frozen=True)
class Explanation:
    """Why a problem has no plan, and what would give it one; empty where it has one."""

    problem: str
    feasible: bool
    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    """Cheapest first."""
    kept: tuple[str, ...] = ()
    checks: int = 0
    """Questions that were asked of solvers."""
    late: bool = False
    """Whether the limits came before all repairs were looked for that were asked for."""


def explain(
    problem: DesignProblem,
    *,
    weights: Mapping[str, float] | None = None,
    keep: Collection[str] = (),
    repairs: int = MOST_REPAIRS,
    options: SolveOptions = DEFAULTS,
    watch: Watch | None = None,
) -> Explanation:
    """Conflicts among the rules of `problem`, and at most so many `repairs`.

    `weights` make rules dearer to loosen (1 by default), rules to `keep` are not loosened at all; both name
    paths, or the beginnings of paths. `options` limit each search for a plan. Raises BadInput for a name
    that fits no rule, and NoPlanFound where the limits came before an answer.
    """
    rules = file_rules(problem)
    _require_known({*(weights or ()), *keep}, rules)
    deadline = Deadline(watch or SilentWatch(), max(LEAST_SECONDS, PATIENCE * (options.time_limit or inf)))
    judge = Judge(options, deadline)
    finder = Finder(problem, rules, judge)
    cores, whole = _disjoint(finder, deadline)
    if not whole and not cores:
        raise NoPlanFound(
            "The limits came before it was known whether there is a plan.", "allow more time (--time-limit)"
        )
    if not cores:
        return Explanation(problem.id, feasible=True, checks=judge.checks)
    needs = cache(partial(_enough_in_time, finder, deadline))
    conflicts = tuple(_conflict(core, {rule: needs(rule, core) for rule in core.rules}) for core in cores)
    kept = tuple(rule.name for rule in rules if _named(rule, keep))
    repairer = Repairer(finder, [*cores], needs, dict(weights or {}), frozenset(kept))
    found = repairer.cheapest(repairs) if repairs else ()
    return Explanation(problem.id, False, conflicts, found, kept, judge.checks, repairer.late or not whole)


def briefly(
    problem: DesignProblem, options: SolveOptions, watch: Watch | None = None, *, amounts: bool = True
) -> Conflict | None:
    """One conflict of a problem without a plan, with `amounts` or without; None where limits came first.

    The time limit of `options`, or a minute, is for everything together.
    """
    time_limit = options.time_limit or DEFAULTS.time_limit or inf
    deadline = Deadline(watch or SilentWatch(), time_limit)
    finder = Finder(problem, file_rules(problem), Judge(replace(options, time_limit=time_limit), deadline))
    try:
        with _undecided_after(deadline):
            core = finder.find()
    except Undecided:
        return None
    if core is None:
        return None
    enough = {rule: _enough_in_time(finder, deadline, rule, core) if amounts else None for rule in core.rules}
    return _conflict(core, enough)


@contextmanager
def _undecided_after(deadline: Deadline) -> Iterator[None]:
    """The end of the time is no interruption: it leaves a question undecided."""
    try:
        yield
    except KeyboardInterrupt:
        if not deadline.passed:
            raise
        raise Undecided from None


def _disjoint(finder: Finder, deadline: Deadline) -> tuple[list[Core], bool]:
    """Conflicts that share no rule, until what is left has a plan, or no rule is left to blame; and whether
    the limits left time for all."""
    cores: list[Core] = []
    try:
        with _undecided_after(deadline):
            while len(cores) < MOST_CONFLICTS:
                core = finder.find([rule for core in cores for rule in core.rules])
                if core is None:
                    break
                cores.append(core)
                if not core.rules:
                    break
    except Undecided:
        return cores, False
    return cores, True


def _enough_in_time(finder: Finder, deadline: Deadline, rule: FileRule, core: Core) -> float | None:
    try:
        with _undecided_after(deadline):
            return _enough(finder, rule, core)
    except Undecided:
        return None


def _enough(finder: Finder, rule: FileRule, core: Core) -> float | None:
    """The value with which the rule is no longer in conflict, the other rules of the file being left out."""
    alone, judge = only(finder.problem, finder.rules, core.rules), finder.judge

    def admits(value: float) -> bool:
        changed = rule.at(alone, value)
        return not judge.refutes(changed) if core.continuous else judge.admits(changed) is True

    def guess(refused: float, admitted: float) -> float | None:
        return judge.nearest(rule.at(alone, refused), rule.at(alone, admitted))

    if core.continuous:
        return least_loosening(rule, admits, guess=guess)
    return least_loosening(rule, admits, ROUGH)


def _conflict(core: Core, enough: Mapping[FileRule, float | None]) -> Conflict:
    rulings = tuple(
        Ruling(rule.name, _plain(rule.value), rule.sort.unit, rule.claim, enough[rule]) for rule in core.rules
    )
    return Conflict(rulings, _because(core, enough), core.continuous, core.proven)


def _because(core: Core, enough: Mapping[FileRule, float | None]) -> str:
    """The conflict in amounts: what the others admit of a demand, or what a limit would have to be."""
    if not core.rules:
        return "what is no rule (costs, stocks, windows of time) admits no plan"
    for rule in sorted(core.rules, key=lambda rule: not rule.demands):
        value = enough[rule]
        if value is not None:
            others = [other.name for other in core.rules if other is not rule] or ["the facts"]
            named = ", ".join(others) if len(others) <= MOST_NAMED else f"the other {len(others)} rules"
            amount, unit = f"{value:.6g}", f" {rule.sort.unit}" if rule.sort.unit else ""
            verb = "admits" if len(others) == 1 and core.rules[1:] else "admit"
            if rule.demands:
                return f"{named} {verb} at most {amount} of the {rule.value:.6g}{unit} of {rule.name}"
            return f"{rule.name} would have to be {amount}{unit} instead of {rule.value:.6g}"
    return "each alone can be kept, all together cannot"


def _plain(value: Any) -> Any:
    """A value that fits into one line, or nothing for a thing with many fields."""
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int | float | str) else None


def _named(rule: FileRule, names: Collection[str]) -> bool:
    return any(rule.name == name or rule.name.startswith(f"{name}.") for name in names)


def _require_known(names: Collection[str], rules: Collection[FileRule]) -> None:
    known = [rule.name for rule in rules]
    faults = [
        Fault(
            f"the problem states no rule {name}{likely(name, known)}",
            field="rule",
            remedy=f"name the path of a rule, such as {known[0]}" if known else "the problem states no rules",
        )
        for name in names
        if not any(_named(rule, [name]) for rule in rules)
    ]
    if faults:
        raise BadInput(faults)
