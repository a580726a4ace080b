"""One solve by one of PuLP's solvers, in the process that `pulp_solvers` starts for it.

PuLP reports a solver that reached its limit with a solution as optimal (only `sol_status` tells), tells no
bound, and gives duals in each solver's own sign, and zeros for a program with integer columns. A bound is
claimed here only for a proven optimum, no tighter than the gap that was asked for; duals only of linear
programs, and only if they prove the optimum.
"""

from __future__ import annotations

import inspect
import pickle
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pulp
from numpy.typing import NDArray
from pulp import constants

from optimizer.algebra.matrix import MatrixForm
from optimizer.errors import SolverFailure
from optimizer.solving.backends.duals import proven_duals
from optimizer.solving.backends.verdicts import weighed
from optimizer.solving.options import RunLimits
from optimizer.solving.result import RunResult
from optimizer.solving.termination import Limit, ObjectiveBounds, Reason, Termination

JOB, RESULT = "job.pickle", "result.pickle"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be solved; `solver` is PuLP's name and `name` ours."""

    name: str
    solver: str
    program: MatrixForm
    limits: RunLimits
    start: NDArray[np.float64] | None


def main(folder: Path) -> None:
    """Solve the job in the folder and leave the result, or the error, beside it."""
    job: Job = pickle.loads((folder / JOB).read_bytes())
    try:
        outcome: RunResult | SolverFailure = solve(job, folder)
    except pulp.PulpError as error:
        outcome = SolverFailure(f"{job.name} broke down: {error}")
    (folder / RESULT).write_bytes(pickle.dumps(outcome))


def solve(job: Job, folder: Path) -> RunResult:
    """Solve the job in this process; the solver's own files go to the folder."""
    problem = _problem(job.program)
    if job.start is not None:
        for variable, value in zip(problem.variables(), job.start.tolist(), strict=True):
            variable.setInitialValue(value, check=False)
    solver = _configured(job.solver, job.limits, job.start is not None)
    solver.tmpDir = str(folder)
    begin = time.perf_counter()
    problem.solve(solver)
    return _result(job.program, problem, job.limits, job.name, time.perf_counter() - begin)


def _problem(program: MatrixForm) -> pulp.LpProblem:
    """The program with plain names, since each solver forbids other characters; ranges become two rows."""
    problem = pulp.LpProblem("program", pulp.LpMaximize if program.sense == "max" else pulp.LpMinimize)
    variables = [
        problem.add_variable(f"x{column:07d}", low, high, "Integer" if integer else "Continuous")
        for column, (low, high, integer) in enumerate(
            zip(_absent(program.lower), _absent(program.upper), program.integer.tolist(), strict=True)
        )
    ]
    terms = dict(zip(variables, program.cost.tolist(), strict=True))
    problem.setObjective(pulp.LpAffineExpression(terms, constant=program.offset))
    matrix = program.matrix
    starts, columns, data = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    bounds = zip(_absent(program.row_lower), _absent(program.row_upper), strict=True)
    for row, (low, high) in enumerate(bounds):
        part = slice(starts[row], starts[row + 1])
        terms = dict(zip([variables[column] for column in columns[part]], data[part], strict=True))
        if not terms:
            # Some solvers' files cannot hold a row without columns; 0 x says the same.
            terms = {variables[0]: 0.0}
        for sense, bound in _sides(low, high):
            expression = pulp.LpAffineExpression(terms)
            name = f"r{row:07d}{'l' if sense == constants.LpConstraintGE else 'u'}"
            problem.addConstraint(pulp.LpConstraint(expression, sense, name, bound))
    return problem


def _absent(bounds: NDArray[np.float64]) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in bounds.tolist()]


def _sides(low: float | None, high: float | None) -> list[tuple[int, float]]:
    if low is not None and low == high:
        return [(constants.LpConstraintEQ, low)]
    below = [(constants.LpConstraintLE, high)] if high is not None else []
    return below + ([(constants.LpConstraintGE, low)] if low is not None else [])


def _configured(name: str, limits: RunLimits, warm: bool) -> pulp.LpSolver:
    """The solver with as many of the limits as it takes: PuLP's solvers differ in their parameters."""
    wanted = {
        "timeLimit": limits.time_limit,
        "gapAbs": limits.absolute_gap,
        "gapRel": limits.relative_gap,
        "maxNodes": limits.node_limit,
        "threads": limits.threads,
        "warmStart": warm or None,
    }
    taken = inspect.signature(pulp.getSolver(name, msg=False).__class__.__init__).parameters
    given = {key: value for key, value in wanted.items() if key in taken and value is not None}
    return pulp.getSolver(name, msg=False, **given)


def _result(
    program: MatrixForm, problem: pulp.LpProblem, limits: RunLimits, name: str, seconds: float
) -> RunResult:
    found = problem.sol_status in {constants.LpSolutionOptimal, constants.LpSolutionIntegerFeasible}
    if not found:
        end = _without_solution(program, problem, limits, name, seconds)
        return RunResult(weighed(end, program.sense, limits, seconds), seconds=seconds)
    values = np.array([variable.value() or 0.0 for variable in problem.variables()], dtype=np.float64)
    objective = float(program.cost @ values) + program.offset
    optimal = problem.sol_status == constants.LpSolutionOptimal
    slack = max(limits.absolute_gap, limits.relative_gap * abs(objective)) if program.integer.any() else 0.0
    better = 1.0 if program.sense == "max" else -1.0
    proven = objective + better * slack if optimal else better * np.inf
    bounds = ObjectiveBounds(objective, proven)
    detail = f"{name}: {constants.LpSolution[problem.sol_status]}"
    end = (
        Termination(Reason.OPTIMAL, None, detail, bounds)
        if optimal
        else Termination.stopped(_limit(limits, seconds), detail, bounds)
    )
    duals = None if program.integer.any() or not optimal else _duals(program, problem, values)
    row_duals, reduced_costs = duals or (None, None)
    return RunResult(end, values, row_duals, reduced_costs, seconds=seconds)


def _without_solution(
    program: MatrixForm, problem: pulp.LpProblem, limits: RunLimits, name: str, seconds: float
) -> Termination:
    detail = f"{name}: {constants.LpStatus[problem.status]}"
    if problem.status == constants.LpStatusInfeasible:
        # PuLP calls a program infeasible also when its solver only knows that it has no optimum.
        return Termination.infeasible_or_unbounded(program.sense, detail)
    if problem.status == constants.LpStatusUnbounded:
        return Termination.unbounded(program.sense, detail)
    if problem.status == constants.LpStatusNotSolved:
        unknown = ObjectiveBounds.unknown(program.sense)
        return Termination.stopped(_limit(limits, seconds), detail, unknown)
    return Termination.error(program.sense, detail)


def _limit(limits: RunLimits, seconds: float) -> Limit:
    timed_out = limits.time_limit is not None and seconds >= limits.time_limit
    return Limit.TIME if timed_out else Limit.UNDETERMINED


def _duals(
    program: MatrixForm, problem: pulp.LpProblem, values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    duals = np.zeros(program.matrix.shape[0])
    for constraint in problem.constraints():
        duals[int(constraint.name[1:8])] += constraint.pi or 0.0
    return proven_duals(program, values, duals)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
