"""Leximin: the worst-off ratios are lifted as far as they go, then the next, level by level.

A level is found in two proofs, both of them over whole decisions too. First, how far all free ratios can be
lifted together: `max mu`, with a bound. Then, which of those that stand there cannot rise further: those
whose mean logarithm is maximised while no free ratio falls below the level. A ratio that the plan found
lifts beyond the gap is shown by that plan to be free, and the others are tried again without it; in the
end the bound of that program is the level's ceiling. Where single ratios can all rise, but not together,
those that the plan with the best mean leaves lowest stay at the level, and the ceiling says how far from
proven that is.

What is lifted is the ratio of a state in a period: no state's bad year is made up by a good one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import exp, inf, isfinite, log

import numpy as np

from concord.formulation import Formulation, formulate
from concord.formulation.aim import Aim, Term
from concord.methods import direct
from concord.methods.clock import Clock
from concord.methods.found import Found, Level, Start, logs_by_term
from concord.methods.held_levels import Rest, counted
from concord.models import DesignProblem, Measure, StatedMeasure
from concord.solving.options import SolveOptions
from concord.solving.outer_approximation import Outcome
from concord.solving.progress import Watch
from concord.solving.saturation import kept_down
from concord.solving.termination import Limit, Reason, Termination

Stay = tuple[set[Term], float]
"""Ratios that stay at a level, and a bound of their geometric mean."""
NOBODY: Stay = (set(), inf)
LEVELS = 0.5
"""Share of the time limit in which levels are proven over all whole decisions."""
FOR_ALL = 0.02
"""Gap of a plan by the geometric mean, from whose whole decisions levels are climbed."""
PATIENCE = 0.5
"""Share of the time left that one search may take: its bounds tell what it has not proven by then."""
LEVEL = 0.6
"""Share of the gap to which a level is proven."""
CEILING = 0.5
"""Share of the gap to which a ceiling is proven."""
RESOLUTION = 1e-3
"""A rise in logs that does not tell a ratio from those of its level, however narrow the gap: the rounding of
the levels below is worth that much to the levels above them."""
ROUNDING = 2e-6
"""What every search lowers the levels before it by, in logs: what one may miss them by, the next may too."""


def search(
    problem: DesignProblem, aim: Aim, options: SolveOptions, watch: Watch, start: Start | None = None
) -> Found:
    """The plan that is best for the worst-off, then for the next, every level proven within the gap.

    Where time is short, levels that are left are those of the whole decisions found, and told to be so.
    """
    first, clock = formulate(problem, aim), Clock(options)
    climb = _Climb(problem, aim, clock.with_share(LEVELS), watch, start, set(counted(first)), dict(aim.held))
    climb.climb()
    if climb.at is None and climb.bounded:
        climb.at = _plan_for_all(problem, aim, first, clock, watch)
    if climb.at is not None and climb.free:
        rest = Rest(problem, aim, climb.free, climb.held)
        climb.at, levels = rest.climb(climb.at, clock, watch)
        climb.take(levels)
    return climb.found(first)


def _plan_for_all(
    problem: DesignProblem, aim: Aim, first: Formulation, clock: Clock, watch: Watch
) -> Start | None:
    """A plan by the geometric mean, which is found sooner, as one of the first program.

    For large problems, where the share of the first level ended before any plan was found.
    """
    if clock.out_of_time or watch.stop_requested():
        return None
    mean = replace(aim, stated=StatedMeasure(measure=Measure.GEOMETRIC), lifted=None)
    options = replace(clock.left(share_of_time=PATIENCE), gap=FOR_ALL)
    found = direct.search(problem, mean, options, watch)
    if found.outcome.values is None:
        return None
    point = direct.task_of(first, (found.formulation, found.outcome.values)).start
    return None if point is None else (first, point)


@dataclass
class _Climb:
    """Levels so far, and what is still free."""

    problem: DesignProblem
    aim: Aim
    clock: Clock
    watch: Watch
    at: Start | None
    """The plan at hand."""
    free: set[Term] = field(default_factory=set)
    held: dict[Term, float] = field(default_factory=dict)
    """Logarithms that single ratios keep."""
    searches: int = 0
    levels: list[Level] = field(default_factory=list)
    runs: list[tuple[Formulation, Outcome]] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        """Whether there was no search yet, or there is a plan to begin from, and time is left."""
        if not self.runs:
            return True
        return self.at is not None and not self.clock.out_of_time and not self.watch.stop_requested()

    @property
    def bounded(self) -> bool:
        """Whether anything is proven of the first level."""
        return isfinite(direct.bounds_of(*self.runs[0])[1])

    def climb(self) -> None:
        """Find levels until none is left, or no more can be told of the next."""
        while self.free and self.goes_on and self.one_level():
            pass

    def take(self, levels: list[Level]) -> None:
        """Add levels that were found otherwise."""
        self.levels += levels
        self.free -= {term for level in levels for term in level.terms}

    def one_level(self) -> bool:
        """Find the next level over all whole decisions, and who stays at it; whether it is proven."""
        begun = len(self.runs)
        bound = self._lift(self.free)
        if self.at is None or not isfinite(bound):
            return False
        logs = self._logs()
        level = min(logs[term] for term in self.free)
        within = exp(level) * (1 + self.clock.options.gap)
        stays, ceiling = self._held_down(level) or NOBODY
        self.held |= dict.fromkeys(self.free, level)
        if bound <= within < ceiling and self.goes_on:
            stays, ceiling = self._who_stays(level, stays)
        ends = [outcome.termination.reason for _, outcome in self.runs[begun:]]
        proven = max(bound, ceiling) <= within or all(end is Reason.OPTIMAL for end in ends)
        if proven:
            self.free -= stays
            self.levels.append(Level(tuple(sorted(stays)), bound, ceiling))
        for term in self.free:
            del self.held[term]
        return proven

    def _held_down(self, level: float) -> Stay | None:
        """Ratios that the continuous relaxation keeps at the level, and the bound of their mean.

        Its duals of 11.1 are a proof for all plans, whatever their whole decisions.
        """
        formulation, outcome = self.runs[-1]
        if (proof := outcome.continuous) is None:
            return None
        rows = formulation.program.constraints["measures.worst_off"]
        room = log(formulation.form.value(formulation.scene, proof.bound)) - level
        stay, rise = kept_down(np.abs(proof.row_duals[rows.rows]), room, log(1 + self.clock.options.gap))
        return {rows.labels.label(int(row))[1:] for row in stay}, exp(level + rise)

    def _who_stays(self, level: float, down: set[Term]) -> Stay:
        """Ratios that cannot rise while no free one falls below the level, and the bound of their mean.

        Those that the relaxation keeps `down` are tried first.
        """
        near = level + max(log(1 + self.clock.options.gap), RESOLUTION)
        tight = {term for term, height in self._logs().items() if term in self.free and height <= near}
        tight = tight & down or tight
        while True:
            ceiling = self._lift(tight, together=True)
            logs = self._logs()
            stay = {term for term in tight if logs[term] <= near}
            if stay == tight or (stay and not self.goes_on):
                # what all of them may gain, those that stay may gain alone
                return stay, exp(level + (log(ceiling) - level) * len(tight) / len(stay))
            if not stay:
                lowest = min(logs[term] for term in tight)
                return {term for term in tight if logs[term] <= lowest + self.searches * ROUNDING}, ceiling
            tight = stay

    def _lift(self, terms: set[Term], *, together: bool = False) -> float:
        """Lift some ratios, from the plan at hand and as the next plan at hand; returns the bound."""
        self.searches += 1
        self.held = {term: least - ROUNDING for term, least in self.held.items()}
        aim = replace(self.aim, lifted=frozenset(terms), held=self.held, together=together)
        formulation = formulate(self.problem, aim)
        options = self.clock.left(CEILING if together else LEVEL, PATIENCE)
        outcome = direct.run(formulation, options, self.watch, self.at)
        self.runs.append((formulation, outcome))
        if outcome.values is not None:
            self.at = formulation, outcome.values
        found = outcome.termination.reason in {Reason.OPTIMAL, Reason.FEASIBLE, Reason.NO_SOLUTION_FOUND}
        return direct.bounds_of(formulation, outcome)[1] if found else inf

    def _logs(self) -> dict[Term, float]:
        """Logarithm of every ratio in the plan at hand."""
        if self.at is None:
            raise AssertionError("there is a plan at hand")
        return logs_by_term(*self.at)

    def found(self, first: Formulation) -> Found:
        """The plan at hand as one of the first program, the last relaxation, and the levels; no prices."""
        last = self.runs[-1][1]
        bounds = direct.bounds_of(*self.runs[0])
        outcome = replace(
            last,
            termination=self._end(),
            row_duals=None,
            nodes=sum(outcome.nodes for _, outcome in self.runs),
            seconds=self.clock.seconds,
            values=None if self.at is None else self.at[1],
        )
        value = bounds[0] if outcome.values is None else first.form.at(first.scene, outcome.values)
        baseline = direct.baseline(first)
        levels, proofs = tuple(self.levels), (self.runs[0],)
        return Found(first, outcome, value, max(bounds[1], value), baseline, levels, proofs=proofs)

    def _end(self) -> Termination:
        """The end of the first search that ended without proof; otherwise all levels are proven."""
        ends = [outcome.termination for _, outcome in self.runs]
        short = [end for end in ends if end.reason is not Reason.OPTIMAL]
        if short and short[0].limit is not Limit.TIME:
            return short[0]
        proven = [level for level in self.levels if not level.held]
        if not short and not self.free and len(proven) == len(self.levels):
            return replace(ends[-1], detail=f"the gap asked for is proven in {len(self.levels)} levels")
        detail = f"{len(proven)} of {len(self.levels)} levels over all whole decisions"
        if self.free:
            detail += f", {len(self.free)} ratios in no level yet"
        return Termination.stopped(Limit.TIME, detail, ends[0].objective_bounds)
