"""The whole solve of a problem against HiGHS alone on the final program, with the same gap and threads.

    python -m benchmarks.solve [PROBLEM] [--gap 0.001] [--time-limit 300]

The final program is the relaxation whose bound Concord reports, every tangent included: HiGHS is given for
nothing what the search had to find. Prints seconds, ratio, and what either proved.
"""

from __future__ import annotations

import argparse
import math
import time

from concord import load, planning
from concord.solving.backends.highs import HighsBackend
from concord.solving.options import RunLimits, SolveOptions


def main() -> None:
    """Run both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("problem", nargs="?", default="euro-atlantic-1992")
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--time-limit", type=float, default=300.0)
    given = parser.parse_args()

    problem, options = load(given.problem), SolveOptions(gap=given.gap)
    begin = time.perf_counter()
    outcome = planning.search(problem, options)
    ours = time.perf_counter() - begin
    terms = len(problem.members) * len(problem.periods)
    limits = RunLimits(
        absolute_gap=terms * math.log1p(given.gap), time_limit=given.time_limit, threads=options.threads
    )
    begin = time.perf_counter()
    run = HighsBackend().solve(outcome.relaxation, limits)
    alone = time.perf_counter() - begin

    bounds = outcome.termination.objective_bounds
    print(f"{problem.id}, gap {given.gap:g}, {options.threads} threads")
    print(outcome.relaxation)
    print(f"{'':28} {'seconds':>9} {'ratio':>7} {'value':>12} {'bound':>12}")
    print(f"{'concord solve':28} {ours:9.1f} {1.0:7.2f} {bounds.primal:12.5f} {bounds.dual:12.5f}")
    value = run.objective if run.has_solution else math.nan
    print(
        f"{'HiGHS alone, final program':28} {alone:9.1f} {alone / ours:7.2f} {value:12.5f} {run.bound:12.5f}"
    )
    print(f"HiGHS alone ended: {run.termination.detail}")


if __name__ == "__main__":
    main()
