"""What changed: plans or problems side by side, only what differs, and what each difference does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import pandas as pd
from pydantic import ValidationError

from concord.analysis.differences import Difference, Effect, differences, effects, log_geometric
from concord.analysis.session import Session
from concord.errors import BadInput, Infeasible, NoPlanFound
from concord.models import DesignProblem, Plan
from concord.models.base import Model

MOST_STEPS = 24
"""Differences between problems that are solved one by one; more are taken section by section."""


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Plans side by side, in the order given."""

    names: tuple[str, ...]
    measures: tuple[float, ...]
    differences: tuple[Difference, ...]
    effects: tuple[tuple[Effect, ...], ...]
    """For every plan but the first, what makes its geometric mean of security another than the first's."""
    totals: tuple[float, ...]
    """For every plan but the first, the sum of its effects: log of its geometric mean over the first's."""

    @property
    def table(self) -> pd.DataFrame:
        """One row a difference, one column a plan."""
        rows = [
            {
                "of": row.of,
                "subject": row.subject,
                **dict(zip(self.names, row.values, strict=True)),
                "unit": row.unit,
            }
            for row in self.differences
        ]
        return pd.DataFrame(rows, columns=["of", "subject", *self.names, "unit"])


def compare_plans(named: Sequence[tuple[str, Plan, DesignProblem]]) -> PlanComparison:
    """What differs between plans, each with the problem that it answers. Raises BadInput below two."""
    if len(named) < 2:
        raise BadInput.single("one thing cannot be compared", field="plans", remedy="name at least two")
    first = named[0]
    others = tuple(effects(first[1:], each[1:]) for each in named[1:])
    start = log_geometric(first[1], first[2])
    return PlanComparison(
        names=tuple(name for name, _, _ in named),
        measures=tuple(plan.measure.value for _, plan, _ in named),
        differences=differences([plan for _, plan, _ in named]),
        effects=others,
        totals=tuple(log_geometric(plan, problem) - start for _, plan, problem in named[1:]),
    )


class Change(Model):
    """A part of the problem that another problem has otherwise, and what it does to the best plan."""

    path: str
    """A section, or a thing in one: `funds.assessed`."""
    fields: tuple[str, ...]
    """What in it differs, with both values."""
    measure: float | None
    """Of the best plan found with this change on top of those before it; null where there is none."""
    logs: float | None
    """log(measure / measure before); the changes that have a plan sum to the log from first to last."""


@dataclass(frozen=True, slots=True)
class ProblemComparison:
    """Two problems: what leads from the first to the second, one change on top of the other."""

    first: Plan
    last: Plan
    changes: tuple[Change, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a change."""
        rows = [{**row.model_dump(), "fields": "; ".join(row.fields)} for row in self.changes]
        return pd.DataFrame(rows, columns=list(Change.model_fields))


def compare_problems(first: DesignProblem, last: DesignProblem, session: Session) -> ProblemComparison:
    """Lead `first` over into `last` one difference at a time, each solved from where the last search ended.

    The effects depend on the order, which is that of the problem file, and their sum is exact. Raises
    BadInput where nothing differs, and as `Session.solve` where the first or the last has no plan.
    """
    steps = list(_steps(first, last))
    if not steps:
        raise BadInput.single("the problems are the same", field="problems", remedy="name two that differ")
    begin = session.solve_problem(first)
    before, changes, reached = begin.measure.value, [], first
    for path, fields, problem in _valid(first, last, steps):
        reached = problem
        try:
            plan = session.solve_problem(problem)
        except (Infeasible, NoPlanFound):
            changes.append(Change(path=path, fields=fields, measure=None, logs=None))
            continue
        value = plan.measure.value
        changes.append(Change(path=path, fields=fields, measure=value, logs=log(value / before)))
        before = value
    end = session.plan if session.plan is not None and reached == last else session.solve_problem(last)
    return ProblemComparison(begin, end, tuple(changes))


Step = tuple[str, tuple[str, ...], str, Any]
"""Path, what differs, section, id of the thing in it or None for the whole section."""
IDENTITY = frozenset({"id", "title", "description", "format", "doctrine", "provenance"})
"""Sections that say nothing that a plan depends on."""


def _steps(first: DesignProblem, last: DesignProblem) -> Iterator[Step]:
    """Every part in which the problems differ."""
    for section in type(first).model_fields:
        one, other = getattr(first, section), getattr(last, section)
        if section in IDENTITY or one == other:
            continue
        mine, theirs = _by_id(one), _by_id(other)
        if mine is None or theirs is None:
            yield section, tuple(_fields(_plain(one), _plain(other))), section, None
            continue
        names = [name for name in dict.fromkeys([*mine, *theirs]) if mine.get(name) != theirs.get(name)]
        if len(names) > MOST_STEPS:
            told = (*names[:3], f"and {len(names) - 3} more")
            yield section, told, section, None
            continue
        for name in names:
            fields = tuple(_fields(_plain(mine.get(name)), _plain(theirs.get(name))))
            yield f"{section}.{name}", fields, section, name


def _valid(
    first: DesignProblem, last: DesignProblem, steps: Sequence[Step]
) -> Iterator[tuple[str, tuple[str, ...], DesignProblem]]:
    """The problems on the way; a change that makes no sense without the next is taken together with it."""
    problem, waiting, told = first, dict[str, Any](), list[tuple[str, tuple[str, ...]]]()
    for path, fields, section, name in steps:
        base = waiting.get(section, getattr(problem, section))
        target = getattr(last, section)
        waiting[section] = target if name is None else _replaced(base, target, name)
        told.append((path, fields))
        values = {each: getattr(problem, each) for each in type(problem).model_fields}
        try:
            problem = DesignProblem(**values | waiting)
        except ValidationError:
            continue
        yield (
            " + ".join(each for each, _ in told),
            tuple(text for _, texts in told for text in texts),
            problem,
        )
        waiting, told = {}, []


def _by_id(section: Any) -> dict[str, Any] | None:
    """The things of a list by id; None where the section is no such list."""
    if not isinstance(section, tuple) or not all(hasattr(thing, "id") for thing in section):
        return None
    return {thing.id: thing for thing in section}


def _replaced(base: tuple[Any, ...], target: tuple[Any, ...], name: str) -> tuple[Any, ...]:
    """`base` with the thing of this id as `target` has it."""
    wanted = next((thing for thing in target if thing.id == name), None)
    if wanted is None:
        return tuple(thing for thing in base if thing.id != name)
    if all(thing.id != name for thing in base):
        return (*base, wanted)
    return tuple(wanted if thing.id == name else thing for thing in base)


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.model_dump(mode="json")
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _fields(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Every leaf in which two plain values differ, with both."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in dict.fromkeys([*one, *other]):
            yield from _fields(one.get(name), other.get(name), f"{path}.{name}".lstrip("."))
    elif one != other:
        shown = [_shown(value) for value in (one, other)]
        yield f"{path}: {shown[0]} -> {shown[1]}" if path else f"{shown[0]} -> {shown[1]}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("id", "given"))
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
