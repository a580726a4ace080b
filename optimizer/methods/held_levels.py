"""Levels of leximin with the whole decisions of a plan: what is left is convex, and soon climbed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import e, exp

import numpy as np
from numpy.typing import NDArray

from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim, Term
from concord.formulation.labelling import members
from concord.formulation.measures.frame import log_ratios
from concord.methods import direct
from concord.methods.clock import Clock
from concord.methods.found import Level, Start, logs_by_term
from concord.models import DesignProblem
from concord.solving.options import RunLimits
from concord.solving.progress import Watch
from concord.solving.saturation import Family, Saturation
from concord.solving.saturation import Level as Saturated
from concord.solving.tangents import Tangents

SHARE = 0.7
"""Share of the time limit by whose end levels are found: a plan that keeps them all is made after that."""
SLACKS = (1e-5, 1e-4, 1e-3)
"""By how much, in logs, a plan may miss levels that were found without one: what is needed of it."""


def counted(formulation: Formulation) -> list[Term]:
    """Every ratio that weighs anything."""
    scene = formulation.scene
    counts = scene.aggregates.counted(scene.aim.stated)
    return [term for term, counts_too in zip(members(scene.sets.states), counts, strict=True) if counts_too]


@dataclass(frozen=True, eq=False)
class Rest:
    """Ratios that are in no level yet."""

    problem: DesignProblem
    aim: Aim
    free: set[Term]
    held: Mapping[Term, float]
    """Logarithms that the other ratios keep."""

    def climb(self, at: Start, clock: Clock, watch: Watch) -> tuple[Start, list[Level]]:
        """The plan that is best for the rest, with the whole decisions of the plan `at`, and its levels.

        Ratios that are in none of them, for want of time, are lifted together, and none falls below the
        last level, so that what levels have not decided is of use to somebody. Levels that no plan was found
        to keep are not told.
        """
        terms, saturation = self._saturation(at, clock, watch)
        levels = list(saturation.climb(lambda: _limits(clock.with_share(SHARE))))
        left = self.free - {terms[number] for level in levels for number in level.figures}
        kept = dict(zip(terms, saturation.levels.tolist(), strict=True))
        if levels:
            kept |= dict.fromkeys(left, levels[-1].value)
        for slack in SLACKS:
            if clock.out_of_time or watch.stop_requested():
                break
            plan = self._lift_together(left or set(kept), kept, slack, at, clock, watch, saturation.tangents)
            if plan is not None:
                return plan, [_told(level, terms) for level in levels]
        return at, []

    def _saturation(self, at: Start, clock: Clock, watch: Watch) -> tuple[list[Term], Saturation]:
        """Every ratio, and the climb of those that are free from the lowest of them."""
        logs = logs_by_term(*at)
        held = dict(self.held) | dict.fromkeys(self.free, min(logs[term] for term in self.free))
        aim = replace(self.aim, lifted=frozenset(held), held=_loosened(held, SLACKS[0]))
        formulation = formulate(self.problem, aim)
        terms = counted(formulation)
        family = _family(formulation, np.array([term not in self.free for term in terms]))
        task = direct.with_whole_held(direct.task_of(formulation, at))
        told = direct.InTermsOfMeasure(formulation, watch)
        return terms, Saturation(task, family, clock.options.gap, told)

    def _lift_together(
        self,
        terms: set[Term],
        kept: Mapping[Term, float],
        slack: float,
        at: Start,
        clock: Clock,
        watch: Watch,
        tangents: Tangents,
    ) -> Start | None:
        """The plan with the best mean of these ratios that keeps, but for the slack, what others found."""
        held = _loosened(kept, slack)
        aim = replace(self.aim, lifted=frozenset(terms), held=held, together=True)
        formulation = formulate(self.problem, aim)
        outcome = direct.run(formulation, clock.left(), watch, at, tangents=tangents, as_whole=True)
        return None if outcome.values is None else (formulation, outcome.values)


def _loosened(held: Mapping[Term, float], slack: float) -> dict[Term, float]:
    return {term: least - slack for term, least in held.items()}


def _family(formulation: Formulation, held: NDArray[np.bool_]) -> Family:
    """Every ratio that weighs anything, where the program has it."""
    program, scene = formulation.program, formulation.scene
    rows, floors = (program.constraints[name] for name in ("measures.worst_off", "measures.level"))
    counts = scene.aggregates.counted(scene.aim.stated)
    terms = counted(formulation)
    if [rows.labels.label(n)[1:] for n in range(len(terms))] != terms:
        raise AssertionError("there is a row of 11.1 for every ratio")
    places = {floors.labels.label(n): int(row) for n, row in enumerate(floors.rows)}
    return Family(
        least=np.asarray(rows.rows),
        floors=np.array([places[term] for term in terms]),
        held=held,
        scale=formulation.form.tolerance(scene, e - 1),
        logs=lambda point: log_ratios(scene, point)[counts],
    )


def _told(level: Saturated, terms: list[Term]) -> Level:
    stay = tuple(sorted(terms[number] for number in level.figures))
    return Level(stay, exp(level.bound), exp(level.ceiling), held=True)


def _limits(clock: Clock) -> RunLimits:
    options = clock.left()
    return RunLimits(time_limit=options.time_limit, seed=options.seed, threads=options.threads)
