"""One solve by one of PuLP's solvers, in the process that `pulp_solvers` starts for it.

This file is run by its path and imports nothing but PuLP, so that it needs no search for our own packages.
The job comes and the answer goes as JSON.
"""

from __future__ import annotations

import inspect
import json
import math
import sys
import time
from pathlib import Path
from typing import Any, TypedDict

import pulp
from pulp import constants

JOB, ANSWER = "job.json", "answer.json"


class Job(TypedDict):
    """What is to be solved: PuLP's name of the solver, the program row by row, and what PuLP may be told."""

    solver: str
    maximise: bool
    cost: list[float]
    offset: float
    starts: list[int]
    columns: list[int]
    coefficients: list[float]
    row_lower: list[float]
    row_upper: list[float]
    lower: list[float]
    upper: list[float]
    integer: list[bool]
    options: dict[str, float | bool | None]
    start: list[float] | None


class Answer(TypedDict):
    """PuLP's two statuses, a value for each column and a price for each row, and the seconds it took."""

    status: int
    sol_status: int
    values: list[float]
    prices: list[float]
    seconds: float


def main(folder: Path) -> None:
    """Solve the job in the folder and leave the answer, or the error, beside it."""
    job: Job = json.loads((folder / JOB).read_text(encoding="utf-8"))
    try:
        answer: Answer | dict[str, str] = solve(job, folder)
    except pulp.PulpError as error:
        answer = {"failure": str(error)}
    unfinished = folder / f"{ANSWER}.part"
    unfinished.write_text(json.dumps(answer), encoding="utf-8")
    unfinished.replace(folder / ANSWER)


def solve(job: Job, folder: Path) -> Answer:
    """Solve the job in this process; the solver's own files go to the folder."""
    problem = _problem(job)
    variables = problem.variables()
    if job["start"] is not None:
        for variable, value in zip(variables, job["start"], strict=True):
            variable.setInitialValue(value, check=False)
    solver = _configured(job["solver"], job["options"])
    solver.tmpDir = str(folder)
    begin = time.perf_counter()
    problem.solve(solver)
    seconds = time.perf_counter() - begin
    prices = [0.0] * len(job["row_lower"])
    for constraint in problem.constraints():
        prices[int(constraint.name[1:8])] += constraint.pi or 0.0
    values = [float(variable.value() or 0.0) for variable in variables]
    return Answer(
        status=problem.status, sol_status=problem.sol_status, values=values, prices=prices, seconds=seconds
    )


def _problem(job: Job) -> pulp.LpProblem:
    """The program with plain names, since each solver forbids other characters; ranges become two rows."""
    problem = pulp.LpProblem("program", pulp.LpMaximize if job["maximise"] else pulp.LpMinimize)
    variables = [
        problem.add_variable(f"x{column:07d}", low, high, "Integer" if integer else "Continuous")
        for column, (low, high, integer) in enumerate(
            zip(_absent(job["lower"]), _absent(job["upper"]), job["integer"], strict=True)
        )
    ]
    terms = dict(zip(variables, job["cost"], strict=True))
    problem.setObjective(pulp.LpAffineExpression(terms, constant=job["offset"]))
    starts, columns, coefficients = job["starts"], job["columns"], job["coefficients"]
    bounds = zip(_absent(job["row_lower"]), _absent(job["row_upper"]), strict=True)
    for row, (low, high) in enumerate(bounds):
        part = slice(starts[row], starts[row + 1])
        terms = dict(zip([variables[column] for column in columns[part]], coefficients[part], strict=True))
        if not terms:
            # Some solvers' files cannot hold a row without columns; 0 x says the same.
            terms = {variables[0]: 0.0}
        for sense, bound in _sides(low, high):
            expression = pulp.LpAffineExpression(terms)
            name = f"r{row:07d}{'l' if sense == constants.LpConstraintGE else 'u'}"
            problem.addConstraint(pulp.LpConstraint(expression, sense, name, bound))
    return problem


def _absent(bounds: list[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in bounds]


def _sides(low: float | None, high: float | None) -> list[tuple[int, float]]:
    if low is not None and low == high:
        return [(constants.LpConstraintEQ, low)]
    below = [(constants.LpConstraintLE, high)] if high is not None else []
    return below + ([(constants.LpConstraintGE, low)] if low is not None else [])


def _configured(name: str, options: dict[str, Any]) -> pulp.LpSolver:
    """The solver with as many of the options as it takes: PuLP's solvers differ in their parameters."""
    taken = inspect.signature(pulp.getSolver(name, msg=False).__class__.__init__).parameters
    given = {key: value for key, value in options.items() if key in taken and value is not None}
    return pulp.getSolver(name, msg=False, **given)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
