"""The score of a search: the best plan and the best bound so far, and what is left of its limits."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from concord.algebra import MatrixForm
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import Progress, Watch
from concord.solving.termination import ObjectiveBounds

Values = NDArray[np.float64]
Proof = Callable[[], MatrixForm]
"""The program that proves a bound, once it is asked for."""


@dataclass(frozen=True, eq=False)
class Incumbent:
    """A plan: a point of the true program, and its true objective."""

    values: Values
    objective: float
    row_duals: Values | None
    """Duals of the program's rows with the integers held; None where no continuous program gave them."""


@dataclass
class Score:
    """Kept by both sides of a search: one writes the best plan, the other the bound."""

    options: SolveOptions
    tolerance: float
    """Distance of objective and bound at which the search may stop."""
    best: Incumbent | None = None
    bound: float = math.inf
    proof: Proof | None = None
    """Of the bound, where one program proves it."""
    nodes: int = 0
    begin: float = field(default_factory=time.perf_counter)
    interrupted: bool = False
    """Whether somebody stopped a solver."""

    @property
    def objective(self) -> float:
        """The objective of the best plan; minus infinity without one."""
        return -math.inf if self.best is None else self.best.objective

    @property
    def closed(self) -> bool:
        """Whether the best plan is proven to be good enough."""
        return self.bound - self.objective <= self.tolerance

    @property
    def bounds(self) -> ObjectiveBounds:
        """Objective and bound as they stand."""
        return ObjectiveBounds(self.objective, self.bound)

    @property
    def seconds(self) -> float:
        """Wall clock since the search began."""
        return time.perf_counter() - self.begin

    def time_left(self, reserve: float = 0.0) -> float | None:
        """What is left of the time limit beyond a reserve; None without a limit."""
        limit = self.options.time_limit
        return None if limit is None else max(0.0, limit - self.seconds - reserve)

    def limits(self, absolute_gap: float, reserve: float = 0.0, most_nodes: int | None = None) -> RunLimits:
        """Limits of the next run, which leaves `reserve` seconds for what must follow it."""
        options, nodes = self.options, most_nodes
        if options.node_limit is not None:
            left = max(0, options.node_limit - self.nodes)
            nodes = left if most_nodes is None else min(left, most_nodes)
        return RunLimits(absolute_gap, 0.0, self.time_left(reserve), nodes, options.seed, options.threads)

    def prove(self, bound: float, proof: Proof) -> None:
        """Take note of a bound that holds for the true program, and of the program that proves it."""
        if bound < self.bound:
            self.bound, self.proof = bound, proof

    def report(self, watch: Watch, phase: str, bound: float = math.inf, nodes: int = 0) -> None:
        """Tell the watch where the search stands, with a bound that is not yet final."""
        bound = min(self.bound, bound)
        incumbent = None if self.best is None else self.best.objective
        known = bound if math.isfinite(bound) else None
        gap = None if incumbent is None or known is None else known - incumbent
        watch.report(Progress(phase, incumbent, known, gap, self.seconds, self.nodes + nodes))
