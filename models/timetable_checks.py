"""Cross-checks of the timetable: windows, all-or-none programmes, what comes first, what is learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .finding import Finding, Path
from .organ import Organ
from .programme import Join, Programme
from .site import Site
from .timetable import Activity

if TYPE_CHECKING:
    from .problem import DesignProblem


def timetable_findings(problem: DesignProblem) -> Iterator[Finding]:
    """Everything wrong with the timetable of a problem whose references are sound."""
    yield from _windows(problem)
    yield from _joining(problem)
    yield from _regional_organs(problem)
    yield from _precedence(problem)
    yield from _experience(problem)


def _windows(problem: DesignProblem) -> Iterator[Finding]:
    scheduled: tuple[tuple[Path, Sequence[Organ | Programme | Site]], ...] = (
        (("organs",), problem.organs),
        (("programmes",), problem.programmes),
        (("garrisons", "sites"), problem.garrisons.sites if problem.garrisons else ()),
    )
    for path, things in scheduled:
        for n, thing in enumerate(things):
            if thing.earliest is not None and thing.latest is not None and thing.latest < thing.earliest:
                yield Finding(
                    (*path, n, "latest"),
                    "the last period is before the first",
                    f"{thing.latest} < {thing.earliest}",
                    "exchange them",
                )
    for n, organ in enumerate(problem.organs):
        first = max(problem.periods[0] + organ.lead, organ.earliest or 0)
        if organ.due is not None and organ.due < first:
            yield Finding(
                ("organs", n, "due"),
                "the organ must operate before it can",
                f"{organ.due} < {first}",
                f"at least {first}",
            )


def _joining(problem: DesignProblem) -> Iterator[Finding]:
    for n, programme in enumerate(problem.programmes):
        together = programme.join is Join.ALL_OR_NONE
        if together and not programme.joining_cost:
            yield Finding(
                ("programmes", n, "joining_cost"),
                "a programme that all states join or none needs a cost of joining",
                programme.id,
                "what each state must spend, million USD a period",
            )
        elif programme.joining_cost and not together:
            yield Finding(
                ("programmes", n, "joining_cost"),
                "only a programme that all states join or none has a cost of joining",
                programme.id,
                "add `join: all-or-none`, or leave the cost out",
            )


def _regional_organs(problem: DesignProblem) -> Iterator[Finding]:
    regions = {organ.id: organ.region for organ in problem.organs}
    for n, programme in enumerate(problem.programmes):
        region = regions.get(programme.organ or "")
        for state in programme.states or ():
            if region not in (None, problem.state_by_id[state].region):
                yield Finding(
                    ("programmes", n, "states"),
                    f"the programme's organ serves {region} only",
                    state,
                    f"leave it out, or give {programme.organ} no region",
                )


def _precedence(problem: DesignProblem) -> Iterator[Finding]:
    for n, precedence in enumerate(problem.timetable.precedence):
        path: Path = ("timetable", "precedence", n)
        for side in ("first", "then"):
            yield from _activity(problem, (*path, side), getattr(precedence, side))
        first, then = precedence.first, precedence.then
        if first.organ is None and not first.least:
            yield Finding(
                (*path, "first", "least"),
                "it is not said when the programmes count as run",
                precedence.id,
                "their least spending in a period, million USD",
            )
        if then.least:
            yield Finding(
                (*path, "then", "least"),
                "what has to wait needs no least spending",
                f"{then.least:g}",
                "leave it out",
            )
        if first.model_copy(update={"least": 0.0}) == then:
            yield Finding((*path, "then"), "nothing can come before itself", precedence.id)


def _activity(problem: DesignProblem, path: Path, activity: Activity) -> Iterator[Finding]:
    others = activity.programme is not None or activity.region is not None
    if (activity.organ is not None) == others:
        yield Finding(
            path,
            "an activity is either an organ's, or that of a programme or region",
            remedy="give `organ`, or `programme` or `region` or both",
        )
    for programme in problem.programmes:
        if programme.id == activity.programme and activity.region is not None:
            states = programme.states or [state.id for state in problem.states]
            if activity.region not in {problem.state_by_id[state].region for state in states}:
                yield Finding(
                    path,
                    f"{programme.id} may run nowhere in this region",
                    activity.region,
                    "name another programme or region",
                )


def _experience(problem: DesignProblem) -> Iterator[Finding]:
    saved: defaultdict[str, float] = defaultdict(float)
    for n, experience in enumerate(problem.timetable.experience):
        for organ in experience.organs:
            saved[organ] += experience.reduction
            if saved[organ] > 1 + 1e-9:
                yield Finding(
                    ("timetable", "experience", n, "reduction"),
                    f"all experience together saves more than {organ} costs to set up",
                    f"{saved[organ]:g}",
                    "reductions for one organ add up to 1 at most",
                )
