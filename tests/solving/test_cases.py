"""Switches settled by cases: the bound falls to that of the better case, and holds for all plans."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.algebra import MatrixForm, Program
from concord.solving.backends.highs import HighsBackend
from concord.solving.cases import Cases
from concord.solving.options import RunLimits
from concord.solving.progress import SilentWatch
from concord.solving.relaxation import Relaxation
from concord.solving.result import RunResult
from concord.solving.tangents import Tangents
from concord.solving.termination import Limit, Termination
from concord.solving.testing import posed

LIMITS = RunLimits(absolute_gap=1e-9)


def organs(fees: tuple[float, ...], worths: tuple[float, ...], budget: float) -> MatrixForm:
    """Work `x[k] <= y[k]` needs an organ `y[k]` that costs a fee; at most 0.6 is done of each."""
    n = len(fees)
    needs = np.hstack([np.eye(n), -np.eye(n)])
    money = np.concatenate([np.ones(n), fees])
    return posed(
        "max",
        [*worths, *np.zeros(n)],
        np.vstack([needs, money]),
        row_upper=[*np.zeros(n), budget],
        upper=[0.6] * n + [1.0] * n,
        integer=[False] * n + [True] * n,
    )


def settled(program: MatrixForm, worth: float = 0.0) -> tuple[RunResult, RunResult, Cases, Relaxation]:
    relaxation = Relaxation(program, Tangents(Program("none")))
    cases = Cases(relaxation, np.flatnonzero(program.integer))
    run = relaxation.run(LIMITS, SilentWatch(), "test")
    better = cases.settle(run, lambda: relaxation.run(LIMITS, SilentWatch(), "test"), worth)
    return run, better, cases, relaxation


def best(program: MatrixForm) -> float:
    """Every choice of organs, the rest by a linear program."""
    columns, values = np.flatnonzero(program.integer), []
    for choice in product((0.0, 1.0), repeat=len(columns)):
        run = HighsBackend().solve(program.fixed(columns, np.array(choice)), LIMITS)
        values.append(run.objective if run.has_solution else -np.inf)
    return max(values)


def test_an_organ_that_is_half_open_is_opened_or_closed() -> None:
    """Half open it lets 0.6 be done for 0.6 of the fee; open it leaves 0.2; without it there is no work."""
    program = organs((1.0,), (1.0,), 1.2)
    run, better, cases, _ = settled(program)
    assert run.bound == pytest.approx(0.6)
    assert cases.bound(better.bound) == pytest.approx(0.2)
    assert cases.settled == {1: 1.0}
    assert cases.aside == pytest.approx(0.0)


def test_nothing_is_settled_where_switches_are_whole() -> None:
    program = organs((1.0,), (1.0,), 0.0)
    run, better, cases, _ = settled(program)
    assert better is run
    assert cases.tried
    assert not cases.settled


def test_a_case_that_no_limit_lets_end_changes_nothing() -> None:
    program = organs((1.0,), (1.0,), 1.2)
    relaxation = Relaxation(program, Tangents(Program("none")))
    cases = Cases(relaxation, np.flatnonzero(program.integer))
    run = relaxation.run(LIMITS, SilentWatch(), "test")
    cut = RunResult(Termination.stopped(Limit.TIME, "time limit", run.termination.objective_bounds))
    assert cases.settle(run, lambda: cut, 0.0) is run
    assert not cases.settled
    assert relaxation.run(LIMITS, SilentWatch(), "test").bound == pytest.approx(run.bound)


def test_a_switch_that_can_be_neither_is_left_as_it_is() -> None:
    """Between a third and two thirds there is room, and no whole number."""
    program = posed("max", [1.0], [[1.0]], row_lower=1 / 3, row_upper=2 / 3, upper=1.0, integer=True)
    run, better, cases, relaxation = settled(program)
    assert better is run
    assert not cases.settled
    assert relaxation.run(LIMITS, SilentWatch(), "test").bound == pytest.approx(2 / 3)


def test_forgetting_gives_all_plans_back() -> None:
    program = organs((1.0, 0.5), (1.0, 0.8), 1.0)
    run, better, cases, relaxation = settled(program)
    assert cases.settled
    assert better.bound < run.bound
    cases.forget()
    assert relaxation.run(LIMITS, SilentWatch(), "test").bound == pytest.approx(run.bound)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0.1, 2.0), st.floats(0.1, 2.0)), min_size=1, max_size=4),
    st.floats(0.1, 4.0),
)
def test_no_plan_is_worth_more_than_the_bound_of_the_cases(
    given_organs: list[tuple[float, float]], budget: float
) -> None:
    fees, worths = zip(*given_organs, strict=True)
    program = organs(fees, worths, budget)
    run, better, cases, _ = settled(program)
    assert best(program) <= cases.bound(better.bound) + 1e-7
    assert cases.bound(better.bound) <= run.bound + 1e-7
