"""The rules of a problem file: the paths that demand or forbid something, and how each is loosened.

A rule is a path such as `funds.assessed.ceiling`, which may stand for many rows of the program. What is no
rule (costs, effects, the teams and troops that states have) is taken as a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from math import inf
from typing import Any, cast

from pydantic import ValidationError

from concord.formulation.assemble import EQUATIONS
from concord.models import DesignProblem, EarmarkSense
from concord.models.base import Model

Path = tuple[str, ...]
AMPLE = 1e6
"""Million USD, hours or units of effort that nothing needs more of."""
TINY = 1e-6
NO_END = 10.0
"""A change of forces in logs that is as good as unlimited."""


class Removed(Enum):
    """What stands for a thing that is taken out of its list."""

    REMOVED = "removed"


REMOVED = Removed.REMOVED


class Looser(Enum):
    """Which way a rule is loosened."""

    UP = "raise"
    DOWN = "lower"
    OFF = "leave out"


@dataclass(frozen=True)
class Sort:
    """A sort of rule: where it stands in a file, `*` being any one thing of a list."""

    pattern: str
    looser: Looser
    off: Any
    """The value with which the rule demands nothing."""
    equations: str = ""
    """Names of the rules of the formulation that it is part of, separated by blanks."""
    unit: str = ""
    end: float = inf
    """The loosest number; for a rule that is lowered, the lowest."""
    whole: bool = False
    in_logs: bool = False
    """Whether the program knows only the logarithm of the figure."""
    instead: str = ""
    """What is set to `off`; by default the rule's own path."""
    along: str = ""
    """What means nothing without the rule, and is emptied with it."""
    says: str = ""
    """What the rule demands, where no equation says it."""
    when: Callable[[Any], bool] = lambda _: True
    """Whether a thing has the rule."""


def _sort(pattern: str, looser: Looser, off: Any, equations: str = "", **more: Any) -> Sort:
    return Sort(pattern, looser, off, equations, **more)


def _floor(earmark: Any) -> bool:
    return bool(earmark.sense is EarmarkSense.AT_LEAST)


UP, DOWN, OFF = Looser
MONEY, A_HEAD, LOGS, PART = "million USD", "USD a head", "logs", "of the whole"
SORTS: tuple[Sort, ...] = (
    _sort("funds.*.budget", UP, AMPLE, "funds.budget", unit=MONEY),
    _sort("funds.*.commitment", DOWN, 0.0, "funds.commitment", unit=MONEY, end=0.0),
    _sort("funds.*.carry_over", OFF, True, "funds.carry_over"),
    _sort("funds.*.purposes", OFF, None, says="The fund pays for nothing but its purposes."),
    _sort("funds.*.regions", OFF, None, says="The fund spends only in its regions."),
    _sort("funds.*.tolerance", UP, None, "burden.scale", unit="of the share", instead="funds.*.scale"),
    _sort("funds.*.floor", DOWN, 0.0, "burden.floor", unit=PART, end=0.0),
    _sort("funds.*.ceiling", UP, 1.0, "burden.ceiling", unit=PART, end=1.0),
    _sort("funds.*.affordability", UP, None, "funds.affordability", unit="of GDP", end=1.0),
    _sort("funds.*.earmarks.*.share", DOWN, 0.0, "funds.earmark", unit=PART, end=0.0, when=_floor),
    _sort(
        "funds.*.earmarks.*.share", UP, 1.0, "funds.earmark", unit=PART, end=1.0, when=lambda e: not _floor(e)
    ),
    _sort("funds.*.earmarks.*", OFF, REMOVED, "funds.donors", when=lambda e: e.donors is not None),
    _sort("burden_sharing.*.affordability", UP, None, "burden.affordability", unit="of GDP", end=1.0),
    _sort("burden_sharing.*.spread", UP, None, "burden.spread", unit="of GDP", end=1.0),
    _sort("burden_sharing.*.ratio", UP, None, "burden.ratio", unit="times"),
    _sort("burden_sharing.*.gini", UP, None, "burden.gini", end=1.0),
    _sort(
        "burden_sharing.*.equal_sacrifice.tolerance", UP, None, "burden.equal_sacrifice",
        unit="of the share", instead="burden_sharing.*.equal_sacrifice",
    ),
    _sort("benefit.nobody_worse_off", OFF, False, "benefit.nobody_worse_off"),
    _sort(
        "benefit.ratio_floor", DOWN, None, "benefit.ratio_floor",
        unit="security ratio", end=TINY, in_logs=True,
    ),
    _sort(
        "benefit.ratio_floors.*", DOWN, TINY, "benefit.ratio_floor",
        unit="security ratio", end=TINY, in_logs=True,
    ),
    _sort("benefit.spending_floors.*.amount", DOWN, 0.0, "benefit.spending_floor", unit=MONEY, end=0.0),
    _sort("benefit.spending_floors.*.per_head", DOWN, 0.0, "benefit.spending_floor", unit=A_HEAD, end=0.0),
    _sort(
        "benefit.equal_treatment.*.factor", UP, REMOVED, "benefit.equal_treatment", unit="times",
        instead="benefit.equal_treatment.*",
    ),
    _sort("benefit.weak_states.spending_per_head", DOWN, 0.0, "benefit.weak_spending", unit=A_HEAD, end=0.0),
    _sort(
        "benefit.weak_states.gain", DOWN, None, "benefit.weak_gain", unit="times", end=1 + TINY, in_logs=True
    ),
    _sort("benefit.weak_states.zero_rated", OFF, False, says="Weak states pay nothing."),
    _sort("hegemony.*.share", UP, 1.0, " ".join(f"hegemony.{of}" for of in (
        "money", "troops", "hosted_troops", "garrisons", "headquarters", "monitors")), unit=PART, end=1.0),
    _sort("organs.*.due", OFF, None, "timetable.due"),
    _sort("organs.*.earliest", OFF, None, "organs.earliest"),
    _sort("organs.*.latest", OFF, None, "organs.latest"),
    _sort("organs.*.requires", OFF, (), "organs.requires"),
    _sort("organs.*.ceiling", UP, None, "organs.ceiling", unit=MONEY),
    _sort("organs.*.closable", OFF, True, "organs.permanence"),
    _sort("programmes.*.earliest", OFF, None, says="The programme does not begin before its first period."),
    _sort("programmes.*.latest", OFF, None, says="The programme ends with its last period."),
    _sort("programmes.*.minimum_scale", DOWN, 0.0, "programmes.minimum_scale", unit=MONEY, end=0.0),
    _sort("programmes.*.join", OFF, "freely", "programmes.all_or_none"),
    _sort("garrisons.min_open", DOWN, 0, "garrisons.min_open", unit="garrisons", end=0, whole=True),
    _sort("garrisons.max_open", UP, None, "garrisons.max_open", unit="garrisons", whole=True),
    _sort("garrisons.max_per_host", UP, None, "garrisons.max_per_host", unit="garrisons", whole=True),
    _sort("garrisons.max_troops", UP, None, "garrisons.capacity", unit="troops"),
    _sort("garrisons.sites.*.earliest", OFF, None, says="No garrison stands there before its first period."),
    _sort("garrisons.sites.*.latest", OFF, None, says="No garrison stands there after its last period."),
    _sort("garrisons.sites.*.tiers", OFF, None, says="Only some sizes of garrison may stand there."),
    _sort("garrisons.contingents.contributors", OFF, None, says="Only contributors send troops."),
    _sort(
        "garrisons.contingents.ineligible", OFF, (), along="garrisons.contingents.exceptions",
        says="States at war, under sanctions or hosting a mission, rivals and neighbours send no troops.",
    ),
    _sort(
        "garrisons.contingents.availability", UP, 1.0, "contingents.availability",
        unit="of military personnel", end=1.0,
    ),
    _sort(
        "garrisons.contingents.tolerance", UP, None, "contingents.scale",
        unit="of the share", instead="garrisons.contingents.scale",
    ),
    _sort(
        "garrisons.contingents.max_state_share", UP, 1.0, "garrisons.state_share burden.sent",
        unit=PART, end=1.0,
    ),
    _sort(
        "garrisons.contingents.max_host_share", UP, 1.0, "garrisons.host_share burden.sent",
        unit=PART, end=1.0,
    ),
    _sort(
        "garrisons.contingents.min_nations", DOWN, 1, "garrisons.nations burden.sent",
        unit="nations", end=1, whole=True,
    ),
    _sort(
        "garrisons.contingents.minimum_units", DOWN, 1,
        "garrisons.minimum_units garrisons.nations burden.sent", unit="units", end=1, whole=True,
    ),
    _sort("missions.*.minimum_strength", DOWN, 0.0, "missions.minimum_strength", unit="troops", end=0.0),
    _sort("missions.*.standing", DOWN, 0.0, "missions.standing", unit="troops", end=0.0),
    _sort("missions.*.consent", OFF, True, says="The government in control admits no mission."),
    _sort("missions.*.consent_from", OFF, None, says="The government admits no mission before."),
    _sort("missions.*.deadline", UP, AMPLE, unit="hours", says="Troops must arrive within the deadline."),
    _sort("missions.*.parties", OFF, (), "missions.parties"),
    _sort(
        "monitoring.ineligible", OFF, (), along="monitoring.exceptions",
        says="States at war, under sanctions or hosting a mission, rivals and neighbours watch nothing.",
    ),
    _sort("monitoring.zones.*.periods", OFF, None, says="The zone is watched in its periods only."),
    _sort("monitoring.zones.*.minimum", DOWN, 0.0, "monitoring.minimum", unit="effort", end=0.0),
    _sort("monitoring.kinds.*.ceiling", UP, AMPLE, "monitoring.ceiling", unit="effort"),
    _sort("monitoring.kinds.*.received_quota", UP, None, "monitoring.quota", unit="teams", whole=True),
    _sort("monitoring.kinds.*.share_from_one", UP, 1.0, "monitoring.share_from_one", unit=PART, end=1.0),
    _sort("monitoring.kinds.*.stays", OFF, False, "monitoring.stays"),
    _sort("dilemma.posture_floor", UP, NO_END, "dilemma.self_defence", unit=LOGS, end=NO_END),
    _sort("dilemma.reciprocity", UP, None, "dilemma.reciprocity", unit="of a rival's reduction"),
    _sort("dilemma.reduction_per_effort", UP, None, "dilemma.monitored_reduction", unit="logs per effort"),
    _sort("dilemma.reduction_ceiling", UP, 1.0, unit=LOGS, end=1.0, says="Forces are cut no further."),
    _sort("dilemma.exempt_at_war", OFF, False, says="States at war on their own soil reduce no forces."),
    _sort(
        "dilemma.arming_ceiling", UP, NO_END, unit=LOGS, end=NO_END,
        says="No state arms further on its own account.",
    ),
    _sort(
        "objective.floors.*.least", DOWN, REMOVED, "measures.floor",
        unit="of the measure", end=TINY, in_logs=True, instead="objective.floors.*",
    ),
    _sort("locks.*.least", DOWN, REMOVED, "locks.least", end=0.0, instead="locks.*"),
    _sort("locks.*.most", UP, REMOVED, "locks.most", instead="locks.*"),
    _sort("locks.*.exactly", OFF, REMOVED, "locks.least locks.most", instead="locks.*"),
    _sort("locks.*.keep", OFF, REMOVED, "locks.least locks.most", instead="locks.*"),
    _sort("timetable.precedence.*", OFF, REMOVED, "timetable.precedence"),
    _sort(
        "rules.abate_before_arming", DOWN, None, "doctrine.abate_before_arming", unit="of intensity", end=0.0
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class FileRule:
    """A rule of one problem file with the value that it has there."""

    sort: Sort
    path: Path
    value: Any

    @property
    def name(self) -> str:
        """The path as the file and `--set` have it."""
        return ".".join(self.path)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Ids and periods in the path."""
        fixed = self.sort.pattern.split(".")
        return frozenset(self.path) - frozenset(fixed)

    @property
    def numeric(self) -> bool:
        """Whether it can be loosened by degrees."""
        return self.sort.looser is not Looser.OFF

    @property
    def demands(self) -> bool:
        """Whether it asks for a minimum, which ceilings and facts may not admit."""
        return self.sort.looser is Looser.DOWN or self.sort.equations == "timetable.due"

    @property
    def claim(self) -> str:
        """What it demands, in a sentence."""
        rule = self.sort.equations.split(" ")[0]
        mine = (eq.claim for eq in EQUATIONS.values() if eq.rule == rule and eq.part in ("", *CLAIMED))
        return self.sort.says or next(mine, "")

    def concerns(self, rule: str, labels: Collection[str]) -> bool:
        """Whether a row of the formulation's `rule` may be a row of this one."""
        known = {label for label in self.keys if label in labels}
        return rule in self.sort.equations.split(" ") and (known == self.keys or not known)

    def without(self, problem: DesignProblem) -> DesignProblem:
        """`problem` without the rule; its cross-checks are not run."""
        away = self.sort.off
        if self.sort.off == AMPLE and isinstance(self.value, int | float):
            away = max(AMPLE, 10.0 * self.value)
        problem = _changed(problem, self._off_path, away)
        return _changed(problem, tuple(self.sort.along.split(".")), {}) if self.sort.along else problem

    def at(self, problem: DesignProblem, value: float) -> DesignProblem:
        """`problem` with another figure for the rule; its cross-checks are not run."""
        return _changed(problem, self.path, round(value) if self.sort.whole else value)

    @property
    def _off_path(self) -> Path:
        if not self.sort.instead:
            return self.path
        pattern, instead = self.sort.pattern.split("."), self.sort.instead.split(".")
        stars = iter([mine for mine, part in zip(self.path, pattern, strict=False) if part == "*"])
        return tuple(next(stars) if part == "*" else part for part in instead)


CLAIMED = ("above", "at_least", "spending", "admitted", "own")
"""Parts of equations whose claim tells what the whole rule is about."""


def file_rules(problem: DesignProblem) -> tuple[FileRule, ...]:
    """Every rule of the file that demands or forbids anything, in the order of `SORTS`."""
    found = []
    for sort in SORTS:
        for path, owner, value in _places(problem, tuple(sort.pattern.split(".")), (), problem):
            for whole_path, single in _single(path, value):
                rule = FileRule(sort, whole_path, single)
                if sort.when(owner) and _demands(rule, problem):
                    found.append(rule)
    return tuple(found)


def _changed(problem: DesignProblem, path: Path, value: Any) -> DesignProblem:
    return cast("DesignProblem", _with_value(problem, path, value))


def _with_value(node: Any, path: Path, value: Any) -> Any:
    """A model, list or mapping with another value at `path`; nothing is validated."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(node, tuple):
        changed = [
            _with_value(item, rest, value) if _key(item, n) == head else item for n, item in enumerate(node)
        ]
        return tuple(item for item in changed if item is not REMOVED)
    if isinstance(node, dict):
        key = next((key for key in node if str(key) == head), head)
        return {**node, key: _with_value(node.get(key), rest, value)}
    if not isinstance(node, Model):
        return node
    fields = {name: getattr(node, name) for name in type(node).model_fields}
    return type(node).model_construct(**{**fields, head: _with_value(fields[head], rest, value)})


def validated(problem: DesignProblem) -> DesignProblem | None:
    """The problem with its cross-checks run; None where they find it wrong."""
    try:
        return DesignProblem.model_validate(problem.model_dump())
    except ValidationError:
        return None


def only(problem: DesignProblem, rules: Collection[FileRule], active: Collection[FileRule]) -> DesignProblem:
    """`problem` with none of `rules` but the active ones."""
    return with_values(problem, dict.fromkeys(rule for rule in rules if rule not in active))


def with_values(problem: DesignProblem, values: Mapping[FileRule, float | None]) -> DesignProblem:
    """`problem` with other figures for some rules, and without those whose figure is None."""

    def number(rule: FileRule) -> list[int]:
        return [int(part) for part in rule.path if part.isdigit()]

    # What is known by its number in a list keeps it as long as later ones go first.
    for rule in sorted(values, key=number, reverse=True):
        value = values[rule]
        problem = rule.without(problem) if value is None else rule.at(problem, value)
    return problem


def _demands(rule: FileRule, problem: DesignProblem) -> bool:
    """Whether the file states the rule, and it is not switched off already."""
    if rule.sort.instead and rule.sort.off is None:
        return _value(problem, rule._off_path) is not None
    if rule.value is None or isinstance(rule.value, dict):
        return False
    if rule.sort.looser is Looser.UP and rule.numeric and rule.value >= min(rule.sort.end, AMPLE):
        return False
    return bool(rule.value != rule.sort.off) or rule.sort.off is REMOVED


def _value(node: Any, path: Path) -> Any:
    for part in path:
        if isinstance(node, tuple):
            node = next((item for n, item in enumerate(node) if _key(item, n) == part), None)
        else:
            node = None if node is None else getattr(node, part)
    return node


def _places(node: Any, parts: Path, path: Path, owner: Any) -> Iterator[tuple[Path, Any, Any]]:
    """Path, owner and value wherever the pattern leads."""
    if not parts:
        yield path, owner, node
    elif parts[0] == "*":
        listed = ((_key(item, n), item) for n, item in enumerate(node or ()))
        pairs = node.items() if isinstance(node, dict) else listed
        for key, item in pairs:
            yield from _places(item, parts[1:], (*path, str(key)), item)
    elif node is not None:
        yield from _places(getattr(node, parts[0]), parts[1:], (*path, parts[0]), node)


def _single(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """A figure for each period as a rule of its own."""
    if isinstance(value, dict):
        for key, figure in value.items():
            yield (*path, str(key)), figure
    else:
        yield path, value


def _key(item: Any, number: int) -> str:
    """What a path calls a thing in a list: its id, or its number where it has none."""
    return str(getattr(item, "id", number))
