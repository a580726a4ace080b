"""What else is as good: plans that give up little and decide as much as possible otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import pandas as pd

from concord.algebra import Expression, constant
from concord.analysis.figures import relative_burdens
from concord.analysis.neighbourhood import search_near
from concord.errors import BadInput, Fault
from concord.formulation import Formulation, formulate
from concord.formulation.labelling import members, parameter
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.methods import direct
from concord.methods.clock import Clock
from concord.methods.found import Found
from concord.models import DesignProblem, MeasureFloor, Plan
from concord.models.base import Model
from concord.planning import plan_of
from concord.solving.footing import Footing
from concord.solving.options import SolveOptions
from concord.solving.outer_approximation import Outcome
from concord.solving.progress import Progress, SilentWatch, Watch
from concord.solving.relaxation import Values
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Termination

FIRST_SHARE = 0.3
"""Of the time for a plan that goes to a search everywhere, before one near the plan."""
FAIR_SHARE = 0.15
"""Of the whole decisions that a plan takes, in how many one that is sought near it differs at least."""
SAME = 1e-6
"""Relative difference between measures that is rounding."""
Choice = tuple[str, str]
"""Kind of a whole decision, and what it is about: `("garrisons", "Budapest, large")`."""


class StateRange(Model):
    """What a state bears and gets over all plans at hand."""

    state: str
    least_burden: float
    """Of its GDP, over all periods."""
    most_burden: float
    least_security: float
    """Security ratio in the last period."""
    most_security: float


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The plan and others nearly as good, each as far as possible, in sum, from all before it."""

    plans: tuple[Plan, ...]
    """The plan itself first."""
    distances: tuple[int, ...]
    """Of each other plan, in how many whole decisions it differs at least from every plan before it."""
    proven: tuple[bool, ...]
    """Whether no plan within the slack is proven farther, in sum, from those before it."""
    shared: tuple[Choice, ...]
    """What all of them decide to have."""
    negotiable: tuple[Choice, ...]
    """What some have and some have not."""
    states: tuple[StateRange, ...]
    exhausted: bool = False
    """Whether it is proven that nothing else within the slack decides otherwise."""

    @property
    def better(self) -> int | None:
        """Number in `plans` of the best whose measure is higher than the plan's; None without any."""
        values = [plan.measure.value for plan in self.plans]
        best = max(range(len(values)), key=values.__getitem__)
        return best if values[best] > values[0] * (1 + SAME) else None

    @property
    def rise(self) -> float:
        """How much higher the measure of that plan is, relative to the plan's; 0 without one."""
        values = [plan.measure.value for plan in self.plans]
        return values[self.better or 0] / values[0] - 1

    @property
    def table(self) -> pd.DataFrame:
        """One row a state: its ranges of burden and security."""
        return pd.DataFrame([row.model_dump() for row in self.states], columns=list(StateRange.model_fields))


def alternatives(
    plan: Plan,
    problem: DesignProblem,
    slack: float = 0.01,
    number: int = 10,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
) -> Alternatives:
    """Up to `number` plans whose measure is at least `1 - slack` of the plan's, maximally different.

    Each maximises the sum of its distances to all plans before it, none of them 0, counted in the whole
    decisions of the last period: garrisons of each tier, organs, and programmes that are switched. Ends where
    nothing is left that differs.
    Raises BadInput where the slack is no share, no plan is asked for, or the measure takes several programs.
    """
    _require(problem, slack, number)
    least = plan.measure.value * (1 - slack)
    search = _Search(problem, plan, least, options or SolveOptions(), watch or SilentWatch())
    plans, distances, proven, footing = [plan], list[int](), list[bool](), None
    exhausted = False
    for _ in range(number):
        found = search.farthest_from(plans, footing, near=len(plans) > 1 and footing is None)
        if not isinstance(found, _Far):
            exhausted = found is None
            break
        footing = found.footing
        plans.append(found.plan)
        distances.append(found.distance)
        proven.append(found.proven)
    chosen = [choices(each) for each in plans]
    everywhere, anywhere = frozenset.intersection(*chosen), frozenset.union(*chosen)
    return Alternatives(
        tuple(plans),
        tuple(distances),
        tuple(proven),
        tuple(sorted(everywhere)),
        tuple(sorted(anywhere - everywhere)),
        tuple(_ranges(plans, problem)),
        exhausted,
    )


def _require(problem: DesignProblem, slack: float, number: int) -> None:
    faults = []
    if not 0 < slack < 1:
        remedy = "give a share, such as 0.01"
        faults.append(Fault("is not between 0 and 1", field="slack", value=str(slack), remedy=remedy))
    if number < 1:
        remedy = "ask for 1 or more"
        faults.append(Fault("no plan is asked for", field="number", value=str(number), remedy=remedy))
    if form_of(problem.objective).method is not Method.DIRECT or problem.objective.then:
        remedy = "choose the geometric mean, a power mean or the minimum as the only measure"
        faults.append(Fault("alternatives need a measure of one program", field="objective", remedy=remedy))
    if faults:
        raise BadInput(faults)


def choices(plan: Plan) -> frozenset[Choice]:
    """The whole decisions of the last period that the plan takes."""
    last = max(plan.problem.periods)
    sites = {("garrisons", f"{r.site}, {r.tier}") for r in plan.garrisons if r.working and r.period == last}
    organs = {("organs", row.organ) for row in plan.organs if row.working and row.period == last}
    running = (row for row in plan.programmes if row.period == last and row.spending > 0)
    return frozenset(sites | organs | {("programmes", row.programme) for row in running})


@dataclass(frozen=True, eq=False)
class _Far:
    """A plan with its least distance from others, and whether none is proven farther in sum."""

    plan: Plan
    distance: int
    proven: bool
    footing: Footing | None
    """Of a search everywhere; None of one near the plan."""


@dataclass(frozen=True)
class _Search:
    """A search for plans far from others."""

    problem: DesignProblem
    plan: Plan
    least: float
    options: SolveOptions
    watch: Watch

    def farthest_from(
        self, plans: Sequence[Plan], footing: Footing | None, *, near: bool
    ) -> _Far | Termination | None:
        """The farthest plan found; None where nothing else differs, and how the search ended where limits
        came before a plan. It begins near the plan where a search everywhere came to nothing before."""
        watch, begin = _Phases(self.watch, len(plans)), perf_counter()
        limit, options = self.options.time_limit, self.options
        if not near or limit is None:
            first = options if limit is None else replace(options, time_limit=limit * FIRST_SHARE)
            counting, apart = self._counting(plans, self.least)
            outcome = direct.run(counting, first, watch, None, footing)
            if (values := outcome.values) is not None:
                distances = [float(counting.program.evaluate(each, values).iloc[0]) for each in apart]
                proven = outcome.termination.objective_bounds.dual < sum(distances) + 1 - 1e-6
                return self._told(counting, outcome, values, plans, proven=proven)
            if outcome.termination.reason in (Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED):
                return None
            if limit is None or outcome.termination.limit is not Limit.TIME:
                return outcome.termination
            options = replace(options, time_limit=max(0.0, limit - (perf_counter() - begin)))
        return self._near(plans, options, watch)

    def _near(self, plans: Sequence[Plan], options: SolveOptions, watch: Watch) -> _Far | Termination:
        """A good plan that differs from all of `plans` in a fair share of whole decisions.

        The best one is sought everywhere for half of the time, then near the plan.
        """
        slack, formulation = 1 - self.least / self.plan.measure.value, formulate(self.problem)
        enough = max(1.0, round(FAIR_SHARE * len(choices(self.plan))))
        for number, other in enumerate(plans):
            distance = _distance(formulation, choices(other))
            formulation.program.add_constraints(f"distance from plan {number}", distance >= enough)
        clock = Clock(options)
        for everywhere in (True, False):
            if everywhere:
                half = replace(clock.left(share_of_time=0.5), gap=slack / 2)
                outcome = direct.run(formulation, half, watch)
            else:
                outcome = search_near(formulation, self.plan, clock.left(), slack / 5, watch)
            if outcome.values is not None:
                far = self._told(formulation, outcome, outcome.values, plans, proven=False)
                if far.plan.measure.value >= self.least:
                    return replace(far, footing=None)
        return Termination.stopped(
            Limit.TIME, "nothing was found near the plan", ObjectiveBounds.unknown("max")
        )

    def _counting(self, plans: Sequence[Plan], least: float) -> tuple[Formulation, list[Expression]]:
        """The program that maximises the distances from `plans`, with a floor to the measure; and they."""
        stated = self.problem.objective
        floor = MeasureFloor(measure=stated.measure, alpha=stated.alpha, least=least)
        floors = (*(each for each in stated.floors if each.label != floor.label), floor)
        objective = stated.model_copy(update={"floors": floors})
        formulation = formulate(self.problem.model_copy(update={"objective": objective}))
        program = formulation.program
        apart = [_distance(formulation, choices(other)) for other in plans]
        for number, distance in enumerate(apart):
            program.add_constraints(f"distance from plan {number}", distance >= 1.0)
        program.maximise(sum(apart[1:], start=apart[0]))
        return formulation, apart

    def _told(
        self,
        formulation: Formulation,
        outcome: Outcome,
        values: Values,
        plans: Sequence[Plan],
        *,
        proven: bool,
    ) -> _Far:
        value = formulation.form.at(formulation.scene, values)
        bound = max(self.plan.measure.bound, value)
        words = "sought to be as different as can be, not to be the best"
        end = Termination.stopped(Limit.ITERATION, words, outcome.termination.objective_bounds)
        baseline = direct.baseline(formulate(self.problem))
        found = Found(formulation, replace(outcome, termination=end), value, bound, baseline)
        plan = plan_of(self.problem, found, self.options, priced=False)
        distance = min(len(choices(plan) ^ choices(other)) for other in plans)
        return _Far(plan, distance, proven, outcome.footing)


@dataclass(frozen=True, slots=True)
class _Phases:
    """Passes phases on: what is maximised are distances, and no figures of the measure."""

    inner: Watch
    number: int

    def report(self, progress: Progress) -> None:
        """The phase, and of which alternative."""
        phase = f"{self.number}: {progress.phase}"
        self.inner.report(Progress(phase, None, None, None, progress.seconds, progress.nodes))

    def stop_requested(self) -> bool:
        """Whatever the inner watch says."""
        return self.inner.stop_requested()


def _distance(formulation: Formulation, chosen: frozenset[Choice]) -> Expression:
    """In how many whole decisions of the last period the program's plan differs from these."""
    d, last = formulation.scene.decisions, formulation.scene.sets.periods[-1]
    taken: dict[str, set[tuple[str, ...]]] = {
        "garrisons": {tuple(name.split(", ")) for kind, name in chosen if kind == "garrisons"},
        "organs": {(name,) for kind, name in chosen if kind == "organs"},
        "programmes": {(name,) for kind, name in chosen if kind == "programmes"},
    }
    blocks = {"garrisons": d.garrison, "organs": d.operating, "programmes": d.running}
    distance = constant(pd.Series([0.0], index=pd.Index([0], name="none"))).sum()
    for kind, block in blocks.items():
        sign = {
            label: -1.0 if label[:-1] in taken[kind] else 1.0
            for label in members(block.index)
            if label[-1] == last
        }
        if sign:
            signs = parameter(sign, *map(str, block.index.names))
            distance = distance + (block * signs).sum() + float((signs < 0).sum())
    return distance


def _ranges(plans: Sequence[Plan], problem: DesignProblem) -> list[StateRange]:
    last = problem.periods[-1]
    burdens = [relative_burdens(plan, problem) for plan in plans]
    ratios = [{row.state: row.ratio for row in plan.security if row.period == last} for plan in plans]
    return [
        StateRange(
            state=state.id,
            least_burden=min(each.get(state.id, 0.0) for each in burdens),
            most_burden=max(each.get(state.id, 0.0) for each in burdens),
            least_security=min(each[state.id] for each in ratios),
            most_security=max(each[state.id] for each in ratios),
        )
        for state in problem.measured
    ]
