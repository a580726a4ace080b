"""One measure after the other: each is maximised as far as those before it allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite, log

from concord.formulation.aim import Aim, Term
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import floor_form_of, form_of
from concord.methods import direct
from concord.methods.clock import Clock
from concord.methods.found import Found, Stage, Start, logs_by_term
from concord.methods.registry import search_for
from concord.methods.tidy import tidied
from concord.models import DesignProblem, Measure, MeasureFloor, NextMeasure, StatedMeasure
from concord.solving.footing import Footing
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch
from concord.solving.termination import Limit, Reason, Termination

LEAST_SACRIFICE = 2e-5
"""A floor that one point alone reaches leaves a solver no room: at least this share is given up."""


def search(
    problem: DesignProblem,
    options: SolveOptions,
    watch: Watch,
    footing: Footing | None = None,
    start: Start | None = None,
) -> Found:
    """The best plan for what `problem` maximises, first and then.

    Each next measure is maximised, from the plan found before, under floors that leave those before it all
    but the allowed sacrifice. `footing` is where a search on a similar problem ended; a first
    measure that takes one program goes on from there. Raises BadInput, before any search, where a measure can
    have no floor.
    """
    objective, clock = problem.objective, Clock(options)
    for before in (objective, *objective.then)[:-1]:
        floor_form_of(before)
    first = _first(problem, options, watch, footing, start)
    reached, found, stages, proofs = _Reached({}, {}), first, list[Stage](), list(first.proven_by)
    stated: StatedMeasure = objective
    for following in objective.then:
        values = found.outcome.values
        if found.outcome.termination.reason is not Reason.OPTIMAL or values is None:
            break
        if clock.out_of_time:
            found = _out_of_time(found)
            break
        reached = reached.with_plan(stated, found).after_giving_up(following)
        aim, start = reached.aim(problem, following), (found.formulation, values)
        latest = search_for(aim)(problem, aim, clock.left(), watch, start)
        if latest.outcome.values is None or not isfinite(latest.bound):
            found = _out_of_time(found)
            break
        stages.append(Stage(following, latest.bound))
        proofs.extend(latest.proven_by)
        found, stated = latest, following
    last = replace(_as_first(problem, first, found, stages, clock), proofs=tuple(proofs))
    return tidied(last, options, watch)


def _out_of_time(found: Found) -> Found:
    """The plan at hand, without the measures that were to be maximised next."""
    end = found.outcome.termination
    stopped = Termination.stopped(Limit.TIME, "not every measure has been maximised", end.objective_bounds)
    return replace(found, outcome=replace(found.outcome, termination=stopped))


def _first(
    problem: DesignProblem,
    options: SolveOptions,
    watch: Watch,
    footing: Footing | None,
    start: Start | None,
) -> Found:
    aim = Aim.of(problem)
    if form_of(aim.stated).method is Method.DIRECT:
        return direct.search(problem, aim, options, watch, start, footing)
    return search_for(aim)(problem, aim, options, watch, start)


@dataclass(frozen=True)
class _Reached:
    """What must be kept of the measures maximised so far: values by label, and logs of single ratios."""

    values: Mapping[str, MeasureFloor]
    levels: Mapping[Term, float]

    def with_plan(self, stated: StatedMeasure, found: Found) -> _Reached:
        """What a search has reached beside what was reached before."""
        floor = _floor(stated, found.value)
        logs = {} if found.outcome.values is None else logs_by_term(found.formulation, found.outcome.values)
        levels = {
            term: min(logs[other] for other in level.terms) for level in found.levels for term in level.terms
        }
        return _Reached({**self.values, floor.label: floor}, {**self.levels, **levels})

    def after_giving_up(self, following: NextMeasure) -> _Reached:
        """What is left when the next measure has taken its sacrifice."""
        kept = 1 - max(following.sacrifice, LEAST_SACRIFICE)
        return _Reached(
            {label: _floor(floor, floor.least * kept) for label, floor in self.values.items()},
            {term: level + log(kept) for term, level in self.levels.items()},
        )

    def aim(self, problem: DesignProblem, following: NextMeasure) -> Aim:
        """The next measure under the problem's floors and these."""
        floors = dict(self.values)
        for floor in problem.objective.floors:
            other = floors.get(floor.label, floor)
            floors[floor.label] = max(floor, other, key=lambda each: each.least)
        return Aim(following.plain, tuple(floors.values()), held=self.levels)


def _floor(stated: StatedMeasure, least: float) -> MeasureFloor:
    measure = Measure.MINIMUM if stated.measure is Measure.LEXIMIN else stated.measure
    return MeasureFloor(measure=measure, alpha=stated.alpha, least=least)


def _as_first(problem: DesignProblem, first: Found, last: Found, stages: list[Stage], clock: Clock) -> Found:
    """The last plan, told in terms of the first measure."""
    if not stages or last.outcome.values is None:
        return last
    scene = last.formulation.scene
    value = form_of(problem.objective).at(scene, last.outcome.values)
    outcome = replace(last.outcome, seconds=clock.seconds)
    return replace(
        last,
        outcome=outcome,
        value=value,
        bound=max(first.bound, value),
        baseline=first.baseline,
        levels=first.levels,
        stages=tuple(stages),
    )
