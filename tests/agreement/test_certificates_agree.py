"""The bound that a certificate proves, whole decisions held, is the optimum that a conic solver finds."""

from __future__ import annotations

import random
from typing import Any

import pytest

from concord.analysis.certificate import certify, held_bound
from concord.formulation import formulate
from concord.formulation.held import whole_decisions
from concord.loading import load_problem
from concord.models import DesignProblem, Plan
from concord.models.certificate import Certificate
from concord.planning import solve
from concord.problem import maximising
from concord.solving.options import SolveOptions
from concord.solving.progress import SilentWatch
from tests.support.compact import compact
from tests.support.cone import ContinuousProgram

NEAR = 1e-5
"""What an interior-point method leaves open, relative to the measure."""
PROBLEMS = {"compact": compact, "three-states": lambda: load_problem("three-states")}
MEASURES: dict[str, tuple[str, float | None]] = {
    "geometric": ("geometric", None),
    "minimum": ("minimum", None),
    "alpha 2": ("alpha", 2.0),
}


@pytest.fixture(scope="module", params=[(p, m) for p in PROBLEMS for m in MEASURES], ids=" ".join)
def certified(request: pytest.FixtureRequest) -> tuple[DesignProblem, Plan, float]:
    """A problem, a plan with its certificate, and what the conic solver finds for its whole decisions."""
    name, measure = request.param
    problem = maximising(PROBLEMS[name](), *MEASURES[measure])
    plan = solve(problem, SolveOptions(gap=1e-3, threads=1))
    certificate = certify(problem, plan, SilentWatch())
    assert certificate is not None
    return problem, plan.model_copy(update={"certificate": certificate}), conic_optimum(problem, plan)


def conic_optimum(problem: DesignProblem, plan: Plan) -> float:
    """The best value of the measure with the plan's whole decisions, by an interior-point method."""
    formulation = formulate(problem)
    columns, values = whole_decisions(formulation, plan)
    cone = ContinuousProgram(formulation.program, columns)
    return formulation.form.value(formulation.scene, cone.best(values))


def test_the_certificate_proves_the_conic_optimum(certified: tuple[DesignProblem, Plan, float]) -> None:
    problem, plan, best = certified
    bound = held_bound(problem, plan)
    assert bound is not None
    assert bound >= best * (1 - NEAR)
    assert bound <= best * (1 + NEAR)
    assert bound <= plan.measure.bound * (1 + NEAR)
    assert plan.measure.value <= bound * (1 + 1e-9)


def tampered(certificate: Certificate, kind: int, hand: random.Random) -> Certificate:
    """The certificate with some of its multipliers, tangents and labels changed as one who cheats would."""
    rows, curves = list(certificate.rows), list(certificate.curves)

    def multiplied(entries: list[Any]) -> None:
        for n in hand.sample(range(len(entries)), max(1, len(entries) // 10)):
            factor = hand.choice([-1e9, -1.0, 0.0, 0.5, 0.99, 1.01, 2.0, 1e9])
            entries[n] = entries[n].model_copy(update={"multiplier": entries[n].multiplier * factor})

    match kind:
        case 0:
            multiplied(rows)
        case 1:
            multiplied(curves)
        case 2:
            curves = [c.model_copy(update={"point": c.point * hand.uniform(0.2, 5)}) for c in curves]
        case 3:
            rows += [row.model_copy(update={"multiplier": -row.multiplier}) for row in rows]
            curves += curves
        case 4:
            labels = [row.labels for row in rows]
            hand.shuffle(labels)
            rows = [row.model_copy(update={"labels": own}) for row, own in zip(rows, labels, strict=True)]
        case _:
            extra = hand.choice(rows)
            wild = {
                "rule": extra.rule + ".no-such",
                "multiplier": hand.choice([float("inf"), float("nan"), 1e300]),
            }
            rows += [
                extra.model_copy(update=wild),
                extra.model_copy(update={"multiplier": wild["multiplier"]}),
            ]
    return Certificate.model_construct(rows=tuple(rows), curves=tuple(curves))


def test_no_tampering_proves_a_better_bound_than_is_true(
    certified: tuple[DesignProblem, Plan, float],
) -> None:
    problem, plan, best = certified
    assert plan.certificate is not None
    changed = 0
    for kind in range(6):
        other = tampered(plan.certificate, kind, random.Random(kind))
        bound = held_bound(problem, plan.model_copy(update={"certificate": other}))
        assert bound is None or bound >= best * (1 - NEAR)
        changed += bound is None or bound > best * (1 + 10 * NEAR)
    assert changed > 0


def test_a_value_that_is_claimed_proves_nothing_better(certified: tuple[DesignProblem, Plan, float]) -> None:
    problem, plan, best = certified
    for claimed in (best * 2, float("inf"), float("nan"), -1.0):
        measure = plan.measure.model_copy(update={"value": claimed})
        bound = held_bound(problem, plan.model_copy(update={"measure": measure}))
        assert bound is None or bound >= best * (1 - NEAR)
