"""From a problem to a verified plan: formulate, solve, interpret, verify."""

from __future__ import annotations

import logging
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from math import isfinite
from time import perf_counter

from concord.algebra import MatrixForm, Program
from concord.errors import Infeasible, NoPlanFound, SolverFailure
from concord.formulation import formulate
from concord.formulation.interpret import Interpretation
from concord.formulation.measures.frame import Method
from concord.formulation.measures.registry import form_of
from concord.formulation.true_values import status_quo
from concord.methods import sequence as methods
from concord.methods.direct import InTermsOfMeasure, able
from concord.methods.found import Found, Proof, Start, logs_by_term, told
from concord.models import Basis, DesignProblem, Plan
from concord.models.plan import (
    MeasureResult,
    NextResult,
    OpinionVerdict,
    PlanTermination,
    ProblemReference,
    Provenance,
    TerminationReason,
)
from concord.results.binding import binding
from concord.results.burdens import burdens, regional_spending
from concord.results.capacities import capacities
from concord.results.deployments import deployments
from concord.results.fairness import fairness
from concord.results.rankings import standing
from concord.results.security import security
from concord.results.votes import control
from concord.solving.backends.protocol import Backend
from concord.solving.backends.registry import backend
from concord.solving.footing import Footing
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.outer_approximation import Outcome
from concord.solving.progress import SilentWatch, Watch
from concord.solving.second_opinion import second_opinion as ask_second_opinion
from concord.solving.tangents import Tangents
from concord.solving.termination import Limit, Reason
from concord.verification import Verification, verify
from concord.verification.tolerance import Quantity
from concord.version import __version__, installed_version

CLOSE, WIDE = 1e-4, 1e-2
"""Gaps: a plan proven to one per cent answers as a closer one does, in a fraction of the time."""
SMALL = 1000
"""Rows of a program that is solved closely in some seconds (docs/performance.md)."""
SECOND_OPINION_SECONDS = 600.0
"""Time that a second solver gets where the user sets no limit."""
GRAVITY = (OpinionVerdict.AGREES, OpinionVerdict.UNDECIDED, OpinionVerdict.NONE, OpinionVerdict.DISAGREES)
"""Of several opinions the last of these is that of all."""
_LOG = logging.getLogger(__name__)
_BINDING = "figures.binding"
_CURVED = {Quantity.LOGS.value, Quantity.INDEX.value}
"""Units of what follows from curves, which a smaller gap approaches more closely."""
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


def default_gap(problem: DesignProblem) -> float:
    """The gap to prove where nobody asks for another: 0.01 % where the program is small, else 1 %."""
    return gap_of_size(len(program(problem).matrix().row_lower))


def gap_of_size(rows: int) -> float:
    """The gap to prove on a program of so many rows."""
    return CLOSE if rows <= SMALL else WIDE


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
    start: Start | None = None,
) -> Plan:
    """The best plan for `problem`, proven to the gap asked for, and verified.

    A limit or an interruption gives the best plan found so far with its gap. `second_opinion` names another
    solver that solves the final program again within what is left of the time limit; whatever it says is
    recorded in the plan. `start` is a point that is known to keep all rules. Raises Infeasible, NoPlanFound,
    SolverFailure, BadInput.
    """
    options, watch = options or SolveOptions(), watch or SilentWatch()
    second = None if second_opinion is None else able(second_opinion, formulate(problem), "second-opinion")
    found = methods.search(problem, options, watch, start=start)
    if found.outcome.values is None:
        raise _no_plan(problem, found)
    opinion = None if second is None else _second_opinion(found, second, options, watch)
    return _verified(problem, _plan(problem, found, options, opinion))


def solve_from(
    problem: DesignProblem,
    footing: Footing | None = None,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
) -> tuple[Plan, Footing | None]:
    """The best plan for `problem`, sought from where a search on a similar problem ended; and its end.

    Raises as `solve` does.
    """
    options = options or SolveOptions()
    found = methods.search(problem, options, watch or SilentWatch(), footing)
    if found.outcome.values is None:
        raise _no_plan(problem, found)
    return _verified(problem, _plan(problem, found, options, None)), found.outcome.footing


def plan_of(problem: DesignProblem, found: Found, options: SolveOptions, *, priced: bool = True) -> Plan:
    """The verified plan that a search has found; not `priced`, it tells no binding rules.

    Raises SolverFailure where the verifier refutes it.
    """
    return _verified(problem, _plan(problem, found, options, None, priced=priced))


def _verified(problem: DesignProblem, plan: Plan) -> Plan:
    """The plan, once the verifier has nothing to say against it.

    What it refutes of the rules called binding is left out, with a warning: they are remarks on the plan.
    """
    verification = verify(plan, problem)
    if any(violation.name == _BINDING for violation in verification.violations):
        plan = _without_wrong_remarks(plan, verification)
        verification = verify(plan, problem)
    if not verification.ok:
        violations = verification.violations
        first = "; ".join(violation.message for violation in violations[:5])
        curved = all(violation.unit in _CURVED for violation in violations)
        raise SolverFailure(
            f"the verifier refutes the plan in {len(violations)} places: {first}",
            f"report this with the problem file{'; a smaller --gap may help meanwhile' if curved else ''}",
        )
    return plan


def _without_wrong_remarks(plan: Plan, verification: Verification) -> Plan:
    wrong = {violation.subject for violation in verification.violations if violation.name == _BINDING}
    for violation in verification.violations:
        if violation.name == _BINDING:
            _LOG.warning("not told as binding: %s", violation.message)
    kept = tuple(row for row in plan.binding if f"{row.rule}, {row.subject}" not in wrong)
    return plan.model_copy(update={"binding": kept})


def search(problem: DesignProblem, options: SolveOptions, watch: Watch | None = None) -> Outcome:
    """The outcome of the search alone: the point, its bound, and the last relaxation as a program."""
    return methods.search(problem, options, watch or SilentWatch()).outcome


def _no_plan(problem: DesignProblem, found: Found) -> Infeasible | NoPlanFound | SolverFailure:
    outcome = found.outcome
    match outcome.termination.reason:
        case Reason.INFEASIBLE | Reason.INFEASIBLE_OR_UNBOUNDED:
            return Infeasible(
                f"No plan satisfies the rules of {problem.id} together.",
                "loosen the newest rule first: minima (min_open, minimum, commitment, ratio_floor, floors) "
                "demand, ceilings and budgets forbid",
            )
        case Reason.NO_SOLUTION_FOUND | Reason.FEASIBLE:
            bound = _bound(problem, found)
            proven = "" if bound is None else f"; none exceeds {bound:.4f}"
            return NoPlanFound(
                f"The search ended ({outcome.termination.detail}) before any plan was found{proven}.",
                f"{_MORE.get(outcome.termination.limit, 'ask for a wider gap (--gap)')}, or drop a rule that "
                "demands a minimum",
                bound,
            )
        case _:
            return SolverFailure(
                f"the solver ended with {outcome.termination.reason.value}: {outcome.termination.detail}"
            )


def _bound(problem: DesignProblem, found: Found) -> float | None:
    """What a search without a plan has proven of the measure; None where that is nothing."""
    direct = form_of(problem.objective.plain).method is Method.DIRECT
    return found.bound if direct and isfinite(found.bound) else None


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What goes into the plan of a second opinion."""

    words: str
    verdict: OpinionVerdict


def _second_opinion(found: Found, solver: Backend, options: SolveOptions, watch: Watch) -> _Opinion:
    """Ask `solver` about every program whose bound is told: of a measure, and of those that follow it."""
    clock, given = perf_counter(), list[_Opinion]()
    for formulation, outcome in found.proven_by:
        left = SECOND_OPINION_SECONDS
        if options.time_limit is not None:
            left = options.time_limit - found.outcome.seconds - (perf_counter() - clock)
        words, verdict = _opinion_on((formulation, outcome), solver, left, options, watch)
        if len(found.proven_by) > 1:
            words = f"on {formulation.form.stated.label} {words}"
        given.append(_Opinion(words, verdict))
    verdict = max((opinion.verdict for opinion in given), key=GRAVITY.index)
    return _Opinion(f"{solver.version()}: {'; '.join(opinion.words for opinion in given)}", verdict)


def _opinion_on(
    proof: Proof, solver: Backend, seconds: float, options: SolveOptions, watch: Watch
) -> tuple[str, OpinionVerdict]:
    """What `solver` says of the program whose bound is told, in words and in short."""
    formulation, outcome = proof
    if watch.stop_requested():
        return "not asked, the search was interrupted", OpinionVerdict.NONE
    if not outcome.alone:
        return "not asked, the bound is that of the parts of a divided program", OpinionVerdict.NONE
    if seconds <= 0:
        return "not asked, no time was left", OpinionVerdict.NONE
    opinion = ask_second_opinion(
        outcome.relaxation,
        solver,
        outcome.termination.objective_bounds,
        RunLimits(
            absolute_gap=formulation.form.tolerance(formulation.scene, options.gap),
            time_limit=seconds,
            seed=options.seed,
            threads=options.threads,
        ),
        start=outcome.values,
        watch=InTermsOfMeasure(formulation, watch),
    )
    return opinion.detail, opinion.verdict


def _plan(
    problem: DesignProblem,
    found: Found,
    options: SolveOptions,
    opinion: _Opinion | None,
    *,
    priced: bool = True,
) -> Plan:
    formulation, outcome = found.formulation, found.outcome
    values = outcome.values
    if values is None:
        raise SolverFailure("there is no point to make a plan of")
    tables = Interpretation(formulation, values)
    sets, borne = formulation.scene.sets, burdens(problem, formulation.scene.parameters, tables)
    secure = security(formulation, values)
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
        measure=_measure(problem, found),
        termination=_termination(outcome),
        contributions=tables.contributions,
        expenditures=tables.expenditures,
        balances=tables.balances,
        programmes=tables.programmes,
        frontiers=tables.frontiers,
        organs=tables.organs,
        power=control(problem, tables.organs, tables.contributions),
        garrisons=tables.garrisons,
        contingents=tables.contingents,
        assignments=tables.assignments,
        deployments=deployments(problem, tables.contingents, tables.assignments),
        lift=tables.lift,
        monitoring=tables.monitoring,
        posture=tables.posture,
        security=secure,
        capacities=capacities(formulation, values),
        standing=standing(problem, secure),
        burdens=borne,
        spending=regional_spending(problem, tables.expenditures),
        fairness=fairness(sets, tables.contributions, tables.contingents, secure, borne),
        binding=binding(formulation, values, outcome.row_duals) if priced else (),
        provenance=_provenance(problem, outcome, options, opinion),
    )


def _measure(problem: DesignProblem, found: Found) -> MeasureResult:
    stated, scene, values = problem.objective, found.formulation.scene, found.outcome.values
    if values is None:
        raise SolverFailure("there is no point to make a plan of")
    reached = [form_of(stage.stated).at(scene, values) for stage in found.stages]
    weights, logs = problem.state_weights(), logs_by_term(found.formulation, values)
    weighty = {term: height for term, height in logs.items() if weights[term[0]] > 0}
    return MeasureResult(
        name=stated.measure,
        alpha=stated.alpha,
        value=found.value,
        bound=found.bound,
        gap=found.bound / found.value - 1,
        baseline=found.baseline,
        levels=told(found.levels, weighty),
        then=tuple(
            NextResult(
                name=stage.stated.measure,
                alpha=stage.stated.alpha,
                value=value,
                bound=max(stage.bound, value),
                gap=max(stage.bound, value) / value - 1,
            )
            for stage, value in zip(found.stages, reached, strict=True)
        ),
    )


def _termination(outcome: Outcome) -> PlanTermination:
    end = outcome.termination
    if end.reason is Reason.OPTIMAL:
        reason = TerminationReason.OPTIMAL
    else:
        reason = _REASONS.get(end.limit or Limit.UNDETERMINED, TerminationReason.ITERATION_LIMIT)
    return PlanTermination(reason=reason, detail=end.detail, seconds=round(outcome.seconds, 3))


def _provenance(
    problem: DesignProblem, outcome: Outcome, options: SolveOptions, opinion: _Opinion | None
) -> Provenance:
    rows, columns = outcome.relaxation.matrix.shape
    return Provenance(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={
            "python": platform.python_version(),
            "concord": __version__,
            **{
                name: installed_version(name)
                for name in ("highspy", "ortools", "numpy", "pandas", "pydantic")
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
