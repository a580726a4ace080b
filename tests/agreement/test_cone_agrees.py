"""An exponential-cone program, written anew from docs/formulation.md, has the optimum that Concord proves."""

from __future__ import annotations

from itertools import product
from math import log
from typing import Any

import cvxpy as cp
import numpy as np
import pytest

from concord.methods.leximin import _Climb
from concord.models import DesignProblem, Measure
from concord.planning import solve
from concord.solving.options import SolveOptions
from tests.support.agreement import GAP, OPTIONS, assert_same_optimum
from tests.support.compact import CIVIL, compact

STUCK = 3e-3
"""By how much, in logs, a ratio that cannot rise may do so for that room: later levels are sensitive."""
ROOM = 1e-5
"""What an interior-point method needs between a level in logs and the floor that keeps it."""
MILITARY = {"military-prowess", "readiness", "projection"}


class Cone:
    """Programmes, postures, threats and shared funds as one convex program (S.1 to S.8, 1, 6 and 7)."""

    def __init__(self, problem: DesignProblem) -> None:
        self.problem = problem
        self.periods = list(range(len(problem.periods)))
        self.members = [state.id for state in problem.members]
        self.rules: list[Any] = []
        programmes = [programme.id for programme in problem.programmes]
        over = list(product(self.members, programmes))
        self.x = {key: cp.Variable(len(self.periods), nonneg=True) for key in over}
        self.z = {key: cp.Variable(len(self.periods), nonneg=True) for key in over}
        self.own = {i: cp.Variable(len(self.periods), nonneg=True) for i in self.members}
        self.r = {i: cp.Variable(len(self.periods), nonneg=True) for i in self.members}
        self.p = {i: cp.Variable(len(self.periods)) for i in self.members}

    def optimum(self) -> float:
        """The best value of the measure that the problem asks for."""
        self._write()
        return float(cp.exp(self._best(self._log_measure())).value)

    def levels(self) -> dict[tuple[str, int], float]:
        """The level of every ratio under leximin: who cannot rise alone, the others kept, stays."""
        self._write()
        free, found = set(self.ratios), dict[tuple[str, int], float]()
        while free:
            kept = [self.ratios[term] >= level - ROOM for term, level in found.items()]
            level = self._best(cp.min(cp.hstack([self.ratios[term] for term in free])), kept)
            kept += [self.ratios[term] >= level - ROOM for term in free]
            stuck = {term for term in free if self._best(self.ratios[term], kept) <= level + STUCK}
            assert stuck
            found |= dict.fromkeys(stuck, level)
            free -= stuck
        return found

    def _best(self, objective: Any, kept: list[Any] | None = None) -> float:
        program = cp.Problem(cp.Maximize(objective), [*self.rules, *(kept or [])])
        try:
            program.solve(solver=cp.CLARABEL, tol_gap_abs=1e-7, tol_gap_rel=1e-7, tol_feas=1e-7)
        except cp.SolverError:  # little room is left around the levels below: a method that needs none
            program.solve(solver=cp.SCS, eps=1e-7, max_iters=200_000)
        assert program.status in {cp.OPTIMAL, cp.OPTIMAL_INACCURATE}
        return float(program.value)

    def _log_measure(self) -> Any:
        """The logarithm of the measure, from the definitions."""
        weights, omega = self.problem.state_weights(), list(self.problem.period_weights().values())
        ratios = cp.hstack(list(self.ratios.values()))
        weight = np.array([weights[state] * omega[t] for state, t in self.ratios])
        match self.problem.objective.measure:
            case Measure.GEOMETRIC:
                return weight @ ratios
            case Measure.MINIMUM:
                return cp.min(ratios)
        harmonic = self.problem.objective.measure is Measure.HARMONIC
        excess = 1.0 if harmonic else (self.problem.objective.alpha or 0.0) - 1
        return -cp.log_sum_exp(-excess * ratios + np.log(weight)) / excess

    def _write(self) -> None:
        self._programmes()
        self._postures()
        self._funds()
        self.ratios: dict[tuple[str, int], Any] = {}
        for state in self.problem.members:
            for t in self.periods:
                ratio = self._log_capacity(state, t) - self._log_threat(state, t)
                self.ratios[state.id, t] = ratio
                self._promise(state, t, ratio)

    def _programmes(self) -> None:
        for k in self.problem.programmes:
            for state in self.problem.members:
                stock: Any = 0.0
                size = self.problem.programme_scale(k, state)
                for t in self.periods:
                    stock = k.persistence * stock + self.x[state.id, k.id][t]
                    z = self.z[state.id, k.id][t]
                    self.rules += [z <= cp.log(1 + stock / size), z <= k.max_intensity]

    def _postures(self) -> None:
        dilemma = self.problem.dilemma
        for i in self.members:
            answers = sum(d.reaction * self.p[d.source] for d in dilemma.influences if d.target == i)
            programmes = sum(k.posture * self.z[i, k.id] for k in self.problem.programmes)
            self.rules += [
                self.p[i] == self.own[i] - self.r[i] + programmes + answers,
                self.p[i] >= -dilemma.posture_floor,
                self.r[i] <= dilemma.reduction_ceiling,
                self.own[i] <= dilemma.arming_ceiling,
            ]

    def _funds(self) -> None:
        problem, heads = self.problem, [k.id for k in self.problem.programmes]
        region = {state.id: state.region for state in problem.members}
        regions = sorted(set(region.values()))
        drawn: dict[tuple[str, str], list[Any]] = {key: [] for key in product(heads, regions)}
        for fund in problem.funds:
            payers = problem.payers(fund)
            pay = {f.id: cp.Variable(len(self.periods), nonneg=True) for f in payers}
            carry = cp.Variable(len(self.periods), nonneg=True)
            draw = {key: cp.Variable(len(self.periods), nonneg=True) for key in drawn}
            paid = sum(pay.values())
            arrives = sum(fund.delivered(f.id) * pay[f.id] for f in payers)
            for key, amount in draw.items():
                drawn[key].append(amount)
            self.rules += [paid <= float(fund.budget), carry[self.periods[-1]] == 0]
            spent = sum(draw.values())
            for t in self.periods:
                before = carry[t - 1] if t else 0.0
                self.rules.append(before + arrives[t] == spent[t] + carry[t])
            if fund.scale:
                gdp = sum(f.gdp for f in payers)
                for f in payers:
                    due = f.gdp / gdp * paid
                    self.rules += [
                        pay[f.id] <= (1 + fund.tolerance) * due,
                        pay[f.id] >= (1 - fund.tolerance) * due,
                    ]
            for f in payers:
                self.rules.append(pay[f.id] <= fund.ceiling * paid)
                if fund.affordability is not None:
                    self.rules.append(pay[f.id] <= fund.affordability * f.gdp)
            self._donors(fund, pay, draw)
        for (k, place), amounts in drawn.items():
            spent = sum(self.x[i, k] for i in self.members if region[i] == place)
            self.rules.append(sum(amounts) == spent)

    def _donors(self, fund: Any, pay: dict[str, Any], draw: dict[tuple[str, str], Any]) -> None:
        for mark in fund.earmarks:
            elsewhere = sum(v for (k, _), v in draw.items() if k not in mark.purposes)
            others = sum(fund.delivered(f) * v for f, v in pay.items() if f not in mark.donors)
            self.rules.append(cp.cumsum(elsewhere) <= cp.cumsum(others))

    def _log_threat(self, state: Any, t: int) -> Any:
        logs = []
        for kind in self.problem.threat_kinds:
            before = log(state.threats[kind.id]) + state.drift.get(kind.id, 0.0) * t
            fall = sum(
                k.effects.get(kind.id, 0.0) * self.z[state.id, k.id][t] for k in self.problem.programmes
            )
            rise = sum(
                d.spillover * self.p[d.source][t]
                for d in self.problem.dilemma.influences
                if d.target == state.id and kind.responds_to_posture
            )
            logs.append(before - fall + rise)
        return cp.log_sum_exp(cp.hstack(logs))

    def _log_capacity(self, state: Any, t: int) -> Any:
        total = sum(state.threats.values())
        capacity: Any = 0.0
        for q, level in state.capacities.items():
            use = sum(
                state.threats[kind.id] / total * kind.relevance.get(q, 0.0)
                for kind in self.problem.threat_kinds
            )
            gains = sum(k.gains.get(q, 0.0) * self.z[state.id, k.id][t] for k in self.problem.programmes)
            military = self.p[state.id][t] if q.value in MILITARY else 0.0
            capacity += use * level * (1 + gains + military)
        return cp.log(capacity)

    def _promise(self, state: Any, t: int, ratio: Any) -> None:
        rules, last = self.problem.benefit, self.periods[-1]
        if rules.nobody_worse_off:
            capacity = sum(
                state.threats[kind.id] / sum(state.threats.values()) * kind.relevance.get(q, 0.0) * level
                for kind in self.problem.threat_kinds
                for q, level in state.capacities.items()
            )
            threat = sum(
                level * float(cp.exp(state.drift.get(kind, 0.0) * t).value)
                for kind, level in state.threats.items()
            )
            self.rules.append(ratio >= log(capacity / threat))
        if rules.ratio_floor is not None and t == last:
            self.rules.append(ratio >= log(rules.ratio_floor))


LIVELY: dict[str, Any] = {
    "funds/assessed/earmarks": [],
    "programmes/defence/gains": {"military-prowess": 0.3},
    "dilemma/influences": [
        {"source": "A", "target": "B", "spillover": 0.9, "reaction": 0.3},
        {"source": "B", "target": "A", "spillover": 0.8, "reaction": 0.2},
    ],
}
"""Changes that make it worth while to run both programmes and to reduce forces."""


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "states/A/drift": {"war": 0.2, "strife": -0.1},
            "objective": {"weights": "population", "discount": 0.1},
        },
        {"states/B/population": 4e6, "objective": {"weights": "population"}, "benefit/ratio_floor": 0.56},
        {"dilemma/arming_ceiling": 0.2, "funds/assessed/budget": 3.0, "funds/regional/earmarks": []},
        {
            "programmes/mediation/scaling": {"by": "gdp", "exponent": 0.5},
            "programmes/mediation/max_intensity": 0.6,
        },
        {"objective": {"measure": "minimum"}},
        {"objective": {"measure": "alpha", "alpha": 2.0, "weights": "population", "discount": 0.1}},
        {"objective": {"measure": "alpha", "alpha": 12.5}, "states/B/drift": {"war": 0.3}},
    ],
    ids=["plain", "drift", "floor", "arming", "scaling", "minimum", "harmonic", "averse"],
)
def test_the_exponential_cone_has_the_same_optimum(changes: dict[str, Any]) -> None:
    problem = compact(CIVIL | LIVELY | changes)
    assert_same_optimum(solve(problem, OPTIONS), Cone(problem).optimum(), 3 * GAP)


@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
@pytest.mark.parametrize(
    "changes",
    [{}, {"states/B/threats": {"war": 2.0, "strife": 0.3}, "funds/assessed/budget": 3.0}],
    ids=["plain", "poor"],
)
def test_leximin_has_the_levels_found_by_lifting_every_ratio_alone(
    changes: dict[str, Any], held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by the climb with whole decisions held, of which there are none here."""
    if held:
        monkeypatch.setattr(_Climb, "goes_on", property(lambda climb: not climb.levels))
    problem = compact(CIVIL | LIVELY | changes | {"objective": {"measure": "leximin"}})
    plan = solve(problem, SolveOptions(gap=1e-4, threads=1))
    expected = Cone(problem).levels()
    first, *others = plan.measure.levels
    assert others
    assert not first.whole_decisions_held
    assert all(level.whole_decisions_held is held for level in others)
    assert sum(len(level.ratios) for level in plan.measure.levels) == len(plan.security)
    for level in plan.measure.levels:
        assert level.bound <= level.value * (1 + 1e-4)
        assert level.ceiling <= level.value * (1 + 3e-4)
        for ratio in level.ratios:
            place = ratio.state, problem.periods.index(ratio.period)
            assert log(level.value) == pytest.approx(expected[place], abs=1e-3)
