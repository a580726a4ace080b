"""The arithmetic mean, which is not concave: Concord against SCIP on the same mathematics, in the same run.

    python -m benchmarks.scip_mean [PROBLEM ...] [--gap 0.001] [--time-limit 120]

SCIP, a global solver for nonlinear programs with integers, gets the program that Concord writes for the
measure: its rows, its logarithms and exponentials and the relation that is not convex, all in closed form. It
is given for nothing the bounds that Concord derives for every column, and is spared the details (whose
company stands in which garrison), which Concord has to decide as well. Either uses one thread. SCIP's value
is that of the true functions at its solution. Needs the extra `test`.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyscipopt import Model, exp, log, quicksum
from scipy import sparse

from concord import load, maximising, planning
from concord.algebra import Curve, CurveBlock, Expression, MatrixForm, Program
from concord.formulation import Formulation, formulate
from concord.formulation.measures.sum_of_powers import SumOfPowers
from concord.methods.direct import task_of
from concord.models import DesignProblem
from concord.solving.details import Details
from concord.solving.options import SolveOptions
from concord.solving.propagation import implied_bounds
from tests.support.reduced import reduced

MEASURE = "mean"
REDUCED = "reduced"
"""Five states of euro-atlantic-1992 in one year, which tests of agreement solve too."""
PROBLEMS = ["three-states", REDUCED, "west-africa-1990"]


@dataclass(frozen=True)
class Run:
    """How long it took, and what was found and proven, in index units."""

    seconds: float
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Relative to the value."""
        return self.bound / self.value - 1 if self.value > 0 else math.inf


class Scip:
    """A program with its curves, and the powers that it does not hold, in SCIP."""

    def __init__(self, formulation: Formulation) -> None:
        form = formulation.form
        assert isinstance(form, SumOfPowers)
        self.formulation, self.form, task = formulation, form, task_of(formulation)
        matrix = Details(task.program.matrix(), task.details, task.preference).coarse
        self.model, self.repair, self.matrix = Model(), task.repair, matrix
        self.model.hideOutput()
        self._columns(matrix)
        self._rows(matrix.matrix, matrix.row_lower, matrix.row_upper)
        program, scene = task.program, formulation.scene
        for curve in program.curves.values():
            self._curve(curve, program)
        arguments = self._affine(form.argument(scene), program.width)
        for column, argument in zip(scene.decisions.worth.columns, arguments, strict=True):
            self.model.addCons(self.x[column] * self.form.exponent + 1 <= exp(argument))
        costly = np.flatnonzero(matrix.cost)
        whole = quicksum(float(matrix.cost[n]) * self.x[n] for n in costly) + matrix.offset
        self.model.setObjective(whole, "maximize")

    def solved(self, gap: float, seconds: float) -> Run:
        """Solve to the gap, for so long at the most."""
        self.model.setParam("limits/gap", gap)
        self.model.setParam("limits/time", seconds)
        begin = time.perf_counter()
        self.model.optimize()
        took, value = time.perf_counter() - begin, math.nan
        scene, highest = self.formulation.scene, float(self.matrix.cost.clip(0) @ self.upper)
        best = self.model.getBestSol() if self.model.getNSols() else None
        if best is not None:
            value = self.form.at(scene, self.repair(np.array([best[x] for x in self.x])))
        return Run(took, value, self.form.value(scene, min(self.model.getDualbound(), highest)))

    def _columns(self, matrix: MatrixForm) -> None:
        lower, self.upper = implied_bounds(matrix)
        self.x = [
            self.model.addVar(
                vtype="I" if whole else "C",
                lb=float(low) if np.isfinite(low) else None,
                ub=float(high) if np.isfinite(high) else None,
            )
            for whole, low, high in zip(matrix.integer, lower, self.upper, strict=True)
        ]

    def _rows(self, matrix: sparse.csr_array, lower: NDArray[np.float64], upper: NDArray[np.float64]) -> None:
        for row, (low, high) in enumerate(zip(lower, upper, strict=True)):
            sides = {"lhs": float(low)} if np.isfinite(low) else {}
            sides |= {"rhs": float(high)} if np.isfinite(high) else {}
            whole = self._sum(matrix, row)
            if "lhs" in sides:
                self.model.addCons(whole >= sides["lhs"])
            if "rhs" in sides:
                self.model.addCons(whole <= sides["rhs"])

    def _curve(self, curve: CurveBlock, program: Program) -> None:
        results = self._affine(curve.result, program.width)
        arguments = self._affine(curve.argument, program.width)
        if curve.weight is not None:
            # where the switch is 0 or 1, this says what the perspective of the curve says
            switches = self._affine(curve.weight, program.width)
            arguments = [one + 1 - switch for one, switch in zip(arguments, switches, strict=True)]
        for result, argument, rate in zip(results, arguments, curve.rates, strict=True):
            if curve.kind is Curve.LOG:
                self.model.addCons(result <= log(argument))
            else:
                grown = result if curve.rate is None else result * float(rate) + 1
                self.model.addCons(exp(argument) <= grown)

    def _affine(self, expression: Expression, width: int) -> list[Any]:
        matrix = sparse.csr_array(expression.terms.matrix(expression.size, width))
        constants = np.broadcast_to(np.asarray(expression.constant, dtype=float), expression.size)
        return [self._sum(matrix, row) + float(constants[row]) for row in range(expression.size)]

    def _sum(self, matrix: sparse.csr_array, row: int) -> Any:
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        pairs = zip(matrix.data[part], matrix.indices[part], strict=True)
        return quicksum(float(number) * self.x[column] for number, column in pairs)


def by_concord(problem: DesignProblem, gap: float, seconds: float) -> Run:
    """The whole solve, the plan verified."""
    begin = time.perf_counter()
    plan = planning.solve(problem, SolveOptions(gap=gap, time_limit=seconds, threads=1))
    return Run(time.perf_counter() - begin, plan.measure.value, plan.measure.bound)


def compared(name: str, gap: float, seconds: float) -> list[str]:
    """Rows of the table of one problem."""
    problem = maximising(reduced() if name == REDUCED else load(name), MEASURE)
    runs = {
        "Concord": by_concord(problem, gap, seconds),
        "SCIP": Scip(formulate(problem)).solved(gap, seconds),
    }
    return [
        f"| {name} | {who} | {run.seconds:.1f} | {run.seconds / runs['Concord'].seconds:.1f} "
        f"| {run.value:.5f} | {run.bound:.5f} | {run.gap:.3%} |"
        for who, run in runs.items()
    ]


def main() -> None:
    """Run both on every problem and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("problems", nargs="*", default=PROBLEMS)
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--time-limit", type=float, default=120.0)
    given = parser.parse_args()
    print(
        "| problem | by | seconds | times Concord | value | bound | gap |\n|---|---|---:|---:|---:|---:|---:|"
    )
    for name in given.problems:
        print("\n".join(compared(name, given.gap, given.time_limit)), flush=True)


if __name__ == "__main__":
    main()
