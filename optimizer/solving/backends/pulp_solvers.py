"""Whatever solver PuLP finds on the machine, as `pulp:NAME`.

Each solve runs in a process of its own: PuLP cannot stop a solver, some of its solvers hold the interpreter
while they work, and some write to standard output, which belongs to our own answers. That process searches
for no code in the user's folder, and its answer is read as JSON, which runs nothing.
"""

from __future__ import annotations

import json
import tempfile
import time
from importlib import metadata
from pathlib import Path

import numpy as np
import pulp
from numpy.typing import NDArray

from concord.algebra.matrix import MatrixForm
from concord.errors import SolverFailure
from concord.isolation import Kept, python, searching_elsewhere
from concord.solving.backends import pulp_answer, pulp_worker
from concord.solving.backends.attend import Attended, Heartbeat
from concord.solving.backends.pulp_worker import ANSWER, JOB
from concord.solving.backends.trivial import answer_at_sight
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch, Watch
from concord.solving.result import RunResult
from concord.solving.termination import Limit, ObjectiveBounds, Termination

PREFIX = "pulp:"
_WORKER = Path(pulp_worker.__file__)


def pulp_names() -> list[str]:
    """The solvers that PuLP finds on this machine; it runs some of them to see whether they may be used."""
    with searching_elsewhere():
        return list(dict.fromkeys(pulp.listSolvers(onlyAvailable=True)))


class PulpBackend:
    """A solver by PuLP's name for it. A stop ends it without a result, since PuLP keeps none."""

    def __init__(self, solver: str) -> None:
        self._solver = solver
        self.name = PREFIX + solver

    def version(self) -> str:
        """PuLP's name for the solver, and PuLP's version; PuLP does not tell the solver's own."""
        return f"{self._solver} through PuLP {metadata.version('pulp')}"

    def refuses(self, program: MatrixForm) -> str | None:  # noqa: ARG002
        """Nothing known beforehand."""
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
        begin = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="pulp-") as name:
            folder = Path(name)
            job = pulp_answer.job(self._solver, program, limits, start)
            (folder / JOB).write_text(json.dumps(job), encoding="utf-8")
            interrupted, log = _execute(folder, watch or SilentWatch(), self.name)
            if (folder / ANSWER).exists():
                answer = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
                if "failure" in answer:
                    raise SolverFailure(f"{self.name} broke down: {answer['failure']}")
                return pulp_answer.read(self.name, program, limits, answer)
        if not interrupted:
            raise SolverFailure(f"{self.name} left no answer; the end of its output: {log[-300:].strip()}")
        unknown = ObjectiveBounds.unknown(program.sense)
        end = Termination.stopped(Limit.INTERRUPTED, f"{self.name}: stopped", unknown)
        return RunResult(end, seconds=time.perf_counter() - begin, interrupted=True)


def _execute(folder: Path, watch: Watch, phase: str) -> tuple[bool, str]:
    """Run the worker; returns whether a stop was asked for, and what the solver printed."""
    with (folder / "log.txt").open("w+") as log:
        worker = Kept(python(_WORKER, str(folder)), folder, output=log)
        attended = Attended(worker.wait, watch, worker.end)
        try:
            attended.run(Heartbeat(watch, phase).beat)
        finally:
            worker.end()
        log.seek(0)
        return attended.interrupted, log.read()
