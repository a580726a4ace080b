"""A session that goes on against a search from nothing, for changes of a right-hand side.

    python -m benchmarks.what_if [PROBLEM] [--path PATH] [--values 620 680 640] [--gap 0.001] [--cold]

Prints the seconds of the first, cold solve; then for each value the seconds of the warm solve in the same
session and, with `--cold`, those of a solve of the changed problem from nothing, as ratios.
"""

from __future__ import annotations

import argparse
import time

from concord import load
from concord.analysis.session import Session
from concord.planning import solve
from concord.solving.options import SolveOptions


def main() -> None:
    """Run the session and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("problem", nargs="?", default="euro-atlantic-1992")
    parser.add_argument("--path", default="funds.assessed.budget.1994")
    parser.add_argument("--values", nargs="+", type=float, default=[620.0, 680.0, 640.0])
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--cold", action="store_true", help="solve every variant from nothing as well")
    given = parser.parse_args()

    options = SolveOptions(gap=given.gap)
    session = Session(given.problem, options)
    begin = time.perf_counter()
    plan = session.solve()
    cold = time.perf_counter() - begin
    print(f"{'':32} {'seconds':>8} {'ratio':>6} {'value':>9} {'bound':>9}")

    def line(name: str, seconds: float, value: float, bound: float) -> None:
        print(f"{name:32} {seconds:8.1f} {seconds / cold:6.2f} {value:9.5f} {bound:9.5f}", flush=True)

    line("cold, as the file says", cold, plan.measure.value, plan.measure.bound)
    for value in given.values:
        begin = time.perf_counter()
        plan = session.solve({given.path: value})
        line(f"warm, {value:g}", time.perf_counter() - begin, plan.measure.value, plan.measure.bound)
        if given.cold:
            variant = load(given.problem, settings=[f"{given.path}={value}"])
            begin = time.perf_counter()
            plan = solve(variant, options)
            line(f"cold, {value:g}", time.perf_counter() - begin, plan.measure.value, plan.measure.bound)


if __name__ == "__main__":
    main()
