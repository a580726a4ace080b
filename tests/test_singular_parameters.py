"""Formulas next to where they divide by nothing, take logarithms of 1 or overflow, against 50 digits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import mpmath as mp
import numpy as np
import pandas as pd
import pytest

import concord
from concord.algebra import Curve, Program, constant
from concord.formulation import formulate
from concord.formulation.aim import Aim
from concord.formulation.burden_sharing import BurdenSharing
from concord.formulation.measures.frame import LogMeasure, log_power_mean
from concord.formulation.measures.registry import form_of
from concord.formulation.measures.sum_of_powers import SumOfPowers
from concord.formulation.true_values import status_quo, true_values
from concord.methods.sum_of_powers import _rising
from concord.models import DesignProblem, Measure, Plan, StatedMeasure
from concord.models.shares import bounded_shares
from concord.results import fairness as reported_fairness
from concord.results.security import logarithmic_mean
from concord.solving.box import Box
from concord.solving.propagation import implied_bounds
from concord.solving.rising import RisingCeilings
from concord.verification import distribution as verified_distribution
from concord.verification import verify
from concord.verification.arithmetic import logarithmic_mean_over_start
from concord.verification.measures import aggregate
from tests.support.compact import BARE, compact

mp.mp.dps = 50

NEAR = [n * 10.0**-k for k in (1, 3, 5, 6, 7, 8, 9, 12, 15) for n in (1, 3)]
BELOW_ONE, ABOVE_ONE = float(np.nextafter(1, 0)), float(np.nextafter(1, 2))
NEAR_ONE = [1 - gap for gap in NEAR] + [1 + gap for gap in NEAR] + [BELOW_ONE, ABOVE_ONE]
ALPHAS = [0.0, 5e-324, 1e-17, 1e-9, 0.5, *NEAR_ONE, 1.0, 2.0, 7.0, 300.0, 1e6, 1e12]
LOGS = [
    [0.0, 0.0, 0.0, 0.0],
    [0.1, 0.1, 0.1, 0.1 + 1e-9],
    [-0.7, 0.3, 1.1, -2.0],
    [-30.0, 25.0, 0.0, 3.0],
    [-600.0, 0.0, 600.0, 5.0],
]
WEIGHTS = [[0.25, 0.25, 0.25, 0.25], [1e-12, 0.5 - 1e-12, 0.25, 0.25], [0.97, 0.01, 0.01, 0.01]]


def exact_logarithm(weights: Sequence[float], logs: Sequence[float], alpha: float) -> mp.mpf:
    """Logarithm of the power mean by its definition."""
    whole = mp.fsum(mp.mpf(w) for w in weights)
    shares = [mp.mpf(w) / whole for w in weights]
    exponent = 1 - mp.mpf(alpha)
    if exponent == 0:
        return mp.fsum(w * mp.mpf(log) for w, log in zip(shares, logs, strict=True))
    powers = [w * mp.exp(exponent * mp.mpf(log)) for w, log in zip(shares, logs, strict=True)]
    return mp.log(mp.fsum(powers)) / exponent


def problem_of(weights: Sequence[float], alpha: float) -> DesignProblem:
    """Four states, one period, and the measure."""
    table = dict(zip("ABCD", weights, strict=True))
    objective = {"measure": "alpha", "alpha": alpha, "weights": "table", "table": table}
    return compact({**BARE, "periods": [1], "objective": objective})


# The measures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("logs", LOGS, ids=str)
@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_a_power_mean_is_right_for_every_aversion(weights: list[float], logs: list[float]) -> None:
    for alpha in ALPHAS:
        if alpha != 1:
            found = log_power_mean(np.array(weights), np.array(logs), 1 - alpha)
            assert found == pytest.approx(float(exact_logarithm(weights, logs, alpha)), abs=1e-12, rel=1e-12)


@pytest.mark.parametrize("logs", LOGS, ids=str)
@pytest.mark.parametrize("weights", WEIGHTS, ids=str)
def test_the_verifier_is_right_for_every_aversion(weights: list[float], logs: list[float]) -> None:
    problem = problem_of(weights, 2.0)
    ratios = {(state, 1): log for state, log in zip("ABCD", logs, strict=True)}
    for alpha in ALPHAS:
        found = aggregate(problem, StatedMeasure(measure=Measure.ALPHA, alpha=alpha), ratios)
        assert found == pytest.approx(float(mp.exp(exact_logarithm(weights, logs, alpha))), rel=1e-11)


def test_the_verifier_goes_to_the_limit_where_a_ratio_is_0_or_endless() -> None:
    problem, inf = problem_of(WEIGHTS[0], 2.0), float("inf")
    nothing, endless = ({("A", 1): end, ("B", 1): 0.0, ("C", 1): 0.0, ("D", 1): 0.0} for end in (-inf, inf))
    averse, lenient = (StatedMeasure(measure=Measure.ALPHA, alpha=alpha) for alpha in (1 + 1e-12, 1 - 1e-12))
    assert aggregate(problem, averse, nothing) == 0
    assert aggregate(problem, lenient, endless) == inf


@pytest.mark.parametrize("alpha", [alpha for alpha in ALPHAS if alpha != 1])
def test_objective_and_penalties_say_what_the_measure_says(alpha: float) -> None:
    """At a point of the true program: the value from the objective, and every row and curve of 11.2."""
    problem = problem_of([0.4, 0.3, 0.2, 0.1], alpha)
    formulation = formulate(problem)
    program, scene, form = formulation.program, formulation.scene, formulation.form
    point = status_quo(program, scene)
    point[scene.decisions.log_capacity.columns] += [0.5, -1.5, 0.25, 2.0]
    form.settle(scene, point)
    logs = point[scene.decisions.log_capacity.columns] - point[scene.decisions.log_total_threat.columns]
    exact = mp.exp(exact_logarithm(scene.aggregates.weights.tolist(), logs.tolist(), alpha))
    matrix = program.matrix()
    assert form.at(scene, point) == pytest.approx(float(exact), rel=1e-12)
    assert form.value(scene, float(matrix.cost @ point + matrix.offset)) == pytest.approx(
        float(exact), rel=1e-12
    )
    if isinstance(form, LogMeasure):
        block = program.constraints["measures.power_mean"]
        assert (block.matrix @ point).tolist() == pytest.approx([0.0], abs=1e-12)
        assert program.curves["measures.penalty"].violation(point).max() <= 1e-12


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1 - 1e-3, 1 - 1e-7, 1 - 1e-12, BELOW_ONE])
@pytest.mark.parametrize("gap", [1e-9, 1e-3, 0.5])
def test_a_tolerance_is_the_gap_that_was_asked_for(alpha: float, gap: float) -> None:
    scene = formulate(problem_of(WEIGHTS[0], alpha)).scene
    form = SumOfPowers(StatedMeasure(measure=Measure.ALPHA, alpha=alpha), reached=1.75)
    widened = form.value(scene, 1.75 + form.tolerance(scene, gap))
    assert widened / form.value(scene, 1.75) - 1 == pytest.approx(gap, rel=1e-5, abs=1e-14)


def test_measures_whose_aversions_are_next_to_each_other_have_different_names() -> None:
    labels = [StatedMeasure(measure=Measure.ALPHA, alpha=alpha).label for alpha in ALPHAS]
    assert len(set(labels)) == len(labels)
    assert StatedMeasure(measure=Measure.ALPHA, alpha=2.0).label == "alpha-2"


# Curves and ceilings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [1e-300, 1e-16, 1e-12, 1e-8, 1e-4, 0.5, 40.0])
def test_tangents_to_growth_are_below_it_and_touch_it(rate: float) -> None:
    program = Program("growth")
    label = pd.Index(["A"], name="state")
    result, argument = (program.add_variables(name, label, lower=-np.inf) for name in ("result", "argument"))
    rates = constant(pd.Series([rate], index=label))
    curve = program.add_curve("curve", Curve.GROWTH, result + 0.0, argument * rate, rate=rates)
    places = [-3.0, -0.1, 0.0, 1e-9, 0.4, 2.0]
    matrix, lower, _ = curve.tangent_rows(np.array(places) * rate, np.zeros(len(places), np.int64))
    for number, at in enumerate(places):
        for here in places:
            height = mp.expm1(mp.mpf(rate) * here) / rate
            slack = matrix[[number]].toarray()[0] @ [float(height), here] - lower[number]
            size = 1 + abs(float(height))
            assert slack >= -1e-12 * size
            if at == here:
                assert slack <= 1e-12 * size


@pytest.mark.parametrize("alpha", [0.0, 0.5, 0.9, 1 - 1e-3, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12, BELOW_ONE])
def test_ceilings_lie_above_what_a_ratio_is_worth(alpha: float) -> None:
    problem = concord.load("three-states", settings=[f"objective={{measure: alpha, alpha: {alpha!r}}}"])
    formulation = formulate(problem)
    program, scene, form = formulation.program, formulation.scene, formulation.form
    assert isinstance(form, SumOfPowers)
    box = Box(*implied_bounds(program.matrix()))
    ceilings, rng = RisingCeilings(program, _rising(formulation, form), box), np.random.default_rng(5)
    most = np.where(np.isfinite(box.upper), box.upper, 0.0)

    def somewhere() -> np.ndarray:
        """A point of the true program, but for its budgets: every column is in the box."""
        point = true_values(program, scene, most * rng.random(program.width))
        assert ((point >= box.lower - 1e-5) & (point <= box.upper + 1e-5)).all()
        return point

    tightest = np.inf
    for _ in range(5):
        laid = somewhere()
        rows, _, upper = ceilings.rows_at(laid)
        tightest = min(tightest, float((upper - rows @ laid).min()))
        for _ in range(5):
            assert (rows @ somewhere() - upper).max() <= 1e-9
    assert tightest < 0.05


# The whole ------------------------------------------------------------------------------------------------


def solved(alpha: float) -> tuple[DesignProblem, Plan]:
    problem = concord.load("three-states", settings=[f"objective={{measure: alpha, alpha: {alpha!r}}}"])
    return problem, concord.solve(problem, gap=1e-3)


def exact_value(plan: Plan, alpha: float) -> float:
    logs = [mp.log(mp.mpf(row.ratio)) for row in plan.security]
    return float(mp.exp(exact_logarithm([1.0] * len(logs), logs, alpha)))


@pytest.mark.parametrize("gap", [1e-3, 1e-5, 1e-7, 1e-8, 1e-12, 2e-16])
def test_next_to_the_geometric_mean_the_plan_is_its_plan_and_the_bound_holds(gap: float) -> None:
    best = concord.solve(concord.load("three-states"), gap=1e-6)
    for alpha in (1 - gap, 1 + gap):
        problem, plan = solved(alpha)
        assert verify(plan, problem).ok
        assert plan.measure.value == pytest.approx(exact_value(plan, alpha), rel=1e-9)
        assert plan.measure.bound >= exact_value(best, alpha) * (1 - 1e-7)
        assert plan.measure.bound <= plan.measure.value * (1 + 1e-3)


def test_a_plan_that_does_nothing_is_refuted_next_to_the_geometric_mean() -> None:
    """A value that cancellation made is no value."""
    problem, plan = solved(0.99999999)
    measure = plan.measure.model_copy(update={"value": 1.0, "bound": 1.0, "gap": 0.0})
    assert not verify(plan.model_copy(update={"measure": measure}), problem).ok


def test_values_fall_as_the_aversion_grows() -> None:
    alphas = [0.0, 0.5, 0.999, 1 - 1e-7, 1.0, 1 + 1e-7, 1.001, 2.0, 40.0, 1e6, 1e12]
    plans = [solved(alpha)[1] for alpha in alphas]
    for one, other in pairwise(plans):
        assert other.measure.value <= one.measure.bound * (1 + 1e-9)


# Other formulas -------------------------------------------------------------------------------------------


def test_logarithmic_means_of_what_is_nearly_equal() -> None:
    for growth in (
        0.0,
        1e-300,
        1e-15,
        1e-12,
        3e-10,
        1e-9,
        2e-9,
        1e-8,
        1e-5,
        1e-2,
        0.3,
        0.5,
        1.0,
        20.0,
        30.0,
        38.0,
        50.0,
        300.0,
    ):
        b = 0.7
        a = b * float(mp.exp(growth))
        exact = mp.mpf(b) if a == b else (mp.mpf(a) - b) / mp.log(mp.mpf(a) / b)
        found = logarithmic_mean(pd.Series([a]), pd.Series([b]))
        assert found.tolist() == pytest.approx([float(exact)], rel=1e-13)
        back = logarithmic_mean(pd.Series([b]), pd.Series([a]))
        assert back.tolist() == pytest.approx([float(exact)], rel=1e-13)
        whole = mp.expm1(mp.mpf(growth)) / growth if growth else 1
        assert logarithmic_mean_over_start(growth) == pytest.approx(float(whole), rel=1e-14)


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1.0, 1e12, 1e200])
def test_evenness_does_not_hang_on_the_unit(size: float) -> None:
    amounts = [size * part for part in (0.0, 1.0, 3.0)]
    for module in (reported_fairness, verified_distribution):
        assert module.gini(amounts) == pytest.approx(0.5)
        assert module.jain(amounts) == pytest.approx(16 / 30)


def test_equal_amounts_are_equal() -> None:
    for module in (reported_fairness, verified_distribution):
        assert module.gini([0.1] * 7) == pytest.approx(0.0, abs=1e-15)
        assert module.jain([0.1] * 7) == pytest.approx(1.0)


@pytest.mark.parametrize("tiny", [1e-320, 1e-300, 1e-30])
def test_shares_of_tiny_keys(tiny: float) -> None:
    assert bounded_shares({"A": tiny, "B": tiny}) == {"A": 0.5, "B": 0.5}
    shares = bounded_shares({"A": tiny, "B": 1e12, "C": 1e12}, floor=0.001, ceiling=0.6)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["A"] == 0.001


@pytest.mark.parametrize("exponent", [0.0, 1e-9, 1.0, 30.0, 1e6])
def test_equal_sacrifice_of_any_exponent(exponent: float) -> None:
    rule = {"id": "fair", "states": "members", "equal_sacrifice": {"exponent": exponent, "tolerance": 0.9}}
    problem = compact({"burden_sharing": [rule]})
    sharing = BurdenSharing(formulate(problem).scene.parameters)
    incomes = {state.id: mp.mpf(state.gdp) for state in problem.sharers(problem.burden_sharing[0])}
    powers = {state: income**exponent for state, income in incomes.items()}
    for state, power in powers.items():
        share = float(power / mp.fsum(powers.values()))
        assert sharing.sacrifice["fair", state] == pytest.approx(share, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("discount", [0.0, 1e-300, 1e-16, 1e-9, 0.5, 1.0])
def test_weights_of_periods_at_every_discount(discount: float) -> None:
    problem = compact({"objective": {"measure": "geometric", "discount": discount}})
    raw = [(1 + mp.mpf(discount)) ** -n for n in range(len(problem.periods))]
    found = list(problem.period_weights().values())
    assert found == pytest.approx([float(weight / mp.fsum(raw)) for weight in raw], rel=1e-14)


def test_the_measure_that_is_maximised_has_the_form_that_its_aversion_asks_for() -> None:
    for alpha in ALPHAS:
        form = form_of(Aim.of(problem_of(WEIGHTS[0], alpha)).stated)
        assert isinstance(form, LogMeasure) is (alpha >= 1)
