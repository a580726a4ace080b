"""What the user may ask of a solve, and what one run of one solver is given."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import TypedDict

from concord.errors import BadInput, Fault

MOST_THREADS = 8
"""More threads than this buy branch and bound little and cost memory for each."""
LARGEST_SEED = 2**31 - 1


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_threads() -> int:
    """The processors this process may use, at most `MOST_THREADS`."""
    return min(processors(), MOST_THREADS)


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """What the user asks of a whole solve.

    `gap` is relative to the measure: 0.001 asks for a plan proven to be within 0.1 % of the best.
    `time_limit` is in seconds of wall clock and `node_limit` in branch-and-bound nodes, both for the whole
    solve and both absent by default. The same `seed`, `threads` and program give the same answer, unless a
    time limit strikes; there are never more threads than processors. `tidy` lets the last stage choose
    postings by the preferences of the problem.
    """

    gap: float = 1e-3
    time_limit: float | None = None
    node_limit: int | None = None
    seed: int = 0
    threads: int = field(default_factory=usable_threads)
    solver: str = "highs"
    tidy: bool = True

    def __post_init__(self) -> None:
        faults = [
            Fault("not allowed", field=name, value=repr(value), remedy=f"give {allowed}")
            for name, value, sound, allowed in self._rules()
            if not sound
        ]
        if faults:
            raise BadInput(faults)
        object.__setattr__(self, "threads", min(self.threads, processors()))

    def _rules(self) -> tuple[tuple[str, object, bool, str], ...]:
        """Each option with its value, whether that may be, and what may."""
        seconds, nodes = self.time_limit, self.node_limit
        return (
            ("gap", self.gap, _number(self.gap) and 0 <= self.gap < math.inf, "a number of 0 or more"),
            (
                "time_limit",
                seconds,
                seconds is None or (_number(seconds) and seconds >= 0),
                "seconds from 0, or None",
            ),
            (
                "node_limit",
                nodes,
                nodes is None or (_whole(nodes) and nodes >= 0),
                "a number of nodes from 0, or None",
            ),
            (
                "seed",
                self.seed,
                _whole(self.seed) and 0 <= self.seed <= LARGEST_SEED,
                f"a whole number from 0 to {LARGEST_SEED}",
            ),
            ("threads", self.threads, _whole(self.threads) and self.threads >= 1, "a whole number from 1"),
            ("tidy", self.tidy, isinstance(self.tidy, bool), "True or False"),
        )


def _number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and not math.isnan(value)


def _whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


class SolveKeywords(TypedDict, total=False):
    """The fields of `SolveOptions` as keywords of functions that solve; a test compares the two."""

    gap: float
    time_limit: float | None
    node_limit: int | None
    seed: int
    threads: int
    solver: str
    tidy: bool


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
