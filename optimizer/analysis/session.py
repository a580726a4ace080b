"""What if: a problem kept open, whose figures and rules are changed by path, solved again from where the last
search ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from concord.analysis.explanation import Conflict, briefly
from concord.analysis.sweep import Sweep, sweep
from concord.errors import Infeasible, NoPlanFound
from concord.export.display import remember
from concord.loading import load_problem
from concord.loading.changing import Changeable
from concord.locking import with_locks
from concord.models import DesignProblem, Lock, Plan
from concord.planning import solve_from
from concord.solving.footing import Footing
from concord.solving.options import SolveOptions
from concord.solving.progress import Watch


class Session:
    """Solves variants of one problem one after the other, each from the tangents, basis and plan of the last.

    >>> session = Session("three-states")
    >>> first = session.solve()
    >>> richer = session.solve({"funds.common-fund.budget": 200})
    >>> richer.measure.value > first.measure.value
    True
    """

    def __init__(
        self,
        problem: DesignProblem | str,
        options: SolveOptions | None = None,
        watch: Watch | None = None,
        **fields: Any,
    ) -> None:
        """`problem` may be the name of a bundled one or a file; `fields` are those of `SolveOptions`."""
        problem = load_problem(problem) if isinstance(problem, str) else problem
        self._stated = problem
        self._changeable: Changeable | None = None
        self._options = options or SolveOptions(**fields)
        self._watch = watch
        self._footing: Footing | None = None
        self._changes: dict[str, Any] = {}
        self._locks: tuple[Lock | str, ...] = ()
        self.problem = problem
        """The problem that was solved last, or will be solved first."""
        self.plan: Plan | None = None
        """The last plan."""

    def change(self, changes: Mapping[str, Any], locks: Iterable[Lock | str] = ()) -> Session:
        """Set figures or rules by path, as `--set` does, and add locks, for every solve from now on.

        Raises BadInput with all faults; nothing is changed then.
        """
        changes, locks = self._changes | dict(changes), (*self._locks, *locks)
        self.problem = self._variant(changes, locks)
        self._changes, self._locks = changes, locks
        return self

    def reset(self) -> Session:
        """Take every change and lock back; what the searches found is kept."""
        self._changes, self._locks, self.problem = {}, (), self._stated
        return self

    def solve(self, changes: Mapping[str, Any] | None = None, locks: Iterable[Lock | str] = ()) -> Plan:
        """The best plan, with `changes` and `locks` for this solve alone on top of those made before.

        Raises BadInput, Infeasible, NoPlanFound, SolverFailure.
        """
        problem = self._variant(self._changes | dict(changes or {}), (*self._locks, *locks))
        return self.solve_problem(problem)

    def solve_problem(self, problem: DesignProblem) -> Plan:
        """The best plan for another problem, sought from where the last search ended. Raises as `solve`."""
        self.problem, self.plan = problem, None
        plan, footing = solve_from(problem, self._footing, self._options, self._watch)
        remember(problem)
        self._footing, self.plan = footing or self._footing, plan
        return plan

    def attempt(
        self, changes: Mapping[str, Any] | None = None, locks: Iterable[Lock | str] = ()
    ) -> Plan | Infeasible | NoPlanFound:
        """As `solve`, with the reason in place of a plan where there is none."""
        return self.attempt_problem(self.variant(changes or {}, locks))

    def variant(self, changes: Mapping[str, Any], locks: Iterable[Lock | str] = ()) -> DesignProblem:
        """The problem with changes and locks beside those of the session. Raises BadInput with all faults."""
        return self._variant(self._changes | dict(changes), (*self._locks, *locks))

    def attempt_problem(self, problem: DesignProblem) -> Plan | Infeasible | NoPlanFound:
        """As `solve_problem`, with the reason in place of a plan where there is none."""
        try:
            return self.solve_problem(problem)
        except (Infeasible, NoPlanFound) as reason:
            return reason

    def conflict(self, problem: DesignProblem) -> Conflict | None:
        """Rules of a problem without a plan that contradict each other; None where limits came first."""
        return briefly(problem, self._options, self._watch, amounts=False)

    def sweep(self, over: Mapping[str, Sequence[Any]]) -> Sweep:
        """A plan for every combination of the values of one path or two; see `concord.analysis.sweep`."""
        return sweep(self, over)

    def _variant(self, changes: Mapping[str, Any], locks: Sequence[Lock | str]) -> DesignProblem:
        problem = self._stated
        if changes:
            if self._changeable is None:
                self._changeable = Changeable.of(self._stated)
            problem = self._changeable.changed(changes)
        return with_locks(problem, locks)
