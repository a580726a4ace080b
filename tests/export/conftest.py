"""A plan made by hand, with texts that spreadsheets and terminals trip over."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import concord
from concord.models import DesignProblem, Plan
from concord.models.plan import (
    Contribution,
    MeasureResult,
    PlanTermination,
    ProblemReference,
    Provenance,
    SecurityRecord,
    TerminationReason,
)
from tests.support.compact import compact

HOSTILE = '=HYPERLINK("http://evil","<b>&|`x`")'
"""A formula for a spreadsheet, markup for a page, a row for a table."""


@dataclass(frozen=True)
class Answered:
    """A problem and its plan."""

    problem: DesignProblem
    plan: Plan


def record(state: str, threats: dict[str, float], attribution: dict[str, float]) -> SecurityRecord:
    return SecurityRecord(
        state=state,
        period=1993,
        capacity=1.0,
        threats=threats,
        threat=0.5,
        ratio=2.0,
        baseline_capacity=1.0,
        baseline_threat=1.0,
        baseline_ratio=1.0,
        attribution=attribution,
    )


@pytest.fixture
def plan() -> Plan:
    return Plan(
        problem=ProblemReference(
            id="made-up", title="Made up", digest="sha256:0", currency="million USD", periods=(1993,)
        ),
        measure=MeasureResult(name="geometric", value=2.0, bound=2.001, gap=0.0005, baseline=1.0),
        termination=PlanTermination(reason=TerminationReason.OPTIMAL, seconds=0.1),
        contributions=(
            Contribution(
                payer="=cmd()", fund="main", period=1993, amount=0.1 + 0.2, share=1.0, scale_share=None
            ),
            Contribution(payer="Åland", fund="main", period=1993, amount=-1.5, share=0.0, scale_share=0.25),
        ),
        security=(
            record("A", {"political": 0.5}, {"programme:mediation": 0.25}),
            record("B", {"political": 0.25, "economic": 0.25}, {"=1+1": 0.1}),
        ),
        provenance=Provenance(
            created="2026-01-01T00:00:00+00:00",
            versions={},
            solver="none",
            options={},
            seed=0,
            variables=0,
            constraints=0,
            assumptions=(),
            imputed={},
        ),
    )


@pytest.fixture(scope="session")
def answered() -> Answered:
    """A problem with every family of rules, solved."""
    problem = compact()
    return Answered(problem, concord.solve(problem, gap=1e-4))


@pytest.fixture(scope="session")
def hostile(answered: Answered) -> Answered:
    """The same with texts that are more than texts wherever a file may have them."""
    problem, plan = answered.problem, answered.plan
    states = tuple(state.model_copy(update={"name": HOSTILE}) for state in problem.states)
    payers = tuple(row.model_copy(update={"payer": HOSTILE}) for row in plan.contributions)
    title = plan.problem.model_copy(update={"title": HOSTILE, "currency": HOSTILE, "id": "../../evil"})
    return Answered(
        problem.model_copy(update={"states": states, "description": HOSTILE, "title": HOSTILE}),
        plan.model_copy(update={"contributions": payers, "problem": title}),
    )
