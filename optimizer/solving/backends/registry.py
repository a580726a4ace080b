"""The solvers by name: `highs`, `scip`, `cp-sat`, `cbc`, and `pulp:NAME` for what PuLP finds."""

from __future__ import annotations

from collections.abc import Callable

from concord.errors import UnknownSolver
from concord.solving.backends.cbc import CbcBackend, executable
from concord.solving.backends.cp_sat import CpSatBackend
from concord.solving.backends.highs import HighsBackend
from concord.solving.backends.protocol import Backend
from concord.solving.backends.pulp_solvers import PREFIX, PulpBackend, pulp_names
from concord.solving.backends.scip import ScipBackend

_BUNDLED: dict[str, Callable[[], Backend]] = {
    "highs": HighsBackend,
    "scip": ScipBackend,
    "cp-sat": CpSatBackend,
}


def available() -> list[str]:
    """The names of the solvers on this machine, the default first."""
    cbc = ["cbc"] if executable() is not None else []
    return [*_BUNDLED, *cbc, *(PREFIX + name for name in pulp_names())]


def backend(name: str) -> Backend:
    """The solver of that name. Raises UnknownSolver, naming those there are, when it is not here."""
    known = available()
    if name not in known:
        raise UnknownSolver.among(name, known)
    if name.startswith(PREFIX):
        return PulpBackend(name.removeprefix(PREFIX))
    return CbcBackend() if name == "cbc" else _BUNDLED[name]()
