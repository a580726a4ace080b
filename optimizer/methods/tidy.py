"""The tidy stage: of plans that are worth as much, the one that practitioners would draw.

It runs when the search has ended, in two steps. Troops at missions staying as they are, garrisons are sited
anew for the least money and no more in any period, so that nobody sits idle and everybody serves from near;
what is saved, the measure spends again. Then postings, which change neither value nor cost, follow the
`Preferences` of the problem: of each period by itself, and then of all together, as far as time allows.
Last, whoever pays pays what the scales ask, as far as the rules allow (`payments`). The
bound is untouched, and the plan stays within half of the target gap of what it was, and within the target gap
of the bound if it was before. `SolveOptions.tidy` switches the stage off.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import MatrixForm
from concord.formulation.costs import cost
from concord.formulation.equation import Scene
from concord.formulation.labelling import spread
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.formulation.preferences import marked_forces, rivals_together
from concord.methods.direct import run, task_of
from concord.methods.found import Found
from concord.methods.payments import nearest_to_scales
from concord.solving.backends.highs import HighsBackend
from concord.solving.companies import restricted
from concord.solving.details import Details
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import StopOnly, Watch

Columns = NDArray[np.int64]
Values = NDArray[np.float64]

SHARE = 1 / 3
"""Most of the time of the search that the stage may take besides."""
LEAST_SECONDS = 10.0
WORK = 12.0
"""The same in CP-SAT's deterministic seconds, so that the same seed gives the same plan."""
NOBODY = 1e-6
"""Units below which a nation is not there."""
NEARNESS = 0.01
"""How near to the best sites and postings is good enough."""
WORTH_WHILE = 0.5
"""Million USD that siting anew must save."""
WORTH_MOVING = 0.01
"""Share of all transport that serving from nearer must save."""


def tidied(found: Found, options: SolveOptions, watch: Watch) -> Found:
    """The same plan, or one as good, as the problem's preferences like it best, as far as time allows."""
    if not options.tidy or found.outcome.values is None or watch.stop_requested():
        return found
    stage = _Stage(found, options, StopOnly(watch), time.perf_counter())
    return stage.with_payments(stage.with_postings(stage.with_sites()))


@dataclass(frozen=True, eq=False)
class _Stage:
    """The plan as the search left it, and what the stage may take."""

    found: Found
    options: SolveOptions
    watch: Watch
    begin: float

    def with_sites(self) -> Found:
        """Garrisons sited anew for the same troops at missions, and these served from near.

        The plan stays as it was where that saves nothing.

        Where a rule on burdens counts what nations send, what stands where bears on it, and is left alone.
        """
        found, scene = self.found, self.found.formulation.scene
        d, values = scene.decisions, found.outcome.values
        direct = (
            not found.stages
            and form_of(found.formulation.scene.problem.objective.plain).method is Method.DIRECT
        )
        if values is None or not direct or d.sent.size or not d.assigned.integer:
            return found
        details = task_of(found.formulation).split()
        sites = self._cheaper_sites(details, values)
        near = self._nearest_garrisons(details, values if sites is None else sites)
        better = sites if near is None else near
        point = None if better is None else details.complete(better, self._limits(), self.watch)
        if point is None:
            return found
        outcome = run(
            found.formulation, self.options, self.watch, (found.formulation, point),
            tangents=found.outcome.tangents, as_whole=True,
        )  # fmt: skip
        if outcome.values is None:
            return found
        value = found.formulation.form.at(scene, outcome.values)
        gap = max(self.options.gap, found.bound / found.value - 1)
        if value < found.value * (1 - self.options.gap / 2) or found.bound / value - 1 > gap:
            return found
        settled = replace(
            found.outcome, values=outcome.values, row_duals=outcome.row_duals, seconds=self._seconds
        )
        return replace(found, outcome=settled, value=value, bound=max(found.bound, value))

    def _nearest_garrisons(self, details: Details, values: Values) -> Values | None:
        """`values` with missions served from as near as garrisons allow; None where they are."""
        scene, d = self.found.formulation.scene, self.found.formulation.scene.decisions
        haul = np.asarray(spread(scene.parameters.haul, d.assigned.index), dtype=np.float64)
        free = np.concatenate([d.assigned.columns, d.lift.columns])
        cost = np.concatenate([haul, np.zeros(d.lift.size)])
        part = restricted(details.coarse, values, free, cost, whole=d.assigned.size, held=d.strength.columns)
        part = _in_order(part, *served_by_who_is_there(scene, free, values))
        limits = replace(self._limits(), relative_gap=0.0)
        ended = HighsBackend().solve(part, limits, values[free], self.watch)
        if not ended.has_solution or cost @ ended.values >= (1 - WORTH_MOVING) * (cost @ values[free]):
            return None
        point = values.copy()
        point[free] = ended.values
        point[d.assigned.columns] = np.round(point[d.assigned.columns])
        return point

    def _cheaper_sites(self, details: Details, values: Values) -> Values | None:
        """`values` with the garrisons that cost least for the same missions; None where they save little."""
        scene, program = self.found.formulation.scene, details.coarse
        d = scene.decisions
        blocks = (d.garrison, d.garrisoned, d.force, d.assigned)
        whole = sum(block.size for block in blocks)
        free = np.concatenate([*(block.columns for block in blocks), d.lift.columns])
        yearly = cost(scene).sum("head", "region").terms.matrix(len(scene.sets.periods), len(values))
        money = sparse.csr_array(sparse.csr_array(yearly)[:, free])
        part = restricted(
            program,
            values,
            free,
            np.asarray(money.sum(axis=0), dtype=np.float64).ravel(),
            whole=whole,
            held=d.strength.columns,
        )
        part = _in_order(part, money, money @ values[free])
        part = _in_order(part, *served_by_who_is_there(scene, free, values))
        ended = HighsBackend().solve(part, self._limits(), values[free], self.watch)
        if not ended.has_solution or part.cost @ ended.values > part.cost @ values[free] - WORTH_WHILE:
            return None
        point = values.copy()
        point[free] = ended.values
        point[free[:whole]] = np.round(ended.values[:whole])
        return point

    def with_postings(self, found: Found) -> Found:
        """The postings that the problem's preferences like best, everything else as it is."""
        values, task, scene = found.outcome.values, task_of(found.formulation), found.formulation.scene
        if values is None or not len(task.details) or self.watch.stop_requested():
            return found
        details, start, when = _postings(scene, task.split(), values)
        better = self._preferred(details, start, when)
        if violation(details.program, better, promises=task.guarded) > FEASIBILITY:
            return found
        if details.cost @ better[details.columns] >= details.cost @ start[details.columns]:
            return found
        outcome = replace(found.outcome, values=better[: len(values)], seconds=self._seconds)
        return replace(found, outcome=outcome)

    def with_payments(self, found: Found) -> Found:
        """Payments as near to the scales of funds as the rules allow, everything else as it is."""
        values, scene = found.outcome.values, found.formulation.scene
        if values is None or self.watch.stop_requested():
            return found
        program = task_of(found.formulation).matrix()
        better = nearest_to_scales(scene, program, values, self._limits(), self.watch)
        if better is None:
            return found
        return replace(found, outcome=replace(found.outcome, values=better, seconds=self._seconds))

    def _preferred(self, details: Details, start: Values, when: Columns) -> Values:
        """Postings of each period in turn, whoever must arrive in the next, and at last of all periods."""
        scene, values = self.found.formulation.scene, start
        arriving = np.isin(details.columns, scene.decisions.arrivals.columns)
        periods = scene.sets.periods if len(scene.sets.periods) > 1 else ()
        for number, period in enumerate(periods):
            next_ones = arriving & (when == period + 1)
            part = details.only((when == period) | next_ones, np.where(next_ones, 0.0, details.cost))
            better = part.complete(values, self._limits(len(periods) - number + 1), self.watch, start=values)
            values = values if better is None else better
        values = min(values, start, key=lambda point: float(details.cost @ point[details.columns]))
        better = details.complete(values, self._limits(), self.watch, start=values)
        return values if better is None else better

    @property
    def _seconds(self) -> float:
        return self.found.outcome.seconds + time.perf_counter() - self.begin

    def _limits(self, runs: int = 1) -> RunLimits:
        """What is left of the stage's time, half at least, where so many `runs` are still to share it."""
        searched, spent = self.found.outcome.seconds, time.perf_counter() - self.begin
        most = max(LEAST_SECONDS, searched * SHARE)
        if self.options.time_limit is not None:
            most = max(LEAST_SECONDS, min(most, self.options.time_limit - searched))
        return RunLimits(
            relative_gap=NEARNESS,
            time_limit=max(most / 2, most - spent) / runs,
            seed=self.options.seed,
            work_limit=WORK / runs,
        )


def _postings(scene: Scene, details: Details, values: Values) -> tuple[Details, Values, Columns]:
    """Details with a switch for each nation in a garrison, with what each army has beyond its marks, and with
    each pair of rivals in one garrison; `values` with these; and the period of each detail."""
    d, weights = scene.decisions, scene.problem.preferences
    units, width = d.units.columns, len(values)
    forces, marks, marked = marked_forces(scene)
    pairs, paired = rivals_together(scene)
    present, serving = values[units] > NOBODY, forces @ values[: forces.shape[1]]
    together = np.maximum(pairs @ present - 1.0, 0.0)
    start = np.concatenate([values, present, np.ceil(np.maximum(serving - marks, 0.0)), together])
    blocks = [block.index.get_level_values("period") for block in (*d.details, d.units)]
    details = details.with_switches(units, weights.nations).with_excess(forces, marks, weights.strain)
    switches = sparse.csr_array(
        (pairs.data, pairs.indices + width, pairs.indptr), (len(paired), width + len(units))
    )
    details = details.with_excess(switches, np.ones(len(paired)), weights.rivals)
    return details, start, np.concatenate([*blocks, marked, paired])


def _in_order(part: MatrixForm, rows: sparse.csr_array, most: Values) -> MatrixForm:
    """The program with `rows @ columns <= most` besides."""
    return replace(
        part,
        matrix=sparse.csr_array(sparse.vstack([part.matrix, rows])),
        row_lower=np.concatenate([part.row_lower, np.full(len(most), -np.inf)]),
        row_upper=np.concatenate([part.row_upper, most]),
    )


def served_by_who_is_there(scene: Scene, free: Columns, values: Values) -> tuple[sparse.csr_array, Values]:
    """No more units serve from a garrison than stand in it: rows over `free`, and their upper limits.

    Where a state is barred from every mission, the program says so only together with who stands there (4.1),
    which is a detail.
    """
    d = scene.decisions
    rows = (d.assigned.sum("mission").on(d.garrisoned.index) - d.garrisoned).terms.matrix(
        d.garrisoned.size, len(values)
    )
    fixed = values.copy()
    fixed[free] = 0.0
    return sparse.csr_array(sparse.csr_array(rows)[:, free]), -(rows @ fixed)
