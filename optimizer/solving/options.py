"""What the user may ask of a solve, and what one run of one solver is given."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MOST_THREADS = 8
"""More threads than this buy branch and bound little and cost memory for each."""


def usable_threads() -> int:
    """The processors this process may use, at most `MOST_THREADS`."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, MOST_THREADS)


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """What the user asks of a whole solve.

    `gap` is relative to the measure: 0.001 asks for a plan proven to be within 0.1 % of the best.
    `time_limit` is in seconds of wall clock and `node_limit` in branch-and-bound nodes, both for the whole
    solve and both absent by default. The same `seed`, `threads` and program give the same answer, unless a
    time limit strikes. `tidy` lets the last stage choose postings by the preferences of the problem.
    """

    gap: float = 1e-3
    time_limit: float | None = None
    node_limit: int | None = None
    seed: int = 0
    threads: int = field(default_factory=usable_threads)
    solver: str = "highs"
    tidy: bool = True


@dataclass(frozen=True, slots=True)
class RunLimits:
    """When one run of one solver may stop. A run ends at the first of the limits that it reaches.

    `absolute_gap` is in units of the objective; `relative_gap` is a share of the incumbent's objective. The
    default gaps ask for the optimum to solver tolerance. `time_limit` is in seconds. `work_limit` is a time
    that does not depend on the machine, in CP-SAT's deterministic seconds; other solvers know no such time
    and ignore it. `bound_limit` is a bound that is good enough: HiGHS ends a branch and bound that proves it,
    always at the same point of its work; other solvers ignore it.
    """

    absolute_gap: float = 1e-9
    relative_gap: float = 0.0
    time_limit: float | None = None
    node_limit: int | None = None
    seed: int = 0
    threads: int = 1
    work_limit: float | None = None
    bound_limit: float | None = None
