"""CBC, the binary that PuLP brings along, driven through files.

PuLP's own driver hides the process, so that it could not be stopped, and drops the bound, which CBC tells
only in its log; writing the program through `LpProblem` also takes four times as long.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pulp
from numpy.typing import NDArray

from concord.algebra.matrix import MatrixForm
from concord.algebra.writing import write_mps
from concord.errors import SolverFailure
from concord.isolation import Kept, find_program
from concord.solving.backends import cbc_answer
from concord.solving.backends.attend import Attended, Heartbeat
from concord.solving.backends.trivial import answer_at_sight
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch, Watch
from concord.solving.result import RunResult
from concord.solving.termination import ObjectiveBounds, Termination

_SEEDS = 2**31 - 1


def executable() -> str | None:
    """CBC's binary: the one bundled with PuLP, or else one on the path."""
    bundled = Path(pulp.PULP_CBC_CMD.pulp_cbc_path)
    return str(bundled.absolute()) if os.access(bundled, os.X_OK) else find_program("cbc")


class CbcBackend:
    """CBC. It runs on one thread, so that the same seed gives the same answer."""

    name = "cbc"

    def version(self) -> str:
        """The solver and its version."""
        with tempfile.TemporaryDirectory(prefix="cbc-") as folder:
            greeting = subprocess.run(
                [_binary(), "-quit"], cwd=folder, capture_output=True, text=True, check=False
            ).stdout
        versions = [line.split()[1] for line in greeting.splitlines() if line.startswith("Version:")]
        return f"CBC {versions[0]}" if versions else "CBC"

    def refuses(self, program: MatrixForm) -> str | None:  # noqa: ARG002
        """Nothing: CBC takes any mixed-integer linear program."""
        return None

    def solve(
        self,
        program: MatrixForm,
        limits: RunLimits,
        start: NDArray[np.float64] | None = None,
        watch: Watch | None = None,
    ) -> RunResult:
        """Solve the program once."""
        if (answer := answer_at_sight(program)) is not None:
            return answer
        watch = watch or SilentWatch()
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="cbc-") as folder:
            files = _Files(Path(folder))
            # CBC and its log treat a constant in the objective in different ways; none is written.
            files.program.write_text(write_mps(replace(program, offset=0.0)))
            if start is not None:
                files.start.write_text(_start(program, start))
            interrupted = _execute(_command(files, limits, start is not None), files, watch)
            seconds = time.perf_counter() - begin
            found = cbc_answer.read(program, limits, files.solution, files.log, seconds, interrupted)
        return found if start is None else _with_start(found, program, start)


def _with_start(found: RunResult, program: MatrixForm, start: NDArray[np.float64]) -> RunResult:
    """What CBC found, or the start: where little time is given, CBC ends before it has looked at it."""
    end = found.termination
    if found.has_solution or end.limit is None or violation(program, start) > FEASIBILITY:
        return found
    bound = end.objective_bounds.dual
    reached = ObjectiveBounds(float(program.cost @ start) + program.offset, bound)
    return replace(
        found, termination=Termination.stopped(end.limit, end.detail, reached), solution=start.copy()
    )


class _Files:
    """What goes to and from one run."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "program.mps"
        self.start = folder / "start.txt"
        self.solution = folder / "solution.txt"
        self.log = folder / "log.txt"


def _binary() -> str:
    binary = executable()
    if binary is None:
        raise SolverFailure("CBC is not on this machine", "install PuLP with its bundled CBC")
    return binary


def _command(files: _Files, limits: RunLimits, warm: bool) -> list[str]:
    command = [_binary(), str(files.program)]
    if warm:
        command += ["-mipStart", str(files.start)]
    if limits.time_limit is not None:
        command += ["-timeMode", "elapsed", "-sec", str(limits.time_limit)]
    if limits.node_limit is not None:
        command += ["-maxNodes", str(limits.node_limit)]
    seed = str(limits.seed % _SEEDS)
    command += ["-allow", str(limits.absolute_gap), "-ratio", str(limits.relative_gap)]
    command += ["-randomSeed", seed, "-randomCbcSeed", seed]
    return [*command, "-solve", "-printingOptions", "all", "-solution", str(files.solution)]


def _start(program: MatrixForm, start: NDArray[np.float64]) -> str:
    """A starting point in the format of CBC's own solutions."""
    lines = [
        f"{column} {name} {value!r} 0"
        for column, (name, value) in enumerate(zip(program.column_names, start.tolist(), strict=True))
    ]
    return "\n".join(["Stopped on time - objective value 0", *lines, ""])


def _execute(command: list[str], files: _Files, watch: Watch) -> bool:
    """Run CBC to its end or to a stop; returns whether a stop was asked for."""
    with files.log.open("w") as log:
        process = Kept(command, files.log.parent, output=log)
        attended = Attended(process.wait, watch, process.stop)  # CBC answers with its best solution
        try:
            attended.run(Heartbeat(watch, CbcBackend.name).beat)
        finally:
            process.end()
    return attended.interrupted
