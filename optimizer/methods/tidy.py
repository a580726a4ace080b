"""The tidy stage: among postings that change neither value nor cost, those that practitioners would choose.

It runs when the search has ended. Everything that the measure knows stays as it is, and with it value and
bound; `Preferences` of the problem say what is preferred, and `SolveOptions.tidy` switches it off.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from optimizer.methods.direct import task_of
from optimizer.methods.found import Found
from optimizer.solving.feasibility import FEASIBILITY, violation
from optimizer.solving.options import RunLimits, SolveOptions
from optimizer.solving.progress import StopOnly, Watch

SHARE = 1 / 3
"""Most of the time of the search that the stage may take besides."""
LEAST_SECONDS = 5.0
WORK = 20.0
"""The same in CP-SAT's deterministic seconds, so that the same seed gives the same plan."""
NOBODY = 1e-6
"""Units below which a nation is not there."""
NEARNESS = 0.01
"""How near to the best postings is good enough."""


def tidied(found: Found, options: SolveOptions, watch: Watch) -> Found:
    """The same plan with the postings that the problem's preferences like best, as far as time allows."""
    values = found.outcome.values
    if not options.tidy or values is None or watch.stop_requested():
        return found
    task, scene = task_of(found.formulation), found.formulation.scene
    if not len(task.details):
        return found
    units = scene.decisions.units.columns
    details = task.split().with_switches(units, scene.problem.preferences.nations)
    start = np.concatenate([values, (values[units] > NOBODY).astype(np.float64)])
    begin = time.perf_counter()
    limits = RunLimits(
        relative_gap=NEARNESS,
        time_limit=_seconds(found, options),
        seed=options.seed,
        work_limit=WORK,
    )
    better = details.complete(start, limits, StopOnly(watch), start=start)
    if better is None or violation(details.program, better, promises=task.guarded) > FEASIBILITY:
        return found
    if details.cost @ better[details.columns] >= details.cost @ start[details.columns]:
        return found
    seconds = found.outcome.seconds + time.perf_counter() - begin
    return replace(found, outcome=replace(found.outcome, values=better[: len(values)], seconds=seconds))


def _seconds(found: Found, options: SolveOptions) -> float:
    most = max(LEAST_SECONDS, found.outcome.seconds * SHARE)
    left = None if options.time_limit is None else options.time_limit - found.outcome.seconds
    return most if left is None else max(LEAST_SECONDS, min(most, left))
