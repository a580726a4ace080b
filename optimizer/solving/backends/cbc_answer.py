"""Reading what CBC wrote: its solution file and, for the bound and the effort, its log.

Programs are written as minimisations without a constant, so that signs are turned back here.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.solving.backends.verdicts import weighed
from concord.solving.options import RunLimits
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Reason, Termination

_BEST_POSSIBLE = re.compile(r"best possible (-?[\d.]+(?:e[+-]?\d+)?)")
_LOWER_BOUND = re.compile(r"^Lower bound: +(\S+)", re.MULTILINE)
_RESULT = re.compile(r"^Result - (.*)$", re.MULTILINE)
_NODES = re.compile(r"^Enumerated nodes: +(\d+)", re.MULTILINE)
_ITERATIONS = re.compile(r"^Total iterations: +(\d+)", re.MULTILINE)
_SIGNIFICANT = 1e-7
"""The relative error of `best possible`, printed with eight digits."""
_PRINTED = 1e-3
"""The absolute error of `Lower bound`, printed with three decimals."""
_NOTHING = 1e49
"""CBC writes 1e50 where it has no solution or no bound."""
_LIMITS = {"time": Limit.TIME, "node": Limit.NODE, "ctrl-c": Limit.INTERRUPTED}


def read(
    program: MatrixForm, limits: RunLimits, solution: Path, log: Path, seconds: float, interrupted: bool
) -> RunResult:
    """The result of a run. Raises SolverFailure when CBC left no solution file behind."""
    told = log.read_text(errors="replace")
    if not solution.exists():
        raise SolverFailure(f"CBC left no answer; the end of its log: {told[-300:].strip()}")
    head, *lines = solution.read_text().splitlines()
    status = head.split(" - objective value")[0]
    mixed = bool(program.integer.any())
    optimal = status.startswith("Optimal")
    values = duals = costs = None
    if optimal or (mixed and status.startswith("Stopped") and "no integer solution" not in status):
        values, costs = _columns(program, lines)
        duals = _row_duals(program, lines)
    nodes = _count(_NODES, told)
    end = _termination(program, limits, status, told, values)
    return RunResult(
        weighed(end, program.sense, limits, seconds, nodes, interrupted),
        values,
        None if mixed else duals,
        None if mixed else costs,
        nodes,
        _count(_ITERATIONS, told),
        seconds,
        interrupted,
    )


def _columns(program: MatrixForm, lines: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and reduced costs: the last lines, one per column in order; the last two words of each."""
    words = [line.split()[-2:] for line in lines[len(lines) - len(program.cost) :]]
    numbers = np.array(words, dtype=np.float64).reshape(-1, 2)
    return numbers[:, 0].copy(), numbers[:, 1] * _sign(program)


def _row_duals(program: MatrixForm, lines: list[str]) -> NDArray[np.float64]:
    """The lines before those of the columns; a range was written as two rows, the second marked `#lo`."""
    numbers = {name: row for row, name in enumerate(program.row_names)}
    duals = np.zeros(len(numbers))
    for line in lines[: len(lines) - len(program.cost)]:
        name, _, dual = line.split()[-3:]
        duals[numbers[name.removesuffix("#lo")]] += float(dual) * _sign(program)
    return duals


def _sign(program: MatrixForm) -> float:
    return -1.0 if program.sense == "max" else 1.0


def _termination(
    program: MatrixForm, limits: RunLimits, status: str, told: str, values: NDArray[np.float64] | None
) -> Termination:
    words = _RESULT.findall(told)
    detail = f"CBC: {status}"
    mixed = bool(program.integer.any())
    if status.lower().endswith("infeasible"):
        return Termination.infeasible(program.sense, detail)
    if status.startswith("Unbounded"):
        # Of a program with integer columns, it is the relaxation that CBC found unbounded.
        end = Termination.infeasible_or_unbounded if mixed else Termination.unbounded
        return end(program.sense, detail)
    if not status.startswith(("Optimal", "Stopped")):
        return Termination.error(program.sense, detail)
    bounds = _bounds(program, limits, status, told, values)
    if status.startswith("Optimal"):
        return Termination(Reason.OPTIMAL, None, detail, bounds)
    reached = [limit for word, limit in _LIMITS.items() if words and word in words[-1]]
    return Termination.stopped(reached[-1] if reached else Limit.UNDETERMINED, detail, bounds)


def _bounds(
    program: MatrixForm, limits: RunLimits, status: str, told: str, values: NDArray[np.float64] | None
) -> ObjectiveBounds:
    """The solution's objective, and the best bound that CBC told, rounded outwards where CBC rounds."""
    sign, unknown = _sign(program), ObjectiveBounds.unknown(program.sense)
    written = np.inf if values is None else sign * float(program.cost @ values)
    known = [-np.inf]
    if not program.integer.any():
        known += [written] if status.startswith("Optimal") else []
    else:
        best = [float(text) for text in _BEST_POSSIBLE.findall(told)[-1:]]
        known += [bound - _SIGNIFICANT * max(1.0, abs(bound)) for bound in best if abs(bound) < _NOTHING]
        lower = [float(text) for text in _LOWER_BOUND.findall(told)[-1:]]
        known += [bound - _PRINTED for bound in lower if abs(bound) < _NOTHING]
        if status.startswith("Optimal"):
            known.append(written - max(limits.absolute_gap, limits.relative_gap * abs(written)))
    dual = min(max(known), written)
    return ObjectiveBounds(
        unknown.primal if values is None else sign * written + program.offset,
        sign * dual + program.offset,
    )


def _count(pattern: re.Pattern[str], told: str) -> int:
    found = pattern.findall(told)
    return int(found[-1]) if found else 0
