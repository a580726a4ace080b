"""Check 9: reductions are asked of both sides or of nobody, and named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from concord.models import DesignProblem, Plan, RelationKind

from .case import Case, listed
from .codes import Code
from .finding import Finding, Severity

NONE_ASKED = "No state is asked to reduce its forces."
LEAST = 5e-4
"""Reductions, in logs, that are none."""
TWICE = 1.0
"""A rival does too little where the state does more than 1 plus this share of what the rival does, unless
the problem states a share (`dilemma.reciprocity`)."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a state is asked to reduce its forces by."""

    state: str
    name: str
    since: int
    by_year: dict[int, float]
    """Share of its forces by period, without which it does by then."""

    @property
    def most(self) -> float:
        """The largest share."""
        return max(self.by_year.values())

    def course(self, last: int) -> str:
        """By how much from when, or in which year most and how much in the `last` one, if it is less then."""
        share = _percent(self.most)
        if all(_percent(self.by_year.get(year, 0.0)) == share for year in range(self.since, last + 1)):
            return f"by {share} from {self.since}"
        peak = max(self.by_year, key=lambda year: (self.by_year[year], -year))
        told, other = f"by {share} in {peak}", self.since if peak == last else last
        level = self.by_year.get(other, 0.0)
        return f"{told}, {_percent(level) if level else 'nothing'} in {other}"


def reduction_rows(plan: Plan, problem: DesignProblem) -> tuple[Reduction, ...]:
    """States that are asked to reduce their forces, the largest share first."""
    case = Case(plan, problem)
    years: dict[str, dict[int, float]] = defaultdict(dict)
    for row in plan.posture:
        if row.reduction > LEAST:
            years[row.state][row.period] = 1 - exp(-row.reduction)
    rows = [Reduction(state, case.name(state), min(by_year), by_year) for state, by_year in years.items()]
    return tuple(sorted(rows, key=lambda row: (-row.most, row.state)))


def reductions_sentence(plan: Plan, problem: DesignProblem, most: int = 6) -> str:
    """Who is asked to reduce forces, by how much, from when; or that nobody is."""
    rows = reduction_rows(plan, problem)
    if not rows:
        return NONE_ASKED
    alike: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        alike[row.course(max(problem.periods))].append(row.name)
    told = [
        f"{listed(names, most)}{' each' if len(names) > 1 else ''} {course}"
        for course, names in alike.items()
    ]
    if len(told) > most:
        rest = sum(len(names) for names in list(alike.values())[most:])
        told = [*told[:most], f"{rest} more states"]
    return f"Reductions: {'; '.join(told)}."


def reductions(case: Case) -> Iterator[Finding]:
    """One-sided reductions, and a note that names all of them."""
    rows = {row.state: row for row in reduction_rows(case.plan, case.problem)}
    if not rows:
        return
    levels = {state: _levels(case, state) for state in rows}
    named = any(relation.kind is RelationKind.RIVALS for relation in case.problem.relations)
    for state, row in rows.items():
        others = _counterparts(case, state)
        lagging = [other for other in others if _lags(case, levels[state], other)]
        if named and not others:
            yield Finding(
                Code.REDUCTION_WITHOUT_RIVAL,
                Severity.SERIOUS,
                state,
                {"share": row.most, "since": row.since},
                f"{row.name} is asked to reduce its forces by {_percent(row.most)}, "
                "but has no rival in the region.",
                f"{row.name} by {_percent(row.most)}",
            )
        elif lagging and (named or len(lagging) == len(others)):
            yield Finding(
                Code.REDUCTION_ONE_SIDED,
                Severity.SERIOUS,
                ", ".join([state, *lagging]),
                {"share": row.most, "since": row.since, "rivals": len(lagging)},
                f"{row.name} is asked to reduce its forces by {_percent(row.most)} from {row.since}, "
                f"{case.names(lagging)} by little or nothing.",
                f"{row.name} by {_percent(row.most)}, not {case.names(lagging, 2)}",
            )
    yield Finding(
        Code.REDUCTIONS,
        Severity.NOTE,
        ", ".join(rows),
        {"states": len(rows), "largest": max(row.most for row in rows.values())},
        reductions_sentence(case.plan, case.problem),
        listed([f"{row.name} {_percent(row.most)}" for row in rows.values()]),
    )


def _levels(case: Case, state: str) -> dict[int, float]:
    return {row.period: row.reduction for row in case.plan.posture if row.state == state}


def _counterparts(case: Case, state: str) -> list[str]:
    """Rivals in the region; where the problem names none at all, states that feel each other's arms."""
    members = {member.id for member in case.problem.measured}
    if any(relation.kind is RelationKind.RIVALS for relation in case.problem.relations):
        found = set(case.problem.related(RelationKind.RIVALS, state))
    else:
        pairs = [(each.source, each.target) for each in case.problem.dilemma.influences]
        found = {b for a, b in pairs if a == state} & {a for a, b in pairs if b == state}
        found = found or ({b for a, b in pairs if a == state} | {a for a, b in pairs if b == state})
    return sorted((found & members) - {state})


def _lags(case: Case, levels: dict[int, float], rival: str) -> bool:
    """Whether the state goes further than the rival's reductions justify, in any period."""
    share = case.problem.dilemma.reciprocity
    factor = 1 + (TWICE if share is None else share)
    theirs = _levels(case, rival)
    return any(level > factor * theirs.get(period, 0.0) + LEAST for period, level in levels.items())


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.095 else f"{100 * share:.1f} %"
