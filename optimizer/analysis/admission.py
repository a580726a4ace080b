"""Whether a problem admits any plan at all: by its continuous relaxation, or with everything in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
from scipy import sparse

from concord.algebra import MatrixForm
from concord.analysis.file_rules import FileRule
from concord.errors import SolverFailure
from concord.formulation import Formulation, formulate
from concord.formulation.assemble import EQUATIONS
from concord.formulation.true_values import status_quo
from concord.methods.direct import any_plan
from concord.methods.found import Start
from concord.models import DesignProblem
from concord.solving.backends.highs import HighsBackend
from concord.solving.details import Details
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.progress import Progress, SilentWatch, StopOnly, Watch
from concord.solving.tangents import Tangents
from concord.solving.termination import Limit, Reason

PATIENCE = 5.0
"""How many times its limit all searches for any plan may take together, and everything until the last repair
is begun."""
WEIGHTY = 1e-7
"""A dual below this is rounding."""


@dataclass
class Judge:
    """Says whether problems admit plans; `options` limit each search for one."""

    options: SolveOptions
    watch: Watch = field(default_factory=SilentWatch)
    checks: int = 0
    """How many questions were asked of a solver."""
    searched: float = 0.0
    """Seconds spent in searches for any plan."""
    begin: float = field(default_factory=perf_counter)
    point: Start | None = None
    """What the last search for any plan found."""

    def refutes(self, problem: DesignProblem) -> bool:
        """Whether the continuous relaxation, without postings and teams of each nation, has no solution."""
        self._note("continuous check")
        run = HighsBackend().solve(_relaxed(formulate(problem)), self._limits(), watch=self.searching)
        self._require_patience(run.interrupted)
        return run.termination.reason in (Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED)

    def admits(self, problem: DesignProblem) -> bool | None:
        """Whether there is a plan, whole numbers and curves included; None where the limits came first."""
        formulation = formulate(problem)
        matrix = formulation.program.matrix()
        self.point = None
        if violation(matrix, status_quo(formulation.program, formulation.scene)) <= FEASIBILITY:
            return True
        limit = self.options.time_limit
        if limit is not None and self.searched > PATIENCE * limit:
            return None
        self._note("search for any plan")
        begin = perf_counter()
        self.point, end = any_plan(problem, self.options, self.searching)
        self.searched += perf_counter() - begin
        self._require_patience(end.limit is Limit.INTERRUPTED)
        if self.point is not None:
            return True
        return False if end.reason in (Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED) else None

    @property
    def late(self) -> bool:
        """Whether no question is to be begun that is not needed to tell a conflict."""
        limit = self.options.time_limit
        return limit is not None and perf_counter() - self.begin > PATIENCE * limit

    def suspects(self, problem: DesignProblem, rules: Collection[FileRule]) -> list[FileRule]:
        """Rules that a certificate of the relaxation's infeasibility speaks of.

        The certificate is the dual solution of the elastic program: rows of the rules may be missed, and
        the sum of what they are missed by is least. All rules where there is no such certificate.
        """
        self._note("certificate")
        formulation = formulate(problem)
        elastic = {name for rule in rules for name in rule.sort.equations.split()}
        program, rows = _elastic(formulation, elastic)
        run = HighsBackend().solve(program, self._limits(), watch=self.searching)
        self._require_patience(run.interrupted)
        if run.row_duals is None:
            return list(rules)
        speaking = [(rule, labels) for n, rule, labels in rows if abs(run.row_duals[n]) > WEIGHTY]
        return [rule for rule in rules if any(rule.concerns(name, labels) for name, labels in speaking)]

    def nearest(self, refused: DesignProblem, admitted: DesignProblem) -> float | None:
        """How far, from 0 to 1, the relaxation must go from a problem to a looser one to have a solution.

        None where the two differ in more than right-hand sides.
        """
        self._note("amounts")
        one, other = _relaxed(formulate(refused)), _relaxed(formulate(admitted))
        if not _differ_in_bounds_of_rows(one, other):
            return None
        run = HighsBackend().solve(_between(one, other), self._limits(), watch=self.searching)
        self._require_patience(run.interrupted)
        return float(run.values[-1]) if run.has_solution else None

    @property
    def searching(self) -> Watch:
        """The watch of a search whose progress is nobody's concern, but which may be stopped."""
        return StopOnly(self.watch)

    def _limits(self) -> RunLimits:
        return RunLimits(seed=self.options.seed, threads=self.options.threads)

    def _note(self, phase: str) -> None:
        self.checks += 1
        self.watch.report(Progress(phase, None, None, None, perf_counter() - self.begin, self.checks))

    def _require_patience(self, interrupted: bool) -> None:
        if interrupted or self.watch.stop_requested():
            raise KeyboardInterrupt


def _relaxed(formulation: Formulation) -> MatrixForm:
    """A first grid of tangents, no whole numbers, no details, nothing to optimise."""
    program, scene = formulation.program, formulation.scene
    details = np.concatenate([block.columns for block in scene.decisions.details])
    tangents = Tangents(program)
    tangents.first(status_quo(program, scene))
    coarse = Details(program.matrix(), details, np.zeros(len(details))).coarse
    relaxed = tangents.added_to(coarse)
    nothing = np.zeros_like(relaxed.cost)
    return replace(relaxed, cost=nothing, offset=0.0, integer=np.zeros(len(nothing), dtype=np.bool_))


def _differ_in_bounds_of_rows(one: MatrixForm, other: MatrixForm) -> bool:
    a, b = one.matrix, other.matrix
    same = a.shape == b.shape and np.array_equal(a.indptr, b.indptr) and np.array_equal(a.indices, b.indices)
    return bool(
        same
        and np.array_equal(a.data, b.data)
        and np.array_equal(one.lower, other.lower)
        and np.array_equal(one.upper, other.upper)
        and np.array_equal(np.isfinite(one.row_lower), np.isfinite(other.row_lower))
        and np.array_equal(np.isfinite(one.row_upper), np.isfinite(other.row_upper))
    )


def _between(one: MatrixForm, other: MatrixForm) -> MatrixForm:
    """The least share of the way from the bounds of `one` to those of `other`, as a further column."""
    rows = one.matrix.shape[0]
    lower, upper = (
        np.subtract(b, a, out=np.zeros(rows), where=np.isfinite(a))
        for a, b in ((one.row_lower, other.row_lower), (one.row_upper, other.row_upper))
    )
    # A row with two bounds that move apart stands twice.
    matrix = sparse.vstack(
        [sparse.hstack([one.matrix, sparse.csr_array(-moved.reshape(-1, 1))]) for moved in (lower, upper)],
        format="csr",
    )
    unbounded = np.full(rows, np.inf)
    return replace(
        one,
        sense="min",
        cost=np.append(np.zeros(len(one.cost)), 1.0),
        matrix=sparse.csr_array(matrix),
        row_lower=np.concatenate([one.row_lower, -unbounded]),
        row_upper=np.concatenate([unbounded, one.row_upper]),
        lower=np.append(one.lower, 0.0),
        upper=np.append(one.upper, 1.0),
        integer=np.zeros(len(one.cost) + 1, dtype=np.bool_),
        column_blocks=(),
        row_blocks=(),
    )


def _elastic(
    formulation: Formulation, names: Collection[str]
) -> tuple[MatrixForm, list[tuple[int, str, frozenset[str]]]]:
    """The relaxation in which rows of these rules may be missed at a cost; their numbers, rules, labels."""
    form = _relaxed(formulation)
    rows: list[tuple[int, str, frozenset[str]]] = []
    start = 0
    for block in form.row_blocks:
        equation = EQUATIONS.get(block.name)
        if equation is not None and equation.rule in names:
            for n in range(block.labels.size):
                labels = frozenset(map(str, block.labels.label(n)))
                rows.append((start + n, equation.rule, labels))
        start += block.labels.size
    numbers = np.array([n for n, _, _ in rows], dtype=np.int64)
    count, width = len(numbers), len(form.cost)
    if not count:
        raise SolverFailure("the program has no rows of any rule")
    sign = np.concatenate([np.ones(count), -np.ones(count)])
    slack = sparse.csr_array(
        (sign, (np.tile(numbers, 2), np.arange(2 * count))), shape=(form.matrix.shape[0], 2 * count)
    )
    missed = (np.isfinite(form.row_lower[numbers]), np.isfinite(form.row_upper[numbers]))
    size = np.maximum(1.0, abs(form.matrix[numbers]).max(axis=1).toarray().ravel())
    return (
        replace(
            form,
            sense="min",
            cost=np.concatenate([np.zeros(width), np.tile(1.0 / size, 2)]),
            matrix=sparse.csr_array(sparse.hstack([form.matrix, slack], format="csr")),
            lower=np.concatenate([form.lower, np.zeros(2 * count)]),
            upper=np.concatenate([form.upper, *(np.where(side, np.inf, 0.0) for side in missed)]),
            integer=np.zeros(width + 2 * count, dtype=np.bool_),
            column_blocks=(),
        ),
        rows,
    )
