"""The search proves what it says: checked on a program whose optimum is known otherwise."""

from __future__ import annotations

from dataclasses import MISSING, fields
from itertools import product
from math import inf, log
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.algebra import Curve, Program
from concord.solving.backends.registry import backend
from concord.solving.feasibility import FEASIBILITY, violation
from concord.solving.options import RunLimits, SolveOptions
from concord.solving.outer_approximation import Outcome, OuterApproximation, Task
from concord.solving.progress import Progress, SilentWatch
from concord.solving.task import Aim
from concord.solving.termination import Limit, Reason

ITEMS = ("a", "b", "c", "d")
MOST, PRICE = 4.0, 0.5
TIGHT = 1e-6


def purse(worths: tuple[float, ...], budget: float, least: float = -inf) -> Program:
    """Money for items that cost a fee each and are worth the weighted logarithm of what is spent on them."""
    program = Program("purse")
    index = pd.Index(ITEMS[: len(worths)], name="item")
    spent = program.add_variables("spent", index)
    bought = program.add_variables("bought", index, upper=1.0, integer=True)
    worth = program.add_variables("worth", index, lower=-inf)
    program.add_constraints("budget", spent.sum() + (bought * PRICE).sum() <= budget)
    program.add_constraints("fee", spent <= bought * MOST)
    program.add_constraints("least", worth.sum() >= least)
    program.add_curve("worth", Curve.LOG, worth, spent + 1.0)
    program.maximise((worth * pd.Series(worths, index=index)).sum())
    return program


def best_by_hand(worths: tuple[float, ...], budget: float) -> float:
    """Every choice of items, the rest of the money spread so that its last part is worth the same."""
    best = 0.0
    for choice in product((0, 1), repeat=len(worths)):
        chosen = [worth for worth, bought in zip(worths, choice, strict=True) if bought]
        left = budget - PRICE * len(chosen)
        if left < 0:
            continue
        low, high = 1e-9, 1e3
        for _ in range(100):
            price = (low * high) ** 0.5
            spent = [min(MOST, max(0.0, worth / price - 1)) for worth in chosen]
            low, high = (price, high) if sum(spent) > left else (low, price)
        best = max(best, sum(worth * log(1 + x) for worth, x in zip(chosen, spent, strict=True)))
    return best


def task(program: Program, details: tuple[str, ...] = (), **given: Any) -> Task:
    """A task in which nothing is known of the program but its curve."""

    def repair(values: np.ndarray) -> np.ndarray:
        point = values.copy()
        for curve in program.curves.values():
            point[program.variables[curve.name].columns] = curve.attained(point)
        return point

    columns = [program.variables[name].columns for name in details]
    known: dict[str, Any] = {
        "program": program,
        "repair": repair,
        "status_quo": repair(np.zeros(program.width)),
        "details": np.concatenate([np.zeros(0, np.int64), *columns]),
        "preference": np.zeros(sum(len(block) for block in columns)),
        "start": None,
        **given,
    }
    needed = [
        part
        for part in fields(Task)
        if part.name in known or (part.default is MISSING and part.default_factory is MISSING)
    ]
    return Task(**{part.name: known.get(part.name, np.zeros(0, np.int64)) for part in needed})


def search(problem: Task, tolerance: float = TIGHT, **options: Any) -> Outcome:
    watch, brancher = options.pop("watch", None), options.pop("brancher", None)
    return OuterApproximation(problem, SolveOptions(threads=1, **options), tolerance, watch, brancher).solve()


def value(program: Program, outcome: Outcome) -> float:
    """The objective of the best point with the curves recomputed."""
    assert outcome.values is not None
    matrix = program.matrix()
    return float(matrix.cost @ outcome.values + matrix.offset)


def test_a_guide_leads_to_plans_and_leaves_value_and_bound_to_the_objective() -> None:
    program, worths = purse((2.0, 1.0, 0.5), 8.0), np.array([2.0, 1.0, 0.5])
    cost = program.matrix().cost.copy()
    cost[program.variables["worth"].columns] = worths[::-1]
    for start in (None, task(program).status_quo):
        outcome = search(task(program, guides=(Aim(cost, 0.0),), start=start), 1e-3)
        bounds, best = outcome.termination.objective_bounds, best_by_hand((2.0, 1.0, 0.5), 8.0)
        assert outcome.termination.reason is Reason.OPTIMAL
        assert best - 1e-3 <= value(program, outcome) <= best + 1e-6
        assert bounds.dual >= best - 1e-6


@given(
    st.lists(st.floats(0.1, 3.0), min_size=2, max_size=4).map(tuple),
    st.floats(0.0, 12.0),
    st.sampled_from([1e-2, 1e-4, TIGHT]),
)
@settings(max_examples=20, deadline=None)
def test_the_optimum_lies_between_value_and_bound_within_the_gap(
    worths: tuple[float, ...], budget: float, tolerance: float
) -> None:
    program = purse(worths, budget)
    outcome = search(task(program), tolerance)
    bounds, best = outcome.termination.objective_bounds, best_by_hand(worths, budget)
    assert outcome.termination.reason is Reason.OPTIMAL
    assert bounds.primal <= best + 1e-6
    assert bounds.dual >= best - 1e-6
    assert bounds.dual - bounds.primal <= tolerance + 1e-9
    assert value(program, outcome) == pytest.approx(bounds.primal, abs=1e-12)


def test_the_best_point_satisfies_rows_and_lies_on_the_curves() -> None:
    program = purse((1.0, 2.0, 0.5), 6.0)
    outcome = search(task(program))
    assert outcome.values is not None
    assert violation(program.matrix(), outcome.values) <= FEASIBILITY
    assert program.curves["worth"].violation(outcome.values).max() <= 1e-12


def test_multipliers_prove_the_bound_of_the_continuous_relaxation() -> None:
    """With the money's multiplier, no point is worth more: worth minus price times money is bounded."""
    program = purse((1.0, 2.0, 0.5), 6.0)
    outcome = search(task(program))
    proof, matrix = outcome.continuous, program.matrix()
    assert proof is not None
    assert len(proof.row_duals) == len(matrix.row_lower)
    assert proof.bound >= best_by_hand((1.0, 2.0, 0.5), 6.0) - 1e-6
    money = int(np.argmax(np.abs(proof.row_duals)))
    more = best_by_hand((1.0, 2.0, 0.5), 6.01)
    assert more <= proof.bound + 0.01 * float(proof.row_duals[money]) + 1e-6


def test_the_relaxation_that_is_handed_out_has_the_bound() -> None:
    program = purse((1.0, 2.0, 0.5), 6.0)
    outcome = search(task(program))
    run = backend("highs").solve(outcome.relaxation, RunLimits(), None, SilentWatch())
    assert run.objective >= outcome.termination.objective_bounds.primal - 1e-9
    assert run.objective <= outcome.termination.objective_bounds.dual + TIGHT


@pytest.mark.parametrize("brancher", ["scip", "cbc"])
def test_another_solver_may_branch(brancher: str) -> None:
    worths, budget = (1.0, 2.0, 0.5), 6.0
    outcome = search(task(purse(worths, budget)), 1e-5, brancher=backend(brancher))
    assert outcome.termination.reason is Reason.OPTIMAL
    assert outcome.termination.objective_bounds.primal == pytest.approx(
        best_by_hand(worths, budget), abs=2e-5
    )


def test_a_program_without_whole_numbers_needs_no_branching() -> None:
    program = Program("continuous")
    index = pd.Index(ITEMS[:2], name="item")
    spent = program.add_variables("spent", index)
    worth = program.add_variables("worth", index, lower=-inf)
    program.add_constraints("budget", spent.sum() <= 4.0)
    program.add_curve("worth", Curve.LOG, worth, spent + 1.0)
    program.maximise(worth.sum())
    outcome = search(task(program))
    assert outcome.nodes == 0
    assert value(program, outcome) == pytest.approx(2 * log(3.0), abs=TIGHT)


def test_what_no_point_satisfies_is_infeasible() -> None:
    outcome = search(task(purse((1.0, 1.0), 2.0, least=5.0)))
    assert outcome.values is None
    assert outcome.termination.reason in {Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED}


def test_what_only_fractions_satisfy_is_infeasible() -> None:
    program = Program("fractions")
    half = program.add_variables("half", pd.Index(["h"], name="item"), upper=1.0, integer=True)
    program.add_constraints("half", half * 2.0 == 1.0)
    program.maximise(half.sum())
    outcome = search(task(program))
    assert outcome.values is None
    assert outcome.termination.reason in {Reason.INFEASIBLE, Reason.INFEASIBLE_OR_UNBOUNDED}


def force(spare: int, *, whole: bool = True) -> Program:
    """A force of up to 5, worth a logarithm, that three nations make up with what they can spare."""
    program = Program("force")
    one, nations = pd.Index(["all"], name="force"), pd.Index(ITEMS[:3], name="nation")
    strength = program.add_variables("strength", one, upper=5.0, integer=whole)
    units = program.add_variables("units", nations, upper=float(spare), integer=True)
    worth = program.add_variables("worth", one, lower=-inf)
    program.add_constraints("made_up", strength.sum() == units.sum())
    program.add_curve("worth", Curve.LOG, worth, strength + 1.0)
    program.maximise(worth.sum())
    return program


@pytest.mark.parametrize(("spare", "strength"), [(2, 5.0), (1, 3.0)], ids=["possible", "impossible"])
def test_details_are_completed_and_where_they_cannot_be_the_whole_is_solved(
    spare: int, strength: float
) -> None:
    program = force(spare)
    outcome = search(task(program, ("units",)))
    assert outcome.termination.reason is Reason.OPTIMAL
    assert value(program, outcome) == pytest.approx(log(1 + strength), abs=1e-6)
    assert outcome.termination.objective_bounds.dual == pytest.approx(log(1 + strength), abs=1e-6)
    assert outcome.values is not None
    assert violation(program.matrix(), outcome.values) <= FEASIBILITY


def test_the_whole_is_solved_too_where_only_the_details_are_whole() -> None:
    program = force(1, whole=False)
    outcome = search(task(program, ("units",)))
    assert outcome.termination.reason is Reason.OPTIMAL
    assert value(program, outcome) == pytest.approx(log(4.0), abs=1e-6)


# Ends before the proof ----------------------------------------------------------------------------------


class _Impatient:
    """Asks for a stop as soon as a plan is known, or at once."""

    def __init__(self, *, at_once: bool) -> None:
        self._stop = at_once

    def report(self, progress: Progress) -> None:
        self._stop = self._stop or progress.incumbent is not None

    def stop_requested(self) -> bool:
        return self._stop


def test_without_time_doing_nothing_is_the_plan_where_it_may_be() -> None:
    outcome = search(task(purse((1.0, 2.0), 6.0)), time_limit=0.0)
    assert outcome.values is not None
    assert not outcome.values.any()
    assert outcome.termination.reason is Reason.FEASIBLE
    assert outcome.termination.limit is Limit.TIME
    bounds = outcome.termination.objective_bounds
    assert bounds.primal == 0.0
    assert best_by_hand((1.0, 2.0), 6.0) <= bounds.dual < inf


def test_without_time_there_is_no_plan_where_something_must_be_done() -> None:
    outcome = search(task(purse((1.0, 2.0), 6.0, least=0.5)), time_limit=0.0)
    assert outcome.values is None
    assert outcome.termination.reason is Reason.NO_SOLUTION_FOUND
    assert outcome.termination.limit is Limit.TIME


def checked_end(outcome: Outcome, best: float) -> None:
    bounds = outcome.termination.objective_bounds
    assert bounds.primal <= best + 1e-6
    assert bounds.dual >= best - 1e-6


WORTHS, BUDGET = (1.0, 2.0, 0.5, 0.7), 6.3


def test_a_stop_at_once_leaves_at_most_the_status_quo() -> None:
    outcome = search(task(purse(WORTHS, BUDGET)), watch=_Impatient(at_once=True))
    assert outcome.termination.limit is Limit.INTERRUPTED
    assert outcome.termination.objective_bounds.primal in {-inf, 0.0}
    assert outcome.nodes == 0
    checked_end(outcome, best_by_hand(WORTHS, BUDGET))


def test_a_status_quo_that_the_rules_forbid_is_no_plan() -> None:
    outcome = search(task(purse(WORTHS, BUDGET, least=0.5)), watch=_Impatient(at_once=True))
    assert outcome.values is None


def test_a_stop_once_a_plan_is_known_keeps_it() -> None:
    watch = _Impatient(at_once=False)
    outcome = search(task(purse(WORTHS, BUDGET)), watch=watch)
    assert outcome.values is not None
    assert outcome.termination.limit is Limit.INTERRUPTED
    checked_end(outcome, best_by_hand(WORTHS, BUDGET))


def test_without_nodes_the_plan_is_what_rounding_found() -> None:
    outcome = search(task(purse(WORTHS, BUDGET)), node_limit=0)
    assert outcome.values is not None
    assert outcome.nodes == 0
    checked_end(outcome, best_by_hand(WORTHS, BUDGET))


def test_the_same_seed_gives_the_same_point() -> None:
    first, second = (search(task(purse((1.0, 2.0, 0.5, 0.7), 6.3)), seed=7) for _ in range(2))
    assert first.values is not None
    assert second.values is not None
    assert (first.values == second.values).all()
    assert first.nodes == second.nodes
