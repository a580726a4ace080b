"""What a reader must know to judge a plan: its problem, its proof, how it came about, what it assumes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concord.models import DesignProblem, Plan
from concord.models.plan import MeasureResult, TerminationReason
from concord.models.provenance import Basis

ENDINGS = {
    TerminationReason.OPTIMAL: "proven to be within the gap",
    TerminationReason.TIME_LIMIT: "stopped at the time limit",
    TerminationReason.NODE_LIMIT: "stopped at the node limit",
    TerminationReason.ITERATION_LIMIT: "stopped at the iteration limit",
    TerminationReason.INTERRUPTED: "interrupted",
}
UNVERIFIED = "the plan does not verify, and nothing is proven of it"
CAVEAT = (
    "The proof is of the best plan for the figures given. Figures marked as assumptions are no estimates: "
    "vary those that matter before believing a conclusion."
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or a text with its name; `unit` is `share` for what is shown in per cent."""

    name: str
    value: str | int | float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What parameters rest on."""

    path: str
    basis: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class About:
    """Everything beside the tables that an export tells."""

    title: str
    description: str
    headline: str
    result: tuple[Fact, ...]
    origin: tuple[Fact, ...]
    notes: tuple[Note, ...]
    """Every note of the problem on its parameters, measured and derived ones included."""
    imputed: tuple[tuple[str, str], ...]
    """State, and its indices that rest on missing values."""


def about(plan: Plan, problem: DesignProblem) -> About:
    """What to say of `plan`; `problem` is the one that it answers."""
    return About(
        title=plan.problem.title,
        description=problem.description,
        headline=headline(plan),
        result=_result(plan),
        origin=_origin(plan),
        notes=_notes(plan, problem),
        imputed=tuple(
            (state, ", ".join(indices)) for state, indices in sorted(plan.provenance.imputed.items())
        ),
    )


def ending(plan: Plan) -> str:
    """How the search ended, as far as that still says something of the plan."""
    return UNVERIFIED if plan.refuted else ENDINGS[plan.termination.reason]


def headline(plan: Plan) -> str:
    """The result in a sentence or two."""
    if plan.refuted:
        return f"THIS PLAN DOES NOT VERIFY, and nothing is proven of it: {plan.refuted}"
    measure = plan.measure
    change = f"{measure.value / measure.baseline - 1:+.1%}" if measure.baseline > 0 else "from nothing"
    return (
        f"Aggregate security ({measure.name.value}) is {measure.baseline:.4f} without the institution and "
        f"{measure.value:.4f} with it ({change}). No plan that keeps the rules exceeds {measure.bound:.4f}."
    )


def state_name(problem: DesignProblem, state: str) -> str:
    """The name of a state, or its id where the problem has no such state."""
    known = problem.state_by_id.get(state)
    return known.name if known else state


def head_name(problem: DesignProblem, head: str) -> str:
    """The name of a head of expenditure: a programme, or a kind of cost."""
    named = next((each.name or each.id for each in problem.programmes if each.id == head), None)
    return named or head.replace("-", " ").capitalize()


def _result(plan: Plan) -> tuple[Fact, ...]:
    measure = plan.measure
    return (
        Fact("Measure of aggregate security", measure.name.value),
        Fact("Security without the institution", measure.baseline, "index"),
        Fact("Security with it", measure.value, "index"),
        *_bound(plan, Fact("Bound that no plan exceeds", measure.bound, "index")),
        *_insecurity(measure),
        *_bound(plan, Fact("Gap between bound and plan", measure.gap, "share")),
        Fact("Search", ending(plan)),
        Fact("Duration of the search", round(plan.termination.seconds, 1), "seconds"),
    )


def _bound(plan: Plan, fact: Fact) -> tuple[Fact, ...]:
    """What a proof says; nothing of a plan that does not verify."""
    return () if plan.refuted else (fact,)


def _insecurity(measure: MeasureResult) -> Iterator[Fact]:
    """Threats over capacities, in the mean, where the plan minimises that."""
    for name, figure in (
        ("Mean insecurity without the institution", measure.baseline_insecurity),
        ("Mean insecurity with it", measure.insecurity),
        ("Mean insecurity that no plan goes below", measure.least_insecurity),
    ):
        if figure is not None:
            yield Fact(name, figure, "threats over capacities")
    for after in measure.then:
        if after.insecurity is not None:
            yield Fact("Mean insecurity, minimised next", after.insecurity, "threats over capacities")


def _origin(plan: Plan) -> tuple[Fact, ...]:
    made, periods = plan.provenance, plan.problem.periods
    assumptions = sum(note.basis is Basis.ASSUMPTION for note in made.assumptions)
    facts = [
        Fact("Problem", plan.problem.id),
        Fact("Periods", f"{min(periods)}-{max(periods)}" if len(periods) > 1 else f"{periods[0]}"),
        Fact("Money is in", plan.problem.currency),
        Fact("Digest of the problem", plan.problem.digest),
        Fact("Plan made", made.created),
        Fact("Solver", made.solver),
        Fact("Seed", made.seed),
        Fact("Versions", ", ".join(f"{name} {version}" for name, version in made.versions.items())),
        Fact("Variables", made.variables),
        Fact("Constraints", made.constraints),
        Fact("Notes that mark assumptions", assumptions),
    ]
    if plan.problem.doctrine:
        facts.insert(1, Fact("Doctrine that recast the problem", plan.problem.doctrine))
    if made.second_opinion:
        facts.append(Fact("Second opinion", made.second_opinion))
    return tuple(facts)


def _notes(plan: Plan, problem: DesignProblem) -> tuple[Note, ...]:
    known = problem.provenance or plan.provenance.assumptions
    return tuple(Note(note.path, note.basis.value, note.source, note.note) for note in known)
