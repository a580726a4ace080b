"""What a plan says of how it came about: P.15, P.22, and what must be taken on trust."""

from __future__ import annotations

from math import inf, prod

from concord.models import Basis
from concord.models.plan import TerminationReason

from .case import Case
from .tolerance import Quantity

LEAST_SACRIFICE = 2e-5
"""What a next measure may cost those before it at least, so that solvers have room."""
ON_TRUST = (
    "the bound",
    "that no other rules bind than those listed, and their prices",
    "the seconds",
    "the solver, its versions, and the size of its program",
)
"""What no recomputation from the problem and the decisions can tell: the word of the solver."""


def check_termination(case: Case) -> None:
    """`optimal` means within the gap asked for, and a search takes time."""
    end, ledger = case.plan.termination, case.ledger
    text = "the search is stated to have taken {0} seconds"
    ledger.demand("figures.termination", (f"{end.seconds:g}",), 0.0 <= end.seconds < inf, text)
    if end.reason is not TerminationReason.OPTIMAL:
        return
    asked = case.plan.provenance.options.get("gap")
    if isinstance(asked, (int, float)):
        text = "the plan is called optimal with a gap of {value}, and {limit} was asked for"
        sacrifices = [0.0, *(max(LEAST_SACRIFICE, n.sacrifice) for n in case.problem.objective.then)]
        result = case.plan.measure
        gaps = [(result.name, result.gap), *((then.name, then.gap) for then in result.then)]
        for number, (name, gap) in enumerate(gaps):
            given_up = prod(1 - sacrifice for sacrifice in sacrifices[number + 1 :])
            allowed = (1 + float(asked)) / given_up - 1 if given_up else inf
            subject = ("gap",) if not number else ("gap", name.value)
            ledger.at_most("figures.termination", subject, gap, allowed, Quantity.FACTOR, text)
        text = "the plan is called optimal, and not every measure asked for has been maximised"
        whole = len(gaps) == len(sacrifices)
        ledger.demand("figures.termination", ("then",), whole, text)
    else:
        text = "the plan is called optimal, and no gap is recorded among the options"
        ledger.demand("figures.termination", ("gap",), False, text)


def check_assumptions(case: Case) -> None:
    """The assumptions and gaps in the data that the plan repeats are those of the problem."""
    stated, ledger = case.plan.provenance, case.ledger
    marked = {note for note in case.problem.provenance if note.basis is Basis.ASSUMPTION}
    for note in marked.union(stated.assumptions):
        text = "the assumption on {0} is not told, or is not the problem's"
        told = note in marked and note in stated.assumptions
        ledger.demand("provenance.assumptions", (note.path,), told, text)
    gaps = {state.id: state.imputed for state in case.problem.states if state.imputed}
    text = "the indices that rest on missing values are not those of the problem"
    ledger.demand("provenance.imputed", ("imputed",), stated.imputed == gaps, text)
