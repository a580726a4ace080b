"""From a problem to a verified plan: formulate, solve, interpret, verify."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

from models import Basis, DesignProblem, Plan
from models.plan import (
    MeasureResult,
    OpinionVerdict,
    PlanTermination,
    ProblemReference,
    Provenance,
    TerminationReason,
)
from optimizer.algebra import MatrixForm, Program
from optimizer.errors import BadInput, Infeasible, NoPlanFound, SolverFailure
from optimizer.formulation import Formulation, formulate
from optimizer.formulation.accounts import burdens, regional_spending
from optimizer.formulation.binding import binding
from optimizer.formulation.control import control
from optimizer.formulation.distribution import fairness
from optimizer.formulation.equation import Scene
from optimizer.formulation.interpret import Interpretation
from optimizer.formulation.measures import geometric
from optimizer.formulation.registry import EQUATIONS
from optimizer.formulation.standing import standing
from optimizer.formulation.true_values import status_quo, true_values, without_institution
from optimizer.solving.backends.protocol import Backend
from optimizer.solving.backends.registry import backend
from optimizer.solving.options import RunLimits, SolveOptions
from optimizer.solving.outer_approximation import Outcome, OuterApproximation, Task
from optimizer.solving.progress import Progress, SilentWatch, Watch
from optimizer.solving.second_opinion import second_opinion as ask_second_opinion
from optimizer.solving.tangents import Tangents
from optimizer.solving.termination import Limit, Reason
from optimizer.verification import verify

HIGHS = "highs"
SECOND_OPINION_SECONDS = 600.0
"""Time that a second solver gets where the user sets no limit."""
_REASONS = {
    Limit.TIME: TerminationReason.TIME_LIMIT,
    Limit.NODE: TerminationReason.NODE_LIMIT,
    Limit.INTERRUPTED: TerminationReason.INTERRUPTED,
}
_MORE: dict[Limit | None, str] = {
    Limit.TIME: "allow more time (--time-limit)",
    Limit.NODE: "allow more nodes (--node-limit)",
    Limit.INTERRUPTED: "let it run longer",
}


def program(problem: DesignProblem) -> Program:
    """The program of `problem`, without tangents."""
    return formulate(problem).program


def relaxation(problem: DesignProblem) -> MatrixForm:
    """The program with a first grid of tangents in place of its curves: linear, and a relaxation of it."""
    formulation = formulate(problem)
    tangents = Tangents(formulation.program)
    tangents.first(status_quo(formulation.program, formulation.scene))
    return tangents.added_to(formulation.program.matrix())


def solve(
    problem: DesignProblem,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
    second_opinion: str | None = None,
) -> Plan:
    """The best plan for `problem`, proven to the gap asked for, and verified.

    A limit or an interruption gives the best plan found so far with its gap. `second_opinion` names another
    solver that solves the final program again within what is left of the time limit; whatever it says is
    recorded in the plan. Raises Infeasible, NoPlanFound, SolverFailure, BadInput.
    """
    options, watch = options or SolveOptions(), watch or SilentWatch()
    formulation = formulate(problem)
    second = None if second_opinion is None else _able(second_opinion, formulation, "second-opinion")
    outcome = _search(formulation, options, watch)
    if outcome.values is None:
        raise _no_plan(problem, outcome)
    opinion = None if second is None else _second_opinion(formulation, second, outcome, options, watch)
    plan = _plan(formulation, outcome, options, opinion)
    verification = verify(plan, problem)
    if not verification.ok:
        first = "; ".join(violation.message for violation in verification.violations[:5])
        raise SolverFailure(
            f"the verifier refutes the plan in {len(verification.violations)} places: {first}",
            "report this with the problem file; a smaller --gap may help meanwhile",
        )
    return plan


def search(problem: DesignProblem, options: SolveOptions) -> Outcome:
    """The outcome of the search alone: the point, its bound, and the last relaxation as a program."""
    return _search(formulate(problem), options, SilentWatch())


def _search(formulation: Formulation, options: SolveOptions, watch: Watch) -> Outcome:
    program, scene = formulation.program, formulation.scene
    details = np.concatenate([block.columns for block in scene.decisions.details])
    brancher = None if options.solver == HIGHS else _able(options.solver, formulation, "solver")
    task = Task(
        program=program,
        repair=partial(true_values, program, scene),
        status_quo=status_quo(program, scene),
        details=details,
        totals=np.concatenate([block.columns for block in scene.decisions.totals]),
        switches=np.concatenate([block.columns for block in scene.decisions.switches]),
        economy=scene.decisions.spending.columns,
        guarded=_promises(program),
        preference=np.isin(details, scene.decisions.arrivals.columns).astype(float),
    )
    tolerance = geometric.objective_tolerance(scene, options.gap)
    return OuterApproximation(task, options, tolerance, _InTermsOfMeasure(scene, watch), brancher).solve()


def _able(name: str, formulation: Formulation, option: str) -> Backend:
    """The solver of that name. Raises BadInput, before any search, where it cannot take the program."""
    solver = backend(name)
    if (reason := solver.refuses(formulation.program.matrix())) is not None:
        raise BadInput.single(reason, field=option, remedy=f"choose another solver, such as {HIGHS}")
    return solver


def _promises(program: Program) -> NDArray[np.int64]:
    """Rows that promise members security in logs, which is what the curves relax."""
    promised = (name for name, eq in EQUATIONS.items() if name.startswith("benefit.") and eq.unit == "logs")
    blocks = [program.constraints[name].rows for name in promised if name in program.constraints]
    return np.concatenate([np.zeros(0, np.int64), *blocks])


@dataclass
class _InTermsOfMeasure:
    """Passes progress on with incumbent, bound and gap in terms of the measure."""

    scene: Scene
    inner: Watch

    def report(self, progress: Progress) -> None:
        """The program's objective is the logarithm of the measure."""
        value = None if progress.incumbent is None else geometric.measure(self.scene, progress.incumbent)
        bound = None if progress.bound is None else geometric.measure(self.scene, progress.bound)
        gap = None if value is None or bound is None else max(0.0, bound / value - 1)
        self.inner.report(Progress(progress.phase, value, bound, gap, progress.seconds, progress.nodes))

    def stop_requested(self) -> bool:
        """Whatever the inner watch says."""
        return self.inner.stop_requested()


def _no_plan(problem: DesignProblem, outcome: Outcome) -> Infeasible | NoPlanFound | SolverFailure:
    match outcome.termination.reason:
        case Reason.INFEASIBLE | Reason.INFEASIBLE_OR_UNBOUNDED:
            return Infeasible(
                f"No plan satisfies the rules of {problem.id} together.",
                "loosen the newest rule first: minima (min_open, minimum, commitment, ratio_floor, floors) "
                "demand, ceilings and budgets forbid",
            )
        case Reason.NO_SOLUTION_FOUND | Reason.FEASIBLE:
            return NoPlanFound(
                f"The search ended ({outcome.termination.detail}) before any plan was found.",
                f"{_MORE.get(outcome.termination.limit, 'ask for a wider gap (--gap)')}, or drop a rule that "
                "demands a minimum",
            )
        case _:
            return SolverFailure(
                f"the solver ended with {outcome.termination.reason.value}: {outcome.termination.detail}"
            )


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What goes into the plan of a second opinion."""

    words: str
    verdict: OpinionVerdict


def _second_opinion(
    formulation: Formulation, solver: Backend, outcome: Outcome, options: SolveOptions, watch: Watch
) -> _Opinion:
    """Ask `solver`, unless the search was stopped or took all the time there was."""
    if watch.stop_requested():
        return _Opinion(f"{solver.version()}: not asked, the search was interrupted", OpinionVerdict.NONE)
    left = SECOND_OPINION_SECONDS
    if options.time_limit is not None:
        left = options.time_limit - outcome.seconds
    if left <= 0:
        return _Opinion(f"{solver.version()}: not asked, no time was left", OpinionVerdict.NONE)
    opinion = ask_second_opinion(
        outcome.relaxation,
        solver,
        outcome.termination.objective_bounds,
        RunLimits(
            absolute_gap=geometric.objective_tolerance(formulation.scene, options.gap),
            time_limit=left,
            seed=options.seed,
            threads=options.threads,
        ),
        start=outcome.values,
        watch=_InTermsOfMeasure(formulation.scene, watch),
    )
    return _Opinion(f"{opinion.version}: {opinion.detail}", opinion.verdict)


def _plan(
    formulation: Formulation, outcome: Outcome, options: SolveOptions, opinion: _Opinion | None
) -> Plan:
    problem, values = formulation.scene.problem, outcome.values
    if values is None:
        raise SolverFailure("there is no point to make a plan of")
    tables = Interpretation(formulation, values)
    sets, borne = formulation.scene.sets, burdens(problem, formulation.scene.parameters, tables)
    return Plan(
        problem=ProblemReference(
            id=problem.id,
            title=problem.title,
            digest=problem.digest(),
            currency=problem.currency,
            periods=problem.periods,
            doctrine=problem.doctrine,
            left_out=problem.left_out,
        ),
        measure=_measure(formulation, outcome),
        termination=_termination(outcome),
        contributions=tables.contributions,
        expenditures=tables.expenditures,
        balances=tables.balances,
        programmes=tables.programmes,
        organs=tables.organs,
        power=control(problem, tables.organs, tables.contributions),
        garrisons=tables.garrisons,
        contingents=tables.contingents,
        assignments=tables.assignments,
        lift=tables.lift,
        monitoring=tables.monitoring,
        posture=tables.posture,
        security=tables.security,
        standing=standing(problem, tables.security),
        burdens=borne,
        spending=regional_spending(problem, tables.expenditures),
        fairness=fairness(sets, tables.contributions, tables.contingents, tables.security, borne),
        binding=binding(formulation, values, outcome.row_duals),
        provenance=_provenance(formulation, outcome, options, opinion),
    )


def _measure(formulation: Formulation, outcome: Outcome) -> MeasureResult:
    program, scene = formulation.program, formulation.scene
    matrix = program.matrix()
    before = float(matrix.cost @ without_institution(program, scene) + matrix.offset)
    bounds = outcome.termination.objective_bounds
    value, bound = (
        geometric.measure(scene, objective) for objective in (bounds.primal, max(bounds.dual, bounds.primal))
    )
    return MeasureResult(
        name=scene.problem.objective.measure,
        value=value,
        bound=bound,
        gap=bound / value - 1,
        baseline=geometric.measure(scene, before),
    )


def _termination(outcome: Outcome) -> PlanTermination:
    end = outcome.termination
    if end.reason is Reason.OPTIMAL:
        reason = TerminationReason.OPTIMAL
    else:
        reason = _REASONS.get(end.limit or Limit.UNDETERMINED, TerminationReason.ITERATION_LIMIT)
    return PlanTermination(reason=reason, detail=end.detail, seconds=round(outcome.seconds, 3))


def _provenance(
    formulation: Formulation, outcome: Outcome, options: SolveOptions, opinion: _Opinion | None
) -> Provenance:
    problem = formulation.scene.problem
    rows, columns = outcome.relaxation.matrix.shape
    return Provenance(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={
            "python": platform.python_version(),
            **{
                name: _version(name)
                for name in ("concord", "highspy", "ortools", "numpy", "pandas", "pydantic")
            },
        },
        solver=backend(options.solver).version(),
        options=asdict(options),
        seed=options.seed,
        variables=columns,
        constraints=rows,
        assumptions=tuple(note for note in problem.provenance if note.basis is Basis.ASSUMPTION),
        imputed={state.id: state.imputed for state in problem.states if state.imputed},
        second_opinion=opinion and opinion.words,
        second_opinion_verdict=opinion and opinion.verdict,
    )


def _version(package: str) -> str:
    """Installed version; a source tree that was never installed says so."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
